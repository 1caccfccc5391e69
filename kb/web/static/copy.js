// Buttons that copy a text: <button type="button" hidden data-copy="…" data-copied="…" data-failed="…">.
// They stand hidden in the page and are shown here, since without scripts they could do nothing.
// What happened is said in the button's own words and to screen readers.

const SHOWN_MS = 2500;

const status = document.createElement("div");
status.className = "hidden";
status.setAttribute("role", "status");
document.body.append(status);

// Where the page is not served over HTTPS, browsers have no navigator.clipboard.
function copyBySelection(text) {
  const box = document.createElement("textarea");
  box.value = text;
  box.readOnly = true;
  box.className = "hidden";
  document.body.append(box);
  box.select();
  const copied = document.execCommand("copy");
  box.remove();
  return copied;
}

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

// Say it aloud, and on the button for a moment; a second press does not take that for its label.
export function report(button, words) {
  button.dataset.label ??= button.textContent;
  button.style.minWidth = `${button.offsetWidth}px`;
  button.textContent = words;
  status.textContent = "";
  setTimeout(() => { status.textContent = words; }, 50);
  clearTimeout(Number(button.dataset.timer));
  button.dataset.timer = setTimeout(() => { button.textContent = button.dataset.label; }, SHOWN_MS);
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const copied = await copyText(button.dataset.copy);
  button.focus();
  report(button, copied ? button.dataset.copied : button.dataset.failed);
});

for (const button of document.querySelectorAll("button[data-copy]")) button.hidden = false;
