"""What is missing before a kind counts as green: a quantity in the kind's own unit, never money."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from catalogue.compliance.verdicts import Outcome
from catalogue.ratios.model import Breakdown, KindResult, PartShare
from catalogue.ratios.parts import required_share
from registry.policies.pack import Pack


@dataclass(frozen=True, slots=True)
class Gap:
    """`missing` is how much more green quantity reaches `required`; `open` of it lies in undecided lines.

    The total is taken as it stands: a swap of lines closes the gap, a larger order would widen it. Several
    `kinds` share a gap whose lines may be of any of them; `loose` of the total failed and may be of another
    kind.
    """

    kinds: tuple[str, ...]
    sub_kind: str | None
    unit: str
    missing: Decimal
    open: Decimal
    required: Decimal
    comparable: bool
    loose: Decimal


def gaps(pack: Pack, breakdown: Breakdown) -> tuple[Gap, ...]:
    """Every part of a used kind that does not surely reach its share, in the order of the table.

    A part of nothing but lines of open kind stands under each kind they may be of, and is named once.
    """
    known = {kind.id: kind for kind in pack.kinds or ()}
    found: dict[tuple[object, ...], Gap] = {}
    for result in (kind for group in breakdown.groups for kind in group.kinds):
        if result.outcome is not Outcome.PASS:
            for lines, gap in _of_kind(result, required_share(pack, known[result.kind])):
                key = (lines, gap.unit, gap.required, "" if set(lines) <= {*result.open_ids} else result.kind)
                held = found.get(key)
                found[key] = replace(held, kinds=(*held.kinds, *gap.kinds)) if held else gap
    return tuple(found.values())


def _of_kind(result: KindResult, required: Decimal) -> Iterator[tuple[tuple[str, ...], Gap]]:
    """Each gap with the lines of its part."""
    for part in result.parts:
        if part.outcome is not Outcome.PASS:
            missing = required * part.total - part.green
            gap = Gap(
                kinds=(result.kind,),
                sub_kind=part.sub_kind,
                unit=part.unit,
                missing=max(missing, Decimal(0)),
                open=_open(part, missing),
                required=required,
                comparable=part.comparable,
                loose=part.loose,
            )
            yield part.line_ids, gap


def _open(part: PartShare, missing: Decimal) -> Decimal:
    return max(min(part.undecided, missing), Decimal(0))
