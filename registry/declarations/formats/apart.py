"""Persons and how to reach them, taken out of what was read before anything else sees it.

One step for every format: names of parties are divided by `people`, addresses and telephone numbers are cut
out of every text. What was taken goes to the persons of the reading; a line of the loss report tells where.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic_core import PydanticSerializationError

from registry.declarations.dataset import Dataset, Party
from registry.declarations.formats import contacts, people
from registry.declarations.formats.reading import Person, Reading, Remark, Weight

CUT = "…"  # stands where something was taken out
CONTACT = "contact"  # the role of an address or a number
# Numbers of documents and products look like telephone numbers and are none.
_NO_PROSE = frozenset({
    "number", "version", "identifiers", "ids", "uri", "cas", "id", "unit", "stated", "location", "scenario",
    "indicators", "name",
})  # fmt: skip
# Where a name may also be a firm's or a product's.
_NOT_TOLD = frozenset({"names", "owner", "operator", "publisher", "manufacturers", "plants", "indicators"})
_ESCAPE = re.compile(r"\\(?:u[0-9a-f]{4}|.)")
_PARTIES = ("owner", "operator", "publisher")
_ROLES = {"verifiers": "verifier", "manufacturers": "manufacturer"}


def apart(reading: Reading) -> Reading:
    """The reading without persons in its dataset and its remarks, which are among its `persons` instead."""
    found = _Found(reading)
    dataset = _named(reading.dataset, found)
    dataset = _cut_out(dataset, found)
    remarks = tuple(_without(one) for one in reading.remarks)
    return replace(
        reading,
        dataset=dataset,
        remarks=(*remarks, *found.remarks),
        persons=(*reading.persons, *found.persons),
    )


@dataclass(slots=True)
class _Found:
    """What was taken out of a reading, and where it had stood."""

    reading: Reading
    persons: list[Person] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def add(self, role: str, name: str, place: str, key: str) -> None:
        """`place` is the field; the report names where the file has it."""
        source = self.reading.origins.get(place.partition(".")[0], place)
        self.persons.append(Person(role=role, name=name, place=source))
        facts = {"role": role, "field": place}
        line = Remark(weight=Weight.NOT_CARRIED, key=key, place=source, facts=facts)
        if line not in self.remarks:
            self.remarks.append(line)


def _named(dataset: Dataset, found: _Found) -> Dataset:
    """The dataset whose parties are organisations."""
    changes: dict[str, Any] = {}
    for name in _PARTIES:
        before: Party | None = getattr(dataset, name)
        changes[name] = before and _organisation(before, name, found, certain=True)
    operating = set(dataset.operator.names.values()) if dataset.operator else set()
    for name, role in _ROLES.items():
        listed: tuple[Party, ...] = getattr(dataset, name)
        certain = [name != "verifiers" or bool(operating & set(one.names.values())) for one in listed]
        stand = [
            _organisation(one, name, found, certain=is_certain, role=role)
            for one, is_certain in zip(listed, certain, strict=True)
        ]
        changes[name] = tuple(one for one in stand if one is not None)
    if all(getattr(dataset, name) == value for name, value in changes.items()):
        return dataset
    return dataset.model_copy(update=changes)


def _organisation(
    party: Party, place: str, found: _Found, *, certain: bool, role: str | None = None
) -> Party | None:
    """The organisation of a party; None where only a person is left of it."""
    kept = people.kept(party.names, certain=certain)
    if not kept.persons:
        return party
    for name in kept.persons:
        found.add(role or place, name, place, "reading.person-kept-apart")
    # The UUID is that of a person's contact; a domain may be called like its owner.
    words = [word for one in kept.persons for word in re.findall(r"[^\W\d_]{3,}", one.casefold())]
    ids = {key: one for key, one in party.ids.items() if not any(word in one.casefold() for word in words)}
    return Party(names=kept.names, ids=ids) if kept.names or ids else None


def _cut_out(dataset: Dataset, found: _Found) -> Dataset:
    """The dataset without addresses, telephone numbers and the names that were put aside."""
    persons = (*found.reading.persons, *found.persons)
    cutter = _Cutter([name for one in persons for name in people.full_names(one.name)])
    plain: dict[str, Any] = {}
    if _may_hold(dataset, cutter.names):
        plain = cutter.cleaned(dataset.model_dump(exclude={"indicators"}), ())
    rows: Sequence[Any] = dataset.indicators
    if contacts.address_may_be_in("\n".join(_of_rows(dataset))):
        rows = cutter.cleaned([one.model_dump() for one in rows], ("indicators",))
    for place, what in cutter.taken:
        if all(what not in one.name for one in persons):
            found.add(CONTACT, what, place, "reading.contact-kept-apart")
    if not cutter.taken:
        return dataset
    cut = Dataset.model_validate({**(plain or dict(dataset)), "indicators": rows})
    empty = {name: None for name in _PARTIES if getattr(cut, name) == Party()}
    return cut.model_copy(update=empty)


def _may_hold(dataset: Dataset, names: Sequence[str]) -> bool:
    """Whether anything in its texts can be cut out, from all of them at once: in most files nothing can be.

    An escape is a blank here, so that what stands beside it is seen.
    """
    try:
        texts = _ESCAPE.sub(" ", dataset.model_dump_json(exclude={"indicators"}))
    except PydanticSerializationError:  # half a character, which no JSON holds
        return True
    return contacts.may_be_in(texts) or any(
        _ESCAPE.sub(" ", json.dumps(one, ensure_ascii=False)[1:-1]) in texts for one in names
    )


def _of_rows(dataset: Dataset) -> set[str]:
    """The texts of the results tables, each once: most of a document, and they hardly ever name anybody."""
    found = {text for row in dataset.indicators for text in (row.unit, *row.names, *row.names.values())}
    cells = {(one.scenario, one.distribution) for row in dataset.indicators for one in row.values}
    return found | {text for pair in cells for text in pair if text}


@dataclass(slots=True)
class _Cutter:
    """Cuts texts, and notes what it took by the field it stood in."""

    names: list[str]
    taken: dict[tuple[str, str], None] = field(default_factory=dict)

    def cleaned(self, value: Any, path: tuple[str, ...]) -> Any:
        """A tree of plain values without what is a person's; a text that was nothing else is left out."""
        if isinstance(value, str):
            return self._text(value, path)
        if isinstance(value, dict):
            inner = {key: self.cleaned(one, (*path, key)) for key, one in value.items()}
            texts = path[-1:] in {("names",), ("words",), ("ids",), ("descriptions",), ("access",)}
            return {key: one for key, one in inner.items() if not (texts and one == CUT)}
        if isinstance(value, list | tuple):
            return [self.cleaned(one, path) for one in value]
        return value

    def _text(self, text: str, path: tuple[str, ...]) -> str:
        names = [one for one in self.names if one in text] if path[0] not in _NOT_TOLD else []
        is_prose = not _NO_PROSE & set(path)
        if not names and not (contacts.ANY if is_prose else contacts.AT).search(text):
            return text
        patterns = [
            contacts.MAIL,
            contacts.MAIL_ANY,
            *((contacts.ANNOUNCED, contacts.PHONE) if is_prose else ()),
        ]
        patterns += [re.compile(re.escape(one)) for one in names]
        found = text
        for pattern in patterns:
            found = pattern.sub(lambda match: self._cut(match, path), found)
        return found

    def _cut(self, match: re.Match[str], path: tuple[str, ...]) -> str:
        kept = match[1] if match.re is contacts.ANNOUNCED else ""
        self.taken[".".join(path), match[0].removeprefix(kept)] = None
        return kept + CUT


def _without(remark: Remark) -> Remark:
    """A line of the report whose facts name no address either."""
    facts = {
        key: contacts.PHONE.sub(CUT, contacts.MAIL_ANY.sub(CUT, contacts.MAIL.sub(CUT, one)))
        for key, one in remark.facts.items()
        if len(one) >= contacts.SHORTEST and contacts.ANY.search(one)
    }
    return remark.model_copy(update={"facts": {**remark.facts, **facts}}) if facts else remark
