"""Limits, typed attributes and what is to be counted, as typed in an address."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType

from search.documents.fields import Field
from search.documents.product import ATTRIBUTE_NAME, GwpUnit
from search.engine.ports import GWP, NUMBERS, QUANTITY, WASTE_CONTENT, Ranges, Sort, Span
from search.query.reading import Reading, day, number, signed, whole

LOWER, UPPER = "_min", "_max"
LIMITS = (
    *(f"{name}{side}" for name in NUMBERS for side in (LOWER, UPPER)),
    "valid_to_min",
    "valid_on",
    "star_min",
)
STARS = ("1", "2", "3")
COUNTED = ("facet", "histogram")  # they ask for counts and change no list
_MOST_ATTRIBUTES = 20
_FIGURES = tuple(name for name in NUMBERS if name.startswith(GWP))
_SORTS = {sort: sort.removeprefix("-") for sort in Sort}


def is_attribute(name: str) -> bool:
    """attr.strength_class, attr.thickness_min: the name is the kind's own, so no list can hold it."""
    return name.startswith(QUANTITY) and bool(ATTRIBUTE_NAME.fullmatch(name.removeprefix(QUANTITY)))


def attributes(reading: Reading) -> Mapping[str, tuple[str, ...]]:
    """Chosen values by attribute; names that end in _min or _max are limits."""
    names = [name for name in _named(reading) if not name.endswith((LOWER, UPPER))]
    found = {name.removeprefix(QUANTITY): reading.values(name) for name in names}
    return MappingProxyType({name: values for name, values in found.items() if values})


def ranges(reading: Reading) -> Ranges:
    # Signed: what stores more carbon than it costs to make has a figure below zero.
    figures = {unit: _span(reading, f"{GWP}_{unit}", signed) for unit in GwpUnit}
    gwp, waste = _span(reading, GWP, signed), _span(reading, WASTE_CONTENT, number)
    return Ranges(
        gwp_min=gwp.lower,
        gwp_max=gwp.upper,
        gwp_per=MappingProxyType({unit: span for unit, span in figures.items() if not span.is_open}),
        valid_to_min=reading.read("valid_to_min", day, "not-a-day"),
        valid_on=reading.read("valid_on", day, "not-a-day"),
        star_min=_star(reading),
        waste_content_min=waste.lower,
        waste_content_max=waste.upper,
        quantities=_quantities(reading),
    )


def comparable(
    reading: Reading, filters: Mapping[Field, tuple[str, ...]], sort: Sort, limits: Ranges
) -> tuple[Sort, Ranges]:
    """Figures of several bases or families of rules are not compared: what asks for it is left out."""
    barred = _barred(filters)
    for name in [name for name in limits.spans() if name in barred]:
        for side in (LOWER, UPPER):
            if reading.first(f"{name}{side}"):
                reading.report("figures-not-comparable", f"{name}{side}")
        limits = limits.without(name)
    if _SORTS[sort] in barred:
        reading.report("figures-not-comparable", "sort")
        sort = Sort.RELEVANCE
    return sort, limits


def facets(reading: Reading, usual: tuple[Field, ...]) -> tuple[tuple[Field, ...], tuple[str, ...]]:
    """Which values are to be counted; the usual fields where none is named."""
    asked = reading.values("facet")
    if not asked:
        return usual, ()
    fields = tuple(Field(name) for name in asked if name in tuple(Field))
    typed = tuple(name.removeprefix(QUANTITY) for name in asked if is_attribute(name))
    _report_others(reading, "facet", (name for name in asked if name not in tuple(Field)))
    return fields, typed


def histograms(reading: Reading, filters: Mapping[Field, tuple[str, ...]]) -> tuple[str, ...]:
    """Which numbers are to be shown by classes; figures only where they compare."""
    asked = reading.values("histogram")
    _report_others(reading, "histogram", (name for name in asked if name not in NUMBERS))
    barred = _barred(filters)
    if barred & set(asked):
        reading.report("figures-not-comparable", "histogram")
    return tuple(name for name in asked if (name in NUMBERS or is_attribute(name)) and name not in barred)


def _barred(filters: Mapping[Field, tuple[str, ...]]) -> frozenset[str]:
    """Per unit of comparison figures need one basis; per kg, t, m² and m³ one family of rules will do."""
    if len(filters.get(Field.GWP_BASIS, ())) == 1:
        return frozenset()
    if len(filters.get(Field.GWP_STANDARD, ())) == 1:
        return frozenset((GWP,))
    return frozenset(_FIGURES)


def _report_others(reading: Reading, parameter: str, names: Iterable[str]) -> None:
    for name in names:
        if not is_attribute(name):
            reading.report("unknown-value", parameter, value=name)


def _star(reading: Reading) -> int | None:
    """No certificate has more stars than the scale; asking for them would find nothing and seem to say so."""
    asked = reading.read("star_min", whole, "not-a-number")
    if asked is None or str(asked) in STARS:
        return asked
    reading.report("unknown-value", "star_min", value=asked)
    return None


def _quantities(reading: Reading) -> Mapping[str, Span]:
    sides = ((name, side) for name in _named(reading) for side in (LOWER, UPPER))
    limited = [name.removesuffix(side) for name, side in sides if name.endswith(side)]
    found = {
        name.removeprefix(QUANTITY): _span(reading, name, signed)
        for name in dict.fromkeys(limited)
        if is_attribute(name)
    }
    return MappingProxyType({name: span for name, span in found.items() if not span.is_open})


def _named(reading: Reading) -> tuple[str, ...]:
    """Attribute parameters in the order of their names, as many as one request may hold."""
    return tuple(sorted(filter(is_attribute, reading.params)))[:_MOST_ATTRIBUTES]


def report_surplus(reading: Reading) -> None:
    if sum(map(is_attribute, reading.params)) > _MOST_ATTRIBUTES:
        reading.report("too-many-values", QUANTITY.rstrip("."), limit=_MOST_ATTRIBUTES)


def _span(reading: Reading, name: str, convert: Callable[[str], Decimal | None]) -> Span:
    """No number is above the one and below the other of two limits the wrong way round: both are left out."""
    lower_name, upper_name = f"{name}{LOWER}", f"{name}{UPPER}"
    lower = reading.read(lower_name, convert, "not-a-number")
    upper = reading.read(upper_name, convert, "not-a-number")
    if lower is not None and upper is not None and lower > upper:
        reading.report("limits-crossed", lower_name, lower=lower, other=upper_name, upper=upper)
        return Span()
    return Span(lower, upper)
