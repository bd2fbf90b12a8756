"""The page for a maker's agent says what the permission table, the papers and the invitations do."""

import re
from pathlib import Path

import pytest

from registry.access.actors import Actor, ActorRole
from registry.access.permissions import Act, Relation, Target, allows, rows
from registry.accounts import invitations
from registry.accounts.memberships import Place, may_manage, offered
from registry.applications.parts import ASKED
from registry.applications.rules import WITH_PAPERS
from registry.kit.messages import say
from tests.factories import key

PAGE = Path("docs/how-to/agent.md").read_text("utf-8")
ROW = re.compile(r"^\| [^|]+ \| `([a-z-]+)` \| (\S+) \| (\S+) \|$", re.MULTILINE)
FIRM = key("organisation")
STATES = ("draft", "returned", "submitted", "admitted")
ANSWERS = {(True, True): "✓", (True, False): "管理", (False, False): "—"}


def actor(role: ActorRole, *, manages: bool) -> Actor:
    return Actor(role, "account", key("account"), FIRM, manages=manages)


def answer(role: ActorRole, act: Act) -> str:
    """Whether a role may do the act in its own organisation, or only where it manages members."""

    def allowed(*, manages: bool) -> bool:
        who = actor(role, manages=manages)
        return any(allows(who, act, Target(organisation_id=FIRM, state=state)) for state in STATES)

    return ANSWERS[allowed(manages=True), allowed(manages=False)]


def test_the_table_says_what_the_permission_table_says() -> None:
    told = {Act(act): (maker, agent) for act, maker, agent in ROW.findall(PAGE)}
    roles = (ActorRole.MANUFACTURER, ActorRole.AGENT)
    own = {
        act
        for role in roles
        for act in Act
        if any(row.relation in (Relation.OWN, Relation.MANAGED) for row in rows(role, act))
    }
    assert told == {act: (answer(roles[0], act), answer(roles[1], act)) for act in own}
    assert "—" in str(told.values())


def test_an_agent_may_start_whatever_the_maker_may() -> None:
    assert all(
        (ActorRole.AGENT in one.roles) == (ActorRole.MANUFACTURER in one.roles) for one in ASKED.values()
    )


@pytest.mark.parametrize("part", WITH_PAPERS)
def test_every_paper_is_named_as_the_task_sheet_names_it(part: str) -> None:
    assert f"| {say(f'maker.papers.{part}', 'zh')} |" in PAGE


def test_the_invitation_is_as_it_says() -> None:
    assert f"{invitations.DAYS} 天内有效" in PAGE
    maker, agent = (actor(role, manages=True) for role in (ActorRole.MANUFACTURER, ActorRole.AGENT))
    assert ActorRole.AGENT in offered(maker)
    assert may_manage(agent, Place(FIRM, ActorRole.AGENT))
    assert not may_manage(agent, Place(FIRM, ActorRole.MANUFACTURER))
    assert not may_manage(maker, Place(key("organisation", 2), ActorRole.AGENT))
    names = (say(f"actor.{role}", "zh") for role in (ActorRole.MANUFACTURER, ActorRole.AGENT))
    assert all(f" {name} |" in PAGE for name in names)
