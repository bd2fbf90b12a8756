"""A small invented bill for any rule pack, reckoned by the pack's own method when it is asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import cycle

from catalogue.compliance.verdicts import Outcome
from catalogue.ratios import ledger
from catalogue.ratios.ledger import UnitResult
from catalogue.ratios.model import LineShare
from frontend.pages.check_words import PackWords, badge
from frontend.views.report import LineRef
from frontend.views.rules import BillLine
from registry.policies.pack import Group, Kind, Pack
from registry.policies.pack_terms import Method, OpenPointId

UNIT = "example"
NAMED = 4  # kinds shown of the first group; the others show half as many
OTHERS = (Outcome.PASS, Outcome.PASS, Outcome.FAIL)  # three products of an other-class, two of them proven
WHOLE = ((Decimal(1000), Outcome.PASS),)
EDGE = ((Decimal(800), Outcome.PASS), (Decimal(200), Outcome.FAIL))  # exactly 80 %
SHORT = ((Decimal("799.9"), Outcome.PASS), (Decimal("200.1"), Outcome.FAIL))  # 79.99 %, never rounded up
OPEN = ((Decimal(700), Outcome.PASS), (Decimal(200), Outcome.UNDECIDED), (Decimal(100), Outcome.FAIL))
CASES = (WHOLE, EDGE, SHORT, OPEN)


@dataclass(frozen=True, slots=True)
class Example:
    """The bill and what the method makes of it."""

    shares: tuple[LineShare, ...]
    result: UnitResult


def example(pack: Pack) -> Example:
    shares = bill(pack)
    return Example(shares, reckon(pack, shares))


def reckon(pack: Pack, shares: Sequence[LineShare]) -> UnitResult:
    """By the same code that judges a real bill."""
    return ledger.compute(pack, {UNIT: shares})[0]


def bill(pack: Pack) -> tuple[LineShare, ...]:
    """Lines that show each case of the rule once, made of the pack's own kinds and units.

    Where the rule is silent about a group that is not used, the last group stays empty to show it.
    """
    spread = any(one.point is OpenPointId.UNUSED_GROUP and len(one.options) > 1 for one in pack.open_points)
    groups = pack.groups[:-1] if spread else pack.groups
    cases = cycle(CASES)
    lines = [line for place, group in enumerate(groups) for line in _group(pack, group, place, cases)]
    lines += _others(pack, groups)
    return tuple(replace(line, line_id=str(number)) for number, line in enumerate(lines, 1))


def _group(
    pack: Pack, group: Group, place: int, cases: Iterator[Sequence[tuple[Decimal, Outcome]]]
) -> Iterator[LineShare]:
    members = [kind for kind in pack.kinds or () if kind.group == group.id]
    named = [kind for kind in members if not kind.is_other][: NAMED if place == 0 else NAMED // 2]
    for kind in named:
        for quantity, outcome in next(cases):
            yield _line(kind, quantity, outcome, material=None, unit=_unit(kind))
    if place == 0:
        yield from _mixed(pack, [kind for kind in members if kind not in named])


def _mixed(pack: Pack, kinds: Sequence[Kind]) -> Iterator[LineShare]:
    """One kind measured in two units, proven in the first alone."""
    kind = next((kind for kind in kinds if len(kind.units) > 1 and len(_materials(pack, kind)) > 1), None)
    if kind is None:
        return
    first, second = _materials(pack, kind)[0], _materials(pack, kind)[-1]
    yield _line(kind, Decimal(500), Outcome.PASS, material=first, unit=kind.units[0])
    yield _line(kind, Decimal(2), Outcome.FAIL, material=second, unit=kind.units[1])


def _others(pack: Pack, groups: Sequence[Group]) -> Iterator[LineShare]:
    """The first other-class: three products where the rule counts its products, one where it does not."""
    outcomes = OTHERS if pack.method is Method.KINDS_PASSING else OTHERS[:1]
    shown = {group.id for group in groups}
    for kind in [kind for kind in pack.kinds or () if kind.is_other and kind.group in shown][:1]:
        for material, outcome in zip(_materials(pack, kind), outcomes, strict=False):
            yield _line(kind, Decimal(100), outcome, material=material, unit=_unit(kind))


def _materials(pack: Pack, kind: Kind) -> tuple[str, ...]:
    return tuple(one.material for one in pack.mappings or () if kind.id in one.kinds)


def _unit(kind: Kind) -> str:
    return kind.units[0] if kind.units else "piece"


def _line(kind: Kind, quantity: Decimal, outcome: Outcome, *, material: str | None, unit: str) -> LineShare:
    return LineShare("", kind.id, material, quantity, unit, outcome)


@dataclass(frozen=True, slots=True)
class ExampleLines:
    """The bill in words, and links from the reckoning to its lines."""

    shares: tuple[LineShare, ...]
    terms: PackWords

    def rows(self) -> tuple[BillLine, ...]:
        return tuple(
            BillLine(
                id=f"line-{share.line_id}",
                number=share.line_id,
                kind=self.terms.kind(share.kind),
                material=self.terms.material(share.sub_kind),
                quantity=self.terms.quantity(share.measured, share.unit),
                proof=replace(
                    badge(share.outcome, self.terms.words),
                    word=self.terms.words.say(f"rules.proof.{share.outcome}"),
                ),
            )
            for share in self.shares
        )

    def refer(self, ids: Sequence[str], *, named: bool = False) -> tuple[LineRef, ...]:
        wanted = set(ids)
        return tuple(
            LineRef(
                f"#line-{share.line_id}",
                self._short(share, named=named),
                badge(share.outcome, self.terms.words),
            )
            for share in self.shares
            if share.line_id in wanted
        )

    def _short(self, share: LineShare, *, named: bool) -> str:
        row = self.terms.words.say("check.row-only", row=share.line_id)
        quantity = self.terms.quantity(share.measured, share.unit)
        return " ".join(filter(None, (row, self.terms.kind(share.kind) if named else "", quantity)))
