"""Compulsory kinds comply without tolerance, optional kinds reach their share of the kinds in the project.

Clause: 2025 procurement standard for green building materials (compulsory 100 %, optional 40 %, medium).
Without a loaded list of kinds nothing is decided. Whether the optional share is taken of all kinds or of the
optional kinds is open: both are shown, and both must agree unless the pack chooses one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from catalogue.compliance.verdicts import Outcome, all_of
from catalogue.ratios.model import (
    Bounds,
    Breakdown,
    GroupResult,
    LineShare,
    Note,
    Requirement,
    merged,
    note,
)
from catalogue.ratios.parts import by_kind, kind_result, notes_of, uncounted, undecided_ids
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
    open_ids = undecided_ids(shares)
    groups: tuple[GroupResult, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    outcome = Outcome.UNDECIDED
    found = by_kind(pack, shares)
    if pack.kinds is None:
        open_ids = merged((share.line_id,) for share in shares)
        uncounted_ids, notes = (), [note("ratio.list-not-loaded", pack=pack.id)]
    else:
        groups = tuple(_group(pack, group, found) for group in pack.groups)
        notes = [*_kind_notes(pack, groups), *notes]
        requirements, outcome = _judged(pack, rule, groups, shares)
        notes = [*_open_notes(pack, groups, requirements), *notes]
    return Breakdown(
        groups=groups,
        lower=None,
        upper=None,
        requirements=requirements,
        outcome=outcome,
        uncounted_ids=uncounted_ids,
        undecided_ids=open_ids,
        notes=tuple(notes),
    )


def _kind_notes(pack: Pack, groups: Sequence[GroupResult]) -> list[Note]:
    results = {result.kind: result for group in groups for result in group.kinds}
    used = [kind for kind in pack.kinds or () if kind.id in results]
    return [item for kind in used for item in notes_of(kind, results[kind.id], pack)]


def _group(pack: Pack, group: Group, found: Mapping[str, list[LineShare]]) -> GroupResult:
    used = [kind for kind in pack.kinds or () if kind.group == group.id and kind.id in found]
    kinds = tuple(kind_result(kind, found[kind.id], pack) for kind in used)
    outcomes = [kind.outcome for kind in kinds]
    sure = Fraction(outcomes.count(Outcome.PASS))
    green = Bounds(sure, sure + outcomes.count(Outcome.UNDECIDED))
    least = sum(not kind.may_be_unused for kind in kinds)
    return GroupResult(group.id, group.points, kinds, len(kinds), green, None, least)


def _judged(
    pack: Pack, rule: KindsShareRule, groups: Sequence[GroupResult], shares: Sequence[LineShare]
) -> tuple[tuple[Requirement, ...], Outcome]:
    named = {group.group: group for group in groups}
    compulsory, optional = named[rule.compulsory_group], named[rule.optional_group]
    unknown = sum(not share.kind_known for share in shares)
    first = _requirement(
        "compulsory-kinds",
        compulsory,
        Decimal(1),
        whole=_Whole(compulsory.n, compulsory.n_least),
        unknown=unknown,
    )
    everything, ids = _everything(shares, optional), merged((share.line_id,) for share in shares)
    of_all = replace(
        _requirement(OF_ALL, optional, rule.optional_share, whole=everything, unknown=unknown), line_ids=ids
    )
    of_optional = _requirement(
        OF_OPTIONAL,
        optional,
        rule.optional_share,
        whole=_Whole(optional.n, optional.n_least),
        unknown=unknown,
    )
    choice = pack.choice(OpenPointId.DENOMINATOR)
    second = {
        "all_kinds": of_all.outcome,
        "optional_kinds": of_optional.outcome,
        "both": _agreed(of_all.outcome, of_optional.outcome),
    }[choice]
    return (first, of_all, of_optional), all_of([first.outcome, second])


@dataclass(frozen=True, slots=True)
class _Whole:
    """Of how many kinds a share is taken: at most, and where the open lines turn out best."""

    most: int
    best: int


def _everything(shares: Sequence[LineShare], optional: GroupResult) -> _Whole:
    """All kinds of the project; a line of open kind adds all it may be of, at best the optional ones."""
    settled = {share.kind or share.sub_kind for share in shares if share.kind_known and not share.is_open}
    options = {kind for share in shares if share.is_open for kind in share.options}
    favourable = options & {result.kind for result in optional.kinds if not result.may_be_unused}
    return _Whole(len(settled | options), len(settled | favourable))


def _requirement(
    key: str, group: GroupResult, required: Decimal, *, whole: _Whole, unknown: int
) -> Requirement:
    """Met when enough kinds of the group comply; a group without kinds leaves nothing to require.

    A line of an unknown material may spoil any kind, so nothing is sure with it; at best each is a further
    kind that complies.
    """
    met, at_most = int(group.n_green.lower), int(group.n_green.upper)
    share = Fraction(required)
    if met >= share * whole.most and not unknown:
        outcome = Outcome.PASS
    else:
        reachable = at_most + unknown >= share * (whole.best + unknown)
        outcome = Outcome.UNDECIDED if reachable else Outcome.FAIL
    return Requirement(key, outcome, met, at_most, whole.most, required, group.line_ids)


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
