"""A CSV as rows: its encoding and delimiter are found from the content. Runs in the child process only."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from registry.kit.sheets.kinds import looks_utf16
from registry.kit.sheets.sheets import FileKind, Limits, ReadProblem, Row, Sheet, Sheets, column_letter

DELIMITERS = (",", "\t", ";", "|", "，")
ENCODINGS = ("utf-8", "gbk", "gb18030")
_SAMPLE_ROWS = 50
_CONTROLS = frozenset(map(chr, range(32))) - set("\t\r\n\f\v\x1a\x1e")


def read_text(data: bytes, limits: Limits) -> Sheets:
    """The one sheet of a text file; every refusal names the row."""
    text, encoding = decode(data)
    if len(text) > limits.text_chars:
        raise ReadProblem("bom.read.too-much-text", limit=limits.text_chars)
    delimiter = sniff_delimiter(text)
    rows = tuple(_rows(text, delimiter, limits))
    if not rows:
        raise ReadProblem("bom.read.empty")
    return Sheets(FileKind.TEXT, (Sheet("CSV", rows),), (), encoding, delimiter)


def decode(data: bytes) -> tuple[str, str]:
    """The text and the encoding that fits it strictly; never with replacement characters."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _strict(data, encoding), encoding
    if looks_utf16(data):
        encoding = "utf-16-le" if data[1::2].count(0) else "utf-16-be"
        return _strict(data, encoding), encoding
    for encoding in ENCODINGS:
        try:
            return _printable(data.decode(encoding)), encoding
        except UnicodeDecodeError:
            continue
    raise ReadProblem("bom.read.encoding")


def sniff_delimiter(text: str) -> str:
    """The sign that splits the most of the first rows into the same number of columns."""
    lines = list(io.StringIO(text[:200_000]))[:_SAMPLE_ROWS]

    def regularity(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
        width, rows = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return rows, width

    try:
        return max(DELIMITERS, key=regularity)
    except csv.Error:
        return ","


def _rows(text: str, delimiter: str, limits: Limits) -> Iterator[Row]:
    number = 0
    try:
        for number, fields in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1):
            cells = [field if field.strip() else None for field in fields]
            while cells and cells[-1] is None:
                cells.pop()
            _hold_to_limits(number, len(cells), limits)
            if cells:
                yield Row(number, tuple(cells))
    except csv.Error as error:
        raise ReadProblem("bom.read.csv-broken", row=number + 1) from error


def _hold_to_limits(number: int, width: int, limits: Limits) -> None:
    if width and number > limits.rows:
        raise ReadProblem("bom.read.too-many-rows", sheet="CSV", limit=limits.rows)
    if width > limits.columns:
        raise ReadProblem(
            "bom.read.cell-too-far",
            sheet="CSV",
            cell=f"{column_letter(width - 1)}{number}",
            rows=limits.rows,
            columns=column_letter(limits.columns - 1),
        )


def _strict(data: bytes, encoding: str) -> str:
    try:
        return _printable(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise ReadProblem("bom.read.encoding") from error


def _printable(text: str) -> str:
    if not _CONTROLS.isdisjoint(text):
        raise ReadProblem("bom.read.binary")
    return text
