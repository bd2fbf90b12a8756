"""The permission table: what is not written is refused, and nobody but a body touches a state."""

import pytest

from registry.access.actors import ANONYMOUS, LOADER, OPERATOR, Actor, ActorRole
from registry.access.permissions import ALLOWED, Act, allows, require
from registry.kit.errors import NotAllowed

DEMO_MANUFACTURER = Actor(ActorRole.DEMO_MANUFACTURER)
DEMO_BODY = Actor(ActorRole.DEMO_BODY)
DEMO_OFFICER = Actor(ActorRole.DEMO_OFFICER)
EVERYONE = {Act.READ, Act.CHECK_BILL, Act.REPORT_PROBLEM, Act.KEEP_SEARCH}
# The table once more, as practice has it: only bodies act on certificates, officers keep the register.
MAY = {
    ANONYMOUS: EVERYONE,
    DEMO_MANUFACTURER: EVERYONE
    | {Act.PUBLISH_PRODUCT, Act.RECORD_SELF_DECLARATION, Act.RECORD_DECLARATION, Act.RECORD_SUPPLY},
    DEMO_BODY: EVERYONE | {Act.RECORD_CERTIFICATE, Act.CHANGE_CERTIFICATE_STATE},
    DEMO_OFFICER: set(Act) - {Act.CHANGE_CERTIFICATE_STATE, Act.PUBLISH_RULES},
    LOADER: set(Act),
    OPERATOR: set(Act),
}


@pytest.mark.parametrize("actor", MAY, ids=str)
@pytest.mark.parametrize("act", Act)
def test_each_role_may_do_exactly_what_practice_gives_it(actor: Actor, act: Act) -> None:
    assert allows(actor, act) is (act in MAY[actor])
    if act in MAY[actor]:
        require(actor, act)
        return
    with pytest.raises(NotAllowed) as refused:
        require(actor, act)
    assert refused.value.facts == {"role": str(actor.role), "act": str(act)}


def test_every_role_stands_in_the_table() -> None:
    assert set(ALLOWED) == set(ActorRole) == {actor.role for actor in MAY}


def test_an_actor_is_named_by_role_and_opaque_name() -> None:
    assert [str(actor) for actor in (ANONYMOUS, LOADER)] == ["anonymous", "loader:seeds"]
