"""The indexer as a process of its own, which a test may kill at any moment."""

from datetime import date
from multiprocessing.synchronize import Event
from pathlib import Path

import pypinyin  # noqa: F401 - loaded once by the server that the processes are forked from
import rjieba  # noqa: F401
import tantivy  # noqa: F401

import registry.rebuild  # noqa: F401 - defines every fact kind
from registry.kit.db import make_engine
from registry.kit.settings import Settings
from search.engine.embedded import EmbeddedEngine
from search.engine.writer import EmbeddedWriter
from search.feeding.follow import Follower
from search.feeding.turn import FolderTurn


def follow(settings: Settings, index: Path, day: date, begun: Event) -> None:
    """Follow until killed, as a server's process does."""
    parts = (EmbeddedEngine(index), EmbeddedWriter(index))
    follower = Follower(
        make_engine(settings), parts, lambda: day, turn=FolderTurn(index), every=0.005, another=0.05
    )
    follower.start()
    begun.set()
    follower.join()
