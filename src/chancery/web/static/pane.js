// The evidence of one happening: walk its claims, copy a citation, star it. Used in the pane of the
// chronology and on the happening's own page.
import { bind } from "./keys.js";

const said = document.createElement("p");
said.className = "hidden-words";
said.setAttribute("role", "status");
document.body.append(said);
const say = (words) => { said.textContent = words; };

const held = (name) => { try { return new Set(JSON.parse(localStorage.getItem(name)) ?? []); } catch { return new Set(); } };
const hold = (name, set) => localStorage.setItem(name, JSON.stringify([...set]));
export { held, hold };

let root = document;
const article = () => root.querySelector("article.evidence");
const accounts = () => [...root.querySelectorAll(".account")];

function current() {
  const all = accounts();
  return all[Math.max(all.indexOf(document.activeElement?.closest?.(".account")), 0)];
}

function walk(step) {
  const all = accounts();
  if (!all.length) return false;
  const at = all.indexOf(document.activeElement?.closest?.(".account"));
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

async function copy() {
  const account = current();
  const words = account?.querySelector(".citation")?.textContent;
  if (!words) return false;
  try {
    await navigator.clipboard.writeText(words);
    say("Citation copied");
  } catch {
    account.querySelector("details.cite").open = true;
    say("The citation is shown: copy it from there");
  }
}

function correct(field) {
  const box = root.querySelector("details.correct");
  if (!box) return false;
  box.open = true;
  box.querySelector(field)?.focus();
}

/** Show on rows which happenings are starred. The stars stay in this browser. */
export function mark() {
  const stars = held("stars");
  lead(stars);
  for (const row of document.querySelectorAll(".list a[data-row]")) {
    const there = row.querySelector(".starred");
    if (stars.has(row.dataset.row) === Boolean(there)) continue;
    if (there) there.remove();
    else row.querySelector(".markers, .facts")?.append(Object.assign(document.createElement("abbr"), { className: "marker starred", title: "starred", textContent: "★" }));
  }
}

/** Lead to the starred rows alone: their ids go into the address, so that they can be passed on. */
function lead(stars) {
  const link = document.getElementById("stars");
  if (!link) return;
  const url = new URL(link.href);
  link.hidden = !stars.size;
  link.textContent = `★ Starred ${stars.size}`;
  link.href = `${url.pathname}?${[...url.searchParams].filter(([name]) => name !== "id" && name !== "sel").map((pair) => pair.map(encodeURIComponent).join("=")).concat(`id=${[...stars].slice(-90).join(",")}`).join("&")}`;
}

function star() {
  const { happening } = article().dataset;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet star" });
  const show = () => {
    const on = held("stars").has(happening);
    button.setAttribute("aria-pressed", on);
    button.textContent = on ? "★ Starred" : "☆ Star";
  };
  button.addEventListener("click", () => {
    const stars = held("stars");
    if (!stars.delete(happening)) stars.add(happening);
    hold("stars", stars);
    show();
    mark();
  });
  show();
  article().prepend(button);
}

/** Show what a correction would change right below its form; the form alone leads to a page that does. */
async function preview(event) {
  const form = event.target.closest("form[action='/preview']");
  if (!form) return;
  event.preventDefault();
  const fields = new FormData(form);
  fields.set("part", "effect");
  const here = form.nextElementSibling?.matches(".effect-here") ? form.nextElementSibling : Object.assign(document.createElement("div"), { className: "effect-here", tabIndex: -1 });
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields) });
    here.innerHTML = await answer.text();
    form.after(here);
    here.focus();
  } catch { form.submit(); }
}

/** Wire what stands in an element; its forms come back to the address one is at. */
export function wire(element) {
  root = element;
  if (!article()) return;
  star();
  root.addEventListener("submit", preview);
  for (const button of root.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => { button.closest(".account").focus(); copy(); });
  }
  for (const back of root.querySelectorAll("input[name=back]")) back.value = location.pathname + location.search;
}

bind("]", () => walk(1));
bind("[", () => walk(-1));
bind("c", () => { copy(); });
bind("e", () => correct("select, input:not([type=hidden])"));
bind("x", () => correct("[data-no] input"));
