"""Reading an uploaded XLSX or CSV into plain rows, always in a confined child process."""

from catalogue.bom.readers.reading import read
from catalogue.bom.readers.sheets import Limits, Note, ReadProblem, Row, Sheet, Sheets

__all__ = ["Limits", "Note", "ReadProblem", "Row", "Sheet", "Sheets", "read"]
