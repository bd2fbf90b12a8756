"""Search in 10,000 to 1,000,000 invented products, beside SQLite FTS5 and raw Meilisearch in the same run.

python -m benchmarks.search_scale                          10,000 products
python -m benchmarks.search_scale --documents 1000000 --keep FOLDER    built once, found again the next time
python -m benchmarks.search_scale --only facets --no-baseline          one kind of question, our engine alone
python -m benchmarks.search_scale --meilisearch http://127.0.0.1:7700  a server beside it; its key in
                                                           GREENMAT_MEILISEARCH_KEY
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
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks import _fts5_baseline as fts5
from benchmarks import _meilisearch_baseline as raw
from benchmarks._search_corpus import documents
from benchmarks._search_questions import questions
from benchmarks._search_reading import timed
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
RAW_COLUMNS = ("question", "n", "p50", "p95", "p99", "raw / ours, p50", "raw / ours, p95")
RAW = (
    "raw Meilisearch: plain documents, its usual settings, every word required; asked over HTTP, ours "
    "inside the asking process. It knows no pinyin: what is typed by sound it does not find, and quickly"
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
    """Documents per second of a build, and what each took of the processors in this process."""
    clock = Clock()
    began, work = time.perf_counter(), time.process_time()
    build(clock.documents(count))
    passed, worked = time.perf_counter() - began - clock.stood, time.process_time() - work - clock.worked
    own = "" if build.name == "meilisearch" else f" ({worked / count * 1e6:.0f} us of processor time each)"
    return f"{count / passed:,.0f} products/s{own}"


class Build:
    """One engine's way to fill a folder."""

    def __init__(self, folder: Path, name: str, url: str) -> None:
        self.folder, self.name, self.url = folder, name, url

    def __call__(self, given: Iterable[ProductDocument]) -> None:
        if self.name == "fts5":
            fts5.build(self.folder, given)
            return
        if self.name == "meilisearch":
            raw.build(self.folder, self.url, given)
            return
        writer = EmbeddedWriter(self.folder)
        writer.rebuild(given, 1)
        writer.close()

    def size(self) -> int:
        if self.name == "meilisearch":
            return raw.size(self.folder)
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file())


def built(console: Console, given: argparse.Namespace, folder: Path, names: Sequence[str]) -> None:
    """Builds what the folder does not hold yet; says how fast and how large."""
    count = given.documents
    for name in names:
        place = folder / f"{name}-{count}"
        build = Build(place, name, given.meilisearch)
        if not (place / "built").exists():
            place.mkdir(parents=True, exist_ok=True)
            (place / "built").write_text(rate(count, build))
        size, said = build.size(), (place / "built").read_text()
        console.print(f"{name}: built at {said}, {size / 1e6:,.0f} MB on disk, {size / count:.0f} bytes each")


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


def beside_raw(count: int, version: str, ours: Mapping[str, Times], theirs: Mapping[str, Times]) -> Table:
    table = Table(title=f"raw Meilisearch {version}, {count:,} products, warm, one client; milliseconds")
    for column in RAW_COLUMNS:
        table.add_column(column, justify="left" if column == "question" else "right")
    for name in (one for one in questions() if one in theirs):
        own, found = (
            [percentile(times[name], share) for share in (0.5, 0.95, 0.99)] for times in (ours, theirs)
        )
        ratios = (f"{their / our:.1f}x" for our, their in zip(own[:2], found, strict=False))
        table.add_row(name, str(len(theirs[name])), *(f"{one:.2f}" for one in found), *ratios)
    return table


def changes(count: int) -> list[ProductDocument]:
    first, stamp = next(documents(1)), f"{os.getpid()}"
    return [
        replace(first, version=count + n, number=f"NEW{stamp}X{n:03d}", certificate_numbers=())
        for n in range(CHANGES)
    ]


def told(console: Console, name: str, milliseconds: Sequence[float]) -> None:
    middle, most = statistics.median(milliseconds), max(milliseconds)
    console.print(f"one change, found in {name}: p50 {middle:.1f}, most {most:.1f} ms")


def updates(console: Console, place: Path, count: int) -> None:
    """One changed product until it is found: in the writing process, and in another."""
    writer, engine, changed = EmbeddedWriter(place), EmbeddedEngine(place), changes(count)
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
    told(console, "this process", here)
    told(console, "another process", there)
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
    parser.add_argument("--meilisearch", default="", help="Address of a Meilisearch server to ask beside it")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        try:
            measured(Console(width=130), given, folder)
        finally:
            if given.meilisearch and not given.keep:
                raw.take_away(folder / f"meilisearch-{given.documents}")


def measured(console: Console, given: argparse.Namespace, folder: Path) -> None:
    """Builds, asks and tells; every engine is asked in its own turn."""
    chosen = {"embedded": True, "fts5": given.baseline, "meilisearch": bool(given.meilisearch)}
    names = [name for name, is_asked in chosen.items() if is_asked]
    built(console, given, folder, names)
    console.print(BARS)
    found = {
        name: asked(name, folder / f"{name}-{given.documents}", seconds=given.seconds, only=given.only)
        for name in names
    }
    console.print(compared(given.documents, found["embedded"], found.get("fts5", {})))
    if theirs := found.pop("meilisearch", None):
        version = raw.version(given.meilisearch)
        console.print(beside_raw(given.documents, version, found["embedded"], theirs))
        console.print(RAW)
    else:
        console.print("raw Meilisearch was not there: --meilisearch names no server")
    for name, times in found.items():
        ((whole, own),) = times["memory"]
        console.print(f"{name}: a reading process holds {whole:.0f} MB, {own:.0f} MB of it not the index's")
    if not given.only:
        updates(console, folder / f"embedded-{given.documents}", given.documents)
    if given.meilisearch and not given.only:
        place = folder / f"meilisearch-{given.documents}"
        took = [timed(partial(raw.change, place, one))[PASSED] for one in changes(given.documents)]
        told(console, "raw Meilisearch", took)


if __name__ == "__main__":
    main()
