// The page of an act: contents that follow, and search within the text while typing. Without
// scripts the contents are links and the search is a form; nothing here has words of its own.

const TYPING_MS = 450;
const text = document.getElementById("act-text");

// Mark in the contents the section whose heading was scrolled past last.

const here = document.querySelector("[data-here]");
let headings = [];
const inView = new IntersectionObserver(follow, { rootMargin: "0px 0px -75% 0px" });

function watch() {
  inView.disconnect();
  headings = [...text.querySelectorAll("h2[id], h3[id]")];
  headings.forEach((heading) => inView.observe(heading));
  text.querySelectorAll(".component, .unit").forEach((part) => inView.observe(part));
}

function follow() {
  const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 4);
  const current = passed.at(-1);
  for (const link of document.querySelectorAll(".contents a")) {
    const isCurrent = current !== undefined && link.hash === `#${current.id}`;
    if (isCurrent === link.hasAttribute("aria-current")) continue;
    link.toggleAttribute("aria-current", isCurrent);
    if (!isCurrent) continue;
    link.setAttribute("aria-current", "location");
    const side = link.closest(".contents-side");
    if (side && side.scrollHeight > side.clientHeight) {
      side.scrollTop = link.offsetTop - side.clientHeight / 2;
    }
  }
  here.textContent = current ? current.textContent : "";
  here.lang = current?.lang || document.documentElement.lang;
}

// The bar of a phone closes when a place is chosen, on Escape, and on a press beside it.

const bar = document.querySelector("[data-contents-bar]");
document.addEventListener("click", (event) => {
  if (!bar.contains(event.target) || event.target.closest("a")) bar.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !bar.open) return;
  const inside = bar.contains(document.activeElement);
  bar.open = false;
  if (inside) bar.querySelector("summary").focus();
});

// Search while typing: the server finds and marks, since it knows the forms of a word.

const form = document.querySelector("[data-find]");
const box = form?.querySelector("input[type=search]");
// What else of the page has links that keep the words looked for.
const LINKS = [".looks", ".narrow", ".languages"];
const result = document.getElementById("find-result");
const steps = document.querySelector("[data-steps]");
let marks = [];
let place = -1;
let asked;
let timer;

function address() {
  const values = new URLSearchParams(new FormData(form));
  if (!box.value.trim()) values.delete("find");
  const query = values.toString();
  return form.getAttribute("action") + (query ? `?${query}` : "");
}

// Whether the text now shows what the box asks for.
async function find() {
  const to = address();
  if (to === location.pathname + location.search) return true;
  asked?.abort();
  asked = new AbortController();
  text.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(to, { signal: asked.signal });
    if (!response.ok) throw new Error(response.statusText);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    text.replaceChildren(...page.getElementById("act-text").childNodes);
    result.replaceChildren(...page.getElementById("find-result").childNodes);
    for (const name of LINKS) {
      const links = page.querySelector(name)?.childNodes;
      if (links) document.querySelector(name)?.replaceChildren(...links);
    }
    history.replaceState(null, "", to);
    count();
    watch();
  } catch (error) {
    if (error.name === "AbortError") return true;
    text.removeAttribute("aria-busy");
    return false;
  }
  text.removeAttribute("aria-busy");
  return true;
}

function count() {
  marks = [...text.querySelectorAll("mark")];
  place = -1;
  steps.hidden = marks.length === 0;
  document.documentElement.classList.toggle("stepping", marks.length > 0);
  showPlace();
}

function showPlace() {
  steps.querySelector("[data-place]").textContent = `${place + 1} / ${marks.length}`;
}

function step(by) {
  if (!marks.length) return;
  marks[place]?.classList.remove("now");
  place = place < 0 && by < 0 ? marks.length - 1 : (place + by + marks.length) % marks.length;
  marks[place].classList.add("now");
  marks[place].scrollIntoView({ block: "center" });
  showPlace();
}

box?.addEventListener("input", () => {
  clearTimeout(timer);
  const length = box.value.trim().length;
  if (length === 0 || length > 2) timer = setTimeout(find, TYPING_MS);
});
form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearTimeout(timer);
  if (await find()) step(1);
  else form.submit();
});
box?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.shiftKey) return;
  event.preventDefault();
  step(-1);
});
for (const button of steps.querySelectorAll("[data-step]")) {
  button.addEventListener("click", () => step(Number(button.dataset.step)));
}

watch();
count();
