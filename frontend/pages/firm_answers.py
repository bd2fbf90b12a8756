"""What a number of an honour, an energy record or a disclosure is answered with."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from frontend.pages import firm_parts
from frontend.pages.answer_parts import EN, ZH, Parts, both, fact, given, names, party
from frontend.pages.verdicts import Finding
from frontend.pages.words import Words
from frontend.views.parts import EvidenceKind, EvidenceTag, Tone
from frontend.views.verify import Both, BothFact
from registry.changes.reading import Point, get
from registry.firms import service
from registry.firms.facts import DisclosureFact, EnergyRecordFact, FirmFact, HonourFact
from registry.parties.service import ORGANISATION, PLANT


@dataclass(frozen=True, slots=True)
class _Said:
    """What an answer opens with, what the thing is called, and what it says."""

    finding: Finding
    title: str
    facts: tuple[BothFact, ...]


def honour(session: Session, key: UUID, at: Point) -> Parts | None:
    known = get(session, service.HONOUR, key, at)
    if known is None:
        return None
    one: HonourFact = known.fact
    document = " ".join(filter(None, (one.document, one.document_number)))
    facts = (
        _fact("honour.kind", _said(lambda words: firm_parts.honour_name(one, words))),
        _fact("honour.authority", given(one.authority)),
        _fact("honour.document", given(document)),
        _fact("honour.awarded_on", _said(lambda words: words.stated_day(one.awarded_on))),
        _fact("honour.valid_to", _said(lambda words: firm_parts.term(one, words))),
    )
    finding = Finding(Tone.QUIET, "verdict.honour", known_by=one.known_by)
    return _parts(session, one, at, said=_Said(finding, "firms.title.honours", facts))


def energy(session: Session, key: UUID, at: Point) -> Parts | None:
    known = get(session, service.ENERGY_RECORD, key, at)
    if known is None:
        return None
    one: EnergyRecordFact = known.fact
    standing = service.standing_of(session, one, at)
    limits = zip(firm_parts.limits(standing, ZH), firm_parts.limits(standing, EN), strict=True)
    facts = (
        _fact("energy.product", both(f"energy.product.{one.product}")),
        _fact("energy.value", _said(lambda words: firm_parts.figure(one, words))),
        fact("energy.standing", _said(lambda words: firm_parts.verdict(standing, words))),
        *(fact("energy.compared", Both(zh, en)) for zh, en in limits),
        fact("energy.period", both("firms.period", start=one.period_from, end=one.period_to)),
        _fact("energy.boundary", given(one.boundary)),
        _fact("energy.method", given(one.method)),
    )
    finding = Finding(firm_parts.TONES[standing.verdict], "verdict.energy", known_by=one.known_by)
    return _parts(session, one, at, said=_Said(finding, "firms.title.energy", facts))


def disclosure(session: Session, key: UUID, at: Point) -> Parts | None:
    known = get(session, service.DISCLOSURE, key, at)
    if known is None:
        return None
    one: DisclosureFact = known.fact
    digest = one.document_sha256
    facts = (
        _fact("disclosure.title", given(one.title)),
        _fact("disclosure.year", given(str(one.year))),
        _fact("disclosure.boundary", given(one.boundary)),
        _fact("disclosure.standard", given(one.standard)),
        fact("firms.emissions", _said(lambda words: firm_parts.scopes(one, words))),
        *([_fact("disclosure.document_sha256", given(digest))] if digest else []),
    )
    finding = Finding(Tone.QUIET, "verdict.disclosure", known_by=one.known_by)
    return _parts(session, one, at, said=_Said(finding, "firms.title.disclosures", facts))


def _parts(session: Session, one: FirmFact, at: Point, *, said: _Said) -> Parts:
    """Whose it is, then what it says; what was taken out says so first."""
    firm = get(session, ORGANISATION, one.organisation_id, at)
    plant = get(session, PLANT, one.plant_id, at) if one.plant_id else None
    place = [fact("label.plant", names(plant.fact))] if plant else []
    return Parts(
        finding=Finding(Tone.BAD, "verdict.firm-fact-removed") if one.removed else said.finding,
        tag=EvidenceTag(EvidenceKind.NONE, f"{ZH.say(said.title)} {EN.say(said.title)}"),
        facts=(party("label.name", firm.fact if firm else None), *place, *said.facts),
        not_covered=(both("cover.firm-fact"),),
    )


def _fact(field: str, value: Both) -> BothFact:
    """A field by the name it has on the form."""
    return fact(f"application.field.{field}", value)


def _said(word: Callable[[Words], str]) -> Both:
    return Both(word(ZH), word(EN))
