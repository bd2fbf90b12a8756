"""What enters a ratio and the tree that comes out: every figure with the lines it was made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from catalogue.compliance.verdicts import FactValue, Outcome


@dataclass(frozen=True, slots=True)
class LineShare:
    """One judged quantity of one calculation unit (building); deliveries are separate shares.

    `kind` is the pack's ratio kind; None means the rule does not count the line, or nobody said which kind
    it is. `sub_kind` is the product or material kind inside it.
    """

    line_id: str
    kind: str | None
    sub_kind: str | None
    quantity: Decimal
    unit: str
    outcome: Outcome

    def __post_init__(self) -> None:
        if not self.quantity.is_finite() or self.quantity <= 0:
            raise ValueError(f"quantity of {self.line_id} must be above zero, got {self.quantity}")


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
    """One share: a whole kind, or one sub-kind in one unit where a kind mixes units."""

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

    @property
    def share(self) -> Bounds:
        whole = Fraction(self.total)
        return Bounds(Fraction(self.green) / whole, (Fraction(self.green) + Fraction(self.undecided)) / whole)


@dataclass(frozen=True, slots=True)
class Score:
    """Points of a group or an item: exact, and rounded as the pack says."""

    exact: Bounds
    lower: Decimal
    upper: Decimal


@dataclass(frozen=True, slots=True)
class KindResult:
    """A used kind; `score` only where the method scores kinds one by one."""

    kind: str
    group: str
    outcome: Outcome
    parts: tuple[PartShare, ...]
    score: Score | None = None

    @property
    def line_ids(self) -> tuple[str, ...]:
        return merged(part.line_ids for part in self.parts)


@dataclass(frozen=True, slots=True)
class GroupResult:
    """N kinds used and N_green of them passing; a split 其他类 adds its fraction to N_green."""

    group: str
    full_points: Decimal | None
    kinds: tuple[KindResult, ...]
    n: int
    n_green: Bounds
    score: Score | None

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
    """`lower` is the ratio: undecided lines are not green. `upper` is what they could still add."""

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
