"""Search over HTTP beside the engine alone: same requests, processes and clients, in one run with `wrk`.

Measured once the site is at rest: what a register just filled has to tell its makers is no part of an answer.

python -m benchmarks.search_http                      a register of 100,000 products
python -m benchmarks.search_http --products 2000      a small one
"""

import argparse
import multiprocessing
import shutil
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlencode

from rich.console import Console
from rich.table import Table

from benchmarks._search_questions import FILTERS, WORDS, questions
from benchmarks._verify_sites import serving
from benchmarks.verify_load import PRODUCTS, WORKERS, built, measured
from registry.kit.log import configure
from registry.kit.settings import Settings
from search.engine.embedded import EmbeddedEngine
from search.query.parse import parse

SECONDS, CLIENTS = 15, 16
SHARE = 0.6  # the bar
PAGES = 3


def asked() -> list[str]:
    """Ends of addresses: words, two words, what is being typed, filters, pages."""
    kinds = ("one word", "two words", "while typing", "typing slips")
    found = [urlencode({"q": one.text}) for kind in kinds for one in questions()[kind].requests]
    chosen = [(field.value, value) for field, values in FILTERS.items() for value in values]
    found += [urlencode([("q", text), *chosen]) for text in WORDS]
    return [*found, *(urlencode({"page": n}) for n in range(1, PAGES + 1))]


@dataclass(frozen=True, slots=True)
class Alone:
    """What the engine did without a site: answers per second, milliseconds of processor for each."""

    rate: float
    work: float


def raw(folder: Path, seconds: float) -> tuple[int, float]:
    """Answers of the engine alone, asked by this process's share of the clients, and seconds of processor."""
    engine = EmbeddedEngine(folder)
    requests = [parse(parse_qs(one)).request for one in asked()]
    for one in requests:
        engine.search(one)
    answered = [0] * (CLIENTS // WORKERS)
    before, end = time.process_time(), time.monotonic() + seconds

    def ask(client: int) -> None:
        while time.monotonic() < end:
            engine.search(requests[(answered[client] * 7 + client) % len(requests)])
            answered[client] += 1

    clients = [threading.Thread(target=ask, args=(n,)) for n in range(len(answered))]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return sum(answered), time.process_time() - before


def engines(folders: Sequence[Settings], seconds: float) -> Alone:
    context = multiprocessing.get_context("spawn")
    with context.Pool(len(folders)) as pool:
        told = pool.starmap(raw, [(one.index_dir, seconds) for one in folders])
    answers = sum(count for count, _ in told)
    return Alone(answers / seconds, sum(work for _, work in told) / answers * 1000)


def script(folder: Path) -> Path:
    path = folder / "search.lua"
    listed = ",".join(f'"/api/v1/search?{one}"' for one in asked())
    path.write_text(
        f"local paths = {{{listed}}}\nlocal n = 0\n"
        'request = function() n = n + 7 return wrk.format("GET", paths[n % #paths + 1]) end\n'
    )
    return path


def compared(console: Console, folders: Sequence[Settings], temporary: Path, seconds: int) -> None:
    """The engine before and after the site, so that what else the machine does shows."""
    asking = script(temporary)
    before = engines(folders, seconds)
    with serving(folders, None) as running:
        measured(running.address, asking, seconds=5, connections=CLIENTS)
        begun = running.processor()
        site = measured(running.address, asking, seconds=seconds, connections=CLIENTS)
        work = (running.processor() - begun) / (site.rate * seconds) * 1000
    after = engines(folders, seconds)
    console.print(f"The site's processes were at rest {running.settled_after:.0f} s after their start.")
    table = Table("what", "answers/s", "processor ms", "p99 ms", "failed")
    table.add_row("engine alone, before", f"{before.rate:.0f}", f"{before.work:.1f}")
    table.add_row("over HTTP", f"{site.rate:.0f}", f"{work:.1f}", f"{site.p99:.0f}", site.failed or "none")
    table.add_row("engine alone, after", f"{after.rate:.0f}", f"{after.work:.1f}")
    console.print(table)
    share = site.rate / ((before.rate + after.rate) / 2)
    by_work = (before.work + after.work) / 2 / work
    verdict = "met" if share >= SHARE else "NOT met"
    console.print(f"{share:.0%} of the engine alone (bar {SHARE:.0%}): {verdict}")
    console.print(f"{by_work:.0%} by processor, which says more where the machine has other work beside.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=PRODUCTS)
    parser.add_argument("--seconds", type=int, default=SECONDS)
    parser.add_argument("--keep", type=Path, help="Folder to build the register in once and find it again")
    given = parser.parse_args()
    console = Console()
    if shutil.which("wrk") is None:
        console.print("Not measured: `wrk` is not installed (Debian: apt install wrk).")
        return
    configure("json")
    with tempfile.TemporaryDirectory() as temporary:
        first = (given.keep or Path(temporary)) / f"register-{given.products}"
        settings = (
            Settings(data_dir=first, database_url="") if first.exists() else built(first, given.products)
        )
        folders = [settings]
        for n in range(1, WORKERS):
            copy = Path(temporary) / f"copy-{n}"
            shutil.copytree(first, copy)
            folders.append(Settings(data_dir=copy, database_url=""))
        compared(console, folders, Path(temporary), given.seconds)


if __name__ == "__main__":
    main()
