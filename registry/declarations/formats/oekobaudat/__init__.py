"""The CSV of ÖKOBAUDAT, read and written."""

from registry.declarations.formats.oekobaudat.lines import is_oekobaudat
from registry.declarations.formats.oekobaudat.reading import read
from registry.declarations.formats.oekobaudat.writing import write

__all__ = ["is_oekobaudat", "read", "write"]
