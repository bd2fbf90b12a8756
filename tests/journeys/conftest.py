"""The seeded site once per test process: a loaded database, its index, and a fixed day."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from registry.kit.db import make_engine
from registry.kit.settings import Settings
from search.engine.embedded import EmbeddedEngine
from search.engine.writer import EmbeddedWriter
from search.feeding import follow
from seeds import load
from tests import databases

NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)


@dataclass(frozen=True, slots=True)
class Seeded:
    """A demonstration register and the index that follows it; tests that write take `own`."""

    folder: Path
    engine: Engine
    search: EmbeddedEngine


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    """Read-only by agreement."""
    folder = tmp_path_factory.mktemp("seeded")
    template = databases.sqlite_template(tmp_path_factory.mktemp("journey-template"))
    engine = make_engine(databases.sqlite_copy(template, folder))
    load.load(engine, now=NOW)
    index = folder / "index"
    writer = EmbeddedWriter(index)
    follow.rebuild(engine, writer, on=TODAY)
    writer.close()
    yield Seeded(folder, engine, EmbeddedEngine(index))
    engine.dispose()


@pytest.fixture
def own(seeded: Seeded, tmp_path: Path) -> Iterator[Seeded]:
    """A copy of the seeded database that a test may change; the index is shared and read only."""
    source = Path(str(seeded.engine.url.database))
    with seeded.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    target = tmp_path / "data"
    target.mkdir()
    shutil.copy(source, target / "greenmat.db")
    engine = make_engine(Settings(data_dir=target))
    yield Seeded(target, engine, seeded.search)
    engine.dispose()
