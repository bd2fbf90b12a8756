"""What of a query the register knows: what closed lists do not have is left out and said, never searched for.

A value that no list has would find nothing, and an empty list reads as "the market has none". Values of open
lists stay, since "nobody of that name" is an answer; that no product has them is said beside it.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from sqlmodel import Session

from registry.categories import service as categories
from registry.categories.facts import AttributeSpec, AttributeType, MaterialKindFact
from registry.changes.reading import Point
from registry.declarations.comparable import Generation
from registry.units.table import table
from search.documents.fields import PUBLIC_FACETS, Field
from search.engine.ports import QUANTITY, SearchEngine, SearchRequest
from search.feeding.typed import limited, searched
from search.query.limits import COUNTED, LOWER, UPPER, is_attribute
from search.query.parse import ParsedQuery, parse
from search.query.reading import Problem, Reading, whole_region

Given = Mapping[str, Sequence[str]]

OPEN = (
    Field.MAKER, Field.MAKER_ID, Field.PLANT, Field.BODY, Field.PERFORMANCE, Field.STANDARD, Field.GWP_BASIS,
)  # fmt: skip
_REGISTERED = (Field.KIND, Field.GROUP, Field.PROVINCE, Field.REGION, Field.CATEGORY, Field.GWP_BASIS)
_WHOLE_PROVINCE = "0000"  # the end of its code (GB/T 2260)


@dataclass(frozen=True, slots=True)
class Attributes:
    """The typed attributes of all kinds by the names they are searched by; `values` None takes any text."""

    values: Mapping[str, frozenset[str] | None]
    numbers: frozenset[str]

    @classmethod
    def of(cls, kinds: Mapping[str, MaterialKindFact]) -> "Attributes":
        every, found = kinds.values(), dict[str, frozenset[str] | None]()
        for name, spec in searched(every, every):
            if spec.type is not AttributeType.DECIMAL:
                closed, known = _closed(spec), found.get(name, frozenset())
                found[name] = None if closed is None or known is None else known | closed
        return cls(MappingProxyType(found), limited(every))

    def names(self, parameter: str) -> bool:
        """Whether attr.<name>, attr.<name>_min or attr.<name>_max speaks of an attribute of any kind."""
        name = parameter.removeprefix(QUANTITY)
        if name.endswith((LOWER, UPPER)):
            return name.removesuffix(LOWER).removesuffix(UPPER) in self.numbers
        return name in self.values

    def counts(self, parameter: str) -> bool:
        """Whether attr.<name> can be counted or shown by classes."""
        name = parameter.removeprefix(QUANTITY)
        return name in self.values or name in self.numbers

    def takes(self, parameter: str, value: str) -> bool:
        """Whether a value is one of the attribute's closed list; a text or a limit takes any."""
        closed = self.values.get(parameter.removeprefix(QUANTITY))
        return closed is None or value in closed


def _closed(spec: AttributeSpec) -> frozenset[str] | None:
    if spec.type is AttributeType.TEXT:
        return None
    return frozenset(("true", "false") if spec.type is AttributeType.BOOL else spec.values)


@dataclass(frozen=True, slots=True)
class Register:
    """The lists of the register at a point, and the engine for what stands on a product and in no list."""

    session: Session
    engine: SearchEngine
    at: Point

    def parse(self, given: Given, *, facets: tuple[Field, ...] = PUBLIC_FACETS) -> ParsedQuery:
        """As `parse`, without what no list has; everything left out is among the problems."""
        reading = Reading(given)
        kept = dict(given)
        for field in _REGISTERED:
            if given.get(field):
                kept[field] = self._known(reading, field)
        if any(map(is_attribute, (*given, *(value for name in COUNTED for value in given.get(name, ()))))):
            self._typed(reading, kept)
        usual = () if given.get("facet") and not kept["facet"] else facets
        parsed = parse(kept, facets=usual)
        return replace(parsed, problems=(*reading.problems, *parsed.problems))

    def _known(self, reading: Reading, field: Field) -> list[str]:
        listed = self._list(field)
        values = [whole_region(one) if field is Field.REGION else one for one in reading.values(field)]
        unknown = {one for one in values if one not in listed and not has(self.engine, field, one)}
        for one in sorted(unknown):
            reading.report("unknown-value", field, value=one)
        return [one for one in values if one not in unknown]

    def _list(self, field: Field) -> Container[str]:
        if field is Field.CATEGORY:
            return categories.categories(self.session, self.at)
        if field in (Field.PROVINCE, Field.REGION):
            regions = categories.regions(self.session, self.at)
            return regions if field is Field.REGION else {one for one in regions if is_province(one)}
        kinds = categories.kinds(self.session, self.at)
        if field is Field.GROUP:
            return {code for code, kind in kinds.items() if kind.parent is None}
        return _Bases(kinds) if field is Field.GWP_BASIS else kinds

    def _typed(self, reading: Reading, kept: dict[str, Sequence[str]]) -> None:
        known = Attributes.of(categories.kinds(self.session, self.at))
        for name in sorted(filter(is_attribute, reading.params)):
            if not known.names(name):
                reading.report("unknown-parameter", name)
                del kept[name]
                continue
            wrong = [value for value in reading.values(name) if not known.takes(name, value)]
            for value in wrong:
                reading.report("unknown-value", name, value=value)
            kept[name] = [value for value in kept[name] if value.strip() not in wrong]
        for name in COUNTED:
            wrong = [one for one in kept.get(name, ()) if is_attribute(one) and not known.counts(one)]
            for value in dict.fromkeys(wrong):
                reading.report("unknown-value", name, value=value)
            if wrong:
                kept[name] = [one for one in kept[name] if one not in wrong]


@dataclass(frozen=True, slots=True)
class _Bases:
    """Bases of comparison that could be: of a kind, a unit and a family of rules that there are."""

    kinds: Container[str]

    def __contains__(self, key: object) -> bool:
        parts = str(key).split("|")
        if len(parts) != 5:
            return False
        kind, _, unit, family, _ = parts
        return kind in self.kinds and unit in table().by_code and family in tuple(Generation)


def is_province(region: str) -> bool:
    return region.endswith(_WHOLE_PROVINCE)


def has(engine: SearchEngine, field: Field, value: str) -> bool:
    """Whether any product has a value, whatever else is asked."""
    return engine.search(SearchRequest(filters={field: (value,)}, limit=1)).total > 0


def unheld(engine: SearchEngine, chosen: Mapping[Field, tuple[str, ...]], *, found: int) -> Iterator[Problem]:
    """Chosen values of open lists that no product has; one alone that found something needs no look."""
    for field in OPEN:
        values = chosen.get(field, ())
        if found and len(values) == 1:
            continue
        for value in values:
            if not has(engine, field, value):
                facts = MappingProxyType({"name": field.value, "value": value})
                yield Problem("search.no-such-value", field, facts)
