"""Every event of the register at a point, and those a reader asks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from registry.certificates.kind import CERTIFICATE
from registry.changes.reading import Point, every
from registry.deadlines.events import Event, EventKind, events
from registry.parties.facts import OrganisationFact
from registry.parties.service import ORGANISATION
from registry.standards.service import STANDARD


@dataclass(frozen=True, slots=True)
class Agenda:
    """All events first to last, and the organisations they name."""

    events: tuple[Event, ...]
    organisations: dict[UUID, OrganisationFact]

    def of_maker(self, organisation: UUID) -> Iterator[Event]:
        """Where an organisation makes or holds: both keep the days."""
        for event in self.events:
            if organisation in (event.certificate.manufacturer_id, event.certificate.holder_id):
                yield event

    def makers(self, text: str) -> set[UUID]:
        """Organisations whose name or number holds a text, blanks and case aside, and that keep any day."""
        asked = "".join(text.split()).casefold()
        return {key for key in self.keepers if any(asked in name for name in _names(self.organisations[key]))}

    @property
    def keepers(self) -> set[UUID]:
        named = {key for event in self.events for key in _parties(event)}
        return named & self.organisations.keys()

    def of_certificate(self, certificate: UUID) -> Iterator[Event]:
        return (event for event in self.events if event.certificate.id == certificate)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A choice of events; None or empty leaves it open. `maker` is a part of a name or a whole number."""

    first: date | None = None
    last: date | None = None
    kinds: frozenset[EventKind] = frozenset()
    maker: str = ""


def agenda(session: Session, at: Point) -> Agenda:
    """Read once for a point; the caller may keep it, since what is recorded never changes."""
    standards = {known.fact.number: known.fact for known in every(session, STANDARD, at)}
    parties = {known.fact.id: known.fact for known in every(session, ORGANISATION, at)}
    return Agenda(tuple(events(every(session, CERTIFICATE, at), standards, at.on)), parties)


def choose(found: Agenda, wanted: Wanted) -> list[Event]:
    """The events of a choice, first to last."""
    makers = found.makers(wanted.maker) if wanted.maker else None
    return [
        event
        for event in found.events
        if (wanted.first is None or wanted.first <= event.day)
        and (wanted.last is None or event.day <= wanted.last)
        and (not wanted.kinds or event.kind in wanted.kinds)
        and (makers is None or _parties(event) & makers)
    ]


def _parties(event: Event) -> set[UUID]:
    return {event.certificate.manufacturer_id, event.certificate.holder_id}


def _names(party: OrganisationFact) -> list[str]:
    return ["".join(name.split()).casefold() for name in (party.name_zh, party.name_en, party.code)]
