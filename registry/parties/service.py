"""Publishing organisations and plants, and the kinds they travel under."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from registry.access.actors import Actor
from registry.access.permissions import Act, Target, require
from registry.changes.feed import Draft
from registry.changes.kinds import Known, define
from registry.changes.reading import Point, many
from registry.parties.facts import ApprovedScope, OrganisationFact, PlantFact
from registry.parties.models import OrganisationRow, PlantRow


def _project_organisation(session: Session, known: Known[OrganisationFact]) -> None:
    fact = known.fact
    session.add(
        OrganisationRow(
            seq=known.header.seq,
            id=fact.id,
            credit_code=fact.credit_code,
            name_zh=fact.name_zh,
            roles=" ".join(fact.roles),
            region=fact.region,
        )
    )


def _project_plant(session: Session, known: Known[PlantFact]) -> None:
    fact = known.fact
    session.add(
        PlantRow(seq=known.header.seq, id=fact.id, organisation_id=fact.organisation_id, region=fact.region)
    )


ORGANISATION = define("organisation", OrganisationFact, _project_organisation)
PLANT = define("plant", PlantFact, _project_plant)


def publish_organisation(fact: OrganisationFact, *, effective_on: date, actor: Actor) -> Draft:
    """A draft that publishes an organisation as it is from a day on."""
    require(actor, Act.PUBLISH_ORGANISATION, Target(organisation_id=fact.id))
    return Draft(ORGANISATION, fact.id, effective_on, fact)


def publish_plant(fact: PlantFact, *, effective_on: date, actor: Actor) -> Draft:
    require(actor, Act.PUBLISH_ORGANISATION, Target(organisation_id=fact.organisation_id))
    return Draft(PLANT, fact.id, effective_on, fact)


def plants_of(session: Session, organisation_id: UUID, at: Point) -> list[Known[PlantFact]]:
    """Plants of an organisation at a point, by name."""
    ids = session.scalars(
        select(col(PlantRow.id)).where(col(PlantRow.organisation_id) == organisation_id).distinct()
    )
    known = many(session, PLANT, ids, at).values()
    owned = [one for one in known if one.fact.organisation_id == organisation_id]
    return sorted(owned, key=lambda one: (one.fact.name_zh, one.fact.code))


def in_scope(scopes: Sequence[ApprovedScope], *, scheme: str, category: str | None, on: date) -> bool | None:
    """Whether a body was approved for a scheme and category on a day; None where no approval is known."""
    if not scopes:
        return None
    return any(
        scope.scheme == scheme
        and (category is None or category in scope.categories)
        and scope.valid_from <= on
        and (scope.valid_to is None or on <= scope.valid_to)
        for scope in scopes
    )
