// The matching page: asks before unsaved choices are lost, and leads to the next line without a choice.
// Everything works without it.

const form = document.getElementById("lines");
const onward = form && form.querySelector(".onward");

const isComposing = (event) => event.isComposing || event.keyCode === 229;
const openLines = () =>
  [...form.querySelectorAll(".decide > li[data-open]")].filter((line) => !line.querySelector("input[type=radio]:checked"));

function count() {
  const left = openLines().length;
  const words = left ? form.dataset.left.replace("#", left) : form.dataset.done;
  const said = onward.querySelector("[role=status]");
  if (said.textContent !== words) said.textContent = words;
  onward.querySelector("button").hidden = !left;
  onward.querySelector("a").hidden = Boolean(left);
}

function goOn() {
  const open = openLines();
  const below = open.find((line) => line.getBoundingClientRect().top > 8);
  const next = below || open[0];
  if (!next) return;
  next.scrollIntoView();
  next.querySelector("input[type=radio]").focus({ preventScroll: true });
}

function askBeforeLeaving() {
  let sending = false;
  form.addEventListener("input", () => { form.dataset.touched = ""; });
  form.addEventListener("submit", () => { sending = true; });
  window.addEventListener("pageshow", () => { sending = false; });
  window.addEventListener("beforeunload", (event) => {
    if ("touched" in form.dataset && !sending) event.preventDefault();
  });
}

function searchByEnter() {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.keyCode !== 229) return;
    const search = event.target.closest(".line-search");
    if (!search) return;
    if (isComposing(event)) {
      if (event.key === "Enter") event.preventDefault();
      return;
    }
    event.preventDefault();
    search.querySelector("button").click();
  });
}

if (form) {
  askBeforeLeaving();
  searchByEnter();
}
if (onward && form.querySelector(".decide > li[data-open]")) {
  onward.hidden = false;
  document.documentElement.classList.add("with-onward");
  onward.querySelector("button").addEventListener("click", goOn);
  form.addEventListener("change", count);
  count();
}
