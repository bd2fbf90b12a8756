// Suggestions under the search box: WAI-ARIA 1.2 combobox, list autocomplete, manual selection.

const TYPING = 200; // ms after the last key
let timer = 0;
let running = null;
let options = [];
let current = -1;

const input = document.querySelector("[data-suggest]");
const list = document.createElement("ul");
const said = document.createElement("span");

list.className = "options";
list.id = "q-options";
list.hidden = true;
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", input.getAttribute("aria-label"));
said.className = "hide";
said.setAttribute("role", "status");
input.after(list, said);
for (const [name, value] of Object.entries({
  role: "combobox",
  "aria-autocomplete": "list",
  "aria-expanded": "false",
  "aria-controls": list.id,
})) input.setAttribute(name, value);

function open(found) {
  options = found;
  current = -1;
  list.replaceChildren(...found.map(row));
  const shown = found.length > 0;
  list.hidden = !shown;
  input.setAttribute("aria-expanded", String(shown));
  input.removeAttribute("aria-activedescendant");
  said.textContent = shown ? input.dataset.some.replace("{n}", found.length) : input.dataset.none;
}

function close() {
  clearTimeout(timer);
  running?.abort();
  options = [];
  current = -1;
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function row(item, place) {
  const option = document.createElement("li");
  option.id = "q-option-" + place;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  const words = document.createElement("span");
  words.textContent = item.text;
  option.append(words);
  if (item.detail) {
    const detail = document.createElement("small");
    detail.textContent = item.detail;
    option.append(detail);
  }
  option.addEventListener("mousedown", (event) => {
    event.preventDefault(); // keeps the focus in the box
    choose(place);
  });
  return option;
}

function move(step) {
  const count = options.length;
  current = current < 0 && step < 0 ? count - 1 : (current + step + count) % count;
  [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === current)));
  const chosen = list.children[current];
  input.setAttribute("aria-activedescendant", chosen.id);
  chosen.scrollIntoView({ block: "nearest" });
}

function choose(place) {
  const item = options[place];
  close();
  if (item.url) {
    location.assign(item.url);
    return;
  }
  input.value = item.text;
  input.form.requestSubmit();
}

async function ask() {
  running?.abort();
  const mine = (running = new AbortController());
  const words = input.value.trim();
  if (!words) return close();
  try {
    const answer = await fetch(input.dataset.suggest + "?q=" + encodeURIComponent(words), { signal: mine.signal });
    if (!answer.ok) return close();
    const found = (await answer.json()).suggestions;
    if (document.activeElement === input) open(found);
  } catch (wrong) {
    if (wrong.name !== "AbortError") close();
  }
}

// Nothing happens between compositionstart and compositionend: the letters are not words yet.
input.addEventListener("input", (event) => {
  if (event.isComposing) return;
  clearTimeout(timer);
  timer = setTimeout(ask, TYPING);
});
input.addEventListener("compositionend", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, TYPING);
});
input.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    close();
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    if (current >= 0) {
      event.preventDefault();
      choose(current);
    } else {
      close();
    }
  }
});
input.addEventListener("blur", close);
