// Searches the index of a dossier; a plain script, for modules are not loaded from files.
(() => {
  const input = document.getElementById("words");
  const list = document.getElementById("hits");
  const told = document.getElementById("found");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const entries = window.DOSSIER.map(([title, file, spoken]) => ({ title, file, spoken, text: plain(`${title} ${spoken}`) }));
  const show = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    const met = words.length ? entries.filter((one) => words.every((word) => one.text.includes(word))) : [];
    list.replaceChildren(...met.slice(0, 100).map((one) => {
      const link = Object.assign(document.createElement("a"), { href: one.file, textContent: one.title });
      const item = document.createElement("li");
      item.append(link, document.createElement("br"), one.spoken);
      return item;
    }));
    told.textContent = words.length ? `${met.length} of ${entries.length} match.` : "Type some words.";
  };
  input.addEventListener("input", show);
})();
