"""A slow scan that says which documents a request matches, written without the engine's own code."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType

from search.documents.fields import Field
from search.documents.product import ProductDocument
from search.engine.ports import Ranges


def texts(document: ProductDocument) -> tuple[str, ...]:
    """Every text a reader may search in."""
    single = (document.name_zh, document.name_en, document.maker, document.brand, document.description)
    place = (document.province_name, document.city)
    return (*single, *place, *document.kind_names, *document.category_names, *document.tags)


def has_words(document: ProductDocument, words: Iterable[str]) -> bool:
    """Chinese words as substrings, each anywhere."""
    return all(any(word in text for text in texts(document)) for word in words)


def values(document: ProductDocument, name: str) -> frozenset[str]:
    match name:
        case "kind":
            found = {*document.kind_path, document.kind}
        case "category":
            found = set(document.category)
        case "evidence":
            found = {item.value for item in document.evidence}
        case "plant":
            found = set(document.plants)
        case "standard":
            found = set(document.standards)
        case "region":
            found = set(document.regions)
        case "scheme":
            found = {item.value for item in document.schemes}
        case _:
            value = getattr(document, name)
            found = set() if value is None else {str(value)}
    return frozenset(found - {""})


def number(document: ProductDocument, name: str) -> Decimal | None:
    """A number by its name in requests: gwp, gwp_m2, waste_content, attr.thickness."""
    if name.startswith("attr."):
        return document.quantities.get(name[len("attr.") :])
    if name in ("gwp", "waste_content"):
        found: Decimal | None = getattr(document, name)
        return found
    return {f"gwp_{unit.value}": value for unit, value in document.gwp_per.items()}.get(name)


def passes(
    document: ProductDocument,
    filters: Mapping[Field, tuple[str, ...]],
    ranges: Ranges,
    attributes: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> bool:
    chosen = all(values(document, name) & set(wanted) for name, wanted in filters.items() if wanted)
    typed = all(
        document.attributes.get(name) in wanted for name, wanted in attributes.items() if wanted
    )  # no product has None among its wanted values
    return chosen and typed and _inside(document, ranges)


def _inside(document: ProductDocument, ranges: Ranges) -> bool:
    days = ranges.valid_to_min
    valid = days is None or (document.valid_to is not None and document.valid_to >= days)
    star = ranges.star_min is None or (document.star is not None and document.star >= ranges.star_min)
    return valid and star and _dated_over(document, ranges.valid_on) and _within(document, ranges)


def _dated_over(document: ProductDocument, day: date | None) -> bool:
    if day is None:
        return True
    first, last = document.valid_from, document.valid_to
    return first is not None and last is not None and first <= day <= last


def _within(document: ProductDocument, ranges: Ranges) -> bool:
    limits = [("gwp", ranges.gwp_min, ranges.gwp_max)]
    limits += [("waste_content", ranges.waste_content_min, ranges.waste_content_max)]
    limits += [(f"gwp_{unit.value}", span.lower, span.upper) for unit, span in ranges.gwp_per.items()]
    limits += [(f"attr.{name}", span.lower, span.upper) for name, span in ranges.quantities.items()]
    return all(_between(number(document, name), lower, upper) for name, lower, upper in limits)


def _between(value: Decimal | None, lower: Decimal | None, upper: Decimal | None) -> bool:
    if lower is None and upper is None:
        return True
    return value is not None and (lower is None or value >= lower) and (upper is None or value <= upper)


def facet(documents: Iterable[ProductDocument], name: str) -> dict[str, int]:
    return dict(Counter(value for document in documents for value in values(document, name)))


def attribute_facet(documents: Iterable[ProductDocument], name: str) -> dict[str, int]:
    return dict(Counter(document.attributes[name] for document in documents if document.attributes.get(name)))


def classes(documents: Iterable[ProductDocument], name: str, bounds: Sequence[Decimal]) -> tuple[int, ...]:
    """How many lie in each class; the upper bound belongs to the next."""
    stated = [value for document in documents if (value := number(document, name)) is not None]
    return tuple(sum(lower <= value < upper for value in stated) for lower, upper in pairwise(bounds))
