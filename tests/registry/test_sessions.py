"""Sessions: found by their token alone, over when idle, old, ended or disabled, and void once renewed."""

import pytest
from sqlalchemy import text
from sqlmodel import Session

from registry.access.actors import OPERATOR, ActorRole
from registry.accounts import logins, memberships, sessions
from registry.accounts.memberships import Place
from registry.accounts.models import AccountRow
from registry.accounts.sessions import SignedIn
from registry.kit.errors import NotFound
from tests.registry.accounts import ELSEWHERE, NOW, ORGANISATION, TERMS, account, at, member


def begin(session: Session, made: AccountRow) -> str:
    return sessions.begin(session, made.id, device="test", now=NOW, terms=TERMS)


def find(session: Session, token: str, **later: float) -> SignedIn | None:
    return sessions.find(session, token, now=at(**later).now, terms=TERMS)


def test_a_token_speaks_for_its_account_and_role(session: Session) -> None:
    made, membership = member(session)
    found = find(session, begin(session, made))
    assert found is not None
    assert (found.account_id, found.membership) == (made.id, membership)
    actor = found.actor
    assert (actor.role, actor.organisation_id, actor.manages) == (ActorRole.MANUFACTURER, ORGANISATION, True)
    assert made.name not in str(actor), "no person's name goes into the record of acts"


def test_only_a_digest_of_the_token_is_stored_and_no_token_but_the_whole_one_opens(session: Session) -> None:
    token = begin(session, account(session))
    stored = session.execute(text("SELECT token_sha256 FROM sessions")).scalar_one()
    assert token not in stored
    assert len(token) >= 43, "256 bits"
    for wrong in ("", token[:-1], token + "=", stored, "\ud800"):
        assert find(session, wrong) is None


def test_an_unused_session_ends_and_a_used_one_lives_until_its_whole_time_is_over(session: Session) -> None:
    token = begin(session, account(session))
    assert find(session, token, minutes=30, seconds=-1) is not None
    assert find(session, token, minutes=30) is None
    for minutes in range(20, 12 * 60, 20):
        found = find(session, token, minutes=minutes)
        assert found is not None
        sessions.touch(session, found.session_id, now=at(minutes=minutes).now)
    assert find(session, token, hours=12, seconds=-1) is not None
    assert find(session, token, hours=12) is None


def test_an_ended_session_cannot_be_replayed(session: Session) -> None:
    made = account(session)
    token, other = begin(session, made), begin(session, made)
    sessions.end_by_token(session, token)
    assert find(session, token) is None
    assert find(session, other) is not None


def test_renewing_voids_the_old_token_and_keeps_the_whole_time(session: Session) -> None:
    token = begin(session, account(session))
    found = find(session, token)
    assert found is not None
    assert found.is_fresh(at(minutes=10, seconds=-1).now)
    assert not found.is_fresh(at(minutes=10).now)
    renewed = sessions.renew(session, found.session_id, now=at(minutes=20).now)
    assert find(session, token, minutes=20) is None
    again = find(session, renewed, minutes=20)
    assert again is not None
    assert again.is_fresh(at(minutes=29).now)
    sessions.touch(session, again.session_id, now=at(hours=11, minutes=50).now)
    assert find(session, renewed, hours=12) is None


def test_a_disabled_account_is_signed_out_and_stays_out(session: Session) -> None:
    made = account(session)
    token = begin(session, made)
    logins.disable(session, "A@Example.com ", moment=at(minutes=1))
    assert find(session, token, minutes=2) is None
    assert find(session, begin(session, made), minutes=2) is None
    assert not logins.is_usable(made, at(minutes=2).now)


def test_a_new_password_signs_every_other_browser_out(session: Session) -> None:
    made = account(session)
    here, there = begin(session, made), begin(session, made)
    found = find(session, here)
    assert found is not None
    logins.set_password(session, made.id, "hash", moment=at(), keep=found.session_id)
    assert find(session, here) is not None
    assert find(session, there) is None


def test_one_acts_in_ones_own_roles_and_in_no_ended_one(session: Session) -> None:
    made, first = member(session)
    place = Place(ELSEWHERE, ActorRole.CONTRACTOR)
    second = memberships.give(session, made.id, place, moment=at(minutes=1))
    _, foreign = member(session, "b@example.com")
    found = find(session, begin(session, made))
    assert found is not None
    assert found.membership == first, "the oldest role first"
    sessions.choose(session, found.session_id, second.id, now=NOW)
    with pytest.raises(NotFound):
        sessions.choose(session, found.session_id, foreign.id, now=NOW)
    keeper = found.actor
    memberships.end(session, first.id, actor=keeper, moment=at(minutes=1))
    with pytest.raises(NotFound):
        sessions.choose(session, found.session_id, first.id, now=at(minutes=1).now)


def test_a_session_in_an_ended_role_goes_on_without_a_role(session: Session) -> None:
    made, membership = member(session)
    token = begin(session, made)
    found = find(session, token)
    assert found is not None
    memberships.end(session, membership.id, actor=found.actor, moment=at(minutes=1))
    after = find(session, token, minutes=1)
    assert after is not None
    assert (after.actor.role, after.actor.organisation_id) == (ActorRole.SIGNED_IN, None)


def test_nobody_ends_anothers_session(session: Session) -> None:
    made, other = account(session), account(session, "b@example.com")
    token = begin(session, made)
    found = find(session, token)
    assert found is not None
    assert not sessions.end(session, found.session_id, account_id=other.id)
    assert find(session, token) is not None
    assert sessions.end(session, found.session_id, account_id=made.id)


def test_what_is_over_is_deleted(session: Session) -> None:
    made = account(session)
    begin(session, made)
    sessions.purge(session, now=at(minutes=29).now, terms=TERMS)
    assert session.execute(text("SELECT count(*) FROM sessions")).scalar_one() == 1
    sessions.purge(session, now=at(minutes=30).now, terms=TERMS)
    assert session.execute(text("SELECT count(*) FROM sessions")).scalar_one() == 0


def test_a_session_carries_every_organisation_of_its_account(session: Session) -> None:
    made, first = member(session)
    office = Place(ELSEWHERE, ActorRole.REGISTRY_OFFICER)
    second = memberships.give(session, made.id, office, moment=at(minutes=1))
    token = begin(session, made)
    found = find(session, token, minutes=2)
    assert found is not None
    sessions.choose(session, found.session_id, second.id, now=at(minutes=2).now)
    found = find(session, token, minutes=2)
    assert found is not None
    assert found.actor.organisation_id == ELSEWHERE
    assert found.actor.belongs_to == {ORGANISATION, ELSEWHERE}
    memberships.end(session, first.id, actor=OPERATOR, moment=at(minutes=2))
    left = find(session, token, minutes=3)
    assert left is not None
    assert left.actor.belongs_to == {ELSEWHERE}
