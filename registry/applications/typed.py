"""What people typed, kept exactly: one flat table from a field's path to its text.

`certificate.rows.1.plant` is a field of the first row. Lists hold one item a line. Nothing is trimmed, folded
or corrected here; reading.py does that for whoever needs the value.
"""

import json
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from registry.applications.fields import Field, FieldKind, Part, Section
from registry.applications.parts import SECTIONS
from registry.kit.errors import Invalid, TooLarge

Typed: TypeAlias = Mapping[str, str]

LONGEST_TEXT = 4_000
MOST_FIELDS = 3_000
LARGEST = 400_000
_ATTRIBUTES = "attributes"
_ATTRIBUTE = 64


def field_at(path: str) -> Field | None:
    """The field a path names; the names of attributes are the kind's, so any is a field here."""
    head, _, rest = path.partition(".")
    section = SECTIONS.get(Part(head)) if head in set(Part) else None
    if section is None or not rest:
        return None
    if section.attributes and rest.startswith(f"{_ATTRIBUTES}."):
        name = rest.removeprefix(f"{_ATTRIBUTES}.")
        return Field(rest) if 0 < len(name) <= _ATTRIBUTE and name.isidentifier() else None
    if section.rows is not None and rest.startswith(f"{section.rows.name}."):
        return _row_field(section, rest)
    return next((field for field in section.fields if field.name == rest), None)


def _row_field(section: Section, rest: str) -> Field | None:
    assert section.rows is not None
    number, _, name = rest.removeprefix(f"{section.rows.name}.").partition(".")
    if not (number.isascii() and number.isdecimal() and number == str(int(number))):
        return None
    if not 1 <= int(number) <= section.rows.most:
        return None
    return next((field for field in section.rows.fields if field.name == name), None)


def replaced(typed: Typed, part: Part, given: Typed) -> dict[str, str]:
    """The typed texts with one part's replaced; refused where a path is none of the part's."""
    prefix = f"{part}."
    for path, text in given.items():
        if not path.startswith(prefix) or field_at(path) is None:
            raise Invalid("application-field-unknown", path=path[:80])
        if len(text) > LONGEST_TEXT:
            raise TooLarge("application-text-too-long", path=path, limit=LONGEST_TEXT)
    merged = {path: text for path, text in typed.items() if not path.startswith(prefix)} | dict(given)
    if len(merged) > MOST_FIELDS or sum(map(len, merged.values())) > LARGEST:
        raise TooLarge
    return merged


def merged_fields(typed: Typed, given: Typed) -> dict[str, str]:
    """The typed texts with single fields replaced, as a returned application allows."""
    return {**typed, **given}


def of_part(typed: Typed, part: Part) -> dict[str, str]:
    prefix = f"{part}."
    return {path: text for path, text in typed.items() if path.startswith(prefix)}


def is_begun(typed: Typed, part: Part) -> bool:
    """Whether anything at all stands in a part."""
    return any(text.strip() for text in of_part(typed, part).values())


def row_numbers(typed: Typed, part: Part) -> list[int]:
    """The rows of a part's table in which anything stands, in order."""
    section = SECTIONS[part]
    if section.rows is None:
        return []
    prefix = f"{part}.{section.rows.name}."
    found = {
        int(path.removeprefix(prefix).partition(".")[0])
        for path, text in typed.items()
        if path.startswith(prefix) and text.strip()
    }
    return sorted(found)


def attribute_names(typed: Typed) -> tuple[str, ...]:
    prefix = f"{Part.PRODUCT}.{_ATTRIBUTES}."
    return tuple(sorted(path.removeprefix(prefix) for path in typed if path.startswith(prefix)))


def asked_fields(typed: Typed, part: Part) -> Iterator[tuple[str, Field]]:
    """Every field of a part with its path: the fixed ones, and those of each row that was begun."""
    section = SECTIONS[part]
    yield from ((f"{part}.{field.name}", field) for field in section.fields)
    if section.rows is not None:
        for number in row_numbers(typed, part):
            prefix = f"{part}.{section.rows.name}.{number}"
            yield from ((f"{prefix}.{field.name}", field) for field in section.rows.fields)


REFERENCES = frozenset(
    {FieldKind.ORGANISATION, FieldKind.PLANT, FieldKind.PLANTS, FieldKind.PRODUCT, FieldKind.CERTIFICATE}
)


def lines(text: str) -> tuple[str, ...]:
    """The items of a list field, one a line, blank ones left out."""
    return tuple(part.strip() for part in text.splitlines() if part.strip())


def dumped(typed: Typed) -> str:
    """As stored: ASCII, so that every character a form can send survives in every database."""
    return json.dumps(dict(typed), sort_keys=True)


def loaded(text: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(text)
    return found
