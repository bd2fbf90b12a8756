"""Facts of a refused conversion that a sentence names in the reader's words, not by their codes."""

from registry.kit.messages import Spoken, catalogue
from registry.units.table import table

ARROW = " → "


def fact_name(kind: str, lang: str) -> str:
    """`area-mass` in words; a name that is none of ours stays as it is written."""
    return catalogue(lang).get(f"ties.{kind}", kind)


class Way(Spoken):
    """The stated facts that a conversion leans on, in order: `thickness → density`."""

    __slots__ = ()

    def said(self, lang: str) -> str:
        return ARROW.join(fact_name(one, lang) for one in self.split(ARROW))


class UnitCode(Spoken):
    """A unit by its code; a sentence has its symbol."""

    __slots__ = ()

    def said(self, lang: str) -> str:
        known = table().by_code.get(self)
        return known.symbol(lang) if known is not None else str(self)
