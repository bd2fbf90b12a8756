"""The first words about a certificate or a product: what is registered, and how it is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from frontend.pages.words import Words
from frontend.views.parts import Tone
from registry.certificates.facts import CertificateFact
from registry.certificates.states import StateOnDay, on_day
from registry.changes.kinds import Known
from registry.changes.reading import Point
from registry.dossiers.dossier import Dossier
from registry.kit.known_by import KnownBy
from registry.reports.facts import Comparator, Indicator, TestReportFact

TONES = {
    StateOnDay.ACTIVE: Tone.GOOD,
    StateOnDay.SUSPENDED: Tone.WARN,
    StateOnDay.NOT_YET_VALID: Tone.QUIET,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict before it is put into a language; `details` are further sentences with their facts."""

    tone: Tone
    key: str
    facts: Mapping[str, object] = field(default_factory=dict)
    known_by: KnownBy | None = None
    details: tuple[tuple[str, Mapping[str, object]], ...] = ()

    def said(self, words: Words) -> str:
        return words.say(self.key, **self.facts)

    def detail(self, words: Words) -> str:
        return words.joined(*(words.say(key, **facts) for key, facts in self.details))

    def source(self, words: Words) -> str:
        return source(self.known_by, words)


def source(known_by: KnownBy | None, words: Words, *, brief: bool = False) -> str:
    """How it is known and when it was checked; who has the last word always stands at the end."""
    if known_by is None:
        return words.say("source.last-word")
    check = known_by.cross_check
    if check is None:
        checked = words.say("source.unchecked")
    elif brief:
        checked = words.say("source.checked-on", day=check.checked_on)
    else:
        checked = words.say(
            "source.checked", day=check.checked_on, platform=check.platform, result=check.result
        )
    return words.joined(words.say(f"source.{known_by.source}"), checked, words.say("source.last-word"))


def of_certificate(known: Known[CertificateFact], at: Point) -> Finding:
    """The state on the day, the reason of the act behind it, and what is open beside it."""
    fact = known.fact
    state = on_day(fact, at.on)
    details: list[tuple[str, Mapping[str, object]]] = []
    if fact.act_reason and state in (StateOnDay.SUSPENDED, StateOnDay.WITHDRAWN, StateOnDay.CANCELLED):
        details.append(("certificate.reason", {"reason": fact.act_reason}))
    if fact.disputed:
        details.append(("certificate.disputed", {}))
    if fact.reissued_on is not None and fact.reissued_on <= at.on:
        details.append(("certificate.reissued", {"day": fact.reissued_on}))
    overdue = fact.next_surveillance_on
    if state is StateOnDay.ACTIVE and overdue is not None and overdue < at.on:
        details.append(("certificate.surveillance-overdue", {"day": overdue}))
    return Finding(
        tone=TONES.get(state, Tone.BAD),
        key=f"verdict.{state}",
        facts={"since": known.header.effective_on, "start": fact.valid_from, "until": fact.valid_to},
        known_by=fact.known_by,
        details=tuple(details),
    )


def of_product(dossier: Dossier) -> Finding:
    """The best evidence speaks; without a certificate the page says what there is instead."""
    product = dossier.product.fact
    if product.removed:
        reason = (("product.removed-reason", {"reason": product.removed_reason}),)
        return Finding(Tone.BAD, "verdict.removed", details=reason if product.removed_reason else ())
    if dossier.certificates:
        known = dossier.best_certificate or dossier.certificates[0]
        return of_certificate(known, dossier.at)
    if dossier.reports:
        return of_report(dossier.reports[0].fact)
    if dossier.self_declarations:
        return Finding(
            Tone.QUIET, "verdict.self-declared", known_by=dossier.self_declarations[0].fact.known_by
        )
    return Finding(Tone.QUIET, "verdict.no-evidence")


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
