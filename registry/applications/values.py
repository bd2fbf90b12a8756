"""Every typed text of an application read once: values by path, and what could not be read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from registry.applications.fields import Field, FieldKind, Part, When
from registry.applications.findings import Finding, error
from registry.applications.parts import SECTIONS
from registry.applications.reading import Reading, Value, read
from registry.applications.reference import Reference
from registry.applications.typed import Typed, asked_fields, attribute_names, row_numbers
from registry.categories.facts import AttributeSpec, AttributeType
from registry.kit.messages import Listed

LONGEST_NAMED, MOST_NAMED = 40, 5  # of what a finding repeats
T = TypeVar("T", str, int, Decimal, bool, date)


@dataclass(frozen=True, slots=True)
class Values:
    """What was read; a path without a value is blank or was refused."""

    found: Mapping[str, Value]
    rows: Mapping[Part, tuple[int, ...]] = field(default_factory=dict)

    def get(self, path: str, sort: type[T]) -> T | None:
        value = self.found.get(path)
        return value if isinstance(value, sort) else None

    def need(self, path: str, sort: type[T]) -> T:
        """A value that the check has proved to be there."""
        value = self.get(path, sort)
        assert value is not None, path
        return value

    def words(self, path: str) -> tuple[str, ...]:
        value = self.found.get(path)
        return value if isinstance(value, tuple) else ()


def read_all(typed: Typed, parts: Sequence[Part], reference: Reference) -> tuple[Values, list[Finding]]:
    """The values of the parts, and an error for each field that is missing, unreadable or names nothing."""
    found: dict[str, Value] = {}
    findings: list[Finding] = []
    rows: dict[Part, tuple[int, ...]] = {}
    for part in parts:
        rows[part] = tuple(row_numbers(typed, part))
        if (table := SECTIONS[part].rows) is not None and table.required and not rows[part]:
            findings.append(error(f"{part}.{table.name}", "rows-missing"))
        for path, asked in asked_fields(typed, part):
            findings += _taken(path, asked, read(asked, typed.get(path, "")), found)
    findings += _missing(typed, parts, found, {one.path for one in findings})
    findings += _unknown_names(parts, found, reference, typed=typed)
    if Part.PRODUCT in parts:
        findings += _attributes(typed, found, reference)
    return Values(found, rows), findings


def _taken(path: str, asked: Field, reading: Reading, found: dict[str, Value]) -> Iterator[Finding]:
    if reading.fault is not None:
        yield error(path, reading.fault, **reading.facts)
    elif reading.value not in (None, ()):
        found[path] = reading.value
    elif asked.kind in (FieldKind.LINES, FieldKind.CHOICES, FieldKind.PLANTS):
        found[path] = ()


def _missing(
    typed: Typed, parts: Sequence[Part], found: Mapping[str, Value], faulty: set[str]
) -> Iterator[Finding]:
    for part in parts:
        for path, asked in asked_fields(typed, part):
            if found.get(path) in (None, ()) and path not in faulty and _is_required(path, asked, found):
                yield error(path, "missing")


def _is_required(path: str, asked: Field, found: Mapping[str, Value]) -> bool:
    if not isinstance(asked.required, When):
        return asked.required
    other = f"{path.rpartition('.')[0]}.{asked.required.field}"
    return found.get(other) in asked.required.values


def _unknown_names(
    parts: Sequence[Part], found: dict[str, Value], reference: Reference, *, typed: Typed
) -> list[Finding]:
    """Codes that name nothing of the register; their values are dropped, so that nothing is built on them."""
    tables: Mapping[FieldKind, Mapping[str, object]] = {
        FieldKind.ORGANISATION: reference.organisations,
        FieldKind.PLANT: reference.plants,
        FieldKind.PLANTS: reference.plants,
        FieldKind.PRODUCT: reference.products,
        FieldKind.CERTIFICATE: reference.certificates,
        FieldKind.MATERIAL: reference.kinds,
        FieldKind.CATEGORY: reference.categories,
        FieldKind.REGION: reference.regions,
    }
    findings = []
    for part in parts:
        for path, asked in asked_fields(typed, part):
            value = found.get(path)
            known = tables.get(asked.kind)
            if known is None or value is None:
                continue
            wanted = value if isinstance(value, tuple) else (str(value),)
            if unknown := [one for one in wanted if one not in known]:
                findings.append(error(path, "names-nothing", value=_named(unknown)))
                del found[path]
            elif asked.role is not None and asked.role not in reference.organisations[wanted[0]].roles:
                findings.append(error(path, "wrong-role", role=str(asked.role)))
                del found[path]
    return findings


def _attributes(typed: Typed, found: dict[str, Value], reference: Reference) -> Iterator[Finding]:
    """The kind's own typed attributes; blank is not stated, a name the kind does not have is an error."""
    kind = reference.kinds.get(str(found.get("product.kind", "")))
    if kind is None:
        return
    specs = {spec.name: spec for spec in kind.attributes}
    for name in attribute_names(typed):
        path = f"product.attributes.{name}"
        text = typed[path]
        if not text.strip():
            continue
        if name not in specs:
            yield error(path, "attribute-unknown", kind=kind.name_zh, attribute=name)
            continue
        reading = read(attribute_field(specs[name]), text)
        yield from _taken(path, attribute_field(specs[name]), reading, found)


def attribute_field(spec: AttributeSpec) -> Field:
    """How a kind's attribute is typed and read."""
    kinds = {
        AttributeType.ENUM: FieldKind.CHOICE,
        AttributeType.DECIMAL: FieldKind.NUMBER,
        AttributeType.BOOL: FieldKind.YES_NO,
        AttributeType.TEXT: FieldKind.TEXT,
    }
    return Field(f"attributes.{spec.name}", kinds[spec.type], options=spec.values, unit=spec.unit)


def _named(unknown: Sequence[str]) -> Listed:
    return Listed(one[:LONGEST_NAMED] for one in unknown[:MOST_NAMED])
