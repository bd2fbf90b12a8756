"""The search page in a real browser: from a letter typed to the results painted, and silent while composing.

Beside a bare answer of the same server to the same browser, in the same run.

python -m benchmarks.live_search                         a register of 2,000 products
python -m benchmarks.live_search --products 100000 --keep FOLDER
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.verify_load import built
from registry.kit.log import configure
from registry.kit.settings import Settings
from tests.browsers import ARGUMENTS, CHROMIUM

DEBOUNCE_MS = 250  # TYPING in frontend/static/search.js
BAR_MS = 100.0
LETTERS = ("s", "g", "p", "4", "水", "示", "石", "砌")
REPEATS = 5
PATIENCE_MS = 60_000
COMPOSING = ("s", "sh", "shu", "shui", "shui n", "shui ni")
PAUSE_MS = 400  # between two keys of the composition: longer than any debounce
# Painted: the second frame after the swap begins when the first has been drawn.
WATCH = """
() => {
  const live = document.querySelector('[data-live]');
  document.addEventListener('input', () => { window.typedAt = performance.now(); }, true);
  window.painted = new Promise((done) => live.addEventListener('swapped', () => requestAnimationFrame(
    () => requestAnimationFrame(() => done(performance.now() - window.typedAt)))));
}
"""
FETCH = """
async (path) => {
  const began = performance.now();
  await (await fetch(path, {headers: {'X-Partial': 'results'}})).text();
  return performance.now() - began;
}
"""


@contextmanager
def running(settings: Settings) -> Iterator[str]:
    """The site as `greenmat run` starts it; its address once it answers."""
    command = [sys.executable, "-m", "frontend.cli", "run", "--port", "0", "--workers", "2"]
    environment = {**os.environ, "GREENMAT_DATA_DIR": str(settings.data_dir)}
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said"
        with said.open("wb") as log, subprocess.Popen(command, env=environment, stderr=log) as process:
            try:
                while "→" not in (line := said.read_text("utf-8").partition("\n")[0]):
                    time.sleep(0.1)
                yield line.partition("→")[2].strip().rstrip("/")
            finally:
                process.terminate()


def typed(tab: Any, address: str, letter: str) -> float:
    """Milliseconds from the letter to painted results, without the pause that waits for the next letter."""
    tab.goto(f"{address}/zh/products")
    tab.evaluate(WATCH)
    tab.focus("#q")
    tab.keyboard.insert_text(letter)
    return float(tab.evaluate("() => window.painted")) - DEBOUNCE_MS


def composed(tab: Any, address: str) -> tuple[int, int]:
    """Requests while an input method composes a word, and after it is committed."""
    tab.goto(f"{address}/zh/products")
    tab.evaluate(WATCH)
    tab.focus("#q")
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    keyboard = tab.context.new_cdp_session(tab)
    for text in COMPOSING:
        keyboard.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        )
        tab.wait_for_timeout(PAUSE_MS)
    during = len(asked)
    keyboard.send("Input.insertText", {"text": "水泥"})
    tab.evaluate("() => window.painted")
    return during, len(asked) - during


def busy() -> str:
    """Other programs at work make every figure worse: said beside them."""
    return f"{os.getloadavg()[0]:.1f} programs at work on {os.cpu_count()} processors before"


def report(tab: Any, address: str, products: int) -> Iterator[Table | str]:
    tab.goto(f"{address}/zh/products")
    bare = statistics.median(tab.evaluate(FETCH, "/healthz") for _ in range(20))
    table = Table(title=f"{products:,} products; a bare answer to the same browser {bare:.1f} ms, {busy()}")
    for column in ("letter", "p50 ms", "most ms", "answer alone ms", "p50 / bare"):
        table.add_column(column, justify="right")
    every: list[float] = []
    for letter in LETTERS:
        times = [typed(tab, address, letter) for _ in range(REPEATS)]
        alone = statistics.median(tab.evaluate(FETCH, f"/zh/products?q={letter}") for _ in range(REPEATS))
        every += times
        middle = statistics.median(times)
        figures: Sequence[float] = (middle, max(times), alone)
        table.add_row(letter, *(f"{one:.0f}" for one in figures), f"{middle / bare:.1f}")
    yield table
    p50, p95 = statistics.median(every), statistics.quantiles(every, n=20)[-1]
    yield f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, bar {BAR_MS:.0f} ms: {'met' if p95 <= BAR_MS else 'NOT met'}"
    during, after = composed(tab, address)
    yield f"while composing {during} requests (bar 0), after the word was committed {after}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=2_000)
    parser.add_argument("--keep", type=Path, help="Folder to build the register in once and find it again")
    given = parser.parse_args()
    console = Console()
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415  may be absent, which is said
    except ImportError:
        console.print("Not measured: Playwright is not installed.")
        return
    configure("json")
    with tempfile.TemporaryDirectory() as temporary:
        folder = (given.keep or Path(temporary)) / f"register-{given.products}"
        found = folder.exists()
        settings = Settings(data_dir=folder, database_url="") if found else built(folder, given.products)
        with running(settings) as address, sync_playwright() as started:
            browser = started.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS.split())
            tab = browser.new_page()
            tab.set_default_timeout(PATIENCE_MS)
            for told in report(tab, address, given.products):
                console.print(told)
            browser.close()


if __name__ == "__main__":
    main()
