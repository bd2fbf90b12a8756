"""Making a dump: one pass over the feed, then the columns, then the manifest; visible only when complete."""

import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from registry.changes import feed
from registry.dump import parquet
from registry.dump.lines import LineFiles
from registry.dump.manifest import NAME, FileOut, Format, Manifest, digest_of, file_name
from registry.kit.clock import civil_day
from registry.kit.db import read_session
from registry.kit.errors import Conflict
from registry.rebuild import ALL_KINDS

UNFINISHED = ".making-"


def make(engine: Engine, target: Path, *, now: datetime, upto: int | None = None) -> Manifest:
    """Write a dump up to a position, or of everything known, into a new folder.

    The folder appears under its name when it is complete, and not at all when something fails.
    """
    if target.exists():
        raise Conflict("dump-folder-exists", folder=target.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=target.parent))
    try:
        manifest = _fill(engine, folder, now=now, upto=upto)
        folder.chmod(0o755)  # mkdtemp gives the folder to its maker alone
        _appear(folder, target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return manifest


def _appear(folder: Path, target: Path) -> None:
    try:
        folder.rename(target)
    except OSError:
        if not target.exists():  # otherwise another process was faster with the same records
            raise


def _fill(engine: Engine, folder: Path, *, now: datetime, upto: int | None) -> Manifest:
    with read_session(engine) as session:
        head = feed.head(session)
        name, position = head.feed, head.seq if upto is None else min(upto, head.seq)
    paths = {kind.name: folder / file_name(position, kind.name, Format.NDJSON) for kind in ALL_KINDS}
    with LineFiles(paths) as files:
        last_hash = _copy(engine, position, files)
    listed = []
    for kind in ALL_KINDS:
        path, rows = paths[kind.name], files.rows[kind.name]
        typed = folder / file_name(position, kind.name, Format.PARQUET)
        types = dict(parquet.write(kind, path, typed))
        listed.append(_listed(path, kind.name, Format.NDJSON, rows=rows, columns=None))
        listed.append(_listed(typed, kind.name, Format.PARQUET, rows=rows, columns=types))
    manifest = Manifest(
        feed=name, position=position, position_hash=last_hash, day=civil_day(now), made_at=now, files=listed
    )
    (folder / NAME).write_text(manifest.model_dump_json(indent=1), "utf-8")
    return manifest


def _copy(engine: Engine, upto: int, files: LineFiles) -> str | None:
    """Write the records up to a position; a session for each batch, so that no snapshot is held for long."""
    position, last_hash = 0, None
    while position < upto:
        with read_session(engine) as session:
            batch = feed.after(session, position, limit=min(feed.BATCH, upto - position))
        for change in batch:
            files.write(change)
        position, last_hash = batch[-1].header.seq, batch[-1].hash
    return last_hash


def _listed(path: Path, kind: str, form: Format, *, rows: int, columns: dict[str, str] | None) -> FileOut:
    return FileOut(
        name=path.name,
        kind=kind,
        format=form,
        rows=rows,
        bytes=path.stat().st_size,
        sha256=digest_of(path),
        columns=columns,
    )
