"""What the register's own values are called on a page, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from catalogue.naming import Named, Naming
from frontend.views import formats
from frontend.views.parts import Badge, EvidenceKind, EvidenceTag, Tone
from registry.certificates.facts import CertificateFact, Scheme
from registry.declarations.facts import PartialDay, Precision
from registry.dossiers.dossier import Dossier, Standing
from registry.kit.messages import say

__all__ = ["Named", "Words"]

SIGNIFICANT = 4
TONES = {
    Standing.VALID: Tone.GOOD,
    Standing.SUSPENDED: Tone.WARN,
    Standing.NONE: Tone.QUIET,
}


@dataclass(frozen=True, slots=True)
class Words(Naming):
    """One language's way of saying things on a page."""

    def say(self, key: str, /, **facts: object) -> str:
        """A coded sentence; days, lists and figures among its facts are written as the language does."""
        return say(key, self.lang, {name: self._shown(value) for name, value in facts.items()})

    def day(self, value: date) -> str:
        return formats.day(value, self.lang)

    def stated_day(self, value: PartialDay) -> str:
        """A day no more precisely than the document states it."""
        return self.day_of(value.day, value.precision)

    def day_of(self, day: date, precision: Precision) -> str:
        if precision is Precision.DAY:
            return self.day(day)
        if precision is Precision.YEAR:
            return self.say("day.year", year=str(day.year))
        month = formats.MONTHS[day.month - 1] if self.lang == "en" else str(day.month)
        return self.say("day.month", year=str(day.year), month=month)

    def joined(self, *sentences: str) -> str:
        """Whole sentences one after the other; only English puts a space between."""
        return ("" if self.lang == "zh" else " ").join(part for part in sentences if part)

    def in_turn(self, parts: Iterable[str]) -> str:
        """Clauses that follow one another, such as the steps of a conversion."""
        return ("；" if self.lang == "zh" else "; ").join(parts)

    def noted(self, text: str, note: str) -> str:
        """A note in brackets behind a text; without one the text alone."""
        if not note:
            return text
        return f"{text}（{note}）" if self.lang == "zh" else f"{text} ({note})"

    def _shown(self, value: object) -> object:
        if isinstance(value, date):
            return self.day(value)
        return formats.number(value) if isinstance(value, Decimal) else value


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
