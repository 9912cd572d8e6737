// "12 new claims – show": offered, never pushed under the reader.
const EVERY = 20_000;

export function watch() {
  const line = document.getElementById("news");
  const { snapshot, live } = document.body.dataset;
  if (!line || live === undefined) return;
  const ask = async () => {
    try {
      const answer = await fetch(`/news.json?since=${encodeURIComponent(snapshot)}`);
      if (!answer.ok) return;
      const { words } = await answer.json();
      if (!words || line.dataset.words === words) return;
      line.dataset.words = words;
      const link = Object.assign(document.createElement("a"), { textContent: "show", href: location.href });
      link.href = address();
      line.replaceChildren(`${words} – `, link);
      line.hidden = false;
    } catch { /* the server has gone: the page stays as it is */ }
  };
  setInterval(ask, EVERY);
  addEventListener("chancery:ask-news", ask);
}

function address() {
  const url = new URL(location.href);
  url.searchParams.delete("at");
  return url.href;
}
