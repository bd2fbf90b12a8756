"""Our own table of declarations as CSV or XLSX: documented columns, headings in Chinese or English."""

from registry.declarations.formats.template.reading import head_of, opened, read, rows
from registry.declarations.formats.template.taking import TableRow
from registry.declarations.formats.template.writing import write_csv, write_xlsx

__all__ = ["TableRow", "head_of", "opened", "read", "rows", "write_csv", "write_xlsx"]
