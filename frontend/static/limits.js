// The slider and the box hold one limit; the box alone is sent, the live search of the page does that.

const box = document.getElementById("max");
const slide = document.getElementById("slide");
const live = document.querySelector("[data-live]");

function spoken() {
  slide?.setAttribute("aria-valuetext", slide.value + " " + slide.dataset.unit);
}

slide?.addEventListener("input", () => {
  box.value = slide.value;
  spoken();
  box.dispatchEvent(new Event("input", { bubbles: true }));
});
box.addEventListener("input", () => {
  const typed = Number(box.value.trim() || "x"); // what is no plain number here is read by the server
  if (slide && !Number.isNaN(typed) && document.activeElement !== slide) {
    slide.value = typed;
    spoken();
  }
});
live.addEventListener("swapped", () => {
  const wrong = document.getElementById("max-error").textContent.trim() !== "";
  if (wrong) box.setAttribute("aria-invalid", "true");
  else box.removeAttribute("aria-invalid");
  box.form.classList.toggle("wrong", wrong);
});
spoken();
