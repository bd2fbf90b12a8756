"""What enters a ratio and the tree that comes out: every figure with the lines it was made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from catalogue.compliance.verdicts import FactValue, Outcome


@dataclass(frozen=True, slots=True)
class LineShare:
    """One judged quantity of one calculation unit (building); deliveries are separate shares.

    `kind` is the pack's ratio kind; None means the rule does not count the line, unless `options` names the
    kinds it may be of. `sub_kind` is the product or material kind inside it; where nothing of all this is
    known, nobody knows what material it is. `quantity` None: nobody knows how much, or in which unit.
    """

    line_id: str
    kind: str | None
    sub_kind: str | None
    quantity: Decimal | None
    unit: str
    outcome: Outcome
    options: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.quantity is not None and (not self.quantity.is_finite() or self.quantity <= 0):
            raise ValueError(f"quantity of {self.line_id} must be above zero, got {self.quantity}")

    @property
    def measured(self) -> Decimal:
        if self.quantity is None:
            raise ValueError(f"nobody knows the quantity of {self.line_id}")
        return self.quantity

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind the line is or may be of."""
        return (self.kind,) if self.kind is not None else self.options

    @property
    def kind_known(self) -> bool:
        return bool(self.kinds) or self.sub_kind is not None

    @property
    def is_open(self) -> bool:
        return self.kind is None and bool(self.options)

    @property
    def is_loose(self) -> bool:
        """It failed and may be of another kind: here it is a burden at worst, and absent at best."""
        return self.is_open and self.outcome is Outcome.FAIL


@dataclass(frozen=True, slots=True)
class Note:
    """A convention or open point that was applied: message key and facts."""

    key: str
    facts: tuple[tuple[str, FactValue], ...] = ()


def note(key: str, **facts: FactValue) -> Note:
    return Note(key, tuple(sorted(facts.items())))


@dataclass(frozen=True, slots=True)
class Bounds:
    """`lower` counts undecided lines as not green, `upper` as green; both are exact."""

    lower: Fraction
    upper: Fraction


@dataclass(frozen=True, slots=True)
class PartShare:
    """One share: a whole kind, or one sub-kind in one unit where a kind mixes units.

    Not `comparable`: the unit is foreign to the table, so only a part that is all one answer has a share.
    `loose` of the total failed and may be of another kind, so the upper share is taken without it.
    """

    sub_kind: str | None
    unit: str
    total: Decimal
    green: Decimal
    undecided: Decimal
    comparable: bool
    outcome: Outcome
    line_ids: tuple[str, ...]
    green_ids: tuple[str, ...]
    undecided_ids: tuple[str, ...]
    loose: Decimal = Decimal(0)

    @property
    def share(self) -> Bounds:
        green, whole = Fraction(self.green), Fraction(self.total)
        sure = whole - Fraction(self.loose)
        return Bounds(green / whole, (green + Fraction(self.undecided)) / sure if sure else Fraction(0))

    @property
    def bounds(self) -> Bounds:
        """The share as far as it is known: all green or none green is so in any unit."""
        share = self.share
        known = self.comparable or share.lower == 1 or share.upper == 0
        return share if known else Bounds(Fraction(0), Fraction(1))


@dataclass(frozen=True, slots=True)
class Score:
    """Points of a group or an item: exact, and rounded as the pack says."""

    exact: Bounds
    lower: Decimal
    upper: Decimal


@dataclass(frozen=True, slots=True)
class KindResult:
    """A used kind; `score` only where the method scores kinds one by one.

    `unmeasured_ids` are lines of an unknown quantity: they stand in no part and leave the kind undecided.
    `open_ids` are lines that may be of another kind; `may_be_unused`: all of them are, and all failed.
    """

    kind: str
    group: str
    outcome: Outcome
    parts: tuple[PartShare, ...]
    score: Score | None = None
    unmeasured_ids: tuple[str, ...] = ()
    open_ids: tuple[str, ...] = ()
    may_be_unused: bool = False

    @property
    def line_ids(self) -> tuple[str, ...]:
        return merged([*(part.line_ids for part in self.parts), self.unmeasured_ids])


@dataclass(frozen=True, slots=True)
class GroupResult:
    """N kinds used and N_green of them passing; a split 其他类 adds its fraction to N_green.

    `n_least` leaves out kinds that only failed lines of open kind may use: the upper score is taken over it.
    """

    group: str
    full_points: Decimal | None
    kinds: tuple[KindResult, ...]
    n: int
    n_green: Bounds
    score: Score | None
    n_least: int

    @property
    def line_ids(self) -> tuple[str, ...]:
        return merged(kind.line_ids for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Total:
    """The ratio P in per cent and what it earns.

    `compared` is the figure set against thresholds and gates (the pack's basis); `printed` is the exact sum
    rounded once; `rounded_first` is the sum of parts that were rounded first. W1 needs all three.
    """

    exact: Fraction
    compared: Fraction
    printed: Decimal
    rounded_first: Decimal
    points: int
    star: int


@dataclass(frozen=True, slots=True)
class Requirement:
    """One all-or-nothing condition of `kinds_share`: counted kinds out of `whole` against `required`."""

    key: str
    outcome: Outcome
    met: int
    met_at_most: int
    whole: int
    required: Decimal
    line_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """`lower` is the ratio: undecided lines are not green. `upper` is what they could still add.

    Undecided are also lines of an unknown quantity (as if too little were green, or enough) and lines of an
    open kind (in every kind they may be of). A failed line is green in neither: one of an open kind burdens
    every kind it may be of in `lower` and none in `upper`. A line of an unknown material is presumed to be of
    no counted kind; a note says so.
    """

    groups: tuple[GroupResult, ...]
    lower: Total | None
    upper: Total | None
    requirements: tuple[Requirement, ...]
    outcome: Outcome | None
    uncounted_ids: tuple[str, ...]
    undecided_ids: tuple[str, ...]
    notes: tuple[Note, ...]


def merged(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({line_id for ids in groups for line_id in ids}))
