"""Reading an upload from the server's side: the file is only ever opened by a confined child process."""

import json
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import catalogue
from catalogue.bom.readers.sheets import MEGABYTE, Limits, ReadProblem, Sheets, unpack

DEFAULT = Limits()
_CHILD = "catalogue.bom.readers.child"
# How a child that met a limit ends: processor time, and memory (an abort, or the system's own killer).
_SLOW = {-getattr(signal, "SIGXCPU", 24)}
_HEAVY = {-getattr(signal, "SIGABRT", 6), -getattr(signal, "SIGKILL", 9)}


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


def _run(upload: Path, filename: str, folder: Path, *, limits: Limits) -> bytes:
    """The child's answer; a child that died or overran becomes the problem that explains it."""
    request = json.dumps({"limits": asdict(limits), "filename": filename[-200:]})
    answer = folder / "answer"
    with upload.open("rb") as given, answer.open("wb") as taken:
        process = subprocess.Popen(  # noqa: S603 — our own interpreter and module; the upload is its input
            [sys.executable, "-P", "-m", _CHILD, request],
            stdin=given,
            stdout=taken,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(),
        )
        try:
            code = process.wait(timeout=limits.wall_seconds)
        except subprocess.TimeoutExpired as error:
            process.kill()
            process.wait()
            raise ReadProblem("bom.read.too-slow", seconds=limits.wall_seconds) from error
    if code == 0 and 0 < answer.stat().st_size <= limits.answer_bytes:
        return answer.read_bytes()
    raise _death(code, answer.stat().st_size, limits)


def _death(code: int, written: int, limits: Limits) -> ReadProblem:
    if code in _SLOW:
        return ReadProblem("bom.read.too-slow", seconds=limits.cpu_seconds)
    if code in _HEAVY or written >= limits.answer_bytes:
        return ReadProblem("bom.read.too-heavy")
    return ReadProblem("bom.read.unreadable")


def _outcome(answer: bytes) -> Sheets:
    found: dict[str, Any] = json.loads(answer)
    if "problem" in found:
        raise ReadProblem(found["problem"]["key"], **found["problem"]["facts"])
    return unpack(found["sheets"])


def _environment() -> dict[str, str]:
    """Only what the child needs: our packages; none of the server's secrets."""
    root = Path(next(iter(catalogue.__path__))).parent
    return {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.1f}".removesuffix(".0")
