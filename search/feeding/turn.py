"""Whose turn it is to write an index: one process of all that might, until it gives up or dies."""

import fcntl
import os
from pathlib import Path
from typing import IO, Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

FILE = "writer.lock"
_KEY = 7305616  # of the advisory lock; any number that nothing else takes


class Turn(Protocol):
    def take(self) -> bool:
        """Whether it is ours now; never waits."""
        ...

    def give_back(self) -> None:
        """The writer is closed before: whoever comes next takes its lock as well."""
        ...


class FolderTurn:
    """Among the processes of one machine: a lock the system takes back; its file names who had it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._held: IO[bytes] | None = None

    def take(self) -> bool:
        if self._held is not None:
            return True
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("ab")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        file.truncate(0)
        file.write(b"%d\n" % os.getpid())
        file.flush()
        self._held = file
        return True

    def give_back(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None


def among_machines(engine: Engine, here: Turn) -> Turn:
    """Who writes what several machines share: asked of their database, or of the one machine SQLite is on."""
    return DatabaseTurn(engine) if engine.dialect.name == "postgresql" else here


class DatabaseTurn:
    """Among the machines of one PostgreSQL: a lock of a connection kept for it, gone with the connection."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._held: Connection | None = None

    def take(self) -> bool:
        if self._held is not None:
            try:
                self._held.execute(text("SELECT 1"))
            except DBAPIError:
                self.give_back()  # the server or the way to it was lost, and the lock with it
            else:
                return True
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.detach()  # the pool is for those who answer
        if connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _KEY}):
            self._held = connection
            return True
        connection.close()
        return False

    def give_back(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None
