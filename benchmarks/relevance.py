"""How well searches of the demonstration register are answered; their judge had not seen the code.

python -m benchmarks.relevance              every sort of search, and the worst ones
python -m benchmarks.relevance --worst 40   more of the worst ones
python -m benchmarks.relevance --meilisearch http://127.0.0.1:7700
                                            the same on a server; its key in GREENMAT_MEILISEARCH_KEY
"""

import argparse
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from rich.console import Console
from rich.table import Table

from registry.changes.reading import point
from registry.kit import migrate
from registry.kit.db import make_engine, read_session
from registry.kit.log import configure
from registry.kit.settings import Settings
from search.engine import chosen
from search.engine.ports import SearchEngine, SearchRequest
from search.feeding import follow
from tests.relevance.labels import DEPTH, INDEPENDENT, NOTHING, OWN, Labelled, labelled, ndcg, recall
from tests.relevance.rows import rows
from tests.seeded import TODAY, Seeded, loaded

SETS = {"Independent": INDEPENDENT, "Our own": OWN}
BARS = {"recall@10": 0.95, "nDCG@10": 0.85, "without a result": 0.02}


@dataclass(frozen=True, slots=True)
class Served:
    """One search and how its first page serves it; without grades where nothing answers it."""

    asked: Labelled
    shown: Sequence[str]
    recall: float = 0.0
    ndcg: float = 0.0


def served(engine: SearchEngine, asked: Labelled, grades: Mapping[str, int]) -> Served:
    found = engine.search(SearchRequest(text=asked.text, limit=DEPTH))
    shown = [hit.id for hit in found.hits]
    if asked.sort == NOTHING:
        return Served(asked, () if found.relaxed else shown)
    return Served(asked, shown, recall(shown, grades), ndcg(shown, grades))


def told(console: Console, answers: Sequence[Served], worst: int) -> None:
    table = Table("sort", "searches", *BARS)
    sorts = defaultdict(list)
    for one in answers:
        sorts[one.asked.sort].append(one)
    nothing = sorts.pop(NOTHING, [])
    for name, several in [*sorted(sorts.items()), ("all", [one for some in sorts.values() for one in some])]:
        figures = (fmean(one.recall for one in several), fmean(one.ndcg for one in several))
        empty = sum(not one.shown for one in several) / len(several)
        table.add_row(name, str(len(several)), *(f"{one:.3f}" for one in figures), f"{empty:.1%}")
    table.add_row("[bold]bar", "", *(f"{one:g}" for one in BARS.values()))
    console.print(table)
    claimed = [one.asked.text for one in nothing if one.shown]
    console.print(f"What the register has not: {len(nothing)} searches, answered as if it had: {claimed}")
    weak = sorted((one for one in answers if one.asked.sort != NOTHING), key=lambda one: one.ndcg)[:worst]
    for one in weak:
        console.print(f"{one.ndcg:.2f} {one.recall:.2f}  {one.asked.text}  — {one.asked.need}", style="dim")


def on_server(url: str, register: Seeded, console: Console) -> SearchEngine:
    """The demonstration register in an index of its own there, built anew."""
    index = chosen.meilisearch(url, os.environ.get("GREENMAT_MEILISEARCH_KEY", ""), "greenmat-relevance")
    start = time.perf_counter()
    count = follow.rebuild(register.engine, index.writer, on=TODAY)
    console.print(f"{count} documents on the server in {time.perf_counter() - start:.1f} s")
    return index.engine


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--worst", type=int, default=20, help="How many of the worst searches to name")
    parser.add_argument("--meilisearch", default="", help="Address of a Meilisearch server to ask instead")
    given = parser.parse_args()
    configure("json")
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        empty = make_engine(Settings(data_dir=Path(folder) / "empty", database_url=""))
        migrate.upgrade(empty)
        console.print("Loading the demonstration register …")
        with loaded(empty, Path(folder)) as register, read_session(register.engine) as session:
            products = list(rows(session, point(session, TODAY)))
            engine = on_server(given.meilisearch, register, console) if given.meilisearch else register.search
            for name, path in SETS.items():
                answers = [served(engine, one, one.grades(products)) for one in labelled(path)]
                console.print(f"{name} searches", style="bold")
                told(console, answers, given.worst)
        empty.dispose()


if __name__ == "__main__":
    main()
