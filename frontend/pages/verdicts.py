"""The first words about a certificate or a product: what is registered, and how it is known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from uuid import UUID

from frontend.pages import looks
from frontend.pages.words import Words
from frontend.views.parts import Tone
from registry.certificates.facts import CertificateFact
from registry.certificates.states import StateOnDay, on_day
from registry.certificates.timeline import Span
from registry.changes.kinds import Known
from registry.changes.reading import Point
from registry.crosschecks.looks import Attention, Checked, Looks, checked, line
from registry.declarations.facts import DeclarationFact, Verification
from registry.declarations.validity import Validity
from registry.dossiers.dossier import Dossier
from registry.kit.known_by import KnownBy
from registry.reports.facts import Comparator, Indicator, TestReportFact

TONES = {
    StateOnDay.ACTIVE: Tone.GOOD,
    StateOnDay.SUSPENDED: Tone.WARN,
    StateOnDay.NOT_YET_VALID: Tone.QUIET,
}


VALIDITY_TONES = {
    Validity.IN_FORCE: Tone.GOOD,
    Validity.UNCERTAIN: Tone.WARN,
    Validity.NOT_YET: Tone.QUIET,
}
NO_LOOKS: Mapping[UUID, Looks] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict before it is put into a language; `details` are further sentences with their facts.

    `seen` is what the look-ups of a certificate say; without it the look inside `known_by` speaks.
    """

    tone: Tone
    key: str
    facts: Mapping[str, object] = field(default_factory=dict)
    known_by: KnownBy | None = None
    details: tuple[tuple[str, Mapping[str, object]], ...] = ()
    seen: Checked | None = None

    def said(self, words: Words) -> str:
        return words.say(self.key, **self.facts)

    def detail(self, words: Words) -> str:
        return words.joined(*(words.say(key, **facts) for key, facts in self.details))

    def source(self, words: Words, *, brief: bool = False) -> str:
        return source(self.known_by, words, seen=self.seen, brief=brief)


def source(
    known_by: KnownBy | None, words: Words, *, seen: Checked | None = None, brief: bool = False
) -> str:
    """How it is known and when it was checked; who has the last word always stands at the end."""
    if known_by is None:
        return words.say("source.last-word")
    spoken = looks.sentence(seen or _inside(known_by), words, brief=brief)
    return words.joined(words.say(f"source.{known_by.source}"), spoken, words.say("source.last-word"))


def _inside(known_by: KnownBy) -> Checked:
    """What the look inside a record says by itself."""
    return checked(known_by, line(known_by, (), date.max), date.max)


def of_certificate(
    known: Known[CertificateFact], at: Point, found: Looks | None = None, *, span: Span | None = None
) -> Finding:
    """The state on the day, the reason of the act behind it, and what is open beside it.

    `span` says since when and why, where the last act has left the state as it was.
    What a platform shows otherwise never changes the state, which is the body's; it takes the good away.
    """
    fact = known.fact
    state = on_day(fact, at.on)
    since, reason = (span.since, span.reason) if span else (known.header.effective_on, fact.act_reason)
    shown = line(fact.known_by, (), at.on) if found is None else found
    seen = checked(fact.known_by, shown, at.on)
    doubted = seen.attention in (Attention.DIFFERS, Attention.NOT_FOUND)
    return Finding(
        tone=Tone.WARN if doubted and state is StateOnDay.ACTIVE else TONES.get(state, Tone.BAD),
        key=f"verdict.{state}",
        facts={"since": since, "start": fact.valid_from, "until": fact.valid_to},
        known_by=fact.known_by,
        details=(*_because(reason, state), *_beside(fact, state, at.on), *looks.details(seen)),
        seen=seen,
    )


def _because(reason: str | None, state: StateOnDay) -> Iterator[tuple[str, Mapping[str, object]]]:
    if reason and state in (StateOnDay.SUSPENDED, StateOnDay.WITHDRAWN, StateOnDay.CANCELLED):
        yield "certificate.reason", {"reason": reason}


def _beside(
    fact: CertificateFact, state: StateOnDay, day: date
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """What the certificate's own record says beside its state."""
    if fact.disputed:
        yield "certificate.disputed", {}
    if fact.reissued_on is not None and fact.reissued_on <= day:
        yield "certificate.reissued", {"day": fact.reissued_on}
    overdue = fact.next_surveillance_on
    if state is StateOnDay.ACTIVE and overdue is not None and overdue < day:
        yield "certificate.surveillance-overdue", {"day": overdue}


def of_product(dossier: Dossier, found: Mapping[UUID, Looks] = NO_LOOKS) -> Finding:
    """The best evidence speaks; without a certificate the page says what there is instead."""
    product = dossier.product.fact
    if product.removed:
        reason = (("product.removed-reason", {"reason": product.removed_reason}),)
        return Finding(Tone.BAD, "verdict.removed", details=reason if product.removed_reason else ())
    if dossier.certificates:
        known = dossier.best_certificate or dossier.certificates[0]
        key = known.header.key
        return of_certificate(known, dossier.at, found.get(key), span=dossier.spans.get(key))
    if dossier.reports:
        return of_report(dossier.reports[0].fact)
    if dossier.self_declarations:
        return Finding(
            Tone.QUIET, "verdict.self-declared", known_by=dossier.self_declarations[0].fact.known_by
        )
    return Finding(Tone.QUIET, "verdict.no-evidence")


def validity_tone(stated: DeclarationFact, standing: Validity) -> Tone:
    """Of the day in its stated period; green only where a third party verified what the firm says."""
    if standing is Validity.IN_FORCE and stated.verification is not Verification.THIRD_PARTY:
        return Tone.QUIET
    return VALIDITY_TONES.get(standing, Tone.BAD)


def of_report(fact: TestReportFact) -> Finding:
    """What the matrix of a report shows by itself; its age and scope are for the rule that uses it."""
    missed = [item for item in fact.indicators if item.value is not None and not met(item)]
    missing = [item for item in fact.indicators if item.value is None]
    facts = {"day": fact.tested_on, "count": len(fact.indicators)}
    if missed:
        return Finding(Tone.BAD, "verdict.report-missed", facts, fact.known_by)
    if missing or not fact.indicators:
        return Finding(
            Tone.WARN, "verdict.report-incomplete", {**facts, "missing": len(missing)}, fact.known_by
        )
    return Finding(Tone.GOOD, "verdict.report-met", facts, fact.known_by)


def met(item: Indicator) -> bool:
    if item.value is None:
        return False
    return {
        Comparator.AT_LEAST: item.value >= item.limit,
        Comparator.AT_MOST: item.value <= item.limit,
        Comparator.EQUALS: item.value == item.limit,
    }[item.comparator]
