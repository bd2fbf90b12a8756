// Live search: the address is the state, the server renders the part, old results stay until the new ones are here.

const live = document.querySelector("[data-live]");
const form = document.getElementById(live.dataset.live);
const announce = document.getElementById("announce");
const TYPING = 250; // ms after the last key; ticks act at once
const BUSY = 150; // ms before a wait is shown

let timer = 0;
let running = null;
let composing = false;

function address() {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value !== "") asked.append(name, value);
  }
  const query = asked.toString();
  return form.action + (query ? "?" + query : "");
}

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(() => show(address(), true), wait);
}

async function show(url, push) {
  clearTimeout(timer);
  if (push && url === location.href) return;
  running?.abort();
  const mine = (running = new AbortController());
  const busy = setTimeout(() => results()?.setAttribute("aria-busy", "true"), BUSY);
  try {
    const answer = await fetch(url, { headers: { "X-Partial": "results" }, signal: mine.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    swap(await answer.text());
    if (push) history.pushState(null, "", url);
    switchLanguageLink(url);
  } catch (wrong) {
    if (wrong.name !== "AbortError") failed(url);
  } finally {
    clearTimeout(busy);
    if (running === mine) results()?.removeAttribute("aria-busy");
  }
}

function results() {
  return live.querySelector(".results");
}

// The focus stays on the box that was ticked, and what was folded stays folded.
function swap(html) {
  const focused = live.contains(document.activeElement) ? document.activeElement : null;
  const caret = focused?.type === "text" ? [focused.selectionStart, focused.selectionEnd] : null;
  const folded = new Map([...live.querySelectorAll("details[id]")].map((part) => [part.id, part.open]));
  live.innerHTML = html;
  live.querySelectorAll("details[id]").forEach((part) => { part.open = folded.get(part.id) ?? part.open; });
  const again = focused?.id ? document.getElementById(focused.id) : null;
  again?.focus({ preventScroll: true });
  if (again && caret) again.setSelectionRange(...caret);
  announce.textContent = document.getElementById("found").textContent;
  live.dispatchEvent(new Event("swapped"));
}

function failed(url) {
  const link = document.createElement("a");
  link.href = url;
  link.textContent = live.dataset.retry;
  const note = document.createElement("p");
  note.className = "notice bad";
  note.id = "failed";
  note.append(live.dataset.failed + " ", link);
  document.getElementById("failed")?.remove();
  live.prepend(note);
  announce.textContent = live.dataset.failed;
}

function switchLanguageLink(url) {
  const link = document.querySelector("a[hreflang]");
  const [, lang] = link.getAttribute("href").split("/");
  const target = new URL(url, location.href);
  link.href = target.pathname.replace(/^\/[^/]+/, "/" + lang) + target.search;
}

document.addEventListener("compositionstart", () => { composing = true; });
document.addEventListener("compositionend", (event) => {
  composing = false;
  if (event.target.form === form) later(TYPING);
});
document.addEventListener("input", (event) => {
  const box = event.target;
  if (box.form !== form || composing || event.isComposing || "waits" in box.dataset) return; // some wait for a button
  if (box.type === "date" && box.value.startsWith("0")) return; // a year half typed
  later(box.type === "checkbox" || box.type === "radio" ? 0 : TYPING);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  show(address(), true);
});
live.addEventListener("click", (event) => {
  const link = event.target.closest(".chips a, .pager a, .sorts a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  show(link.href, true).then(() => {
    const head = document.getElementById("found");
    head.focus({ preventScroll: true });
    if (head.getBoundingClientRect().top < 0) head.scrollIntoView();
  });
});
addEventListener("popstate", () => location.reload());
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const words = document.getElementById("q");
  if (!words) return;
  event.preventDefault();
  words.focus();
});
