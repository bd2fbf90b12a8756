"""Reading an uploaded XLSX or CSV into plain rows, always in a confined child process."""

from registry.kit.sheets.reading import read
from registry.kit.sheets.sheets import Limits, Note, ReadProblem, Row, Sheet, Sheets

__all__ = ["Limits", "Note", "ReadProblem", "Row", "Sheet", "Sheets", "read"]
