// Three remarks for a first reader, each under the row it is true of, until it was read once.
import { held, hold } from "./pane.js";

export function tips() {
  const read = held("tips");
  for (const tip of document.querySelectorAll(".tip[data-tip]")) {
    if (read.has(tip.dataset.tip)) continue;
    tip.hidden = false;
    tip.querySelector("button").addEventListener("click", () => {
      hold("tips", held("tips").add(tip.dataset.tip));
      tip.hidden = true;
      tip.closest("li")?.querySelector("a")?.focus();
    });
  }
}
