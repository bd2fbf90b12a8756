"""Rows of a unit's reckoning, shared by the forms of design and of completion: group, kind, share, points."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from catalogue.compliance.verdicts import Outcome
from catalogue.forms.basis import Basis, symbol
from catalogue.forms.model import TO_FILL, UNUSED, Cell, Figure, Place, Rule, Show, Span, cut, decimal
from catalogue.ratios.model import GroupResult, KindResult, PartShare
from catalogue.ratios.parts import required_share
from registry.policies.pack import Group, Kind
from registry.policies.pack_terms import RatioBasis

HUNDRED = Decimal(100)


@dataclass(slots=True)
class Body:
    """Rows by column key while a form is being filled, with the cells to merge and what stands below."""

    rows: list[dict[str, Cell]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    foot: dict[str, Cell] = field(default_factory=dict)

    def merge(self, column: str, first: int) -> None:
        """The column's cells from a row to the last one become one."""
        if len(self.rows) - first > 1:
            self.spans.append(Span(column, first, len(self.rows) - 1))


def groups(basis: Basis) -> Iterator[tuple[Group, GroupResult]]:
    found = {result.group: result for result in basis.unit.breakdown.groups}
    return ((group, found[group.id]) for group in basis.pack.groups)


def group_label(group: Group) -> str:
    return f"{group.name_zh} {group.id}"


def kind_label(kind: Kind, part: PartShare | None, basis: Basis) -> str:
    """The kind; in front of a product of it where several are told apart."""
    if part is None or part.sub_kind is None:
        return kind.name_zh
    return f"{kind.name_zh}：{basis.materials.get(part.sub_kind, part.sub_kind)}"


def kind_points(result: KindResult, group: GroupResult, basis: Basis) -> Decimal:
    """The points a kind brings its group, not rounded: full points × what it adds to N_green ÷ N."""
    others = {kind.id for kind in basis.pack.kinds or () if kind.is_other}
    credit = Fraction(result.outcome is Outcome.PASS)
    if result.kind in others:
        named = sum(one.outcome is Outcome.PASS for one in group.kinds if one.kind not in others)
        credit = group.n_green.lower - named
    return decimal(Fraction(group.full_points or 0) * credit / group.n)


def group_score(group: GroupResult) -> Cell:
    return group.score.lower if group.score else TO_FILL


def results(basis: Basis) -> Body:
    """Every used kind with its share and points; a group without any stands with its zero."""
    body, known = Body(), {kind.id: kind for kind in basis.pack.kinds or ()}
    scores: list[Place] = []
    for group, result in groups(basis):
        first = len(body.rows)
        for one in result.kinds:
            start = len(body.rows)
            body.rows += _parts(known[one.kind], one, result, basis=basis)
            body.merge("kind_score", start)
        if not result.kinds:
            unused = dict.fromkeys(("unit", "share", "required", "kind_score"), UNUSED)
            body.rows.append({"kind": basis.layouts.words["not_used"], **unused})
        body.rows[first] |= {"group": group_label(group), "group_score": group_score(result)}
        scores.append(Place(first, "group_score"))
        body.merge("group", first)
        body.merge("group_score", first)
    body.foot = conclusion(basis, scores)
    return body


def _parts(kind: Kind, result: KindResult, group: GroupResult, *, basis: Basis) -> list[dict[str, Cell]]:
    percent = (required_share(basis.pack, kind) * HUNDRED).normalize()
    required = basis.layouts.say("at_least", percent=f"{percent:f}")
    parts: Sequence[PartShare | None] = result.parts or (None,)
    rows: list[dict[str, Cell]] = [
        {
            "kind": kind_label(kind, part, basis),
            "unit": symbol(part.unit) if part else TO_FILL,
            "required": required,
            "share": cut(part.bounds.lower) if part else TO_FILL,
        }
        for part in parts
    ]
    rows[0]["kind_score"] = kind_points(result, group, basis)
    return rows


def conclusion(basis: Basis, scores: Sequence[Place]) -> dict[str, Cell]:
    """The ratio as a sum of the groups' scores, what it earns, and what its reader must know."""
    say, found = basis.layouts.say, basis.unit.breakdown.lower
    if found is None:
        return {"formula": say("formula"), "ratio": TO_FILL, "conclusion": TO_FILL, "remarks": remarks(basis)}
    added = sum((_score(result) for _, result in groups(basis)), Decimal(0))
    used = _used(basis)
    ratio: Cell = used / HUNDRED
    if added == used:  # not so where unused groups are spread over the others
        ratio = Figure(used / HUNDRED, Rule.OF_HUNDRED, tuple(scores), Show.RATIO)
    return {
        "formula": say("formula"),
        "ratio": ratio,
        "conclusion": "".join(_earned(basis)),
        "remarks": remarks(basis),
    }


def _score(result: GroupResult) -> Decimal:
    return result.score.lower if result.score else Decimal(0)


def _used(basis: Basis) -> Decimal:
    """The printed ratio of the basis the rule compares by."""
    found, rounding = basis.unit.breakdown.lower, basis.pack.rounding
    assert found is not None
    exact = rounding is not None and rounding.basis is RatioBasis.EXACT_SUM
    return found.printed if exact else found.rounded_first


def _earned(basis: Basis) -> Iterator[str]:
    found, say, pack = basis.unit.breakdown.lower, basis.layouts.say, basis.pack
    assert found is not None
    percent = f"{_used(basis):f}"
    reached = [one for one in pack.thresholds if one.points == found.points]
    if reached:
        yield say("points", percent=percent, clause=reached[0].clause, points=found.points)
    elif pack.thresholds:
        least = pack.thresholds[0]
        yield say("no_points", percent=percent, clause=least.clause, least=f"{least.percent:f}")
    gates = [gate for gate in pack.gates if gate.star == found.star]
    if gates:
        star = basis.layouts.words[f"star_{found.star}"]
        yield say("star", star=star, clause=gates[0].clause, least=f"{gates[0].percent:f}")
    elif pack.gates:
        yield say("no_star", clause=pack.gates[0].clause, least=f"{pack.gates[0].percent:f}")


def remarks(basis: Basis) -> str:
    """Both roundings, and the lines that nobody has decided or measured."""
    say, tree, rounding = basis.layouts.say, basis.unit.breakdown, basis.pack.rounding
    said = []
    if tree.lower is not None and rounding is not None:
        exact = rounding.basis is RatioBasis.EXACT_SUM
        other = tree.lower.rounded_first if exact else tree.lower.printed
        said.append(say(f"rounded_{rounding.basis}", used=f"{_used(basis):f}", other=f"{other:f}"))
    if tree.undecided_ids:
        said.append(say("open_lines", count=len(tree.undecided_ids)))
    unmeasured = {line for group in tree.groups for kind in group.kinds for line in kind.unmeasured_ids}
    if unmeasured:
        said.append(say("unmeasured", count=len(unmeasured)))
    return "".join(said) or TO_FILL
