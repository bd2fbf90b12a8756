// Ticks for comparison: at most four, remembered while the window is open, so that paging keeps them.

const live = document.querySelector("[data-live]") ?? document.body;
const chinese = document.documentElement.lang.startsWith("zh");
const STORE = "compare";
let picked = read();

function read() {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(STORE) ?? "[]"));
  } catch {
    return new Map(); // storage is switched off: the ticks live as long as the page
  }
}

function write() {
  try {
    sessionStorage.setItem(STORE, JSON.stringify([...picked]));
  } catch {
    // as above
  }
}

function draw() {
  const form = document.getElementById("compare-form");
  if (!form) return;
  const limit = Number(form.dataset.limit);
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const here = new Set(boxes.map((box) => box.value));
  for (const box of boxes) box.checked = picked.has(box.value);
  form.querySelectorAll("input[type=hidden]").forEach((hidden) => hidden.remove());
  for (const id of picked.keys()) {
    if (here.has(id)) continue;
    const hidden = document.createElement("input");
    Object.assign(hidden, { type: "hidden", name: "id", value: id });
    form.append(hidden);
  }
  const words = form.querySelector("[data-picked]");
  words.textContent = words.dataset.words.replace("{n}", picked.size) +
    (picked.size ? (chinese ? "：" : ": ") + [...picked.values()].join(chinese ? "、" : ", ") : "");
  form.querySelector("button").setAttribute("aria-disabled", String(picked.size < 2 || picked.size > limit));
  form.querySelector("[data-clear]").hidden = picked.size === 0;
  form.classList.toggle("picking", picked.size > 0); // then the button stays in sight while the list is read
}

document.addEventListener("change", (event) => {
  const box = event.target;
  if (!box.matches("#compare-form input[type=checkbox]")) return;
  const form = box.form;
  if (box.checked && picked.size >= Number(form.dataset.limit)) {
    box.checked = false;
    form.querySelector("[data-picked]").textContent = form.querySelector("[data-picked]").dataset.full;
    document.getElementById("announce").textContent = form.querySelector("[data-picked]").dataset.full;
    return;
  }
  if (box.checked) picked.set(box.value, box.dataset.name);
  else picked.delete(box.value);
  write();
  draw();
});
document.addEventListener("submit", (event) => {
  if (event.target.id === "compare-form" && picked.size < 2) event.preventDefault();
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-clear]")) return;
  picked = new Map();
  write();
  draw();
});
live.addEventListener("swapped", draw);
addEventListener("pageshow", draw);
draw();
