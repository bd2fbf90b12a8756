"""The demonstration register as the tests see it: built once, and loaded once into a database."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from sqlalchemy import Engine

from registry.kit.db import make_engine
from seeds import load
from seeds.demo.register import Register, build
from seeds.demo.workshop import Reference
from tests import databases

NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


@cache
def reference() -> Reference:
    return load.reference()


@cache
def register() -> Register:
    return build(reference())


@contextmanager
def empty_database(template: Path, folder: Path) -> Iterator[Engine]:
    engine = make_engine(databases.sqlite_copy(template, folder))
    yield engine
    engine.dispose()
