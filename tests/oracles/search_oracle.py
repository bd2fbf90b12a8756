"""A slow scan that says which documents a request matches, written without the engine's own code."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

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
        case _:
            value = getattr(document, name)
            found = set() if value is None else {str(value)}
    return frozenset(found - {""})


def passes(document: ProductDocument, filters: Mapping[Field, tuple[str, ...]], ranges: Ranges) -> bool:
    chosen = all(values(document, name) & set(wanted) for name, wanted in filters.items() if wanted)
    return chosen and _inside(document, ranges)


def _inside(document: ProductDocument, ranges: Ranges) -> bool:
    below = ranges.gwp_max is None or _at_most(document.gwp, ranges.gwp_max)
    days = ranges.valid_to_min
    valid = days is None or (document.valid_to is not None and document.valid_to >= days)
    star = ranges.star_min is None or (document.star is not None and document.star >= ranges.star_min)
    waste = ranges.waste_content_min
    content = waste is None or (document.waste_content is not None and document.waste_content >= waste)
    return below and valid and star and content


def _at_most(value: Decimal | None, limit: Decimal) -> bool:
    return value is not None and value <= limit


def facet(documents: Iterable[ProductDocument], name: str) -> dict[str, int]:
    return dict(Counter(value for document in documents for value in values(document, name)))
