"""Reading a stranger's file from the server's side: it is only ever opened by a confined child process."""

import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from registry.declarations.formats.packing import unpack
from registry.declarations.formats.reading import Reading, Unreadable
from registry.kit.confined import MEGABYTE, Bounds, ChildEnded, Ending, ask

_CHILD = "registry.declarations.formats.child"


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be and how many declarations it may hold; more goes in by the command line."""

    largest: int = 16 * MEGABYTE
    most: int = 50
    bounds: Bounds = field(default_factory=Bounds)


USUAL = Limits()


def read(data: bytes, name: str, limits: Limits = USUAL) -> tuple[Reading, ...]:
    """Every declaration of a file; `Unreadable` whatever the file does, Unavailable when many are read."""
    if len(data) > limits.largest:
        raise Unreadable("declaration-too-large", bytes=len(data), limit=limits.largest)
    with tempfile.TemporaryDirectory(prefix="greenmat-declaration-") as made:
        folder = Path(made)
        upload = folder / "upload"
        upload.write_bytes(data)
        request = {
            "bounds": asdict(limits.bounds),
            "largest": limits.largest,
            "most": limits.most,
            "name": name[-200:],
        }
        try:
            found = ask(_CHILD, request, upload, folder=folder, bounds=limits.bounds)
        except ChildEnded as ended:
            raise _explained(ended.ending, limits.bounds) from ended
    problem: Mapping[str, Any] | None = found.get("problem")
    if problem is not None:
        raise Unreadable(str(problem["key"]), **problem["facts"])
    return tuple(unpack(one) for one in found["readings"])


def _explained(ending: Ending, bounds: Bounds) -> Unreadable:
    if ending is Ending.SLOW_CLOCK:
        return Unreadable("declaration-too-slow", seconds=bounds.wall_seconds)
    if ending is Ending.SLOW_PROCESSOR:
        return Unreadable("declaration-too-slow", seconds=bounds.cpu_seconds)
    return Unreadable("declaration-too-heavy" if ending is Ending.HEAVY else "declaration-unreadable")
