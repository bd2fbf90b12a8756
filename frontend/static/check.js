// Improves the matching page; everything on it works without this file.

const form = document.getElementById("lines");
const MARK = "data-touched";

if (form) {
  let leaving = false;
  form.addEventListener("input", () => form.setAttribute(MARK, ""));
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (form.hasAttribute(MARK) && !leaving) event.preventDefault();
  });
}
