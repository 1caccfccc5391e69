// "Add to the note" without leaving the page: the addresses wait in the browser until the note's
// own page takes them in.

const COLLECTED = "adep.collected";
const NOTE = "adep.note";
const form = document.getElementById("note-collect");

function read(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function held() {
  const waiting = read(COLLECTED, []);
  const items = read(NOTE, {}).items;
  const quotes = Array.isArray(items) ? items.filter((item) => item.address) : [];
  const quoted = quotes.map((item) => `${item.address}@${item.edition}`);
  return new Set([...quoted, ...(Array.isArray(waiting) ? waiting : [])]);
}

function say(text) {
  const status = form.querySelector("[data-note-status]");
  status.textContent = `${text} `;
  const link = form.querySelector(".note-toast-link").cloneNode(true);
  link.hidden = false;
  status.append(link);
  clearTimeout(say.timer);
  say.timer = setTimeout(() => status.replaceChildren(), 12000);
}

form?.addEventListener("submit", (event) => {
  const address = event.submitter?.value;
  if (!address) return;
  // A clause of the newest text waits without its edition, and is quoted with it.
  const edition = event.submitter.dataset.edition;
  const known = held();
  const isNew = !known.has(address) && !known.has(`${address}@${edition}`);
  if (isNew) {
    const waiting = read(COLLECTED, []);
    try {
      localStorage.setItem(COLLECTED, JSON.stringify([...(Array.isArray(waiting) ? waiting : []), address]));
    } catch {
      return; // Without storage the form is sent as it would be without scripts.
    }
    known.add(address);
  }
  event.preventDefault();
  say((isNew ? form.dataset.added : form.dataset.known).replace("{n}", known.size));
});
