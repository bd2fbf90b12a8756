"""Recording honours, energy records and disclosures, taking them out, and finding them."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Select, select
from sqlmodel import Session, col

from registry.access.actors import Actor
from registry.access.permissions import Act, Target, require
from registry.changes.feed import Draft
from registry.changes.kinds import FactKind, Known, define
from registry.changes.reading import Point, amendments, every, get, many
from registry.firms.benchmarks import Limit, limits
from registry.firms.facts import DisclosureFact, EnergyRecordFact, FirmFact, HonourFact
from registry.firms.judging import Standing, judge
from registry.firms.models import FirmFactRow
from registry.parties.service import PLANT
from registry.policies.service import BENCHMARK

F = TypeVar("F", HonourFact, EnergyRecordFact, DisclosureFact)


def _project(session: Session, known: Known[F]) -> None:
    fact = known.fact
    session.add(
        FirmFactRow(
            seq=known.header.seq,
            kind=known.header.kind,
            id=fact.id,
            organisation_id=fact.organisation_id,
            plant_id=fact.plant_id,
        )
    )


HONOUR = define("honour", HonourFact, _project)
ENERGY_RECORD = define("energy_record", EnergyRecordFact, _project)
DISCLOSURE = define("disclosure", DisclosureFact, _project)


def record(kind: FactKind[F], fact: F, *, effective_on: date, actor: Actor) -> Draft:
    """A draft of what is said of an organisation or its plant."""
    require(actor, Act.RECORD_FIRM_FACT, Target(organisation_id=fact.organisation_id))
    return Draft(kind, fact.id, effective_on, fact)


@dataclass(frozen=True, slots=True)
class Removal:
    """From which day on a fact counts no longer, and the public reason."""

    from_day: date
    reason: str


def remove(session: Session, kind: FactKind[F], key: UUID, *, gone: Removal, actor: Actor) -> list[Draft]:
    """Drafts that take it out from a day on; what it said stays readable."""
    told = {"removed": True, "removed_reason": gone.reason}
    drafts = amendments(
        session, kind, key, from_day=gone.from_day, patch=lambda fact: fact.model_copy(update=told)
    )
    for draft in drafts:
        assert isinstance(draft.fact, FirmFact)
        require(actor, Act.RECORD_FIRM_FACT, Target(organisation_id=draft.fact.organisation_id))
    return drafts


def ids(
    kind: FactKind[F], *, organisation_id: UUID | None = None, plant_id: UUID | None = None
) -> Select[UUID]:
    """The keys that a version names an organisation or a plant with."""
    asked = select(col(FirmFactRow.id)).where(col(FirmFactRow.kind) == kind.name)
    if organisation_id is not None:
        asked = asked.where(col(FirmFactRow.organisation_id) == organisation_id)
    if plant_id is not None:
        asked = asked.where(col(FirmFactRow.plant_id) == plant_id)
    return asked


def of_organisation(session: Session, kind: FactKind[F], organisation_id: UUID, at: Point) -> list[Known[F]]:
    """Those of an organisation and of its plants, newest first, those taken out left out."""
    return _standing(session, kind, ids(kind, organisation_id=organisation_id), at)


def of_plant(session: Session, kind: FactKind[F], plant_id: UUID, at: Point) -> list[Known[F]]:
    return _standing(session, kind, ids(kind, plant_id=plant_id), at)


def _standing(session: Session, kind: FactKind[F], found: Select[UUID], at: Point) -> list[Known[F]]:
    known = many(session, kind, session.scalars(found.distinct()), at).values()
    standing = [one for one in known if not one.fact.removed]
    return sorted(standing, key=lambda one: (one.header.effective_on, one.header.key), reverse=True)


def energy_limits(session: Session, at: Point) -> tuple[Limit, ...]:
    """The rows of the energy table that judge plants."""
    return limits(known.fact for known in every(session, BENCHMARK, at))


def standing_of(session: Session, fact: EnergyRecordFact, at: Point) -> Standing:
    """Held against the table as it stands at a point, in the plant's own region."""
    plant = get(session, PLANT, fact.plant_id, at) if fact.plant_id else None
    return judge(fact, energy_limits(session, at), region=plant.fact.region if plant else "")
