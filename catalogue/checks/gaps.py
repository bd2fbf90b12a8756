"""What is missing before a kind counts as green: a quantity in the kind's own unit, never money."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from catalogue.compliance.verdicts import Outcome
from catalogue.ratios.model import Breakdown, KindResult, PartShare
from catalogue.ratios.parts import required_share
from registry.policies.pack import Pack


@dataclass(frozen=True, slots=True)
class Gap:
    """`missing` is how much more green quantity reaches `required`; `open` of it lies in undecided lines.

    The total is taken as it stands: a swap of lines closes the gap, a larger order would widen it.
    """

    kind: str
    sub_kind: str | None
    unit: str
    missing: Decimal
    open: Decimal
    required: Decimal
    comparable: bool


def gaps(pack: Pack, breakdown: Breakdown) -> Iterator[Gap]:
    """Every part of a used kind that does not surely reach its share, in the order of the table."""
    known = {kind.id: kind for kind in pack.kinds or ()}
    for group in breakdown.groups:
        for result in group.kinds:
            if result.outcome is not Outcome.PASS:
                yield from _of_kind(result, required_share(pack, known[result.kind]))


def _of_kind(result: KindResult, required: Decimal) -> Iterator[Gap]:
    for part in result.parts:
        if part.outcome is not Outcome.PASS:
            missing = required * part.total - part.green
            yield Gap(
                kind=result.kind,
                sub_kind=part.sub_kind,
                unit=part.unit,
                missing=max(missing, Decimal(0)),
                open=_open(part, missing),
                required=required,
                comparable=part.comparable,
            )


def _open(part: PartShare, missing: Decimal) -> Decimal:
    return max(min(part.undecided, missing), Decimal(0))
