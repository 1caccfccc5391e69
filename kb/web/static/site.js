// What every page can do with scripts; without them nothing is lost but convenience.

// "/" puts the cursor into the page's search box, unless the reader is writing somewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const box = document.querySelector("[data-search]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// Escape closes the panel that chooses the day, and goes back to what opened it.
document.addEventListener("keydown", (event) => {
  const panel = document.querySelector(".day-pick[open]");
  if (event.key !== "Escape" || !panel) return;
  panel.open = false;
  panel.querySelector("summary").focus();
});
