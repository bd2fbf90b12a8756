// Says that the file is being read while the browser waits for the answer. Everything works without it.

const form = document.querySelector("form[data-reading]");
const button = form && form.querySelector(".actions button");

if (button) {
  const words = button.textContent;
  form.addEventListener("submit", () => { button.textContent = form.dataset.reading; });
  window.addEventListener("pageshow", () => { button.textContent = words; });
}
