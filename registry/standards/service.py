"""Publishing standards."""

from datetime import date

from registry.access.actors import Actor
from registry.access.permissions import Act, require
from registry.changes.feed import Draft
from registry.changes.kinds import define, unprojected
from registry.standards.facts import StandardFact

STANDARD = define("standard", StandardFact, unprojected)


def publish(fact: StandardFact, *, effective_on: date, actor: Actor) -> Draft:
    require(actor, Act.PUBLISH_REFERENCE)
    return Draft(STANDARD, fact.id, effective_on, fact)
