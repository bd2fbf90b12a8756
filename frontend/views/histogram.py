"""A small histogram for the filters: columns in percent and pixels, and the table behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from frontend.views.charts import TALL, Caption, Column, percent
from frontend.views.formats import number


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many lie in each class of a number; `said` is the picture in one sentence, `rows` its table.

    Classes without any product are neither drawn nor listed.
    """

    id: str
    title: str
    unit: str
    said: str
    low: str
    high: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, str], ...]


def histogram(bounds: Sequence[Decimal], counts: Sequence[int], caption: Caption, *, said: str) -> Histogram:
    """Columns as high as their counts; a class holds its lower bound and not its upper."""
    step, highest = Decimal(100) / max(1, len(counts)), max(counts, default=0) or 1
    heights = [max(2, round(Decimal(count * TALL) / highest)) if count else 0 for count in counts]
    columns = tuple(
        Column(percent(place * step), percent(step * Decimal("0.86")), str(TALL - height), str(height))
        for place, height in enumerate(heights)
        if height
    )
    rows = tuple(
        (f"{number(lower)} – {number(upper)}", number(Decimal(count)))
        for (lower, upper), count in zip(pairwise(bounds), counts, strict=True)
        if count
    )
    low, high = number(bounds[0]), number(bounds[-1])
    return Histogram(caption.id, caption.title, caption.unit, said, low, high, columns, rows)
