"""Named values on a strip: a limit with what lies within it, or compared products by their letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from frontend.views import charts
from frontend.views.charts import Caption, Cuts, Strip
from frontend.views.formats import number

APART = Decimal(8)  # percent: two discs of 20 pixels side by side in the narrowest window
ROW = 24  # pixels from one row of names to the next


@dataclass(frozen=True, slots=True)
class Mark:
    """One value by its name; `row` counts from the picture upwards, so that names never cover each other."""

    name: str
    value: str
    x: str
    anchor: str
    row: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A strip with its marks; `top` is the room in pixels that further rows of names need.

    With `reach` the line within the limit is drawn from the left edge to there; `outside` says that the limit
    lies beyond the picture, on the side where its mark stands.
    """

    strip: Strip
    marks: tuple[Mark, ...]
    top: int
    reach: str = ""
    outside: bool = False


def lettered(
    values: Sequence[Decimal], caption: Caption, named: Sequence[tuple[str, Decimal]], *, cuts: Cuts | None
) -> Marked:
    """Compared products on the line of their class, those outside of it too."""
    own = [value for _, value in named]
    strip = charts.strip(values, caption, cuts=cuts, also=own)
    x = charts.scale_x(min(*values, *own), max(*values, *own))
    placed = [(name, value, x(value)) for name, value in named]
    rows = _rows([place for _, _, place in placed])
    marks = tuple(
        Mark(name, number(value), charts.percent(place), "middle", row)
        for (name, value, place), row in zip(placed, rows, strict=True)
    )
    return Marked(strip, marks, ROW * max(rows, default=0))


def limited(
    values: Sequence[Decimal], caption: Caption, *, cuts: Cuts | None, limit: tuple[str, Decimal] | None
) -> Marked:
    """A class with a limit on its line; a limit beyond the class stands at the edge and says so."""
    strip = charts.strip(values, caption, cuts=cuts)
    if limit is None:
        return Marked(strip, (), 0)
    name, value = limit
    low, high = min(values), max(values)
    outside = not low <= value <= high
    place = charts.scale_x(low, high)(value)
    if outside:
        place = Decimal(0) if value < low else Decimal(100)
    mark = Mark(name, number(value), charts.percent(place), charts.anchor(place), 0)
    return Marked(strip, (mark,), 0, charts.percent(place), outside)


def _rows(places: Sequence[Decimal]) -> tuple[int, ...]:
    """For each place the lowest row where no other name stands too near."""
    taken: dict[int, list[Decimal]] = {}
    found = []
    for place in places:
        row = next(row for row in count() if all(abs(place - other) >= APART for other in taken.get(row, ())))
        taken.setdefault(row, []).append(place)
        found.append(row)
    return tuple(found)
