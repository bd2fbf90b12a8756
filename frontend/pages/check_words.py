"""Words of the check pages: names of kinds and groups, reasons in sentences, badges of outcomes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from catalogue.compliance.verdicts import FactValue, Outcome, Verdict
from catalogue.ratios.model import Note
from frontend.pages.reference import Reference
from frontend.pages.words import Words
from frontend.views import formats
from frontend.views.parts import Badge, Tone
from frontend.views.report import exact
from registry.policies.pack import Pack

OUTCOME_TONE = {Outcome.PASS: Tone.GOOD, Outcome.FAIL: Tone.BAD, Outcome.UNDECIDED: Tone.WARN}
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
CODES = frozenset({"kind", "item", "group", "pack"})
PROPERTY = frozenset({"property", "stated", "registered"})
UNITS = frozenset({"unit", "units", "table", "to"})


@dataclass(frozen=True, slots=True)
class PackWords:
    """One pack's codes as its readers know them."""

    words: Words
    pack: Pack
    known: Reference

    @property
    def title(self) -> str:
        return self.words.pick(self.pack.title_zh, self.pack.title_en)

    def kind(self, code: str | None) -> str:
        """A ratio kind by its own number and name; no code reads as not counted."""
        if code is None:
            return self.words.say("check.kind-none")
        found = next((kind for kind in self.pack.kinds or () if kind.id == code), None)
        return code if found is None else self._coded(self.words.name(found), code)

    def group(self, code: str) -> str:
        found = next((group for group in self.pack.groups if group.id == code), None)
        return code if found is None else self._coded(self.words.name(found), code)

    def _coded(self, name: str, code: str) -> str:
        """The name first, its number in the rule behind it."""
        return self.words.say("check.coded", name=name, code=code)

    def property(self, name: str) -> str:
        """A property by the label that the tree of material kinds gives it."""
        labels = (spec for kind in self.known.kinds.values() for spec in kind.attributes if spec.name == name)
        found = next(labels, None)
        return name if found is None else self.words.pick(found.label_zh, found.label_en)

    def material(self, code: str | None) -> str:
        return self.known.kind(code, self.words) if code else ""

    def clause_of(self, code: str) -> str:
        return next((kind.clause for kind in self.pack.kinds or () if kind.id == code), "")

    def verdict(self, found: Verdict) -> str:
        return self._sentence(found.reason, dict(found.facts))

    def note(self, found: Note) -> str:
        return self._sentence(found.key, dict(found.facts))

    def quantity(self, value: Decimal, unit: str | None) -> str:
        return formats.quantity(plain(value), self.words.unit(unit)) if unit else formats.number(plain(value))

    def answer(self, point: str, answer: str) -> str:
        """An answer to an open point, as the forms and the report name it."""
        return self.words.say(f"check.answer.{point}.{answer}")

    def reason(self, key: str, facts: Mapping[str, str]) -> str:
        """Why something was recognised or matched; kinds in these facts are material kinds."""
        shown = dict(facts)
        if "kind" in shown:
            shown["kind"] = self.material(shown["kind"])
        shown |= {name: str(self._fact(name, shown[name])) for name in PROPERTY & shown.keys()}
        return self.words.say(key, **shown)

    def _sentence(self, key: str, facts: Mapping[str, FactValue]) -> str:
        return self.words.say(key, **{name: self._fact(name, value) for name, value in facts.items()})

    def _fact(self, name: str, value: FactValue) -> object:
        """Codes become names and units symbols; a day or figure read back from a stored report is text."""
        if isinstance(value, str) and name in CODES:
            named = self.title if value == self.pack.id else self.kind(value)
            return named if named != value else self.group(value)
        if isinstance(value, str) and name in PROPERTY:
            return self.property(value) if name == "property" else self.words.grade(value)
        if isinstance(value, str) and name == "material":
            return self.material(value)
        if name in UNITS:
            codes = (value,) if isinstance(value, str) else value
            return tuple(self.words.unit(str(code)) for code in codes) if isinstance(codes, tuple) else value
        if isinstance(value, str) and ISO_DAY.fullmatch(value):
            return date.fromisoformat(value)
        return value


def badge(outcome: Outcome, words: Words, of: str = "outcome") -> Badge:
    """A line counts, a kind reaches its share, a requirement is met: each has its own words."""
    return Badge(words.say(f"check.{of}.{outcome}"), OUTCOME_TONE[outcome])


def between(lower: str, upper: str) -> str:
    """One figure, or both bounds where they differ."""
    return lower if lower == upper else f"{lower}–{upper}"


def fractions(lower: Fraction, upper: Fraction) -> str:
    return between(exact(lower), exact(upper))


def plain(value: Decimal) -> Decimal:
    """The figure without trailing zeros; a whole number keeps its digits."""
    return Decimal(format(value.normalize(), "f"))


def unique(sentences: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sentence for sentence in sentences if sentence))
