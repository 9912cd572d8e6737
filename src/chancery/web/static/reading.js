// Reading a report: marks switched at once, claims walked by key, and words picked to settle.
// Places are characters of the stored text: code points, with what stands as a code counted as said.
import { bind } from "./keys.js";

const reading = document.getElementById("reading");
const text = document.getElementById("text");
const settle = document.getElementById("settle");
const blocks = [...text.querySelectorAll("[data-from]")];
const starts = blocks.map((one) => Number(one.dataset.from));
const characters = (words) => words.length - (words.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);

/** Say how many characters of the stored text a piece of the page stands for. */
function stored(range) {
  let count = characters(range.toString());
  for (const odd of range.cloneContents().querySelectorAll(".m-odd"))
    count += Number(odd.dataset.n) - characters(odd.textContent);
  return count;
}

function placeOf(node, offset) {
  const block = (node.nodeType === 1 ? node : node.parentElement).closest("[data-from]");
  if (!block) return null;
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, offset);
  return Number(block.dataset.from) + stored(range);
}

/** Find the page's own place for a character of the stored text. */
function nodeAt(place) {
  let number = starts.findLastIndex((start) => start <= place);
  if (number < 0) number = 0;
  let at = starts[number];
  const walk = document.createTreeWalker(blocks[number], NodeFilter.SHOW_TEXT);
  let last = null;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const odd = node.parentElement.closest(".m-odd");
    const length = odd ? Number(odd.dataset.n) : characters(node.data);
    last = node;
    if (place <= at + length) {
      let units = 0;
      for (let left = odd ? 0 : place - at; left > 0; left--) units += node.data.codePointAt(units) > 0xffff ? 2 : 1;
      return [node, odd && place > at ? node.data.length : units];
    }
    at += length;
  }
  return last ? [last, last.data.length] : [blocks[number], 0];
}

function rangeOf(first, last) {
  const range = document.createRange();
  range.setStart(...nodeAt(first));
  range.setEnd(...nodeAt(last));
  return range;
}

// What a note is about lights up in the text.
function light(note) {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete("here");
  if (note) CSS.highlights.set("here", new Highlight(rangeOf(Number(note.dataset.first), Number(note.dataset.last))));
}
const noteOf = (target) => target.closest?.(".reading-note");
text.addEventListener("focusin", (event) => light(noteOf(event.target)));
text.addEventListener("mouseover", (event) => noteOf(event.target) && light(noteOf(event.target)));

// Claims are walked with [ and ], wherever one is.
const claims = [...text.querySelectorAll(".reading-note[data-claim]")];
let current = -1;
function go(step) {
  if (!claims.length) return false;
  show("happenings", true);
  const focused = claims.indexOf(document.activeElement);
  current = ((focused < 0 ? current : focused) + step + claims.length) % claims.length;
  if (current < 0) current = claims.length - 1;
  claims[current].focus({ preventScroll: true });
  claims[current].scrollIntoView({ block: "center" });
}
bind("]", () => go(1));
bind("[", () => go(current < 0 ? 0 : -1));

// The citation of the claim one is at, as the evidence pane has it.
async function cite() {
  const note = document.activeElement.closest?.("[data-claim]") ?? claims[current];
  if (!note) return false;
  const { first, last, claim } = note.dataset;
  const range = rangeOf(Number(first), Number(last));
  const block = (range.startContainer.parentElement ?? range.startContainer).closest("[data-from]");
  const words = range.toString().replace(/\s+/g, " ").trim();
  const place = `${block?.id.replace("p", "¶")} · chars ${first}–${last}`;
  const whole = `“${words}” ${reading.dataset.cited}, ${place} (${claim.slice(0, 12)}, ${reading.dataset.pin})`;
  const told = document.getElementById("copied");
  try {
    await navigator.clipboard.writeText(whole);
    told.textContent = "Citation copied";
  } catch { told.textContent = whole; told.classList.remove("hidden-words"); }
}
bind("c", () => { cite(); });

function arrive() {
  const note = document.getElementById(`note-${decodeURIComponent(location.hash.slice(1))}`);
  if (!note) return;
  current = claims.indexOf(note);
  light(note);
}
addEventListener("hashchange", arrive);
arrive();

// Marks are switched without loading the page anew; the address says what is shown.
const form = document.querySelector(".reading-show");
function show(word, on) {
  reading.classList.toggle(`show-${word}`, on);
  const box = form?.querySelector(`[type=checkbox][value=${word}]`);
  if (box) box.checked = on;
}
function remember(name, value) {
  const url = new URL(location.href);
  if (value) url.searchParams.set(name, value);
  else url.searchParams.delete(name);
  url.search = url.search.replaceAll("%2C", ",");
  history.replaceState(history.state, "", url);
}
if (form) {
  form.querySelector("button").hidden = true;
  form.addEventListener("change", (event) => {
    show(event.target.value, event.target.checked);
    remember("show", [...form.querySelectorAll(":checked")].map((one) => one.value).join(",") || "nothing");
  });
}
const unused = document.getElementById("unused");
unused?.addEventListener("click", (event) => {
  event.preventDefault();
  const on = reading.classList.toggle("show-unused");
  unused.textContent = on ? "hide" : "view";
  remember("unused", on ? "1" : "");
  if (on) text.querySelector(".m-unused")?.scrollIntoView({ block: "center" });
});

// Words that are picked bring up what can be settled about them.
let asked = "";
async function offer(first, last, verb) {
  if (!settle || !(first < last)) return;
  const pick = `${first}-${last}`;
  if (pick !== asked) {
    asked = pick;
    const url = new URL(location.href);
    url.searchParams.set("pick", pick);
    url.searchParams.set("part", "settle");
    try {
      const answer = await fetch(url.pathname + url.search);
      const words = await answer.text();
      if (!answer.ok || pick !== asked) return;
      // The fragment comes from our own templates, escaped there.
      settle.replaceChildren(...new DOMParser().parseFromString(words, "text/html").body.childNodes);
    } catch { return; }
  }
  reading.classList.add("picking");
  const hidden = rangeOf(first, last).getBoundingClientRect().bottom - settle.getBoundingClientRect().top;
  if (hidden > 0) scrollBy(0, hidden + 24);
  if (!verb) return;
  const details = settle.querySelector(`[data-verb=${verb}]`);
  details.open = true;
  (details.querySelector("input:not([type=hidden]), button") ?? details.firstElementChild).focus();
}
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const words = selection.toString();
  const first = placeOf(range.startContainer, range.startOffset);
  const last = placeOf(range.endContainer, range.endOffset);
  if (first === null || last === null) return null;
  return [first + (words.length - words.trimStart().length), last - (words.length - words.trimEnd().length)];
}
let pause;
document.addEventListener("selectionchange", () => {
  clearTimeout(pause);
  pause = setTimeout(() => { const found = selected(); if (found) offer(...found); }, 250);
});
async function edit(verb) {
  const note = document.activeElement.closest?.(".reading-note");
  const place = selected() ?? (note && [Number(note.dataset.first), Number(note.dataset.last)]);
  if (!place) return;
  await offer(...place, verb);
  if (!verb) settle.querySelector("summary")?.focus();
}
bind("e", () => { edit(); });
bind("x", () => { edit("reject"); });
bind("Escape", () => {
  if (!reading.classList.contains("picking")) return false;
  reading.classList.remove("picking");
  asked = "";
  getSelection().removeAllRanges();
});
