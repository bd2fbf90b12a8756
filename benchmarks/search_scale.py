"""Search in 10,000 to 1,000,000 invented products, beside SQLite FTS5 over the same tokens in the same run.

python -m benchmarks.search_scale                          10,000 products
python -m benchmarks.search_scale --documents 1000000 --keep FOLDER    built once, found again the next time
python -m benchmarks.search_scale --only facets --no-baseline          one kind of question, our engine alone
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks import _fts5_baseline as fts5
from benchmarks._search_corpus import documents
from benchmarks._search_questions import questions
from search.documents.product import ProductDocument
from search.engine.embedded import EmbeddedEngine
from search.engine.ports import SearchRequest
from search.engine.writer import EmbeddedWriter

CHANGES = 20
PASSED, WORKED = 0, 1  # of a pair of times
Times: TypeAlias = Sequence[Sequence[float]]
COLUMNS = (
    "question",
    "n",
    "p50",
    "p95",
    "p99",
    "bar",
    "work p95",
    "FTS5 p50",
    "FTS5 p95",
    "FTS5 / ours, p50",
)
AT_ONCE = 20_000  # invented while the clock stands
BARS = "bars at 1,000,000: build 8,000/s, index 500 MB, memory 400 MB"


@dataclass(slots=True)
class Clock:
    """Hands out documents and stands still while the next ones are invented."""

    stood: float = 0.0
    worked: float = 0.0

    def documents(self, count: int) -> Iterator[ProductDocument]:
        made, source = list[ProductDocument](), documents(count)
        for _ in track(range(count), description="indexing", console=Console(stderr=True)):
            if not made:
                began, work = time.perf_counter(), time.thread_time()
                made = list(islice(source, AT_ONCE))[::-1]
                self.stood += time.perf_counter() - began
                self.worked += time.thread_time() - work
            yield made.pop()


def rate(count: int, build: "Build") -> str:
    """Documents per second of a build, and what each took of the processors."""
    clock = Clock()
    began, work = time.perf_counter(), time.process_time()
    build(clock.documents(count))
    passed, worked = time.perf_counter() - began - clock.stood, time.process_time() - work - clock.worked
    return f"{count / passed:,.0f} products/s ({worked / count * 1e6:.0f} us of processor time each)"


class Build:
    """One engine's way to fill a folder."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name

    def __call__(self, given: Iterable[ProductDocument]) -> None:
        if self.name == "fts5":
            fts5.build(self.folder, given)
            return
        writer = EmbeddedWriter(self.folder)
        writer.rebuild(given, 1)
        writer.close()


def built(console: Console, folder: Path, count: int, names: Sequence[str]) -> None:
    """Builds what the folder does not hold yet; says how fast and how large."""
    for name in names:
        place = folder / f"{name}-{count}"
        if not (place / "built").exists():
            place.mkdir(parents=True, exist_ok=True)
            (place / "built").write_text(rate(count, Build(place, name)))
        size = sum(file.stat().st_size for file in place.rglob("*") if file.is_file()) / 1e6
        said = (place / "built").read_text()
        console.print(f"{name}: built at {said}, {size:,.0f} MB on disk, {size * 1e6 / count:.0f} bytes each")


def asked(name: str, place: Path, *, seconds: float, only: str) -> Mapping[str, Times]:
    """Times of every kind of question from a process of its own; its memory as one pair in MB."""
    command = [
        sys.executable,
        "-m",
        "benchmarks._search_reading",
        "ask",
        name,
        str(place),
        str(seconds),
        only,
    ]
    found: dict[str, Times] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reading:
        assert reading.stdout is not None
        for line in reading.stdout:
            kind, measured = json.loads(line)
            found[kind] = measured if kind != "memory" else [[size / 1e6 for size in measured.values()]]
            print(f"{name}: {kind}", file=sys.stderr)
    return found


def percentile(times: Times, share: float, *, of: int = PASSED) -> float:
    values = sorted(one[of] for one in times)
    return values[min(len(values) - 1, int(share * len(values)))]


def compared(count: int, ours: Mapping[str, Times], theirs: Mapping[str, Times]) -> Table:
    table = Table(title=f"{count:,} products, warm, one client; milliseconds; work: of a processor")
    for column in COLUMNS:
        table.add_column(column, justify="left" if column == "question" else "right")
    for name, question in questions().items():
        if name not in ours:
            continue
        p50, p95, p99 = (percentile(ours[name], share) for share in (0.5, 0.95, 0.99))
        verdict = f"{question.bar_ms:.0f} {'met' if p95 <= question.bar_ms else 'NOT met'}"
        row = [name, str(len(ours[name])), f"{p50:.2f}", f"{p95:.2f}", f"{p99:.2f}", verdict]
        row.append(f"{percentile(ours[name], 0.95, of=WORKED):.2f}")
        if found := theirs.get(name):
            base = percentile(found, 0.5)
            row += [f"{base:.1f}", f"{percentile(found, 0.95):.1f}", f"{base / p50:.1f}x"]
        table.add_row(*row)
    return table


def updates(console: Console, place: Path, count: int) -> None:
    """One changed product until it is found: in the writing process, and in another."""
    writer, engine = EmbeddedWriter(place), EmbeddedEngine(place)
    first = next(documents(1))
    stamp = f"{os.getpid()}"
    changed = [
        replace(first, version=count + n, number=f"NEW{stamp}X{n:03d}", certificate_numbers=())
        for n in range(CHANGES)
    ]
    numbers = [one.number for one in changed]
    command = [sys.executable, "-m", "benchmarks._search_reading", "watch", "embedded", str(place), *numbers]
    here, there = list[float](), list[float]()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as watching:
        assert watching.stdout is not None
        watching.stdout.readline()
        for one in changed:
            began = time.monotonic()
            writer.apply([one], [], one.version)
            assert engine.search(SearchRequest(text=one.number)).total == 1
            here.append((time.monotonic() - began) * 1000)
            there.append((float(watching.stdout.readline()) - began) * 1000)
    writer.close()
    for name, found in (("this process", here), ("another process", there)):
        console.print(
            f"one change, found in {name}: p50 {statistics.median(found):.1f}, most {max(found):.1f} ms"
        )
    began = time.perf_counter()
    engine.ids_and_versions()
    console.print(f"ids and versions of all: {time.perf_counter() - began:.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=4.0, help="for each kind of question")
    parser.add_argument("--keep", type=Path, help="folder to build in once and find again")
    parser.add_argument("--only", default="", help="part of the name of a kind of question")
    parser.add_argument("--baseline", action=argparse.BooleanOptionalAction, default=True)
    given = parser.parse_args()
    console = Console(width=130)
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        names = ("embedded", "fts5") if given.baseline else ("embedded",)
        built(console, folder, given.documents, names)
        console.print(BARS)
        found = {
            name: asked(name, folder / f"{name}-{given.documents}", seconds=given.seconds, only=given.only)
            for name in names
        }
        console.print(compared(given.documents, found["embedded"], found.get("fts5", {})))
        for name, measured in found.items():
            ((whole, own),) = measured["memory"]
            console.print(
                f"{name}: a reading process holds {whole:.0f} MB, {own:.0f} MB of it not the index's"
            )
        if not given.only:
            updates(console, folder / f"embedded-{given.documents}", given.documents)


if __name__ == "__main__":
    main()
