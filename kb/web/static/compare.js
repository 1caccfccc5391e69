// A note that this browser keeps may quote clauses that changed: they are listed with the others.

const section = document.querySelector("section[data-reasons]");

function stored(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

// Addresses without their edition. What was quoted from the newer edition needs no second look; what
// still waits to be quoted will be, from the newest text, unless it names another.
function quoted(edition) {
  const items = stored("adep.note", {}).items;
  const waiting = stored("adep.collected", []);
  const quotes = Array.isArray(items) ? items.filter((item) => item?.address) : [];
  const named = quotes.map((item) => [String(item.address).split("@")[0], item.edition]);
  const others = Array.isArray(waiting) ? waiting.map((entry) => String(entry).split("@")) : [];
  const older = [...named, ...others].filter(([, day]) => day !== edition);
  return new Set(older.map(([address]) => address));
}

if (section) {
  const reasons = JSON.parse(section.dataset.reasons);
  const list = section.querySelector("[data-notes]");
  // A reader without the cookie has none of them listed yet.
  const listed = new Set([...list.querySelectorAll("a")].map((link) => link.textContent));
  for (const address of quoted(section.dataset.edition)) {
    const [label, why] = reasons[address] ?? [];
    if (!label || listed.has(label)) continue;
    const item = section.querySelector("template").content.cloneNode(true);
    const link = item.querySelector("a");
    const short = address.slice(address.indexOf("/") + 1);
    link.textContent = label;
    const key = short.replaceAll("/", ".");
    link.href = document.getElementById(key)
      ? `#${key}`
      : link.getAttribute("href").replace("ADDRESS", encodeURIComponent(short));
    item.querySelector("span:last-child").textContent = why;
    list.append(item);
    section.hidden = false;
  }
}
