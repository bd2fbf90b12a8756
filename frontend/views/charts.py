"""Geometry of the charts: x and width in percent, y and height in pixels, as text for SVG attributes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from frontend.views.formats import number

Parts = Sequence[tuple[str, Decimal | None]]

EDGE = Decimal("1.5")  # percent kept free at both ends, so that a dot at the limit is whole
BINS = 28
TALL = 48  # pixels of the highest column
NARROWEST = Decimal(288)  # pixels a chart has in a 320 pixel window
FILLS = {
    "A1": "#0d5c38",
    "A2": "#2b7a52",
    "A3": "#0d5c38",
    "A4": "#5fa27d",
    "A5": "#a9d0b6",
    "B": "#d9b44a",
    "C": "#8a6a2f",
    "D": "#0b5fa5",
}
LIGHT = frozenset({"#a9d0b6", "#d9b44a", "#5fa27d"})
INK, PAPER = "#17211c", "#ffffff"


@dataclass(frozen=True, slots=True)
class Caption:
    """What a figure is called; `id` is unique on the page, `note` is its base (n, year, boundary)."""

    id: str
    title: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cuts:
    """Cut-offs of a class as the catalogue computed them; never made here."""

    p20: Decimal
    p50: Decimal
    p80: Decimal


@dataclass(frozen=True, slots=True)
class Column:
    x: str
    width: str
    y: str
    height: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A class on one line: columns or dots, the P20–P80 band, the median and this product."""

    id: str
    title: str
    unit: str
    note: str
    low: str
    high: str
    columns: tuple[Column, ...]
    dots: tuple[str, ...]
    p20: str
    p50: str
    p80: str
    band_x: str
    band_width: str
    median_x: str
    own: str
    own_x: str
    own_anchor: str


@dataclass(frozen=True, slots=True)
class Segment:
    """One stage of a stacked bar; an empty `inside` means the label does not fit."""

    module: str
    value: str
    x: str
    width: str
    fill: str
    ink: str
    inside: str


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage in the table; `value` is empty where the stage is not declared, which is not zero."""

    module: str
    value: str
    fill: str


@dataclass(frozen=True, slots=True)
class Stacked:
    """Stages A1–D: what is emitted on one line, what is taken back on its own hatched line below."""

    id: str
    title: str
    unit: str
    zero_x: str
    above: tuple[Segment, ...]
    below: tuple[Segment, ...]
    rows: tuple[StageRow, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """How far to the left and right of zero a stacked bar may reach."""

    left: Decimal
    right: Decimal


@dataclass(frozen=True, slots=True)
class Bullet:
    id: str
    title: str
    value: str
    target: str
    width: str
    target_x: str
    target_anchor: str
    reached: bool


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: str
    width: str


@dataclass(frozen=True, slots=True)
class Bars:
    title: str
    label_head: str
    value_head: str
    bars: tuple[Bar, ...]


def strip(
    values: Sequence[Decimal],
    caption: Caption,
    *,
    cuts: Cuts | None = None,
    own: Decimal | None = None,
    also: Sequence[Decimal] = (),
) -> Strip:
    """Without cut-offs (too few products) every product is a dot and no percentile is drawn.

    `also` are values outside of the class that the scale must reach.
    """
    seen = [*values, *also, *([own] if own is not None else [])]
    low, high = min(seen), max(seen)
    x = scale_x(low, high)
    return Strip(
        id=caption.id,
        title=caption.title,
        unit=caption.unit,
        note=caption.note,
        low=number(low),
        high=number(high),
        columns=_columns([x(value) for value in values]) if cuts else (),
        dots=() if cuts else tuple(percent(x(value)) for value in values),
        p20=number(cuts.p20) if cuts else "",
        p50=number(cuts.p50) if cuts else "",
        p80=number(cuts.p80) if cuts else "",
        band_x=percent(x(cuts.p20)) if cuts else "",
        band_width=percent(x(cuts.p80) - x(cuts.p20)) if cuts else "",
        median_x=percent(x(cuts.p50)) if cuts else "",
        own="" if own is None else number(own),
        own_x="" if own is None else percent(x(own)),
        own_anchor="" if own is None else anchor(x(own)),
    )


def scale_x(low: Decimal, high: Decimal) -> Callable[[Decimal], Decimal]:
    """Where a value stands in percent of a strip's width; one value alone stands in the middle."""
    if low == high:
        return lambda _: Decimal(50)
    return lambda value: EDGE + (value - low) / (high - low) * (100 - 2 * EDGE)


def scale_of(*declared: Parts) -> Scale:
    """One scale for several bars that stand beside each other."""
    found = [[value for _, value in parts if value is not None] for parts in declared]
    return Scale(
        left=max((-sum((v for v in values if v < 0), Decimal(0)) for values in found), default=Decimal(0)),
        right=max((sum((v for v in values if v > 0), Decimal(0)) for values in found), default=Decimal(0)),
    )


def stacked(parts: Parts, caption: Caption, scale: Scale | None = None) -> Stacked:
    """Undeclared stages stay in the table and out of the picture."""
    reach = scale or scale_of(parts)
    span = (reach.left + reach.right) or Decimal(1)
    zero = reach.left / span * 100
    right, left = zero, zero
    above, below = [], []
    for module, value in parts:
        if value is None or value == 0:
            continue
        width = abs(value) / span * 100
        if value > 0:
            above.append(_segment(module, value, x=right, width=width))
            right += width
        else:
            left -= width
            below.append(_segment(module, value, x=left, width=width))
    rows = tuple(
        StageRow(module, "" if value is None else number(value), fill_of(module)) for module, value in parts
    )
    return Stacked(caption.id, caption.title, caption.unit, percent(zero), tuple(above), tuple(below), rows)


def bullet(share: Decimal, target: Decimal, caption: Caption) -> Bullet:
    """A share of one against its target; a share above one fills the scale."""
    full = max(Decimal(1), share)
    target_x = target / full * 100
    return Bullet(
        id=caption.id,
        title=caption.title,
        value=_share(share),
        target=_share(target),
        width=percent(share / full * 100),
        target_x=percent(target_x),
        target_anchor=anchor(target_x),
        reached=share >= target,
    )


def bars(counted: Sequence[tuple[str, Decimal]], *, title: str, label_head: str, value_head: str) -> Bars:
    """Longest first; equal ones keep their order."""
    longest = max((value for _, value in counted), default=Decimal(0)) or Decimal(1)
    ordered = sorted(counted, key=lambda item: -item[1])
    drawn = tuple(Bar(label, number(value), percent(value / longest * 100)) for label, value in ordered)
    return Bars(title, label_head, value_head, drawn)


def fill_of(module: str) -> str:
    known = module[1:2] in ("", *"1234567")  # a document's own word for a stage may begin like a module
    return (known and (FILLS.get(module[:2]) or FILLS.get(module[:1]))) or "#6b7a72"


def _segment(module: str, value: Decimal, *, x: Decimal, width: Decimal) -> Segment:
    fill = fill_of(module)
    needed = (Decimal("7.5") * len(module) + 8) / NARROWEST * 100
    return Segment(
        module=module,
        value=number(value),
        x=percent(x),
        width=percent(width),
        fill=fill,
        ink=INK if fill in LIGHT else PAPER,
        inside=module if width >= needed else "",
    )


def _columns(places: Sequence[Decimal]) -> tuple[Column, ...]:
    step = (100 - 2 * EDGE) / BINS
    counts = [0] * BINS
    for place in places:
        counts[min(int((place - EDGE) / step), BINS - 1)] += 1
    highest = max(counts, default=0) or 1
    found = []
    for index, count in enumerate(counts):
        if count:
            height = max(2, round(Decimal(count * TALL) / highest))
            found.append(
                Column(
                    percent(EDGE + index * step),
                    percent(step * Decimal("0.86")),
                    str(TALL - height),
                    str(height),
                )
            )
    return tuple(found)


def anchor(x: Decimal) -> str:
    """Where a label hangs, so that it never leaves the picture."""
    return "start" if x < 18 else "end" if x > 82 else "middle"


def _share(value: Decimal) -> str:
    """Two places, cut and not rounded: 79.996% must not read as a target of 80% that is met."""
    return number((value * 100).quantize(Decimal("0.01"), ROUND_DOWN).normalize()) + "%"


def percent(value: Decimal) -> str:
    text = f"{value.quantize(Decimal('0.01')):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
