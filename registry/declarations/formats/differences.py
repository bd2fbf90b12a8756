"""What a written file does not give back: told by reading it again, field by field.

A writer that listed by heart what its format cannot hold would be wrong one day; the reader knows.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from registry.declarations.dataset import Dataset
from registry.declarations.formats.reading import Remark, Weight

_NOTHING: tuple[Any, ...] = (None, [], {}, "")


def differences(written: Dataset, back: Dataset) -> tuple[Remark, ...]:
    """A remark for every field that was lost, filled in or changed on the way out and back."""
    first, second = written.model_dump(mode="json"), back.model_dump(mode="json")
    return tuple(_remarks("", first, second))


def _remarks(place: str, before: Any, after: Any) -> Iterator[Remark]:
    if before == after:
        return
    if after in _NOTHING:
        yield _remark(Weight.NOT_CARRIED, "written.not-held", place)
    elif before in _NOTHING:
        yield _remark(Weight.DEFAULTED, "written.filled", place)
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys((*before, *after)):
            inner = f"{place}.{key}" if place else key
            yield from _remarks(inner, before.get(key), after.get(key))
    elif isinstance(before, Sequence) and isinstance(after, Sequence) and not isinstance(before, str):
        yield from _listed(place, _keyed(before), _keyed(after))
    else:
        yield _remark(Weight.DOUBT, "written.changed", place)


def _listed(place: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Remark]:
    for key in dict.fromkeys((*before, *after)):
        yield from _remarks(f"{place}[{key}]", before.get(key), after.get(key))


def _keyed(listed: Sequence[Any]) -> dict[str, Any]:
    """Rows by their code, cells by module and scenario, anything else by its number."""
    found: dict[str, Any] = {}
    for number, one in enumerate(listed):
        key = _key(one) if isinstance(one, Mapping) else None
        found[key if key is not None and key not in found else str(number)] = one
    return found


def _key(one: Mapping[str, Any]) -> str | None:
    if "matched_by" in one:
        key = one["code"] or one["uuid"]
        return None if key is None else str(key)
    if "module" in one:
        return one["module"] if one["scenario"] is None else f"{one['module']}|{one['scenario']}"
    return None


def _remark(weight: Weight, key: str, place: str) -> Remark:
    return Remark(weight=weight, key=key, place=place, facts={"field": place})
