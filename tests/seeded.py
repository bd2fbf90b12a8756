"""The demonstration register as tests take it: loaded and indexed once per process, copied for who writes."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine

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
    """A loaded database and its index, read-only by agreement; a site takes a copy."""

    engine: Engine
    index: Path
    search: EmbeddedEngine

    @contextmanager
    def copy(self, folder: Path) -> Iterator[Settings]:
        """Settings of a copy of both."""
        with databases.copy_of(self.engine, folder) as settings:
            shutil.copytree(self.index, settings.index_dir)
            yield settings


@contextmanager
def loaded(template: Engine, folder: Path) -> Iterator[Seeded]:
    """The whole demonstration register in a copy of an empty database."""
    with databases.copied(template, folder) as engine:
        load.load(engine, now=NOW)
        index = folder / "index"
        writer = EmbeddedWriter(index)
        follow.rebuild(engine, writer, on=TODAY)
        writer.close()
        yield Seeded(engine, index, EmbeddedEngine(index))
