// Single-letter keys: off while one types, and off for good where the reader says so (help page).
const screens = { c: "/chronology", r: "/relations", p: "/reports", s: "/sources", v: "/review", b: "/brief" };
const bound = new Map();
let waiting = false;

export const off = () => localStorage.getItem("keys") === "off";

/** Bind a key to a doing on this page; a screen's own keys come before the common ones. */
export function bind(key, doing) {
  bound.set(key, doing);
}

/** Press what the page marks for a key; say whether there was any. */
export function press(mark) {
  const found = document.querySelector(mark);
  found?.click();
  return Boolean(found);
}

// What is undone, accepted, picked by its number, or gone back from, on every screen that has it.
const common = {
  u: () => press("[data-undo]"),
  a: () => press("[data-accept]"),
  x: () => press("[data-reject]"),
  d: () => press("[data-defer]"),
  Escape: () => shut() || press("a[data-back]"),
};
for (const number of "123456789") common[number] = () => press(`[data-pick="${number}"]`);

/** Shut the menu that is open, and go back to what opened it. */
function shut() {
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return false;
  menu.open = false;
  menu.querySelector("summary").focus();
  return true;
}

function typing(target) {
  return target.closest?.("input, textarea, select, [contenteditable]");
}

function take(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && typing(event.target)) return event.target.blur();
  if (typing(event.target) || (off() && event.key.length === 1)) return;
  if (waiting) {
    waiting = false;
    if (screens[event.key]) location.assign(screens[event.key]);
    return;
  }
  const doing = bound.get(event.key);
  if (doing && doing(event) !== false) return event.preventDefault();
  if (common[event.key]?.()) return event.preventDefault();
  if (event.key === "g") waiting = true;
  else if (event.key === "/") { event.preventDefault(); document.getElementById("q")?.focus(); }
  else if (event.key === "f") { event.preventDefault(); toFilters(); }
  else if (event.key === "?") document.querySelector("[data-key='?']")?.click();
}

function toFilters() {
  const bar = document.querySelector(".filters details");
  if (bar) bar.open = true;
  document.querySelector(".filters input:not([type=hidden]), .filters select")?.focus();
}

export function keys() {
  addEventListener("keydown", take);
  addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
}
