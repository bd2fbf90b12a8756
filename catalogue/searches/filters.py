"""The filters of a search as it was run, each with its code and its words in both languages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session

from catalogue.archive.sealed import Part, Said
from catalogue.naming import Naming, Reference, basis_label, filter_label
from catalogue.searches.rows import both
from registry.changes.kinds import FactKind
from registry.changes.reading import Point, get
from registry.kit.types import plain
from registry.parties.service import ORGANISATION, PLANT
from search.documents.fields import Field
from search.engine.ports import GWP, QUANTITY, SearchRequest
from search.feeding.typed import specs
from search.query.near import Near

BARS = 4  # of a basis: kind, class, unit, family of rules, indicator


class Filter(Part):
    """`name` and `value` as the search takes them; `label` and `said` as a reader does."""

    name: str
    value: str
    label: Said
    said: Said


@dataclass(frozen=True, slots=True)
class Namer:
    """What filters are named from: the register at the point of the search."""

    session: Session
    known: Reference
    at: Point

    def filters(self, request: SearchRequest, near: Near | None) -> Iterator[Filter]:
        """What it is, how strong, then the rest; the plants of a circle are said by the circle itself."""
        for field in dict.fromkeys((Field.KIND, Field.PERFORMANCE, *Field)):
            if near is not None and field is Field.PLANT:
                continue
            for value in request.filters.get(field, ()):
                yield _filter(field.value, value, self._said(request, field, value))
        for name, values in request.attributes.items():
            for value in values:
                yield _typed(self.known, f"{QUANTITY}{name}", value, name, "kept.attribute")
        if near is not None:
            yield self._near(near)
        yield from limits(request, self.known)

    def _said(self, request: SearchRequest, field: Field, value: str) -> Said:
        if field is Field.MAKER_ID:
            return self._named(ORGANISATION, value)
        if field is Field.PLANT:
            return self._named(PLANT, value)
        return both(self._words(request, field, value))

    def _words(self, request: SearchRequest, field: Field, value: str) -> Callable[[Naming], str]:
        known, kinds = self.known, request.filters.get(Field.KIND, ())
        if field is Field.CATEGORY:
            return lambda words: known.category(value, words)
        if field is Field.GWP_BASIS and _is_basis(value):
            return lambda words: basis_label(value, known, words)
        if field is Field.PERFORMANCE and len(kinds) == 1:
            return lambda words: known.grade(kinds[0], value, words)
        return lambda words: filter_label(field, value, known, words)

    def _named(self, kind: FactKind[Any], value: str) -> Said:
        try:
            found = get(self.session, kind, UUID(value), self.at)
        except ValueError:
            found = None
        return both(lambda words: words.name(found.fact) if found else value)

    def _near(self, near: Near) -> Filter:
        region, place, km = near.region, near.place, plain(near.km)
        value = region or (f"{plain(place.latitude)},{plain(place.longitude)}" if place else "")

        def said(words: Naming) -> str:
            return words.say("kept.near", place=self.known.place(region, words) if region else value, km=km)

        return _filter("near", f"{value} {km}", both(said))


def limits(request: SearchRequest, known: Reference) -> Iterator[Filter]:
    """Numbers by both their sides, then days and stars."""
    for name, span in request.ranges.spans().items():
        for side, limit in (("min", span.lower), ("max", span.upper)):
            if limit is None:
                continue
            parameter, text = f"{name}_{side}", plain(limit)
            if name.startswith(QUANTITY):
                yield _typed(known, parameter, text, name.removeprefix(QUANTITY), f"kept.limit.{side}")
            else:
                label = Said.of(f"kept.filter.{_family(name)}-{side}")
                yield Filter(name=parameter, value=text, label=label, said=_limit(name, side, text, request))
    ranges = request.ranges
    days = (("valid_to_min", ranges.valid_to_min), ("valid_on", ranges.valid_on))
    for name, value in (*days, ("star_min", ranges.star_min)):
        if value is not None:
            yield _filter(name, str(value), Said.of(f"kept.limit.{name.replace('_', '-')}", value=value))


def _typed(known: Reference, parameter: str, value: str, attribute: str, key: str) -> Filter:
    """A typed attribute as its kinds label it; one that no kind has is said by its name."""
    every = known.kinds.values()
    spec = specs(every, every).get(attribute)
    return Filter(
        name=parameter,
        value=value,
        label=both(lambda words: words.pick(spec.label_zh, spec.label_en) if spec else attribute),
        said=both(lambda words: words.say(key, value=words.attribute(spec, value) if spec else value)),
    )


def _family(name: str) -> str:
    """Footprints are called the same in every unit; the unit stands beside the limit."""
    return GWP if name.startswith(GWP) else name.replace("_", "-")


def _limit(name: str, side: str, text: str, request: SearchRequest) -> Said:
    """A limit on footprints is in its own unit, or in the unit of the one basis they are compared on."""
    key = f"kept.limit.{_family(name)}-{side}"
    if not name.startswith(GWP):
        return Said.of(key, value=text)
    unit = name.removeprefix(GWP).removeprefix("_")
    basis = request.filters.get(Field.GWP_BASIS, ("",))[0]
    if not unit and not _is_basis(basis):  # as typed: it finds nothing, and says what was asked
        return Said.of(key, value=text, unit="")
    return both(lambda words: words.say(key, value=text, unit=words.per(unit or basis.split("|")[2])))


def _is_basis(text: str) -> bool:
    return text.count("|") == BARS


def _filter(name: str, value: str, said: Said) -> Filter:
    return Filter(name=name, value=value, label=Said.of(f"kept.filter.{name.replace('_', '-')}"), said=said)
