// Single-letter keys: off while one types, and off for good where the reader says so (help page).
const screens = { c: "/chronology", r: "/relations", p: "/reports", s: "/sources", v: "/review", b: "/brief" };
const bound = new Map();
let waiting = false;

export const off = () => localStorage.getItem("keys") === "off";

/** Bind a key to a doing on this page; a screen's own keys come before the common ones. */
export function bind(key, doing) {
  bound.set(key, doing);
}

function typing(target) {
  return target.closest?.("input, textarea, select, [contenteditable]");
}

function press(event) {
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
  addEventListener("keydown", press);
}
