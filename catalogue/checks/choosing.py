"""What a user says about a check, beyond the guess: roles of columns, and a line put back to open."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from catalogue.bom.columns import ColumnChoice, Columns, guess_columns
from catalogue.bom.headers import ColumnRole, split_header
from catalogue.checks.inputs import Standing
from catalogue.checks.state import LineState
from registry.kit.errors import Invalid
from registry.kit.sheets.sheets import Sheet, column_letter, text_of
from registry.units.parse import parse_unit


def role_twice(roles: Mapping[int, ColumnRole]) -> tuple[ColumnRole, int, int] | None:
    """The first role that two columns are said to hold, with both columns."""
    held: dict[ColumnRole, int] = {}
    for index, role in sorted(roles.items()):
        if role in held:
            return role, held[role], index
        held[role] = index
    return None


def chosen_columns(
    sheet: Sheet, roles: Mapping[int, ColumnRole], header_rows: Sequence[int] | None = None
) -> Columns:
    """A sheet as the user reads it; `header_rows` None keeps the guessed header."""
    twice = role_twice(roles)
    if twice is not None:
        role, first, second = twice
        raise Invalid(
            "column-role-twice", role=role, first=column_letter(first), second=column_letter(second)
        )
    guess = guess_columns(sheet)
    rows = guess.header_rows if header_rows is None else tuple(header_rows)
    choices = tuple(
        ColumnChoice(role, index, Decimal(1), header_text(sheet, rows, index))
        for index, role in sorted(roles.items())
    )
    quantity = next((one.header for one in choices if one.role is ColumnRole.QUANTITY), "")
    inside = split_header(quantity)[1]
    return Columns(
        sheet=sheet.name,
        header_rows=rows,
        choices=choices,
        form=guess.form,
        title=guess.title,
        unit_in_header=inside if parse_unit(inside) else "",
    )


def header_text(sheet: Sheet, rows: Sequence[int], index: int) -> str:
    """The words that stand above a column, the lowest row that has any."""
    by_number = {row.number: row for row in sheet.rows}
    words = [text_of(by_number[number].at(index)) for number in rows if number in by_number]
    return next((text for text in reversed(words) if text), "")


def reopened(line: LineState) -> LineState:
    """A line nobody has decided: its candidates stay, its product goes."""
    return line.without_product(Standing.OPEN)
