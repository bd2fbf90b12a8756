"""Compulsory kinds comply without tolerance, optional kinds reach their share of the kinds in the project.

Clause: 2025 procurement standard for green building materials (compulsory 100 %, optional 40 %, medium).
Without a loaded list of kinds nothing is decided. Whether the optional share is taken of all kinds or of the
optional kinds is open: both are shown, and both must agree unless the pack chooses one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from catalogue.compliance.verdicts import Outcome, all_of
from catalogue.ratios.model import (
    Bounds,
    Breakdown,
    GroupResult,
    KindResult,
    LineShare,
    Note,
    Requirement,
    merged,
    note,
)
from catalogue.ratios.parts import by_kind, kind_outcome, notes_of, parts_of, uncounted, undecided_ids
from registry.policies.pack import Group, KindsShareRule, Pack
from registry.policies.pack_terms import OpenPointId

NAME = "kinds_share"
VERSION = 1

OF_ALL = "optional-of-all-kinds"
OF_OPTIONAL = "optional-of-optional-kinds"


def compute(pack: Pack, shares: Sequence[LineShare]) -> Breakdown:
    """The breakdown of one calculation unit; `outcome` says whether every requirement is met."""
    rule = pack.kinds_share
    if rule is None:
        raise ValueError(f"{pack.id} states no rule for shares of kinds")
    uncounted_ids, notes = uncounted(shares)
    groups: tuple[GroupResult, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    outcome = Outcome.UNDECIDED
    found = by_kind(pack, shares)
    if pack.kinds is None:
        notes = [note("ratio.list-not-loaded", pack=pack.id), *notes]
    else:
        notes = [*_unit_notes(pack, found), *notes]
        groups = tuple(_group(pack, group, found) for group in pack.groups)
        requirements, outcome = _judged(pack, rule, groups, shares)
        notes = [*_open_notes(pack, groups, requirements), *notes]
    return Breakdown(
        groups=groups,
        lower=None,
        upper=None,
        requirements=requirements,
        outcome=outcome,
        uncounted_ids=uncounted_ids,
        undecided_ids=undecided_ids(shares),
        notes=tuple(notes),
    )


def _unit_notes(pack: Pack, found: Mapping[str, list[LineShare]]) -> list[Note]:
    used = [kind for kind in pack.kinds or () if kind.id in found]
    return [item for kind in used for item in notes_of(kind, parts_of(kind, found[kind.id], pack), pack)]


def _group(pack: Pack, group: Group, found: Mapping[str, list[LineShare]]) -> GroupResult:
    kinds = []
    for kind in pack.kinds or ():
        if kind.group == group.id and kind.id in found:
            parts = parts_of(kind, found[kind.id], pack)
            kinds.append(KindResult(kind.id, group.id, kind_outcome(kind, parts, pack), parts))
    outcomes = [kind.outcome for kind in kinds]
    sure = Fraction(outcomes.count(Outcome.PASS))
    green = Bounds(sure, sure + outcomes.count(Outcome.UNDECIDED))
    return GroupResult(group.id, group.points, tuple(kinds), len(kinds), green, None)


def _judged(
    pack: Pack, rule: KindsShareRule, groups: Sequence[GroupResult], shares: Sequence[LineShare]
) -> tuple[tuple[Requirement, ...], Outcome]:
    named = {group.group: group for group in groups}
    compulsory, optional = named[rule.compulsory_group], named[rule.optional_group]
    first = _requirement("compulsory-kinds", compulsory, compulsory.n, Decimal(1), compulsory.line_ids)
    everything = {share.kind or share.sub_kind for share in shares} - {None}
    unnamed = any(share.kind is None and share.sub_kind is None for share in shares)
    of_all = _requirement(
        OF_ALL, optional, len(everything), rule.optional_share, merged((s.line_id,) for s in shares)
    )
    if unnamed and of_all.outcome is Outcome.PASS:
        # A line of an unnamed kind may add a kind to the denominator, so the pass is not certain.
        of_all = replace(of_all, outcome=Outcome.UNDECIDED)
    of_optional = _requirement(OF_OPTIONAL, optional, optional.n, rule.optional_share, optional.line_ids)
    choice = pack.choice(OpenPointId.DENOMINATOR)
    second = {
        "all_kinds": of_all.outcome,
        "optional_kinds": of_optional.outcome,
        "both": _agreed(of_all.outcome, of_optional.outcome),
    }[choice]
    return (first, of_all, of_optional), all_of([first.outcome, second])


def _requirement(
    key: str, group: GroupResult, whole: int, required: Decimal, line_ids: tuple[str, ...]
) -> Requirement:
    """Met when enough kinds of the group comply; a group without kinds leaves nothing to require."""
    met, at_most = int(group.n_green.lower), int(group.n_green.upper)
    needed = Fraction(required) * whole
    outcome = Outcome.PASS if met >= needed else Outcome.UNDECIDED if at_most >= needed else Outcome.FAIL
    return Requirement(key, outcome, met, at_most, whole, required, line_ids)


def _agreed(one: Outcome, other: Outcome) -> Outcome:
    return one if one is other else Outcome.UNDECIDED


def _open_notes(pack: Pack, groups: Sequence[GroupResult], found: Sequence[Requirement]) -> list[Note]:
    notes = [note("ratio.optional-kind-complies-by-every-line")]
    if pack.choice(OpenPointId.DENOMINATOR) == "both":
        notes.append(note("ratio.denominator-open"))
        if found[1].outcome is not found[2].outcome:
            notes.append(note("ratio.denominator-decides"))
    notes += [note("ratio.no-kind-used", group=group.group) for group in groups if not group.n]
    return notes
