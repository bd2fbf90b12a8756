"""ISO 22057 in JSON as EPD Norway writes it: every item under its name, every value a text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from registry.declarations.comparable import Generation, generation
from registry.declarations.dataset import (
    WHOLE_MASS,
    Dataset,
    DeclaredUnit,
    Indicator,
    Mark,
    Party,
    Plant,
    Property,
    Reference,
    Value,
)
from registry.declarations.facts import MODULES, DocumentKind, PartialDay, Precision
from registry.declarations.formats.iso22057_names import code_of
from registry.declarations.formats.labels import fits
from registry.declarations.formats.made import figure
from registry.declarations.formats.pointing import Node, parse, unread
from registry.declarations.formats.reading import Person, Reading, Remark, Source, Unreadable, Weight
from registry.declarations.indicators import indicators

FORMAT = "ISO 22057 JSON"
_ITEMS, _ROWS = "subScenarios", "subIndicators"
_QUANTITIES: Mapping[str, str] = {
    "reference quantity (mass)": "kg",
    "reference quantity (volume)": "m3",
    "reference quantity (area)": "m2",
    "reference quantity (length)": "m",
    "reference quantity (item)": "piece",
}
_MARKS: Mapping[str, Mark] = {
    "INA": Mark.INA, "MNA": Mark.INA, "MND": Mark.MND, "MNR": Mark.MNR, "ND": Mark.ND,
}  # fmt: skip
_PCRS = (
    "product level PCR standard",
    "programme operator product level PCR",
    "programme operator horizontal PCR",
)
_US_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?: 12:00:00 AM)?")
_A2 = "according to EN 15804:2012+A2:2019"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The items by name, and what is noticed while they are read."""

    root: Node
    items: Mapping[str, Node]
    origins: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    def text(self, name: str, target: str = "") -> str | None:
        """The value of an item; `target` is the field it fills."""
        item = self.items.get(name)
        found = item.at("value").text() if item is not None else None
        if item is not None and found is not None:
            item.done()
            self.origins.setdefault(target or name, item.at("value").place)
        return found

    def remark(self, weight: Weight, key: str, node: Node, **facts: str) -> None:
        self.remarks.append(Remark(weight=weight, key=key, place=node.place, facts=facts))


def is_iso22057(value: Any) -> bool:
    return isinstance(value, dict) and _ROWS in value and _ITEMS in value


def read(data: bytes, *, name: str = "") -> tuple[Reading, ...]:  # noqa: ARG001  all readers are asked alike
    """The one declaration of a file."""
    root = Node(parse(data))
    if not is_iso22057(root.value):
        raise Unreadable("declaration-iso22057-none")
    sheet = _Sheet(root, _items(root))
    rules = sheet.text("core PCR", "compliance")
    family, by, rows = _table(sheet, generation(rules or ""))
    if not rows:
        raise Unreadable("declaration-iso22057-empty")
    persons = tuple(_persons(sheet))
    dataset = Dataset(
        document=DocumentKind.EPD,
        generation=family,
        generation_by="text" if by and rules else "indicators" if family is not Generation.OTHER else "none",
        compliance=(Reference(names={"": rules}),) if rules else (),
        indicators=tuple(rows),
        **_described(sheet),
        **_organisations(sheet),
    )
    for item in sheet.items.values():
        if not str(item.at("value").value or "").strip():
            item.done()
    left = (
        Remark(
            weight=Weight.NOT_CARRIED,
            key="iso22057.not-carried",
            place=place,
            facts={"name": _named(root, place)},
        )
        for place in unread(root)
    )
    return (Reading(dataset, Source(FORMAT), (*sheet.remarks, *left), sheet.origins, persons),)


def _named(root: Node, place: str) -> str:
    """What the item at a pointer, or the nearest around it, calls itself."""
    value, name = root.value, ""
    for step in place.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value.get(key)
        name = value["name"] if isinstance(value, dict) and isinstance(value.get("name"), str) else name
    return name[:80]


def _items(root: Node) -> Mapping[str, Node]:
    found: dict[str, Node] = {}
    for group in root.at(_ITEMS).each():
        group.at("name").text()
        for item in group.at("subScenarioItems").each():
            name = item.at("name").value
            if isinstance(name, str):
                found.setdefault(name.strip(), item)
    return found


def _described(sheet: _Sheet) -> dict[str, Any]:
    language = (sheet.text("language according to ISO 639-1", "language") or "").lower().split("-")[0]
    name = sheet.text("product name", "names")
    declared, properties = _declared(sheet)
    number = sheet.text("EPD registration number", "number")
    original = sheet.text("reference to original EPD", "original")
    background = sheet.text("background LCI database and version", "background")
    rules = next((found for one in _PCRS if (found := sheet.text(one, "pcr"))), None)
    return {
        "names": {language: name} if name else {},
        "number": number,
        "declared": declared,
        "properties": properties,
        "biogenic_carbon_kg": _number(sheet, f"biogenic carbon content within bio-based products {_A2}"),
        "biogenic_carbon_packaging_kg": _number(sheet, f"biogenic carbon content packaging {_A2}"),
        "service_life_years": _number(sheet, "reference service life according to ISO 15686-8"),
        "pcr": Reference(names={"": rules}) if rules else None,
        "background": (Reference(names={"": background}),) if background else (),
        "original": Reference(names={"": original}) if original else None,
        "published": _day(sheet, "publication date of EPD", "published"),
        "valid_to": _day(sheet, "data set valid until", "valid_to"),
    }


def _organisations(sheet: _Sheet) -> dict[str, Any]:
    operator = sheet.text("EPD programme operator", "operator")
    owner = sheet.text("name of owner", "owner")
    ids = {
        "web_domain": sheet.text("web domain"),
        "vat": sheet.text("unique identifier (VAT number if available)"),
    }
    maker = sheet.text("manufacturer(s) providing data", "manufacturers")
    verifier = sheet.text("name of verifier's organisation", "verifiers")
    site = sheet.text("production site(s) name", "plants")
    code = sheet.text("plus code(s) according to Open Location Code (OLC)", "plants") if site else None
    party = Party(names={"": owner} if owner else {}, ids={key: one for key, one in ids.items() if one})
    return {
        "operator": Party(names={"": operator}) if operator else None,
        "owner": party if party.names or party.ids else None,
        "manufacturers": (Party(names={"": maker}),) if maker else (),
        "verifiers": (Party(names={"": verifier}),) if verifier else (),
        "plants": (Plant(name=site, ids={"olc": code} if code else {}),) if site else (),
    }


def _persons(sheet: _Sheet) -> Iterator[Person]:
    item = sheet.items.get("name of verifier")
    if item is not None and (name := item.at("value").text()):
        item.done()
        sheet.remark(Weight.NOT_CARRIED, "iso22057.person", item)
        yield Person(role="verifier", name=name, place=item.place)


def _declared(sheet: _Sheet) -> tuple[DeclaredUnit, tuple[Property, ...]]:
    """The one quantity that is stated; of two that contradict one another none is taken."""
    kind = sheet.items.get("reference unit type")
    functional = kind is not None and (kind.at("value").text() or "").casefold().startswith("functional")
    stated = [
        (number, unit) for one, unit in _QUANTITIES.items() if (number := _number(sheet, one)) is not None
    ]
    place = sheet.items.get("reference quantity (mass)", sheet.root)
    text = "; ".join(f"{number} {unit}" for number, unit in stated)
    if len(stated) == 1:
        declared = DeclaredUnit(
            amount=stated[0][0], unit=stated[0][1], stated=stated[0][1], functional=functional
        )
    else:
        key = "iso22057.two-units" if stated else "iso22057.no-unit"
        sheet.remark(Weight.DOUBT, key, place, stated=text or "—")
        declared = DeclaredUnit(amount=1, unit=None, stated=text, functional=functional)
    if kind is not None:
        kind.done()
    mass = _number(sheet, "mass conversion factor")
    return declared, (Property(kind=WHOLE_MASS, value=mass, unit="kg"),) if mass is not None else ()


def _number(sheet: _Sheet, name: str) -> Any:
    item = sheet.items.get(name)
    found = figure(str(item.at("value").value)) if item is not None else None
    if item is not None and found is not None:
        item.done()
        sheet.origins.setdefault(name, item.at("value").place)
    return found


def _day(sheet: _Sheet, name: str, target: str) -> PartialDay | None:
    """Month first, as these files write it: 4/19/2026 is the nineteenth of April."""
    item = sheet.items.get(name)
    match = _US_DAY.fullmatch(str(item.at("value").value).strip()) if item is not None else None
    if item is None or match is None:
        return None
    month, of_month, year = map(int, match.groups())
    try:
        day = date(year, month, of_month)
    except ValueError:
        return None
    item.done()
    sheet.origins[target] = item.at("value").place
    return PartialDay(day=day, precision=Precision.DAY)


def _table(sheet: _Sheet, named: Generation) -> tuple[Generation, bool, list[Indicator]]:
    """The indicators of one set of rules with the inventory; of A1 beside A2 the other is told."""
    groups = list(sheet.root.at(_ROWS).each())
    families = [_family(group) for group in groups]
    present = set(families) - {None}
    fits_text = named in present
    order = (Generation.EN15804_A2, Generation.EN15804_A1, Generation.ISO21930)
    family = named if fits_text else next((one for one in order if one in present), Generation.OTHER)
    rows: list[Indicator] = []
    for group, its in zip(groups, families, strict=True):
        if its in (None, family):
            group.at("name").text()
            rows += _rows(sheet, group.at("subIndicatorItems").each(), its)
    return family, fits_text, rows


def _family(group: Node) -> Generation | None:
    """The rules a group belongs to; None for the inventory, which is the same under all."""
    found = generation(str(group.at("name").value or ""))
    return None if found is Generation.OTHER else found


def _rows(sheet: _Sheet, items: Iterable[Node], family: Generation | None) -> Iterator[Indicator]:
    for item in items:
        name = item.at("name").text()
        if name is None:
            continue
        item.at("guid").text()
        units, values = _values(sheet, item)
        code = code_of(name, family)
        row = indicators().of(code, family or Generation.OTHER) if code else None
        unit = next(iter(units), "")
        if row is not None and unit and not fits(unit, row.unit):
            facts = {"unit": unit, "expected": row.unit, "indicator": row.code}
            sheet.remark(Weight.DOUBT, "iso22057.unit-differs", item, **facts)
        if values:
            matched = "name" if row else "none"
            yield Indicator(
                code=code, names={"en": name}, unit=unit, matched_by=matched, values=tuple(values)
            )


def _values(sheet: _Sheet, item: Node) -> tuple[list[str], list[Value]]:
    """Cells with their unit; a cell in another unit than the first one's is left and told."""
    units: list[str] = []
    values: list[Value] = []
    for cell in item.at("values").each():
        module = {"D1": "D"}.get(
            str(cell.at("name").value).strip().upper(), str(cell.at("name").value).strip().upper()
        )
        written = str(cell.at("value").value or "").strip()
        amount, mark = figure(written), _MARKS.get(written.upper())
        unit = cell.at("unit").value if isinstance(cell.at("unit").value, str) else ""
        seen = any(one.module == module for one in values)
        if module not in MODULES or (amount is None and mark is None) or seen or (units and unit != units[0]):
            if seen:
                sheet.remark(Weight.DOUBT, "iso22057.twice", cell, module=module)
            continue
        units.append(unit)
        values.append(Value(module=module, amount=amount, mark=None if amount is not None else mark))
        cell.done()
    return units, values
