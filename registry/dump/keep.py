"""The dumps a site keeps: made on demand, one at a time, and kept long enough to be downloaded."""

import shutil
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from registry.changes import feed
from registry.dump import manifest
from registry.dump.make import UNFINISHED, make
from registry.dump.manifest import FILE_NAME, FileOut, Manifest
from registry.kit.db import read_session
from registry.kit.errors import Gone, NotFound, Unavailable

# The newest and the two before it: whoever has read a manifest can finish the download.
KEPT = 3
# A large register takes longer than a request should: then the reader is told to come back.
PATIENCE = 30.0
MOST_WAITING = 4
FORGOTTEN = timedelta(days=1)


class DumpInMaking(Unavailable):
    code = "dump-in-making"


class Dumps:
    """Folders of finished dumps, named by their feed position, and the one thread that makes new ones."""

    def __init__(self, engine: Engine, folder: Path, *, minutes: int) -> None:
        self._engine = engine
        self._folder = folder
        self._fresh_for = timedelta(minutes=minutes)
        self._maker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="dump")
        self._guard = threading.Lock()
        self._making: Future[Manifest] | None = None
        self._waiting = threading.BoundedSemaphore(MOST_WAITING)
        self._drop_foreign()

    def current(self, now: datetime) -> Manifest:
        """A dump of the newest position, or a recent one; made now where there is none."""
        newest = self._newest()
        if newest is not None and self._is_fresh(newest, now):
            return newest
        making = self._start(now)
        if not self._waiting.acquire(blocking=False):
            return self._older(newest)
        try:
            return making.result(timeout=PATIENCE)
        except NotYet:
            return self._older(newest)
        finally:
            self._waiting.release()

    def file(self, name: str) -> tuple[Path, FileOut]:
        """A file of a dump that is still kept, and what its manifest says of it."""
        found = FILE_NAME.match(name)
        if found is None:
            raise NotFound
        folder = self._folder / found["position"]
        if folder.is_dir():
            for one in manifest.read(folder).files:
                if one.name == name:
                    return folder / name, one
            raise NotFound
        newest = self._newest()
        if newest is not None and int(found["position"]) < newest.position:
            raise Gone("dump-file-gone", file=name)
        raise NotFound

    def close(self) -> None:
        self._maker.shutdown(wait=True, cancel_futures=True)

    def _is_fresh(self, newest: Manifest, now: datetime) -> bool:
        if now - newest.made_at < self._fresh_for:
            return True
        with read_session(self._engine) as session:
            return feed.head(session).seq == newest.position

    def _start(self, now: datetime) -> Future[Manifest]:
        """The making that is under way, or a new one: whoever asks meanwhile waits for the same."""
        with self._guard:
            if self._making is None or self._making.done():
                self._making = self._maker.submit(self._make, now)
            return self._making

    def _make(self, now: datetime) -> Manifest:
        with read_session(self._engine) as session:
            position = feed.head(session).seq
        target = self._folder / str(position)
        if not target.exists():
            make(self._engine, target, now=now, upto=position)
            self._tidy()
        return manifest.read(target)

    def _older(self, newest: Manifest | None) -> Manifest:
        if newest is None:
            raise DumpInMaking
        return newest

    def _finished(self) -> list[Path]:
        """Folders of finished dumps, newest first; one without manifest is just being removed."""
        found = [
            path.parent
            for path in self._folder.glob(f"*/{manifest.NAME}")
            if path.parent.name.isascii() and path.parent.name.isdigit()
        ]
        return sorted(found, key=lambda path: int(path.name), reverse=True)

    def _newest(self) -> Manifest | None:
        for path in self._finished():
            return manifest.read(path)
        return None

    def _drop_foreign(self) -> None:
        """Remove dumps of another database that used this folder: their last record is not ours."""
        for path in self._finished():
            with suppress(FileNotFoundError):  # another process may start and remove the same
                kept = manifest.read(path)
                with read_session(self._engine) as session:
                    last = feed.after(session, kept.position - 1, limit=1) if kept.position else []
                if (last[0].hash if last else None) != kept.position_hash:
                    shutil.rmtree(path)

    def _tidy(self) -> None:
        """Remove what is no longer kept, and what a killed process left unfinished."""
        for path in self._finished()[KEPT:]:
            shutil.rmtree(path, ignore_errors=True)
        long_ago = time.time() - FORGOTTEN.total_seconds()
        for path in self._folder.glob(f"{UNFINISHED}*"):
            if path.stat().st_mtime < long_ago:
                shutil.rmtree(path, ignore_errors=True)
