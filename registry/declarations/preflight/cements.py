"""Checks of cements: the clinker share against the type in the name, and the footprint against the share."""

import csv
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from importlib import resources

from registry.declarations.preflight.model import Check, Family, Fault, Severity, When, at
from registry.declarations.preflight.view import View

checks = Family()
CLINKER = Decimal("0.806")  # kg CO₂e per kg of clinker (ATILH 2024, as cited by a public tool; medium)
UNDER = Decimal("0.85")  # our rule of thumb: 15 % below the clinker's own deserves a question
OVER = Decimal("1.35")
REST = Decimal("0.30")  # per kg of all that is not clinker, calcined clay (0.26) included, and of grinding
SLACK = Decimal(2)  # percent: standards count without gypsum, papers with it
CEMENTS = When(
    "cements", lambda view: (view.context.kind or "").startswith("cement") and not _is_clinker(view)
)
LINE = "clinker share × 806 kg/t (ATILH 2024), 15 % below and 35 % above: own rule of thumb (medium)"


def _is_clinker(view: View) -> bool:
    return view.context.kind == "cement.clinker"


def stated_share(view: View) -> Decimal | None:
    """Percent of clinker: what the product's record says, else what the content declaration says."""
    known = view.context.attributes.get("clinker_share")
    return component_share(view) if known is None else known


def component_share(view: View) -> Decimal | None:
    for one in view.dataset.components:
        if "clinker" in one.name.casefold() or "熟料" in one.name:
            return one.percent
    return None


_TEXT = (resources.files(__package__) / "cements.csv").read_text("utf-8")
TYPES = tuple(
    (row["id"], re.compile(row["pattern"], re.IGNORECASE), Decimal(row["low"]), Decimal(row["high"]),
     f"{row['source']} ({row['confidence']})")
    for row in csv.DictReader(_TEXT.splitlines())
)  # fmt: skip


def _outside(pattern: re.Pattern[str], low: Decimal, high: Decimal) -> Callable[[View], Iterator[Fault]]:
    def find(view: View) -> Iterator[Fault]:
        named, share = pattern.search(view.names), stated_share(view)
        if named and share is not None and 0 <= share <= 100 and not low - SLACK <= share <= high + SLACK:
            yield at("components", type=named[0].upper(), share=share, low=low, high=high)

    return find


checks.checks.extend(
    Check(name, Severity.WARNING, _outside(pattern, low, high), CEMENTS, source, "clinker-share")
    for name, pattern, low, high, source in TYPES
)


@checks.check("clinker-told-twice", Severity.WARNING, when=CEMENTS)
def clinker_told_twice(view: View) -> Iterator[Fault]:
    known, stated = view.context.attributes.get("clinker_share"), component_share(view)
    if known is not None and stated is not None and abs(known - stated) > SLACK:
        yield at("components", known=known, stated=stated)


@checks.check("clinker-share-impossible", Severity.WARNING, when=CEMENTS)
def clinker_share_impossible(view: View) -> Iterator[Fault]:
    share = view.context.attributes.get("clinker_share")
    if share is not None and (not 0 <= share <= 100 or 0 < share <= 1):
        yield at("components", share=share)


@checks.check("clinker-more-than-footprint", Severity.WARNING, when=CEMENTS, source=LINE)
def clinker_more_than_footprint(view: View) -> Iterator[Fault]:
    share, value = stated_share(view), view.per("kg")
    if share is not None and value is not None and 1 < share <= 100 and Decimal("0.1") <= value:
        least = share / 100 * CLINKER * UNDER
        if value < least:
            yield at("indicators", share=share, value=value, least=least)


@checks.check("footprint-more-than-clinker", Severity.WARNING, when=CEMENTS, source=LINE)
def footprint_more_than_clinker(view: View) -> Iterator[Fault]:
    share, value = stated_share(view), view.per("kg")
    if share is not None and value is not None and 1 < share <= 100 and value <= Decimal("1.2"):
        most = share / 100 * CLINKER * OVER + (1 - share / 100) * REST
        if value > most:
            yield at("indicators", share=share, value=value, most=most)


def _typed(view: View) -> tuple[str, Decimal, Decimal] | None:
    """The type in the name, where no share is stated anywhere."""
    if stated_share(view) is None:
        for _, pattern, low, high, _ in TYPES:
            named = pattern.search(view.names)
            if named:
                return named[0].upper(), low, high
    return None


@checks.check("type-more-than-footprint", Severity.WARNING, when=CEMENTS, source=LINE)
def type_more_than_footprint(view: View) -> Iterator[Fault]:
    typed, value = _typed(view), view.per("kg")
    if typed and value is not None and Decimal("0.1") <= value < typed[1] / 100 * CLINKER * UNDER:
        yield at("indicators", type=typed[0], value=value, least=typed[1] / 100 * CLINKER * UNDER)


@checks.check("footprint-more-than-type", Severity.WARNING, when=CEMENTS, source=LINE)
def footprint_more_than_type(view: View) -> Iterator[Fault]:
    typed, value = _typed(view), view.per("kg")
    if typed and value is not None and value <= Decimal("1.2"):
        most = typed[2] / 100 * CLINKER * OVER + (1 - typed[2] / 100) * REST
        if value > most:
            yield at("indicators", type=typed[0], value=value, most=most)
