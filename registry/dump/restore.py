"""A second instance from a dump: its records, in feed order, replayed into an empty database."""

import heapq
from pathlib import Path

from sqlmodel import Session

from registry.changes import feed
from registry.dump import lines
from registry.dump.manifest import FileOut, Format, Manifest, digest_of, read
from registry.kit.errors import Conflict


def restore(folder: Path, target: Session) -> Manifest:
    """Fill an empty database from a dump; a file that is not what the manifest says is refused first."""
    manifest = read(folder)
    files = [one for one in manifest.files if one.format is Format.NDJSON]
    for one in files:
        _check(folder, one)
    feed.start(target, manifest.feed)
    begun = feed.head(target)
    if begun.seq != 0 or begun.feed != manifest.feed:
        raise Conflict("rebuild-target-not-empty")
    sources = [lines.read(folder / one.name) for one in files]
    count = feed.replay(target, heapq.merge(*sources, key=lambda change: change.header.seq))
    last = feed.after(target, manifest.position - 1, limit=1) if count else []
    if count != manifest.position or (last[0].hash if last else None) != manifest.position_hash:
        raise Conflict("dump-damaged", file=folder.name)
    return manifest


def _check(folder: Path, one: FileOut) -> None:
    path = folder / Path(one.name).name  # a manifest names files beside it, never elsewhere
    if not path.is_file() or digest_of(path) != one.sha256:
        raise Conflict("dump-damaged", file=path.name)
