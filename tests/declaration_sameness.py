"""When two declarations say the same: rows and cells have no order, everything else counts."""

from typing import Any

from registry.declarations.dataset import Dataset


def same_form(dataset: Dataset) -> dict[str, Any]:
    """The dataset as plain JSON values, rows and cells in one order."""
    found = dataset.model_dump(mode="json")
    for row in found["indicators"]:
        row["values"].sort(key=repr)
    found["indicators"].sort(key=repr)
    return found


def differing(one: Dataset, other: Dataset) -> list[str]:
    """The fields in which two declarations differ."""
    left, right = same_form(one), same_form(other)
    return [name for name in left if left[name] != right[name]]
