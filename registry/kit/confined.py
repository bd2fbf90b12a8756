"""Foreign files are opened by a child process with little memory, little time and no way out.

In force on Linux: memory, processor time, file size, no core dump, and no new descriptors, so neither a
socket nor a file can be opened (this is how the network is shut without privileges). macOS does not
enforce the memory limit and Windows has none of these; `confine` returns the names of what was in force, and
the parent's clock holds everywhere.
"""

import codecs
import json
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import registry
from registry.kit.places import Places

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

MEGABYTE = 1024 * 1024
_STANDARD_STREAMS = 3
# Children of up to 512 MB each; of the server's 16 threads 10 stay free whatever is sent.
_PLACES = Places(2, waiting=4, patience=10.0)
# How a child that met a limit ends: processor time, and memory (an abort, or the system's own killer).
_SLOW = {-getattr(signal, "SIGXCPU", 24)}
_HEAVY = {-getattr(signal, "SIGABRT", 6), -getattr(signal, "SIGKILL", 9)}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a child may cost."""

    answer_bytes: int = 32 * MEGABYTE
    memory_bytes: int = 512 * MEGABYTE
    cpu_seconds: int = 20
    wall_seconds: int = 30


class Ending(StrEnum):
    """Why a child gave no answer."""

    SLOW_CLOCK = "slow-clock"
    SLOW_PROCESSOR = "slow-processor"
    HEAVY = "heavy"
    UNREADABLE = "unreadable"


class ChildEnded(Exception):
    """The child died or overran; the caller says so in its own words."""

    def __init__(self, ending: Ending) -> None:
        self.ending = ending
        super().__init__(str(ending))


def confine(bounds: Bounds, encodings: Iterable[str] = ()) -> tuple[str, ...]:
    """In the child: lower this process's limits for good; returns the names of those the system accepted."""
    for encoding in encodings:
        codecs.lookup(encoding)  # loaded now: no file can be opened later
    if resource is None:
        return ()
    wanted = {
        "memory": ("RLIMIT_AS", bounds.memory_bytes),
        "cpu": ("RLIMIT_CPU", bounds.cpu_seconds),
        "file-size": ("RLIMIT_FSIZE", bounds.answer_bytes),
        "no-core": ("RLIMIT_CORE", 0),
        "no-descriptors": ("RLIMIT_NOFILE", _STANDARD_STREAMS),
    }
    held = [name for name, (limit, value) in wanted.items() if _lower(limit, value)]
    if sys.platform == "darwin" and "memory" in held:
        held.remove("memory")  # accepted there, never enforced
    return tuple(held)


def write_answer(found: Mapping[str, Any]) -> None:
    """In the child: the one JSON answer."""
    sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def ask(module: str, request: Mapping[str, Any], upload: Path, *, folder: Path, bounds: Bounds) -> Any:
    """In the parent: the JSON answer of a module of ours that reads the upload; ChildEnded when none came.

    Unavailable where too many files are being read already.
    """
    answer = folder / "answer"
    with _PLACES.one(), upload.open("rb") as given, answer.open("wb") as taken:
        process = subprocess.Popen(  # noqa: S603 — our own interpreter and module; the upload is its input
            [sys.executable, "-P", "-m", module, json.dumps(request)],
            stdin=given,
            stdout=taken,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=environment(),
        )
        try:
            code = process.wait(timeout=bounds.wall_seconds)
        except subprocess.TimeoutExpired as error:
            process.kill()
            process.wait()
            raise ChildEnded(Ending.SLOW_CLOCK) from error
    written = answer.stat().st_size
    if code == 0 and 0 < written <= bounds.answer_bytes:
        return json.loads(answer.read_bytes())
    raise ChildEnded(ending(code, written, bounds))


def ending(code: int, written: int, bounds: Bounds) -> Ending:
    if code in _SLOW:
        return Ending.SLOW_PROCESSOR
    if code in _HEAVY or written >= bounds.answer_bytes:
        return Ending.HEAVY
    return Ending.UNREADABLE


def environment() -> dict[str, str]:
    """Only what the child needs: our packages; none of the server's secrets."""
    root = Path(next(iter(registry.__path__))).parent
    return {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}


def _lower(limit: str, value: int) -> bool:
    try:
        kind = getattr(resource, limit)
        _, hard = resource.getrlimit(kind)
        above = value + 1 if limit == "RLIMIT_CPU" else value  # so that SIGXCPU comes before SIGKILL
        ceiling = above if hard == resource.RLIM_INFINITY else min(above, hard)
        resource.setrlimit(kind, (min(value, ceiling), ceiling))
    except (AttributeError, OSError, ValueError):
        return False
    return True
