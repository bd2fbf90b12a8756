"""Where the embedded index lives: numbered directories, a pointer to the current one, its feed position."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.engine.ports import SearchUnavailable
from search.engine.schema import fingerprint

_CURRENT = "current"
_POSITION = "position.json"
_META = "meta.json"


@contextmanager
def guarded() -> Iterator[None]:
    """Panics of tantivy are BaseExceptions; here they become an error the edge can answer."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise SearchUnavailable(reason=f"the search engine failed: {error}") from error
        raise


class Store:
    """Paths and small files under one root; the index files themselves belong to tantivy."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def current(self) -> Path:
        """The directory readers use; refuses an index of another fingerprint."""
        try:
            name = (self._root / _CURRENT).read_text("utf-8").strip()
        except FileNotFoundError:
            raise SearchUnavailable(reason="there is no search index yet") from None
        if not name.startswith(_prefix()):
            raise SearchUnavailable(reason="the search index has another definition and must be rebuilt")
        return self._root / name

    def generation(self) -> str:
        """Changes with every commit and every swap."""
        directory = self.current()
        try:
            # Its content, not its time: two commits within one clock tick have the same time.
            meta = (directory / _META).read_bytes()
        except FileNotFoundError:
            raise SearchUnavailable(reason="the search index is not readable") from None
        return f"{directory.name}:{hashlib.blake2b(meta, digest_size=8).hexdigest()}"

    def fresh(self) -> Path:
        """A new empty directory beside the current one."""
        self._root.mkdir(parents=True, exist_ok=True)
        taken = [int(path.name.rpartition("-")[2]) for path in self._directories()]
        directory = self._root / f"{_prefix()}{max(taken, default=0) + 1}"
        directory.mkdir()
        return directory

    def switch(self, directory: Path) -> None:
        """Makes a directory current; the one before stays for readers still opening it, older ones go."""
        before = self._pointed()
        _replace(self._root / _CURRENT, directory.name)
        for path in self._directories():
            if path.name not in (directory.name, before):
                shutil.rmtree(path, ignore_errors=True)

    def position(self, directory: Path) -> int:
        try:
            return int(json.loads((directory / _POSITION).read_text("utf-8"))["position"])
        except FileNotFoundError:
            return 0

    def remember(self, directory: Path, position: int) -> None:
        _replace(directory / _POSITION, json.dumps({"position": position}))

    def _pointed(self) -> str:
        path = self._root / _CURRENT
        return path.read_text("utf-8").strip() if path.exists() else ""

    def _directories(self) -> list[Path]:
        return [path for path in self._root.glob("index-*-*") if path.name.rpartition("-")[2].isdigit()]


def _prefix() -> str:
    return f"index-{fingerprint()}-"


def _replace(path: Path, text: str) -> None:
    """Whole or not at all, also after a power cut."""
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
