"""Recording look-ups, and reading what they say of certificates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col

from registry.access.actors import Actor
from registry.access.permissions import Act, require
from registry.certificates.facts import CertificateFact
from registry.certificates.kind import CERTIFICATE
from registry.certificates.states import StateOnDay, on_day
from registry.changes.feed import Draft
from registry.changes.kinds import Known, define
from registry.changes.naming import ASKED, Naming, pairs
from registry.changes.reading import Point, every
from registry.crosschecks.facts import CrossCheckFact
from registry.crosschecks.looks import Attention, Checked, Looks, checked, line
from registry.crosschecks.models import CrossCheckRow
from registry.kit.errors import Invalid

# What has ended needs no further look; its record stands as it was.
_LIVING = (StateOnDay.ACTIVE, StateOnDay.SUSPENDED, StateOnDay.NOT_YET_VALID)


def _project(session: Session, known: Known[CrossCheckFact]) -> None:
    session.add(
        CrossCheckRow(seq=known.header.seq, id=known.fact.id, certificate_id=known.fact.certificate_id)
    )


CROSS_CHECK = define("cross_check", CrossCheckFact, _project)
_NAMING = Naming(
    pairs(CROSS_CHECK, col(CrossCheckRow.id)).where(col(CrossCheckRow.certificate_id).in_(ASKED))
)


def record(fact: CrossCheckFact, *, today: date, actor: Actor) -> Draft:
    """A draft of one look; it counts from the day somebody looked, and nobody has looked tomorrow."""
    require(actor, Act.RECORD_CROSS_CHECK)
    if fact.checked_on > today:
        raise Invalid("cross-check-ahead", day=fact.checked_on, today=today)
    return Draft(CROSS_CHECK, fact.id, fact.checked_on, fact)


def looks_at(
    session: Session, certificates: Iterable[Known[CertificateFact]], at: Point
) -> dict[UUID, Looks]:
    """The looks at each certificate up to a point, first to last."""
    asked = {known.header.key: known for known in certificates}
    recorded: dict[UUID, list[CrossCheckFact]] = {key: [] for key in asked}
    for known in sorted(_recorded(session, asked, at), key=lambda one: one.header.seq):
        recorded[known.fact.certificate_id].append(known.fact)
    return {key: line(known.fact.known_by, recorded[key], at.on) for key, known in asked.items()}


def _recorded(session: Session, certificates: Iterable[UUID], at: Point) -> list[Known[CrossCheckFact]]:
    wanted = set(certificates)
    found = _NAMING.facts(session, wanted, at).of(CROSS_CHECK)
    return [known for known in found if known.fact.certificate_id in wanted]


@dataclass(frozen=True, slots=True)
class Standing:
    """A certificate with what its looks say on the day."""

    certificate: Known[CertificateFact]
    checked: Checked


def living(session: Session, at: Point) -> list[Standing]:
    """Every certificate that has not ended: doubted by a platform, never looked at, overdue, the rest."""
    known = [one for one in every(session, CERTIFICATE, at) if on_day(one.fact, at.on) in _LIVING]
    looks = looks_at(session, known, at)
    found = [Standing(one, checked(one.fact.known_by, looks[one.header.key], at.on)) for one in known]
    return sorted(found, key=_urgency)


def _urgency(one: Standing) -> tuple[int, date, UUID]:
    """In the order of the reasons; among equals the one that was due first."""
    attention = one.checked.attention
    place = len(Attention) if attention is None else tuple(Attention).index(attention)
    return place, one.checked.due or date.max, one.certificate.header.key
