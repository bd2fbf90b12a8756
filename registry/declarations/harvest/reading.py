"""From fetched bytes to readings, through the confined child."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from registry.declarations.formats.reading import Reading
from registry.declarations.harvest import child
from registry.kit.confined import ChildEnded, ask

MODULE = "registry.declarations.harvest.child"


@dataclass(frozen=True, slots=True)
class Read:
    """The declarations of one document, or the key and facts of the reason against it."""

    readings: tuple[Reading, ...] = ()
    key: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


def read_all(documents: Sequence[tuple[str, bytes]]) -> list[Read]:
    """Each document read, in order; one that brings the child down never takes the others along."""
    if not documents:
        return []
    try:
        return [_read(one) for one in _asked(documents)]
    except ChildEnded as ended:
        if len(documents) == 1:
            return [Read(key="harvest-reading-ended", facts={"ending": str(ended.ending)})]
    half = len(documents) // 2
    return read_all(documents[:half]) + read_all(documents[half:])


def _asked(documents: Sequence[tuple[str, bytes]]) -> Sequence[Mapping[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="greenmat-harvest-") as folder:
        upload = Path(folder, "documents")
        upload.write_bytes(child.framed([data for _, data in documents]))
        request = {"names": [name for name, _ in documents]}
        found: dict[str, Any] = ask(MODULE, request, upload, folder=Path(folder), bounds=child.BOUNDS)
        answers: list[Mapping[str, Any]] = found["found"]
        return answers


def _read(found: Mapping[str, Any]) -> Read:
    if "key" in found:
        return Read(key=found["key"], facts=found["facts"])
    return Read(tuple(child.unpacked(one) for one in found["readings"]))
