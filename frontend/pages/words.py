"""What the register's own values are called on a page, in the reader's language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from frontend.i18n import Lang
from frontend.views import formats
from frontend.views.parts import Badge, EvidenceKind, EvidenceTag, Tone
from registry.categories.facts import AttributeSpec, MaterialKindFact
from registry.certificates.facts import CertificateFact, Scheme
from registry.declarations.facts import PartialDay, Precision
from registry.dossiers.dossier import Dossier, Standing
from registry.kit.messages import catalogue, say
from registry.units.table import Dimension, table

SIGNIFICANT = 4
RAISED = re.compile("(?<=m)[23]")
POWERS = {"2": "²", "3": "³"}
UNLABELLED = ("none", "other", "true", "false")
TONES = {
    Standing.VALID: Tone.GOOD,
    Standing.SUSPENDED: Tone.WARN,
    Standing.NONE: Tone.QUIET,
}


class Named(Protocol):
    """Anything with an official name in both languages."""

    @property
    def name_zh(self) -> str: ...

    @property
    def name_en(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Words:
    """One language's way of saying things."""

    lang: Lang

    def say(self, key: str, /, **facts: object) -> str:
        """A coded sentence; days, lists and figures among its facts are written as the language does."""
        return say(key, self.lang, {name: self._shown(value) for name, value in facts.items()})

    def pick(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en or zh

    def name(self, thing: Named) -> str:
        return self.pick(thing.name_zh, thing.name_en)

    def day(self, value: date) -> str:
        return formats.day(value, self.lang)

    def stated_day(self, value: PartialDay) -> str:
        """A day no more precisely than the document states it."""
        if value.precision is Precision.DAY:
            return self.day(value.day)
        if value.precision is Precision.YEAR:
            return self.say("day.year", year=str(value.day.year))
        month = formats.MONTHS[value.day.month - 1] if self.lang == "en" else str(value.day.month)
        return self.say("day.month", year=str(value.day.year), month=month)

    def listed(self, items: Iterable[str]) -> str:
        return ("、" if self.lang == "zh" else ", ").join(items)

    def joined(self, *sentences: str) -> str:
        """Whole sentences one after the other; only English puts a space between."""
        return ("" if self.lang == "zh" else " ").join(part for part in sentences if part)

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

    def _shown(self, value: object) -> str:
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, Decimal):
            return formats.number(value)
        if isinstance(value, (tuple, list)):
            return self.listed(str(item) for item in value)
        return str(value)


def rounded(value: Decimal) -> Decimal:
    """Four significant digits for the eye, whole numbers kept whole; never more places than stated."""
    if not value:
        return Decimal(0)
    stated = value.as_tuple().exponent
    places = min(
        max(0, SIGNIFICANT - 1 - value.adjusted()), max(0, -stated if isinstance(stated, int) else 0)
    )
    return value.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")


def figure(value: Decimal) -> str:
    return formats.number(rounded(value))


def tone(standing: Standing) -> Tone:
    return TONES.get(standing, Tone.BAD)


def standing_badge(standing: Standing, words: Words) -> Badge:
    return Badge(words.say(f"standing.{standing}"), tone(standing))


def certificate_kind(fact: CertificateFact) -> EvidenceKind:
    return EvidenceKind.GREEN_PRODUCT if fact.scheme is Scheme.GREEN_PRODUCT else EvidenceKind.CERTIFICATE


def certificate_tag(fact: CertificateFact, words: Words) -> EvidenceTag:
    """The class of a certificate, with its star where it has one."""
    kind = certificate_kind(fact)
    if fact.star is None:
        return tag(kind, words)
    return EvidenceTag(kind, words.say("evidence.starred", star=words.say(f"star.{fact.star}")))


def tag(kind: EvidenceKind, words: Words) -> EvidenceTag:
    return EvidenceTag(kind, words.say(f"evidence.{kind}"))


def best_tag(dossier: Dossier, words: Words) -> EvidenceTag:
    """The class of evidence that speaks for a product: certificate, then report, then its own word."""
    if dossier.certificates:
        return certificate_tag((dossier.best_certificate or dossier.certificates[0]).fact, words)
    if dossier.reports:
        return tag(EvidenceKind.TEST_REPORT, words)
    return tag(EvidenceKind.SELF_DECLARATION if dossier.self_declarations else EvidenceKind.NONE, words)
