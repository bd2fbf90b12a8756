"""Seconds and memory of a product list from its file to the registry, beside the bare insert of its rows.

python -m benchmarks.bulk_entry                  10,000 rows in an XLSX, on SQLite
GREENMAT_TEST_POSTGRES=… python -m benchmarks.bulk_entry
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine, text

import registry.rebuild  # noqa: F401 - defines every fact kind
from catalogue.bulk import files, service
from catalogue.bulk.taking import LIMITS, taken
from registry.applications import reviewing, store
from registry.changes import feed
from registry.evidence.files import digest
from registry.kit.confined import MEGABYTE
from registry.kit.db import read_session, write_session
from registry.kit.sheets import read
from tests import applicants, databases, product_files
from tests.applicants import MAKER, SECOND, by

MOST_SECONDS, MOST_MEGABYTES = 60, 500
COUNTED = ("read", "receive", "verdicts", "commit")
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
    data = product_files.as_xlsx(product_files.rows(wanted))
    before = peak()
    with tempfile.TemporaryDirectory() as folder, databases.migrated(Path(folder)) as engine:
        with write_session(engine) as session:
            feed.start(session, "demonstration")
            applicants.registered(session)
        entered(engine, data, times)
        with timed(times, "bare insert of the same rows"):
            bare(engine)
        name = engine.dialect.name
    table = Table("step", "seconds")
    for step, seconds in times.items():
        table.add_row(step, f"{seconds:.2f}")
    console.print(f"{wanted} rows, {len(data) / MEGABYTE:.1f} MB, {name}", table)
    total, used = sum(times[step] for step in COUNTED), peak()
    console.print(
        f"dry run to commit {total:.1f} s (at most {MOST_SECONDS}); "
        f"peak {used[0]:.0f} MB here, {used[1]:.0f} MB in the child (at most {MOST_MEGABYTES}; "
        f"{before[0]:.0f} MB before it began)"
    )
    if total > MOST_SECONDS or max(used) > MOST_MEGABYTES:
        raise SystemExit(1)


def entered(engine: Engine, data: bytes, times: Times) -> None:
    """Every step as the interface takes it, each in its own transaction."""
    with timed(times, "read"):
        found = taken(read(data, "list.xlsx", LIMITS), product_files.KINDS)
    with timed(times, "receive"), write_session(engine) as session:
        named = service.Named("list.xlsx", digest(data))
        list_id = service.receive(session, found, named, by(MAKER)).kept.id
    checked, rows = 0, len(found.rows)
    with timed(times, "verdicts"):
        while checked < rows:
            with write_session(engine) as session:
                checked = service.check_some(session, list_id, by(MAKER)).kept.checked
    with timed(times, "commit"), write_session(engine) as session:
        known = service.commit(session, list_id, by(MAKER), rows=rows)
        assert known.application is not None
        number = known.application[0]
    with timed(times, "annotated file"), read_session(engine) as session:
        files.annotated(service.page(session, list_id, limit=rows), product_files.KINDS, "zh")
    with write_session(engine) as session:
        ready = applicants.approved(session, store.get(session, number))
    with timed(times, "publication after two approvals"), write_session(engine) as session:
        reviewing.publish(session, number, by(SECOND, ready))


def bare(engine: Engine) -> None:
    """The same texts into a table without a rule, in one transaction."""
    with engine.execution_options(greenmat_writes=True).begin() as connection:
        texts = connection.execute(text("SELECT place, typed FROM product_list_rows ORDER BY place")).all()
        connection.execute(text("CREATE TABLE bare_rows (place INTEGER PRIMARY KEY, typed TEXT NOT NULL)"))
        connection.execute(
            text("INSERT INTO bare_rows (place, typed) VALUES (:place, :typed)"),
            [{"place": place, "typed": typed} for place, typed in texts],
        )


def peak() -> tuple[float, float]:
    """Megabytes at most so far, of this process and of its largest child."""
    of = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    own, child = (resource.getrusage(who).ru_maxrss / 1024 for who in of)
    return own, child


if __name__ == "__main__":
    main()
