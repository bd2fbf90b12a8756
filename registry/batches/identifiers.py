"""Identifiers of batches in the one form in which they are compared.

An industrial-internet identifier 工业互联网标识 is a handle: a prefix that begins with the country's node
`88.` and a suffix of the firm's own behind a slash. Case, blanks and kinds of dashes never tell two things
apart.
"""

import re
import unicodedata
from enum import StrEnum

from registry.kit.reading.folded import fold

LONGEST_HANDLE = 100
# Prefix: node of the country, then of the sector and the firm, then what the firm adds.
_HANDLE = re.compile(r"88(?:\.[0-9A-Z]{1,20}){1,5}/[^\s/][^\s]{0,79}", re.IGNORECASE)


class Scheme(StrEnum):
    """By what a thing was found."""

    CODE = "code"  # our 登记号
    GTIN = "gtin"
    INDUSTRIAL = "industrial"
    SERIAL = "serial"
    NUMBER = "number"  # the producer's own batch number


def read_handle(text: str) -> str | None:
    """A handle as it is written down, without blanks; None for what is none."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return plain if len(plain) <= LONGEST_HANDLE and _HANDLE.fullmatch(plain) else None


def same(text: str) -> str:
    """What two spellings of one identifier have in common."""
    return fold(text)
