"""Bars about a zero line: a figure and its parts, of which some may be below 0."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from frontend.views.charts import Caption, percent, scale_of
from frontend.views.formats import number

TALL = 44  # pixels of one line: its words and its bar


@dataclass(frozen=True, slots=True)
class Line:
    """One bar; x and width in percent, y of its words and of its bar in pixels."""

    label: str
    value: str
    x: str
    width: str
    text_y: str
    bar_y: str
    fill: str


@dataclass(frozen=True, slots=True)
class Diverging:
    """`id` is unique on the page; `zero_x` is where the zero line stands, in percent."""

    id: str
    title: str
    unit: str
    zero_x: str
    height: str
    lines: tuple[Line, ...]


def diverging(bars: Sequence[tuple[str, Decimal, str]], caption: Caption) -> Diverging:
    """Each bar with its fill, on one scale; what is below 0 reaches to the left of the line."""
    reaches = [scale_of([(label, value)]) for label, value, _ in bars]
    left = max((one.left for one in reaches), default=Decimal(0))
    span = (left + max((one.right for one in reaches), default=Decimal(0))) or Decimal(1)
    lines = tuple(
        Line(
            label=label,
            value=number(value),
            x=percent((left + min(value, Decimal(0))) / span * 100),
            width=percent(abs(value) / span * 100),
            text_y=str(place * TALL + 16),
            bar_y=str(place * TALL + 22),
            fill=fill,
        )
        for place, (label, value, fill) in enumerate(bars)
    )
    return Diverging(
        id=caption.id,
        title=caption.title,
        unit=caption.unit,
        zero_x=percent(left / span * 100),
        height=str(len(lines) * TALL),
        lines=lines,
    )
