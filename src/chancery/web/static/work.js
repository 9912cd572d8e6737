// Shows how far long work is, and goes back once it has ended well.
const line = document.getElementById("work");
const look = async () => {
  const { state, words } = await (await fetch(`/doing/${line.dataset.id}.json`)).json();
  line.textContent = words;
  if (state === "done") location.assign(line.dataset.back);
  else if (state === "running") setTimeout(look, 1000);
  else location.reload();
};
if (line.dataset.state === "running") setTimeout(look, 1000);
