// The page of the note: it is kept in the browser, and each button changes it without a new page.
// The server renders all of it; what is sent and returned is the same form as without scripts.

const NOTE = "adep.note";
const COLLECTED = "adep.collected";
const UNREAD = "adep.note.unread";
const root = document.getElementById("note");
const live = document.getElementById("note-live");
const OPTIONS = ["translation", "opening", "remarks"];

function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function collected() {
  try {
    const found = JSON.parse(stored(COLLECTED));
    return Array.isArray(found) ? found.filter((entry) => typeof entry === "string") : [];
  } catch {
    return [];
  }
}

// The note as its file has it, read from the form.
function noteOfForm(form) {
  const data = new FormData(form);
  const items = [];
  for (const [name, value] of data) {
    const [kind, place] = name.split(".");
    if (kind === "words") items.push({ type: "own-words", text: value.replaceAll("\r\n", "\n") });
    if (kind !== "quote") continue;
    const quote = JSON.parse(value);
    for (const option of (data.get(`shown.${place}`) ?? "").split(" ")) {
      // The words that open a list are part of the quote: only the server changes them.
      if (OPTIONS.includes(option) && option !== "opening") quote[option] = data.has(`${option}.${place}`);
    }
    items.push(quote);
  }
  return {
    kind: "adep-note",
    schema: 1,
    title: data.get("title") ?? "",
    language: data.get("language") ?? "kk",
    items,
  };
}

function keep() {
  const form = root.querySelector("form");
  if (!form) return;
  const note = noteOfForm(form);
  try {
    if (note.items.length || note.title) localStorage.setItem(NOTE, JSON.stringify(note));
    else localStorage.removeItem(NOTE);
  } catch {
    live.textContent = root.dataset.full;
  }
}

// One request at a time, in the order of the presses.
let turn = Promise.resolve();
const send = (data, where, options) => (turn = turn.then(() => exchange(data(), where, options)));

async function exchange(data, where, { scroll = "", quiet = false } = {}) {
  root.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(where, { method: "POST", body: data });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById("note");
    if (!fresh) {
      live.textContent = page.querySelector("main .lead")?.textContent ?? root.dataset.failed;
      return response.ok;
    }
    const typing = quiet ? remembered() : null;
    // A browser obeys the attribute by itself; nobody pressed anything here.
    if (quiet) for (const field of fresh.querySelectorAll("[autofocus]")) field.removeAttribute("autofocus");
    root.replaceChildren(...fresh.childNodes);
    root.removeAttribute("data-fresh");
    live.textContent = fresh.dataset.said;
    settle(response.ok);
    if (typing) typing();
    else root.querySelector("[autofocus]")?.focus();
    if (scroll) document.querySelector(scroll)?.scrollIntoView();
    return response.ok;
  } catch {
    live.textContent = root.dataset.failed;
    return false;
  } finally {
    root.removeAttribute("aria-busy");
  }
}

// Where the cursor is and what has been typed since the form was sent: neither may be lost.
function remembered() {
  const active = document.activeElement;
  const name = root.contains(active) ? active.name : "";
  const value = active?.value;
  const [start, end] = [active?.selectionStart, active?.selectionEnd];
  const isText = active?.matches?.("textarea, input[type=text]");
  return () => {
    const field = name && root.querySelector(`[name="${CSS.escape(name)}"]`);
    if (!field) return;
    if (isText) field.value = value;
    field.focus({ preventScroll: true });
    if (isText) field.setSelectionRange(start, end);
    keep();
  };
}

function settle(good = true) {
  if (good) keep();
  const print = root.querySelector("[data-print]");
  if (print) print.hidden = !root.querySelector(".note-sheet");
}

root.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

root.addEventListener("submit", (event) => {
  const button = event.submitter;
  const action = button?.value ?? "keep";
  keep();
  if (/^(export|save)\b/.test(action)) return;
  event.preventDefault();
  const form = event.target;
  const scroll = button?.hasAttribute("data-refresh") ? "#note-preview" : "";
  clearTimeout(refreshing);
  const data = () => {
    const sent = new FormData(form);
    sent.set("action", action);
    return sent;
  };
  send(data, form.getAttribute("action"), { scroll });
});

let typing = 0;
root.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(keep, 400);
});
addEventListener("pagehide", keep);

// The document follows what was typed, and the boxes that were ticked. After typing it waits: the
// press that ended it may be on a button, which must not be replaced under the finger.
let refreshing = 0;
let pressed = false;
addEventListener("pointerdown", () => (pressed = true));
addEventListener("pointerup", () => (pressed = false));
addEventListener("pointercancel", () => (pressed = false));

function refresh() {
  if (pressed) {
    refreshing = setTimeout(refresh, 300);
    return;
  }
  const form = root.querySelector("form");
  const typed = form.elements.add.value;
  const data = () => {
    const sent = new FormData(root.querySelector("form"));
    sent.set("action", "keep");
    sent.delete("add");
    sent.delete("file");
    return sent;
  };
  send(data, form.getAttribute("action"), { quiet: true }).then(() => {
    const field = root.querySelector("[name=add]");
    if (typed && !field.value) field.value = typed;
  });
}

root.addEventListener("change", (event) => {
  if (event.target.type === "file" || event.target.name === "add") return;
  keep();
  clearTimeout(refreshing);
  refreshing = setTimeout(refresh, event.target.matches("textarea, [type=text]") ? 700 : 0);
});

// What is kept in the browser, with what was collected on other pages.
async function restore() {
  const saved = stored(NOTE);
  const waiting = collected();
  const form = root.querySelector("form");
  if (!form || (!saved && !waiting.length)) return settle();
  const data = () => {
    const sent = new FormData();
    sent.set("action", saved ? "open" : "collected");
    sent.set("language", form.elements.language.value);
    if (saved) sent.set("saved", saved);
    for (const address of waiting) sent.append("collected", address);
    return sent;
  };
  if (await send(data, form.getAttribute("action"), { quiet: true })) {
    const left = collected().filter((address) => !waiting.includes(address));
    if (left.length) localStorage.setItem(COLLECTED, JSON.stringify(left));
    else localStorage.removeItem(COLLECTED);
    live.textContent = "";
  } else if (saved && root.querySelector(".note-error")) {
    // What cannot be read is put aside, so that the next note does not overwrite it.
    localStorage.setItem(UNREAD, saved);
    localStorage.removeItem(NOTE);
  }
}

addEventListener("storage", (event) => {
  if (event.key === COLLECTED && event.newValue) restore();
});

if (root.hasAttribute("data-fresh")) restore();
else settle();
