"""What a column holds by the look of its cells, for lists whose headers do not say."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from catalogue.bom.headers import ColumnRole
from registry.kit.reading.numbers import read_number
from registry.kit.sheets.sheets import Row, text_of
from registry.units.parse import parse_unit

_SAMPLE = 50
_MOSTLY = Decimal("0.6")
# The look of the cells is weak evidence: the user is always asked to confirm it.
CONFIDENCE = Decimal("0.4")


def by_content(
    rows: Sequence[Row], *, wanted: Sequence[ColumnRole], used: set[int]
) -> Iterator[tuple[ColumnRole, int, Decimal]]:
    """Columns for the wanted roles, never one already used; nothing where no column stands out."""
    sample = rows[:_SAMPLE]
    free = [c for c in range(max((len(row.cells) for row in sample), default=0)) if c not in used]
    shares = {
        ColumnRole.UNIT: {column: _share(sample, column, _is_unit) for column in free},
        ColumnRole.QUANTITY: {column: _share(sample, column, _is_figure) for column in free},
        ColumnRole.NAME: {column: _share(sample, column, _is_words) for column in free},
    }
    for role in (ColumnRole.UNIT, ColumnRole.QUANTITY, ColumnRole.NAME):
        if role not in wanted:
            continue
        fit = [column for column in free if shares[role][column] >= _MOSTLY]
        if role is ColumnRole.QUANTITY:
            fit = [column for column in fit if not _counts_up(sample, column)]
        if fit:
            free.remove(fit[0])
            yield role, fit[0], CONFIDENCE


def _share(rows: Sequence[Row], column: int, holds: Callable[[str], bool]) -> Decimal:
    texts = [text for row in rows if (text := text_of(row.at(column)))]
    return Decimal(sum(1 for text in texts if holds(text))) / Decimal(max(1, len(texts)))


def _is_unit(text: str) -> bool:
    return parse_unit(text) is not None


def _is_figure(text: str) -> bool:
    reading = read_number(text)
    return reading is not None and reading.value is not None


def _is_words(text: str) -> bool:
    return len(text) > 1 and not _is_unit(text) and not _is_figure(text)


def _counts_up(rows: Sequence[Row], column: int) -> bool:
    """1, 2, 3 … is the running number, not a quantity."""
    texts = [text for row in rows if (text := text_of(row.at(column)))]
    return texts[:3] == [str(number) for number in range(1, len(texts[:3]) + 1)]
