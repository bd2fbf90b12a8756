"""What the register's own values are called in one language: codes, units, classes, places and bases."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from registry.categories.facts import AttributeSpec, CategoryFact, MaterialKindFact, RegionFact
from registry.certificates.facts import Scheme
from registry.declarations.facts import Verification
from registry.kit.messages import catalogue, listed, say
from registry.units.table import Dimension, table
from search.documents.fields import Field
from search.documents.product import DataKind, Evidence, Status

Lang = Literal["zh", "en"]
RAISED = re.compile("(?<=m)[23]")
POWERS = {"2": "²", "3": "³"}
UNLABELLED = ("none", "other", "true", "false")
WHOLE_COUNTRY = "100000"  # what the policies' own code table calls the country
STARS = ("3", "2", "1")
_CLOSED: Mapping[Field, tuple[str, Iterable[str]]] = {
    Field.STATUS: ("standing", Status),
    Field.STAR: ("star", STARS),
    Field.EVIDENCE: ("evidence", Evidence),
    Field.DATA_KIND: ("data", DataKind),
    Field.SCHEME: ("scheme", Scheme),
    Field.VERIFICATION: ("verification", Verification),
}


class Named(Protocol):
    """Anything with an official name in both languages."""

    @property
    def name_zh(self) -> str: ...

    @property
    def name_en(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Naming:
    """One language's names for what the register holds."""

    lang: Lang

    def say(self, key: str, /, **facts: object) -> str:
        """A coded sentence."""
        return say(key, self.lang, facts)

    def pick(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en or zh

    def name(self, thing: Named) -> str:
        return self.pick(thing.name_zh, thing.name_en)

    def listed(self, items: Iterable[str]) -> str:
        return listed(items, self.lang)

    def unit(self, code: str) -> str:
        known = table().by_code.get(code)
        return known.symbol(self.lang) if known else code

    def measure(self, code: str) -> str:
        """The unit of a stated property: letters in both languages (mm, W/(m²·K)); 1 has none."""
        known = table().by_code.get(code)
        if known and known.dimension in (Dimension.PIECE, Dimension.SET):
            return known.symbol(self.lang)
        return "" if code == "1" else RAISED.sub(lambda found: POWERS[found[0]], code)

    def indicator(self, code: str) -> str:
        """What a footprint was stated as; the standards' own names stand for themselves."""
        return catalogue(self.lang).get(f"indicator.{code}", code)

    def per(self, unit: str) -> str:
        """The unit of a footprint: kgCO₂e per one declared unit."""
        return f"kgCO₂e/{self.unit(unit)}"

    def grade(self, text: str) -> str:
        """A coded attribute value or class in words; what is no code stands for itself."""
        known = catalogue(self.lang)
        return " ".join(known.get(f"attribute.{part}", part) for part in text.split(" "))

    def attribute(self, spec: AttributeSpec, value: str) -> str:
        """A stated value as it stands beside its label, with its unit."""
        shown = self.say(f"value.{value}") if value in ("true", "false") else self.grade(value)
        return f"{shown} {self.measure(spec.unit)}".rstrip() if spec.unit else shown

    def _alone(self, spec: AttributeSpec, value: str) -> str:
        """A value without its label: "none" says of what."""
        shown = self.attribute(spec, value)
        if value not in UNLABELLED:
            return shown
        return self.say("grade.labelled", value=shown, label=self.pick(spec.label_zh, spec.label_en))

    def graded(self, kind: MaterialKindFact | None, text: str) -> str:
        """A performance class in words: each of its values with the unit of the attribute it is one of."""
        specs = {spec.name: spec for spec in kind.attributes} if kind else {}
        named = [specs[name] for name in kind.performance if name in specs] if kind else []
        parts = text.split(" ")
        if len(parts) != len(named):
            return self.grade(text)
        return " ".join(self._alone(spec, part) for spec, part in zip(named, parts, strict=True))

    def performance(self, kind: MaterialKindFact) -> str:
        """What a kind's performance class is called: the labels of the attributes it is made of."""
        labels = {spec.name: self.pick(spec.label_zh, spec.label_en) for spec in kind.attributes}
        found = [labels[name] for name in kind.performance if name in labels]
        return self.listed(found) or self.say("facet.performance")


@dataclass(frozen=True, slots=True)
class Reference:
    """The small tables everything is named with."""

    kinds: dict[str, MaterialKindFact]
    regions: Mapping[str, RegionFact]
    categories: Mapping[str, CategoryFact]

    def kind(self, code: str, words: Naming) -> str:
        return words.name(self.kinds[code]) if code in self.kinds else code

    def region(self, code: str, words: Naming) -> str:
        if code == WHOLE_COUNTRY:
            return words.say("region.whole-country")
        return words.name(self.regions[code]) if code in self.regions else code

    def place(self, code: str, words: Naming) -> str:
        """A region with its province before it."""
        province = code[:2] + "0000"
        names = [self.region(one, words) for one in dict.fromkeys((province, code))]
        return " ".join(names if words.lang == "zh" else reversed(names))

    def category(self, code: str, words: Naming) -> str:
        return words.name(self.categories[code]) if code in self.categories else code

    def grade(self, kind: str, text: str, words: Naming) -> str:
        """A performance class of a kind, with units."""
        return words.graded(self.kinds.get(kind), text)

    def leaves(self) -> list[MaterialKindFact]:
        """Kinds that products are filed under, in the order of their codes."""
        return [kind for _, kind in sorted(self.kinds.items())]


def filter_label(field: Field, value: str, known: Reference, words: Naming) -> str:
    """What one chosen value of a filter is called."""
    if field in (Field.KIND, Field.GROUP):
        return known.kind(value, words)
    if field in (Field.PROVINCE, Field.REGION):
        return known.region(value, words)
    if field in _CLOSED and value in tuple(_CLOSED[field][1]):
        return words.say(f"{_CLOSED[field][0]}.{value.replace('_', '-')}")
    return words.say("chip.maker") if field is Field.MAKER_ID else words.grade(value)


def basis_label(basis: str, known: Reference, words: Naming) -> str:
    """A basis in words: class, unit, family of rules and indicator."""
    kind, performance, unit, family, indicator = basis.split("|")
    named = [known.grade(kind, performance, words)] if performance != "-" else []
    return " · ".join((*named, family, words.indicator(indicator), words.unit(unit)))
