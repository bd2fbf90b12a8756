"""Demonstration logins: for each role, two for officers, invented, without a password, written once."""

import re

from sqlalchemy import text
from sqlmodel import Session

from registry.access.actors import GIVEN_ROLES, ActorRole
from registry.accounts import memberships
from seeds.demo import accounts
from seeds.demo.accounts import LOGINS
from tests.registry.accounts import NOW


def test_each_role_has_a_login_officers_have_two_and_nobody_is_real() -> None:
    roles = [login.role for login in LOGINS]
    assert list(dict.fromkeys(roles)) == list(GIVEN_ROLES)
    assert [role for role in GIVEN_ROLES if roles.count(role) > 1] == [ActorRole.REGISTRY_OFFICER]
    assert len({login.address for login in LOGINS}) == len(LOGINS)
    assert all(re.fullmatch(r"[a-z-]+(-2)?@demonstration\.invalid", login.address) for login in LOGINS)
    assert all(login.name.startswith("示例") and login.name.endswith("（虚构）") for login in LOGINS)


def test_they_are_written_once_and_have_no_password(session: Session) -> None:
    assert accounts.write(session, now=NOW) == len(LOGINS)
    assert accounts.write(session, now=NOW) == 0
    assert _passwords(session) == [None] * len(LOGINS)
    rows = session.execute(text("SELECT account_id, role FROM memberships")).all()
    assert sorted(role for _, role in rows) == sorted(login.role for login in LOGINS)


def test_the_manufacturer_and_its_agent_act_for_one_firm() -> None:
    maker, agent = LOGINS[0], LOGINS[1]
    assert maker.organisation_id == agent.organisation_id
    staff = [login.role for login in LOGINS if login.organisation_id == memberships.OPERATING_BODY]
    assert staff == ["registry_officer", "registry_officer", "auditor", "administrator"]


def _passwords(session: Session) -> list[str | None]:
    return list(session.execute(text("SELECT password_hash FROM accounts")).scalars())
