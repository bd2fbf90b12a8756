"""Fixed points per item at the required share, two items interpolated, out of 100 (method S).

Clause: GB/T 50378-2019, 7.2.18 with its commentary table, as printed by an official calculation report.
An item that is not used scores zero and the denominator stays 100.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from catalogue.compliance.verdicts import Outcome
from catalogue.ratios.arithmetic import total
from catalogue.ratios.model import (
    Bounds,
    Breakdown,
    GroupResult,
    KindResult,
    LineShare,
    Note,
    Score,
    note,
)
from catalogue.ratios.parts import by_kind, kind_result, notes_of, share_of, uncounted, undecided_ids
from catalogue.ratios.totals import rounding_notes, rounding_of, score, totals
from registry.policies.pack import Group, Interpolation, Kind, Pack
from registry.policies.pack_terms import OpenPointId

NAME = "points_by_item"
VERSION = 1


def compute(pack: Pack, shares: Sequence[LineShare]) -> Breakdown:
    """The breakdown of one calculation unit; the ratio is the sum of the items' scores."""
    found = by_kind(pack, shares)
    used = [kind for kind in pack.kinds or () if kind.id in found]
    results = [_item(pack, kind, found[kind.id]) for kind in used]
    notes = [
        remark
        for kind, result in zip(used, results, strict=True)
        for remark in (*notes_of(kind, result, pack), *_scoring_note(pack, kind))
    ]
    notes += [
        note("ratio.unused-item-scored-zero", item=kind.id)
        for kind in pack.kinds or ()
        if kind.id not in found
    ]
    lower, upper = totals(pack, [_scored(result) for result in results], Decimal(100), Decimal(100))
    uncounted_ids, uncounted_notes = uncounted(shares)
    return Breakdown(
        groups=tuple(_group(group, results) for group in pack.groups),
        lower=lower,
        upper=upper,
        requirements=(),
        outcome=None,
        uncounted_ids=uncounted_ids,
        undecided_ids=undecided_ids(shares),
        notes=(*notes, *rounding_notes(pack, lower), *uncounted_notes),
    )


def _item(pack: Pack, kind: Kind, lines: Sequence[LineShare]) -> KindResult:
    found = kind_result(kind, lines, pack)
    if kind.interpolation is None:
        points = _fixed_points(pack, kind)
        exact = Bounds(points * (found.outcome is Outcome.PASS), points * (found.outcome is not Outcome.FAIL))
    else:
        share = share_of(kind, lines, pack)
        exact = Bounds(_between(share.lower, kind.interpolation), _between(share.upper, kind.interpolation))
    return replace(found, score=score(exact, rounding_of(pack)))


def _fixed_points(pack: Pack, kind: Kind) -> Fraction:
    """The points of 其他 are uncertain (5, or 10 by an unsourced reading), hence an open point."""
    if kind.is_other:
        return Fraction(pack.choice(OpenPointId.OTHER_ITEM_POINTS))
    return Fraction(kind.points or Decimal(0))


def _between(share: Fraction, line: Interpolation) -> Fraction:
    """Points on the straight line between the two ends; nothing below the lower end."""
    start, end = Fraction(line.share_from), Fraction(line.share_to)
    low, high = Fraction(line.points_from), Fraction(line.points_to)
    return low + (share - start) / (end - start) * (high - low) if share >= start else Fraction(0)


def _scoring_note(pack: Pack, kind: Kind) -> list[Note]:
    if kind.is_other:
        return [note("ratio.other-item-points", item=kind.id, points=str(_fixed_points(pack, kind)))]
    line = kind.interpolation
    if line is None:
        return []
    ends = {"percent_from": line.share_from * 100, "percent_to": line.share_to * 100}
    facts = {"points_from": line.points_from, "points_to": line.points_to, **ends}
    return [
        note("ratio.item-interpolated", item=kind.id, **{k: f"{v.normalize():f}" for k, v in facts.items()})
    ]


def _scored(result: KindResult) -> Score:
    if result.score is None:
        raise ValueError(f"item {result.kind} carries no score")
    return result.score


def _group(group: Group, results: Sequence[KindResult]) -> GroupResult:
    kinds = tuple(result for result in results if result.group == group.id)
    scores = [_scored(result) for result in kinds]
    outcomes = [result.outcome for result in kinds]
    sure = Fraction(outcomes.count(Outcome.PASS))
    exact = Bounds(
        sum((item.exact.lower for item in scores), Fraction(0)),
        sum((item.exact.upper for item in scores), Fraction(0)),
    )
    printed = Score(exact, total(item.lower for item in scores), total(item.upper for item in scores))
    maybe = sure + outcomes.count(Outcome.UNDECIDED)
    least = sum(not result.may_be_unused for result in kinds)
    return GroupResult(group.id, group.points, kinds, len(kinds), Bounds(sure, maybe), printed, least)
