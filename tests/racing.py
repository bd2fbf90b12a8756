"""One act twice at the same moment: the second begins while the first is not committed."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import Engine, text
from sqlmodel import Session

from registry.kit.db import write_session
from tests import databases

T = TypeVar("T")
_WAITS = text(
    "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
    " WHERE NOT granted AND datname = current_database()"
)
PATIENCE = 20.0


def twice(engine: Engine, act: Callable[[Session], T]) -> tuple[T, T]:
    """What both get, each in a transaction and a process's engine of its own."""
    other = databases.second_engine(engine)

    def later() -> T:
        with write_session(other) as session:
            return act(session)

    try:
        with ThreadPoolExecutor(1) as pool:
            with write_session(engine) as session:
                first = act(session)
                session.flush()
                second = pool.submit(later)
                _until_it_waits(engine, second)
            return first, second.result(60)
    finally:
        other.dispose()


def _until_it_waits(engine: Engine, second: Future[Any]) -> None:
    """PostgreSQL lets the second in until it meets a row of the first; SQLite keeps it before the door."""
    if engine.dialect.name == "sqlite":
        time.sleep(0.2)
        return
    ends = time.monotonic() + PATIENCE
    with engine.connect() as connection:
        while not second.done() and time.monotonic() < ends:
            if connection.execute(_WAITS).scalar_one():
                return
            time.sleep(0.02)
