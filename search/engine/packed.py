"""How a product is proved, as one value of one column: many facets are counted in a single pass.

2026-11, 100,000 products: a facet of several values per product took ten times as long to count as one value
per product. A value of this column is a combination; the count of a facet's value is the sum over the
combinations that have it.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from search.documents.fields import Field

COLUMN = "papers"
FIELDS = (
    Field.STATUS,
    Field.STAR,
    Field.EVIDENCE,
    Field.DATA_KIND,
    Field.SCHEME,
    Field.VERIFICATION,
)
_BETWEEN_FIELDS, _BETWEEN_VALUES = "\x1e", "\x1f"


def pack(values: Mapping[Field, tuple[str, ...]]) -> str:
    return _BETWEEN_FIELDS.join(_BETWEEN_VALUES.join(sorted(values[field])) for field in FIELDS)


@lru_cache(16_384)
def unpack(packed: str) -> Mapping[Field, tuple[str, ...]]:
    """The values of each field."""
    found = zip(FIELDS, packed.split(_BETWEEN_FIELDS), strict=True)
    return {field: tuple(filter(None, values.split(_BETWEEN_VALUES))) for field, values in found}


def counted(field: Field, counts: Mapping[str, int]) -> dict[str, int]:
    """The products with each value of a field, of the products with each combination."""
    return summed((unpack(packed)[field], count) for packed, count in counts.items())


def within(counts: Mapping[str, int], chosen: Mapping[Field, tuple[str, ...]]) -> Mapping[str, int]:
    """The combinations that have one of the chosen values of every field."""
    return {
        packed: count
        for packed, count in counts.items()
        if all(not set(values).isdisjoint(unpack(packed)[field]) for field, values in chosen.items())
    }


def summed(counts: Iterable[tuple[tuple[str, ...], int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for values, count in counts:
        for value in values:
            found[value] = found.get(value, 0) + count
    return found
