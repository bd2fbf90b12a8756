"""A finished report: the conclusion and reckoning of every calculation unit, then the lines and reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from frontend.views.formats import number
from frontend.views.parts import Badge, Fact, Field, FieldError, Link, Notice, Pager, Tone

MOST_DIGITS = 6
BOUND = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Tick:
    """A line on the gauge; `above` ones carry points, the others stand for the gates of the stars."""

    x: str
    label: str
    above: bool


@dataclass(frozen=True, slots=True)
class Gauge:
    """The ratio on a scale of 0–100 %; the pale part is what undecided lines could still add."""

    id: str
    title: str
    text: str
    width: str
    upper_width: str
    ticks: tuple[Tick, ...]
    legend: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineRef:
    """A line named inside a reckoning, with what became of it."""

    href: str
    text: str
    outcome: Badge


@dataclass(frozen=True, slots=True)
class PartRow:
    """One share: a kind, or a product of it in one unit. `share_upper` is empty when nothing is open."""

    name: str
    green: str
    total: str
    undecided: str
    share: str
    share_upper: str
    outcome: Badge


@dataclass(frozen=True, slots=True)
class KindRow:
    name: str
    outcome: Badge
    parts: tuple[PartRow, ...]
    lines: tuple[LineRef, ...]
    score: str = ""


@dataclass(frozen=True, slots=True)
class GroupBlock:
    """A group of kinds; the figures are empty where the method does not score groups."""

    name: str
    clause: str
    kinds: tuple[KindRow, ...]
    n: str
    n_green: str
    exact: str = ""
    rounded: str = ""
    full: str = ""


@dataclass(frozen=True, slots=True)
class RequirementRow:
    text: str
    met: str
    outcome: Badge


@dataclass(frozen=True, slots=True)
class FormLinks:
    """One official form of a unit: what it is called, where the rule has it, and its two files."""

    title: str
    source: str
    xlsx: str
    docx: str


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One kind worth mending first, and where to mend its first line."""

    text: str
    mend: Link


@dataclass(frozen=True, slots=True)
class UnitBlock:
    """One calculation unit: what it earns, what is missing, then how the figure was reached.

    `gaps` name kinds and quantities, never money; `open` are the lines the answer still depends on.
    """

    id: str
    name: str
    tone: Tone
    conclusion: str
    detail: tuple[str, ...]
    gauge: Gauge | None
    groups: tuple[GroupBlock, ...]
    reckoned: tuple[str, ...]
    requirements: tuple[RequirementRow, ...]
    gaps: tuple[str, ...]
    open: tuple[LineRef, ...]
    notes: tuple[str, ...]
    forms: tuple[FormLinks, ...] = ()
    first: tuple[FirstStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """One proof looked at and everything said about it, in one paragraph."""

    title: str
    href: str
    outcome: Badge
    text: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of the bill in its own words, then what was found and why; `text` is what decided.

    `spoken` is the language of the bill's words where it is known. Names of products and makers are those
    of the stored report, which are Chinese.
    """

    id: str
    name: str
    spec: str
    spoken: str
    meta: str
    product: Link | None
    maker: str
    outcome: Badge
    text: str
    proofs: tuple[Proof, ...]
    mend: Link | None = None


@dataclass(frozen=True, slots=True)
class ChangesBlock:
    """What this report says otherwise than the one before it; `more` counts lines that are not listed."""

    previous: Link
    said: tuple[str, ...]
    lines: tuple[LineRef, ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Downloads:
    xlsx: str
    json: str
    print: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """Units stand on the first page of lines only; `overview` names them on every page.

    `replayed` is set after a comparison was asked for; `form_document` is empty where the rule has no forms.
    """

    number: str
    head: tuple[Fact, ...]
    basis: tuple[Fact, ...]
    remarks: tuple[str, ...]
    overview: tuple[UnitBlock, ...]
    units: tuple[UnitBlock, ...]
    lines: tuple[LineRow, ...]
    count: str
    pager: Pager
    not_counted: tuple[LineRef, ...]
    downloads: Downloads
    match_href: str
    delete_href: str
    replay_href: str
    again_href: str
    here: str
    form_document: str = ""
    printed: bool = False
    replayed: Notice | None = None
    translation: bool = False
    changes: ChangesBlock | None = None


@dataclass(frozen=True, slots=True)
class AgainView:
    """The form for another rule or day; `back` is the report that stays as it is."""

    number: str
    action: str
    back: str
    revision: str
    fields: tuple[Field, ...]
    errors: tuple[FieldError, ...]


def gauge(lower: Fraction, upper: Fraction, ticks: Sequence[tuple[Decimal, str, bool]]) -> Gauge:
    """The geometry alone; words are added by the page that knows the pack."""
    return Gauge(
        id="",
        title="",
        text="",
        width=_place(lower),
        upper_width=_place(max(lower, upper)),
        ticks=tuple(Tick(_place(Fraction(x)), label, above) for x, label, above in ticks),
        legend=(),
    )


def exact(value: Fraction) -> str:
    """Every digit where there is an end to them, else six places cut with an ellipsis; never rounded up."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    quotient = Decimal(value.numerator) / Decimal(value.denominator)
    if rest == 1:
        return number(Decimal(format(quotient.normalize(), "f")))
    return number(quotient.quantize(Decimal(1).scaleb(-MOST_DIGITS), ROUND_DOWN)) + "…"


def cut(share: Fraction) -> Decimal:
    """Four places of a share, cut and not rounded: 79.996 % must not read as 80 % that is met."""
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(BOUND / 100, ROUND_DOWN)


def cut_percent(share: Fraction) -> str:
    return number(Decimal(format((cut(share) * 100).normalize(), "f"))) + "%"


def _place(percent: Fraction) -> str:
    held = min(max(percent, Fraction(0)), Fraction(100))
    return f"{(Decimal(held.numerator) / Decimal(held.denominator)).quantize(BOUND, ROUND_DOWN):f}"
