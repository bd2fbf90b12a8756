"""Seconds and memory of a table of declarations from dry run to commit, beside the bare insert of its rows.

python -m benchmarks.declaration_import          10,000 rows in a CSV, on SQLite
GREENMAT_TEST_POSTGRES=… python -m benchmarks.declaration_import
"""

import argparse
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from rich.console import Console
from sqlalchemy import Engine, text

import registry.rebuild  # noqa: F401 - defines every fact kind
from frontend.cli_declarations import LIMITS
from registry.access.actors import OPERATOR
from registry.changes import feed
from registry.declarations.documents import importing
from registry.declarations.documents.entering import About
from registry.declarations.documents.importing import Outcome, Task
from registry.declarations.documents.kept_readings import File
from registry.declarations.formats import confined
from registry.kit.confined import MEGABYTE
from registry.kit.db import read_session, write_session
from tests import databases, declared
from tests.factories import NOW

MOST_SECONDS, MOST_MEGABYTES = 60, 500
Times = dict[str, float]


@contextmanager
def timed(times: Times, name: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    times[name] = time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    wanted = parser.parse_args().rows
    console, times = Console(), Times()
    data = declared.table(wanted)
    with tempfile.TemporaryDirectory() as folder, databases.migrated(Path(folder)) as engine:
        with write_session(engine) as session:
            feed.start(session, "demonstration")
        before = peak()
        with timed(times, "read in the child"):
            readings = confined.read(data, "declarations.csv", LIMITS)
        task = Task(File("declarations.csv", "a" * 64, "machine"), About(), OPERATOR, date(2026, 6, 1), NOW)
        with timed(times, "dry run"):
            dry = Counter(one.outcome for one in importing.dry_run(engine, readings, task))
        with timed(times, "commit"):
            done = Counter(one.outcome for one in importing.commit(engine, readings, task))
        with timed(times, "the same again"):
            again = Counter(one.outcome for one in importing.commit(engine, readings, task))
        with timed(times, "bare insert"):
            bare(engine)
        name = engine.dialect.name
    assert dry == done == {Outcome.NEW: wanted}, (dry, done)
    assert again == {Outcome.KNOWN: wanted}, again
    for step, seconds in times.items():
        console.print(f"{step:20} {seconds:7.2f} s")
    total = sum(times[step] for step in ("read in the child", "dry run", "commit"))
    here, child = peak()
    console.print(
        f"{wanted} rows, {len(data) / MEGABYTE:.1f} MB, {name}: {total:.1f} s (at most {MOST_SECONDS}), "
        f"{total / times['bare insert']:.0f} × the bare insert of the same records; peak {here:.0f} MB here "
        f"({before[0]:.0f} MB before it began), {child:.0f} MB in the child (at most {MOST_MEGABYTES})"
    )
    if total > MOST_SECONDS or max(here, child) > MOST_MEGABYTES:
        raise SystemExit(1)


def bare(engine: Engine) -> None:
    """The records and nothing else: copied into a table without index or constraint."""
    with read_session(engine) as session:
        rows = [{"payload": one.payload, "hash": one.hash} for one in feed.every(session)]
    with write_session(engine) as session:
        session.execute(text("CREATE TEMPORARY TABLE bare (payload TEXT, hash TEXT)"))
        session.execute(text("INSERT INTO bare VALUES (:payload, :hash)"), rows)


def peak() -> tuple[float, float]:
    """Megabytes at most so far: this process, and its largest child."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    here, child = (resource.getrusage(kind).ru_maxrss / 1024 for kind in kinds)
    return here, child


if __name__ == "__main__":
    main()
