"""Reading an upload from the server's side: the file is only ever opened by a confined child process."""

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from registry.kit.confined import MEGABYTE, ChildEnded, Ending, ask
from registry.kit.sheets.sheets import Limits, ReadProblem, Sheets, unpack

DEFAULT = Limits()
_CHILD = "registry.kit.sheets.child"


def read(source: Path | bytes, filename: str, limits: Limits = DEFAULT) -> Sheets:
    """The rows of an XLSX or CSV; raises ReadProblem with a coded sentence, whatever the file does."""
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size == 0:
        raise ReadProblem("bom.read.empty")
    if size > limits.file_bytes:
        raise ReadProblem("bom.read.too-large", size=_megabytes(size), limit=_megabytes(limits.file_bytes))
    with tempfile.TemporaryDirectory(prefix="greenmat-bom-") as folder:
        upload = source if isinstance(source, Path) else Path(folder) / "upload"
        if isinstance(source, bytes):
            upload.write_bytes(source)
        return _outcome(_run(upload, filename, Path(folder), limits=limits))


def _run(upload: Path, filename: str, folder: Path, *, limits: Limits) -> dict[str, Any]:
    """The child's answer; a child that died or overran becomes the problem that explains it."""
    request = {"limits": asdict(limits), "filename": filename[-200:]}
    try:
        found: dict[str, Any] = ask(_CHILD, request, upload, folder=folder, bounds=limits.bounds)
    except ChildEnded as ended:
        raise explained(ended.ending, limits) from ended
    return found


def explained(ending: Ending, limits: Limits) -> ReadProblem:
    """What the user is told of a child that gave no answer."""
    if ending is Ending.SLOW_CLOCK:
        return ReadProblem("bom.read.too-slow", seconds=limits.bounds.wall_seconds)
    if ending is Ending.SLOW_PROCESSOR:
        return ReadProblem("bom.read.too-slow", seconds=limits.bounds.cpu_seconds)
    return ReadProblem("bom.read.too-heavy" if ending is Ending.HEAVY else "bom.read.unreadable")


def _outcome(found: dict[str, Any]) -> Sheets:
    if "problem" in found:
        raise ReadProblem(found["problem"]["key"], **found["problem"]["facts"])
    return unpack(found["sheets"])


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.1f}".removesuffix(".0")
