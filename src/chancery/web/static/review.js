// The review by keys: a number picks, its effect is fetched and shown, Enter accepts.
import { bind } from "./keys.js";

const SETTLES = 150;
let asked = 0;
let waiting;

const effect = () => document.getElementById("effect");
const pick = (key) => document.querySelector(`[data-pick="${CSS.escape(key)}"]`);

/** Fetch what an answer would change; only the last one asked for is shown. */
async function show(form, accept) {
  const number = ++asked;
  clearTimeout(waiting);
  const body = new URLSearchParams(new FormData(form));
  body.set("part", "effect");
  const place = effect();
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    const words = await answer.text();
    if (number !== asked) return;
    if (!answer.headers.get("content-type")?.startsWith("text/html")) return form.submit();
    place.innerHTML = new DOMParser().parseFromString(words, "text/html").querySelector(".effect, .problem, main")?.outerHTML ?? "";
    for (const one of document.querySelectorAll(".review-answers [data-shown]")) delete one.dataset.shown;
    form.dataset.shown = "";
    if (accept) (place.querySelector("[data-accept]") ?? form.querySelector("input[name=typed]"))?.focus();
  } catch {
    place.textContent = "The server does not answer; nothing was written.";
  } finally {
    place.removeAttribute("aria-busy");
  }
}

function chosen(event) {
  const form = event.target.closest("form");
  if (!form || !form.querySelector("[data-pick]") || !effect()) return;
  if (new URL(form.action).pathname !== "/preview") return;
  event.preventDefault();
  show(form, true);
}

/** The effect of the answer under focus is shown by itself, where nothing has to be typed. */
function looked(event) {
  const form = event.target.closest?.(".review-answers form");
  if (!form || form.dataset.shown !== undefined || form.querySelector("input[name=typed]")) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => show(form, false), SETTLES);
}

function take(key) {
  const button = pick(key);
  if (!button) return false;
  const typed = button.closest("form")?.querySelector("input[name=typed]");
  if (typed && !typed.value) typed.focus();
  else button.click();
}

async function open(link) {
  const url = new URL(link.href);
  url.searchParams.set("part", "item");
  const answer = await fetch(url);
  if (!answer.ok) return location.assign(link.href);
  const place = document.getElementById("item");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  place.replaceChildren(...page.body.childNodes);
  for (const one of rows()) one.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  link.scrollIntoView({ block: "nearest" });
  history.replaceState(null, "", link.href);
  place.querySelector("h2")?.focus({ preventScroll: true });
}

const rows = () => [...document.querySelectorAll(".review-rows a")];

function step(by) {
  const all = rows();
  const at = all.findIndex((one) => one.hasAttribute("aria-current"));
  const next = all[at + by] ?? document.querySelector(`.review-pages [rel=${by > 0 ? "next" : "prev"}]`);
  if (!next) return false;
  if (next.dataset.row) open(next);
  else next.click();
}

document.addEventListener("submit", chosen);
document.addEventListener("focusin", looked);
document.querySelector(".review-rows")?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link);
});
for (const key of "123456789xbdrw") bind(key, () => take(key));
bind("s", () => (pick("s") ? take("s") : step(1)));
bind("j", () => step(1));
bind("k", () => step(-1));
bind("u", () => {
  const button = document.querySelector("[data-undo]");
  return button ? button.click() : false;
});
bind("Enter", (event) => {
  const accept = document.querySelector("#effect [data-accept]");
  return accept && event.target === document.body ? accept.click() : false;
});
