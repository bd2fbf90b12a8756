"""A reading as JSON and back: how it leaves the confined child, and how an upload is kept."""

from collections.abc import Mapping
from typing import Any

from registry.declarations.dataset import Dataset
from registry.declarations.formats.reading import Person, Reading, Remark, Source


def pack(reading: Reading) -> dict[str, Any]:
    source = reading.source
    return {
        "dataset": reading.dataset.model_dump(mode="json", exclude_defaults=True),
        "source": {"format": source.format, "version": source.version, "member": source.member},
        "remarks": [one.model_dump(mode="json", exclude_defaults=True) for one in reading.remarks],
        "origins": dict(reading.origins),
        "persons": [one.model_dump(mode="json") for one in reading.persons],
    }


def unpack(packed: Mapping[str, Any]) -> Reading:
    return Reading(
        dataset=Dataset.model_validate(packed["dataset"]),
        source=Source(**packed["source"]),
        remarks=tuple(Remark.model_validate(one) for one in packed["remarks"]),
        origins=packed["origins"],
        persons=tuple(Person.model_validate(one) for one in packed["persons"]),
    )
