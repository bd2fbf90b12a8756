"""Our table of declarations as a file: CSV or XLSX, its headings found, its rows read one by one."""

from registry.declarations.formats.reading import Reading, Unreadable
from registry.declarations.formats.template.columns import NEEDED, RECOGNISED, Column, columns_of
from registry.declarations.formats.template.rows import row_of
from registry.declarations.formats.template.taking import Head, TableRow
from registry.kit.confined import MEGABYTE
from registry.kit.sheets.delimited import read_text
from registry.kit.sheets.kinds import kind_of
from registry.kit.sheets.sheets import FileKind, Limits, ReadProblem, Sheets, text_of

MOST_ROWS = 10_000
LIMITS = Limits(
    file_bytes=32 * MEGABYTE, rows=MOST_ROWS + 20, columns=600, cells=1_200_000, text_chars=30_000_000
)
_ABOVE = 20


def head_of(sheets: Sheets) -> Head | None:
    """The first row of a visible sheet with enough headings of ours."""
    for sheet in sheets.visible:
        for row in sheet.rows[:_ABOVE]:
            headings = {place: text_of(cell) for place, cell in enumerate(row.cells)}
            columns = columns_of(headings.values())
            if len(columns) >= RECOGNISED:
                return Head(sheet, row.number, columns, headings)
    return None


def opened(data: bytes) -> Sheets:
    """The sheets of a CSV or XLSX file; the reader runs in whatever process asks."""
    try:
        from registry.kit.sheets.xlsx import read_xlsx  # noqa: PLC0415  native code, for the process that reads

        return read_xlsx(data, LIMITS) if kind_of(data) is FileKind.XLSX else read_text(data, LIMITS)
    except ReadProblem as problem:
        raise Unreadable(problem.key, **problem.facts) from problem


def rows(data: bytes) -> tuple[TableRow, ...]:
    """Every row below the headings, for a list that is shown before it is saved."""
    head = head_of(opened(data))
    if head is None:
        raise Unreadable("declaration-table-none")
    names = {column.name for column in head.columns.values()}
    missing = [
        name for name in NEEDED if name not in names and not (name == "name_zh" and "name_en" in names)
    ]
    if missing:
        headings = [f"{Column(one).heading('zh')} / {Column(one).heading('en')}" for one in missing]
        raise Unreadable("declaration-table-columns", headings=headings)
    found = tuple(row_of(head, row) for row in head.sheet.rows if row.number > head.number)
    if not found:
        raise Unreadable("declaration-table-empty")
    if len(found) > MOST_ROWS:
        raise Unreadable("declaration-table-rows", rows=len(found), limit=MOST_ROWS)
    return found


def read(data: bytes, *, name: str = "") -> tuple[Reading, ...]:  # noqa: ARG001  all readers are asked alike
    """All declarations of a table without faults; the first fault names its row and column."""
    found = rows(data)
    faulty = [row for row in found if row.faults]
    if faulty:
        first = faulty[0].faults[0]
        facts = {"cell": first.where, "count": len(faulty), **first.facts}
        raise Unreadable(first.key, **facts)
    return tuple(row.reading for row in found if row.reading is not None)
