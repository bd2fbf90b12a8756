"""Identifiers once more, slowly: check digits by trial, and what names what by reading every batch aloud."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FIGURES = "0123456789"


def weighed(figures: str) -> int:
    """The sum of the figures of a GTIN: 1 for the last, 3 for the one before it, and so on."""
    total, weight = 0, 1
    for figure in figures[::-1]:
        total += weight * FIGURES.index(figure)
        weight = 4 - weight
    return total


def is_gtin(text: str) -> bool:
    return len(text) in (8, 12, 13, 14) and set(text) <= set(FIGURES) and weighed(text) % 10 == 0


def completed(body: str) -> str:
    """The body with the one last figure that makes it a GTIN."""
    (last,) = [figure for figure in FIGURES if weighed(body + figure) % 10 == 0]
    return body + last


@dataclass(frozen=True, slots=True)
class Claim:
    """What one standing batch is named by, in capitals without blanks."""

    product: str
    plant: str
    number: str
    gtin: str | None = None
    handles: tuple[str, ...] = ()
    serials: tuple[str, ...] = ()


def collide(one: Claim, other: Claim, *, own_item: bool) -> bool:
    """Whether some name would name both; under a trade item of one's own, others' statements do not count."""
    same_item = one.gtin is not None and one.gtin == other.gtin
    same_product = one.product == other.product
    if (one.product, one.plant, one.number) == (other.product, other.plant, other.number):
        return True
    if same_item and not same_product and not own_item:
        return True
    if same_item and same_product and one.number == other.number:
        return True
    if set(one.handles) & set(other.handles):
        return True
    return bool(set(one.serials) & set(other.serials)) and ((same_item and not own_item) or same_product)


def alike(one: str, other: str) -> int:
    """How many figures two trade items share from the left, without the packing and the check digit."""
    shared = 0
    for left, right in zip(one[1:13], other[1:13], strict=False):
        if left != right:
            break
        shared += 1
    return shared if shared >= 7 else 0


def foreign(gtin: str, product: str, registered: Mapping[str, str]) -> bool:
    """Whether a trade item looks more like one of another's; every product has its own maker."""
    own = max([alike(gtin, carried) for code, carried in registered.items() if code == product], default=0)
    others = max([alike(gtin, carried) for code, carried in registered.items() if code != product], default=0)
    return others > own


def refused(new: Claim, standing: Iterable[Claim], registered: Mapping[str, str]) -> bool:
    """`registered` are the products' trade items, each of its own maker."""
    own_item = new.gtin is not None and registered.get(new.product) == new.gtin
    anothers = new.gtin in registered.values() or foreign(new.gtin or "", new.product, registered)
    if new.gtin is not None and not own_item and anothers:
        return True
    return any(collide(new, old, own_item=own_item) for old in standing)
