// The relations pages with a script: figures open beside the chart, turns light what carries them,
// and a chart can be drawn with tips. Without it every link leads to the same.
import { bind } from "./keys.js";

const pane = document.getElementById("pane");
const opener = "a[data-bar], a[data-opens]";

// A link inside a drawing has no plain `href` of its own.
const place = (link) => new URL(link.getAttribute("href"), location.href);

async function open(url) {
  const part = new URL(url);
  part.searchParams.set("part", "pane");
  const answer = await fetch(part);
  if (!answer.ok) return location.assign(url);
  pane.innerHTML = await answer.text();
  url.hash = "";
  history.replaceState(null, "", url);
  mark(url.searchParams.get("sel"));
  const head = pane.querySelector("h2");
  head?.focus({ preventScroll: true });
  pane.scrollIntoView({ block: "nearest" });
}

function mark(name) {
  for (const one of document.querySelectorAll("a[data-bar]")) {
    if (one.dataset.bar === name) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
}

function light(turn, on) {
  const names = new Set(turn.dataset.bars.split(" "));
  for (const one of document.querySelectorAll("a.relations-bar")) {
    one.classList.toggle("lit", on && names.has(one.dataset.bar));
  }
}

if (pane) {
  let last = null;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(opener);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const url = place(link);
    if (url.pathname !== location.pathname) return;
    event.preventDefault();
    last = link;
    open(url);
  });
  bind("Escape", () => { if (!last) return false; last.focus(); last = null; });
  mark(new URL(location.href).searchParams.get("sel"));
  for (const turn of document.querySelectorAll(".relations-turn")) {
    for (const [name, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
      turn.addEventListener(name, () => light(turn, on));
    }
  }
}

// The library that draws comes from this server, and only when it is asked for. It reads
// expressions as trees, since the pages' policy lets nothing make code of words.
const button = document.getElementById("interactive");
if (button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    const drawn = document.getElementById("drawn");
    try {
      await new Promise((done, failed) => {
        const script = Object.assign(document.createElement("script"), { src: button.dataset.script, onload: done, onerror: failed });
        document.head.append(script);
      });
      const spec = await (await fetch(button.dataset.spec)).json();
      drawn.hidden = false;
      await window.vegaEmbed(drawn, spec, {
        ast: true, defaultStyle: false, actions: false, renderer: "canvas",
        tooltip: { disableDefaultStyle: true },
      });
      drawn.dataset.drawn = "yes";
      drawn.scrollIntoView({ block: "nearest" });
    } catch (fault) {
      drawn.hidden = false;
      drawn.textContent = "This could not be drawn here; the chart above says the same.";
      console.warn(fault);
      button.disabled = false;
    }
  });
}
