// Copy buttons: shown only where the browser lets a page copy, and they say when it is done.

function show() {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
}

if (navigator.clipboard) {
  show();
  document.querySelector("[data-live]")?.addEventListener("swapped", show);
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button || button.textContent === button.dataset.done) return;
    const words = button.textContent;
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = words; }, 2000);
  });
}
