"""The confined child that reads what a node sent: many documents in one go, one JSON answer out.

A child takes half a second to start, so documents come in batches. Each is read by itself: what is wrong with
one is said of that one.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from registry.declarations.dataset import Dataset
from registry.declarations.formats.files import read_file
from registry.declarations.formats.reading import Person, Reading, Remark, Source, Unreadable
from registry.declarations.indicators import indicators
from registry.kit.confined import Bounds, confine, write_answer
from registry.kit.messages import as_text
from registry.kit.sheets import xlsx  # noqa: F401  loaded before the limits, which open no file
from registry.units.table import table

SIZE_BYTES = 8
BOUNDS = Bounds(
    answer_bytes=128 * 1024 * 1024, memory_bytes=1024 * 1024 * 1024, cpu_seconds=60, wall_seconds=90
)
_CODECS = ("utf-8-sig", "utf-16", "cp437", "gb18030")


def framed(documents: list[bytes]) -> bytes:
    """Documents one after another, each behind its size."""
    return b"".join(len(one).to_bytes(SIZE_BYTES) + one for one in documents)


def unframed(data: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(data):
        size = int.from_bytes(data[at : at + SIZE_BYTES])
        at += SIZE_BYTES
        yield data[at : at + size]
        at += size


def answer(data: bytes, name: str) -> dict[str, Any]:
    """The packed readings of one document, or why there are none."""
    try:
        return {"readings": [packed(one) for one in read_file(data, name)]}
    except Unreadable as error:
        return {"key": error.key, "facts": {fact: as_text(value) for fact, value in error.facts.items()}}


def packed(reading: Reading) -> dict[str, Any]:
    """A reading as JSON can carry it; amounts travel as text."""
    source = reading.source
    return {
        "dataset": reading.dataset.model_dump(mode="json"),
        "source": {"format": source.format, "version": source.version, "member": source.member},
        "remarks": [one.model_dump(mode="json") for one in reading.remarks],
        "origins": dict(reading.origins),
        "persons": [one.model_dump(mode="json") for one in reading.persons],
    }


def unpacked(found: Mapping[str, Any]) -> Reading:
    """The reading again, every field of it checked."""
    return Reading(
        dataset=Dataset.model_validate(found["dataset"]),
        source=Source(**found["source"]),
        remarks=tuple(Remark.model_validate(one) for one in found["remarks"]),
        origins=found["origins"],
        persons=tuple(Person.model_validate(one) for one in found["persons"]),
    )


def main() -> None:
    names = json.loads(sys.argv[1])["names"]
    indicators(), table()  # files that are read now: none can be opened later
    confine(BOUNDS, _CODECS)
    documents = list(unframed(sys.stdin.buffer.read()))
    write_answer({"found": [answer(data, name) for data, name in zip(documents, names, strict=True)]})


if __name__ == "__main__":
    main()
