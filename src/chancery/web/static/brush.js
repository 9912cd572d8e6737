// Drag across the strip to limit the days; the same is done by the two fields of the filters.
export function brush() {
  const svg = document.querySelector("[data-strip] > svg");
  if (!svg) return;
  const periods = [...svg.querySelectorAll("g[data-first]")];
  const band = svg.querySelector(".strip-brush");
  let from = -1;
  const place = (event) => {
    const box = svg.getBoundingClientRect();
    const at = Math.floor(((event.clientX - box.left) / box.width) * periods.length);
    return Math.min(Math.max(at, 0), periods.length - 1);
  };
  const ends = (to) => [Math.min(from, to), Math.max(from, to)];
  const clear = () => { from = -1; band.setAttribute("width", 0); };
  const show = (to) => {
    const [first, last] = ends(to), width = 100 / periods.length;
    band.setAttribute("x", `${first * width}%`);
    band.setAttribute("width", `${(last - first + 1) * width}%`);
  };
  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    from = place(event);
    svg.setPointerCapture(event.pointerId);
    show(from);
    event.preventDefault();
  });
  svg.addEventListener("pointermove", (event) => { if (from >= 0) show(place(event)); });
  svg.addEventListener("pointercancel", clear);
  addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });
  svg.addEventListener("pointerup", (event) => {
    if (from < 0) return;
    const [first, last] = ends(place(event));
    const url = new URL(location);
    for (const name of ["page", "at", "sel", "done"]) url.searchParams.delete(name);
    url.searchParams.set("from", periods[first].dataset.first);
    url.searchParams.set("to", periods[last].dataset.last);
    location.assign(url);
  });
  const hint = document.querySelector(".strip-hint");
  if (hint) hint.hidden = false;
}
