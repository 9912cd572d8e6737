// The switch for single-letter keys, which some people's software types by itself.
const line = document.getElementById("keys-switch");
const button = line.querySelector("button");
const show = () => {
  const off = localStorage.getItem("keys") === "off";
  button.textContent = `Switch single-letter keys ${off ? "on" : "off"}`;
  button.setAttribute("aria-pressed", String(off));
};
button.addEventListener("click", () => {
  localStorage.setItem("keys", localStorage.getItem("keys") === "off" ? "on" : "off");
  show();
});
line.hidden = false;
show();
