"""Search over HTTP beside the engine alone: same requests, processes and clients, in one run with `wrk`.

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


def raw(folder: Path, seconds: float) -> float:
    """Answers per second of the engine alone, asked by this process's share of the clients."""
    engine = EmbeddedEngine(folder)
    requests = [parse(parse_qs(one)).request for one in asked()]
    for one in requests:
        engine.search(one)
    answered = [0] * (CLIENTS // WORKERS)
    end = time.monotonic() + seconds

    def ask(client: int) -> None:
        while time.monotonic() < end:
            engine.search(requests[(answered[client] * 7 + client) % len(requests)])
            answered[client] += 1

    clients = [threading.Thread(target=ask, args=(n,)) for n in range(len(answered))]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return sum(answered) / seconds


def engines(folders: Sequence[Settings], seconds: float) -> float:
    context = multiprocessing.get_context("spawn")
    with context.Pool(len(folders)) as pool:
        return sum(pool.starmap(raw, [(one.index_dir, seconds) for one in folders]))


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
    with serving(folders, None) as address:
        measured(address, asking, seconds=5, connections=CLIENTS)
        site = measured(address, asking, seconds=seconds, connections=CLIENTS)
    after = engines(folders, seconds)
    table = Table("what", "answers/s", "p99 ms", "failed")
    table.add_row("engine alone, before", f"{before:.0f}", "", "")
    table.add_row("over HTTP", f"{site.rate:.0f}", f"{site.p99:.0f}", site.failed or "none")
    table.add_row("engine alone, after", f"{after:.0f}", "", "")
    console.print(table)
    share = site.rate / ((before + after) / 2)
    verdict = "met" if share >= SHARE else "NOT met"
    console.print(f"{share:.0%} of the engine alone (bar {SHARE:.0%}): {verdict}")


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
