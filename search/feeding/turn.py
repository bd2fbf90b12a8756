"""Whose turn it is to write an index: one process of all that share its folder, until it gives up or dies."""

import fcntl
import os
from pathlib import Path
from typing import IO

FILE = "writer.lock"


class Turn:
    """A lock that the system takes back from a killed process; the file names whoever had it last."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._held: IO[bytes] | None = None

    def take(self) -> bool:
        """Whether it is ours now; never waits."""
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
        """The writer is closed before: whoever comes next takes its lock as well."""
        if self._held is not None:
            self._held.close()
            self._held = None
