// The address of a view is copied by a press; without this script it stands there to be copied.
export function share() {
  const told = document.getElementById("shared");
  for (const field of document.querySelectorAll("input[data-share]")) {
    const whole = () => {
      const url = new URL(field.value, location.origin);
      const row = new URL(location.href).searchParams.get("sel");
      if (row) url.searchParams.set("sel", row);
      return url.href;
    };
    field.addEventListener("focus", () => field.select());
    const button = field.parentElement.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.value = whole();
      try {
        await navigator.clipboard.writeText(field.value);
        told.textContent = "Address copied";
      } catch {
        field.select();
        told.textContent = "Copy it from the field";
      }
    });
    field.closest("details").addEventListener("toggle", () => { field.value = whole(); told.textContent = ""; });
  }
}
