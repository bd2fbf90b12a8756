"""Heavy work in few places: some callers wait their turn, the others are told at once to come back.

A thread that waits is a thread of the server that answers nobody, so only a few may.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from registry.kit.errors import Unavailable


class Places:
    """`at_once` callers work, `waiting` more wait at most `patience` seconds; all others are refused."""

    def __init__(self, at_once: int, *, waiting: int, patience: float) -> None:
        self._patience = patience
        self._inside = threading.BoundedSemaphore(at_once + waiting)
        self._working = threading.BoundedSemaphore(at_once)

    @contextmanager
    def one(self) -> Iterator[None]:
        """A place for the time of the block; Unavailable (503, `Retry-After`) where there is none."""
        if not self._inside.acquire(blocking=False):
            raise Unavailable
        try:
            if not self._working.acquire(timeout=self._patience):
                raise Unavailable
            try:
                yield
            finally:
                self._working.release()
        finally:
            self._inside.release()
