// The list and its pane: j, k and the arrows move, the pane follows, the address keeps the row.
import { bind } from "./keys.js";
import { brush } from "./brush.js";
import { mark, wire } from "./pane.js";
import { tips } from "./tips.js";

const KEPT = 80;
const pane = document.getElementById("pane");
const side = matchMedia("(min-width: 60rem)");
const panes = new Map();
let asked = 0;

const rows = () => [...document.querySelectorAll(".list a[data-row]")].filter((row) => row.checkVisibility?.() ?? row.offsetParent);
const chosen = () => document.querySelector(".list a[aria-current]");
const beside = () => pane?.dataset.served !== undefined && side.matches;

function address(row) {
  const url = new URL(row.href);
  url.searchParams.set("part", "evidence");
  if (!url.searchParams.has("asof")) url.searchParams.set("at", document.body.dataset.snapshot);
  return url;
}

function fetched(row) {
  const name = row.dataset.row;
  if (!panes.has(name)) {
    const answer = fetch(address(row)).then((got) => (got.ok ? got.text() : Promise.reject(got.status)));
    answer.catch(() => panes.delete(name));
    panes.set(name, answer);
    if (panes.size > KEPT) panes.delete(panes.keys().next().value);
  }
  return panes.get(name);
}

async function follow(row) {
  const turn = ++asked;
  try {
    const words = await fetched(row);
    if (turn !== asked) return;
    pane.innerHTML = words;
    pane.classList.remove("first");
    pane.scrollTop = 0;
    wire(pane);
  } catch { /* the server has gone: the row's own link still leads to it */ }
}

function select(row) {
  for (const other of document.querySelectorAll(".list a[aria-current]")) other.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  const url = new URL(location);
  url.searchParams.set("sel", row.dataset.row);
  history.replaceState(history.state, "", url);
  if (!beside()) return;
  const all = rows(), at = all.indexOf(row);
  const shown = follow(row);
  shown.then(() => { for (const near of [all[at + 1], all[at - 1], all[at + 2]]) if (near) fetched(near); });
  return shown;
}

function move(step) {
  const all = rows();
  if (!all.length) return false;
  const at = all.indexOf(document.activeElement.closest?.("a[data-row]") ?? chosen());
  const next = all[at < 0 ? 0 : at + step];
  if (next) select(next);
}

const arrow = (step) => () => (pane?.contains(document.activeElement) ? false : move(step));
bind("j", () => move(1));
bind("k", () => move(-1));
bind("ArrowDown", arrow(1));
bind("ArrowUp", arrow(-1));
bind("n", () => document.querySelector("[data-key=n]")?.click());
bind("Escape", () => (pane?.contains(document.activeElement) ? chosen()?.focus() : false));

document.querySelector(".list")?.addEventListener("click", async (event) => {
  const row = event.target.closest("a[data-row]");
  if (!row || !beside() || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const byKey = event.detail === 0;
  await select(row);
  if (byKey) pane.focus();
});

if (pane) wire(pane);
mark();
brush();
tips();
if (beside() && chosen()) { const all = rows(), at = all.indexOf(chosen()); for (const near of all.slice(at + 1, at + 3)) fetched(near); }
