"""Our entry under `ext` of an openEPD document: what the format has no place for.

A number stands once: an entry adds to the plain field and never repeats its figures, and each notes what the
plain field said when it was written. A document that was changed since is read by its plain fields.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from registry.declarations.dataset import Dataset, Indicator, Value
from registry.declarations.formats.pointing import Node
from registry.declarations.formats.reading import Remark, Weight

NAME = "greenmat"
VERSION = 1
_OF_ROW = ("code", "names", "uuid", "matched_by")
_OF_CELL = ("rsd", "distribution", "samples")
Rows = Sequence[tuple[str, Indicator]]


@dataclass(frozen=True, slots=True)
class Applied:
    """A dataset with our entry worked in, the places it was taken from, and what was left out and why."""

    dataset: Dataset
    origins: Mapping[str, str]
    remarks: tuple[Remark, ...]


def added(dataset: Dataset, plain: Dataset, rows: Rows, *, slots: Mapping[int, str]) -> dict[str, Any] | None:
    """What a reader of the plain document would miss; None where that is nothing."""
    ours, theirs = _fields(dataset), _fields(plain)
    fields = {
        name: {"is": value, "over": _digest(theirs[name])}
        for name, value in ours.items()
        if value != theirs[name]
    }
    found = list(_rows(dataset, dict(rows), slots))
    entry = {"version": VERSION, "fields": fields, "rows": found}
    return {name: value for name, value in entry.items() if value} if fields or found else None


def applied(plain: Dataset, rows: Rows, entry: Node) -> Applied:
    """The plain dataset with our entry, as far as the document still says what it said."""
    if entry.at("version").whole() != VERSION:
        return Applied(plain, {}, ())
    remarks: list[Remark] = []
    now = _fields(plain)
    taken: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for name, inside in entry.at("fields").members():
        inside.done()
        if name not in now or inside.at("over").value != _digest(now[name]):
            remarks.append(_left(inside, "openepd.ext-stale", name))
        else:
            taken[name] = inside.at("is").value
            origins[name] = inside.place
    taken["indicators"] = [*_merged(rows, entry.at("rows"), remarks)]
    try:
        return Applied(Dataset.model_validate({**now, **taken}), origins, tuple(remarks))
    except ValidationError:
        remarks.append(_left(entry, "openepd.ext-unusable", NAME))
        return Applied(plain, {}, tuple(remarks))


def _fields(dataset: Dataset) -> dict[str, Any]:
    return dataset.model_dump(mode="json", exclude={"indicators"})


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _rows(
    dataset: Dataset, plain: Mapping[str, Indicator], slots: Mapping[int, str]
) -> Iterator[dict[str, Any]]:
    for number, one in enumerate(dataset.indicators):
        place = slots.get(number)
        if place is None:
            yield _small(one)
            continue
        read = plain[place]
        entry = {name: value for name in _OF_ROW if (value := _value(one, name)) != _value(read, name)}
        if one.unit != read.unit:
            entry["unit"] = one.unit
        cells = list(_cells(one.values, read.values))
        if cells:
            entry["values"] = cells
        if entry:
            yield {"at": place, "over": read.unit, **entry}


def _cells(ours: Sequence[Value], plain: Sequence[Value]) -> Iterator[dict[str, Any]]:
    """Cells the plain table has no place for, whole; of the others what their place cannot hold."""
    left = list(plain)
    for value in ours:
        twin = next((one for one in left if _key(one) == _key(value) and one.amount == value.amount), None)
        if twin is None:
            yield _small(value)
            continue
        left.remove(twin)
        differing = {
            name: _value(value, name) for name in _OF_CELL if _value(value, name) != _value(twin, name)
        }
        if differing:
            yield {"module": value.module, "scenario": value.scenario, **differing}


def _merged(rows: Rows, entries: Node, remarks: list[Remark]) -> Iterator[Any]:
    waiting: dict[str, Node] = {}
    whole: list[Node] = []
    for entry in entries.each():
        entry.done()
        place = entry.at("at").value
        if isinstance(place, str):
            waiting[place] = entry
        else:
            whole.append(entry)
    for place, read in rows:
        found = waiting.pop(place, None)
        if found is not None and found.at("over").value == read.unit:
            yield _merge(read, found)
        else:
            yield read
            if found is not None:
                remarks.append(_left(found, "openepd.ext-stale", place))
    remarks += [_left(entry, "openepd.ext-stale", place) for place, entry in waiting.items()]
    yield from (entry.value for entry in whole)


def _merge(read: Indicator, entry: Node) -> dict[str, Any]:
    base = read.model_dump()
    base |= {name: inside.value for name, inside in entry.members() if name in (*_OF_ROW, "unit")}
    cells = [value.model_dump() for value in read.values]
    for one in entry.at("values").each():
        if isinstance(one.value, dict) and not {"amount", "mark"} & set(one.value):
            twin = next((cell for cell in cells if _pair(cell) == _pair(one.value)), None)
            if twin is not None:
                twin.update({name: one.value[name] for name in _OF_CELL if name in one.value})
        else:
            cells.append(one.value)
    return {**base, "values": cells}


def _key(value: Value) -> tuple[str, str | None]:
    return value.module, value.scenario


def _pair(cell: Mapping[str, Any]) -> tuple[Any, Any]:
    return cell.get("module"), cell.get("scenario")


def _value(one: Indicator | Value, name: str) -> Any:
    return one.model_dump(mode="json", include={name})[name]


def _small(one: Indicator | Value) -> dict[str, Any]:
    return one.model_dump(mode="json", exclude_defaults=True)


def _left(node: Node, key: str, name: str) -> Remark:
    return Remark(weight=Weight.DOUBT, key=key, place=node.place, facts={"field": name})
