"""Identifiers once more, slowly: check digits by trial, and what names what by reading every batch aloud."""

from collections.abc import Iterable
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


def collide(one: Claim, other: Claim) -> bool:
    """Whether some name would name both."""
    same_item = one.gtin is not None and one.gtin == other.gtin
    if (one.product, one.plant, one.number) == (other.product, other.plant, other.number):
        return True
    if same_item and (one.product != other.product or one.number == other.number):
        return True
    if set(one.handles) & set(other.handles):
        return True
    return bool(set(one.serials) & set(other.serials)) and (same_item or one.product == other.product)


def refused(new: Claim, standing: Iterable[Claim]) -> bool:
    return any(collide(new, old) for old in standing)
