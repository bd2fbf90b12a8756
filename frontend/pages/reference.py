"""Kinds, regions and categories at a point, with the words for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from frontend.pages.words import Words
from registry.categories import service
from registry.categories.facts import CategoryFact, MaterialKindFact, RegionFact
from registry.changes.reading import Point

WHOLE_COUNTRY = "100000"  # what the policies' own code table calls the country


@dataclass(frozen=True, slots=True)
class Reference:
    """The small tables every page names things with."""

    kinds: dict[str, MaterialKindFact]
    regions: Mapping[str, RegionFact]
    categories: Mapping[str, CategoryFact]

    def kind(self, code: str, words: Words) -> str:
        return words.name(self.kinds[code]) if code in self.kinds else code

    def region(self, code: str, words: Words) -> str:
        if code == WHOLE_COUNTRY:
            return words.say("region.whole-country")
        return words.name(self.regions[code]) if code in self.regions else code

    def place(self, code: str, words: Words) -> str:
        """A region with its province before it."""
        province = code[:2] + "0000"
        names = [self.region(one, words) for one in dict.fromkeys((province, code))]
        return " ".join(names if words.lang == "zh" else reversed(names))

    def category(self, code: str, words: Words) -> str:
        return words.name(self.categories[code]) if code in self.categories else code

    def grade(self, kind: str, text: str, words: Words) -> str:
        """A performance class of a kind, with units."""
        return words.graded(self.kinds.get(kind), text)

    def leaves(self) -> Iterator[MaterialKindFact]:
        """Kinds that products are filed under, in the order of their codes."""
        return (kind for _, kind in sorted(self.kinds.items()))


def reference(session: Session, at: Point) -> Reference:
    """The tables at a point."""
    return Reference(
        kinds=service.kinds(session, at),
        regions=service.regions(session, at),
        categories=service.categories(session, at),
    )
