"""Several certificate numbers in one cell, told apart."""

import re

from registry.kit.reading.folded import fold

_SEPARATORS = re.compile(r"[,，;；、\n]+")


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of a cell, folded: each part, and the whole, since a body may print a comma.

    A dash alone is how people write that there is none.
    """
    found = (fold(part) for part in (*_SEPARATORS.split(text), text))
    return tuple(dict.fromkeys(number for number in found if any(map(str.isalnum, number))))
