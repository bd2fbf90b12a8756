"""Accounts, invitations and histories: one form of a login, one use of a token, no address kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from registry.access.actors import GIVEN_ROLES, OPERATOR, Actor, ActorRole
from registry.accounts import ceremonies, events, invitations, logins, memberships
from registry.accounts.ceremonies import CeremonyKind, CeremonyOver
from registry.accounts.events import Kind
from registry.accounts.invitations import InvitationOver
from registry.accounts.logins import LoginTaken, LoginUnreadable
from registry.accounts.memberships import Membership, Place
from registry.accounts.models import AccountRow
from registry.changes import feed
from registry.kit.db import read_session, write_session
from registry.kit.errors import Invalid, NotAllowed, NotFound
from tests.registry.accounts import ADDRESS, ELSEWHERE, NOW, ORGANISATION, account, at, member

MAKER = Place(ORGANISATION, ActorRole.MANUFACTURER)


@pytest.mark.parametrize("login", ["A@Example.COM", " a@example.com", "ａ@example.com", "a@EXAMPLE.com "])
def test_a_login_has_one_form(session: Session, login: str) -> None:
    account(session)
    assert logins.normal(login) == "a@example.com"
    with pytest.raises(LoginTaken):
        account(session, login)


@pytest.mark.parametrize(
    "login",
    ["", "a", "@", "a@b", "a@@example.com", "a b@example.com", "a@.com", "a@b..com", "a\x00@b.com",
     "\x1b@b.c", "a@" + "b" * 260 + ".com"],
)  # fmt: skip
def test_what_is_no_address_is_no_login(login: str) -> None:
    with pytest.raises(LoginUnreadable):
        logins.normal(login)


@pytest.mark.parametrize("name", ["", "  ", "长" * 81, "a\x00b"])
def test_a_name_that_cannot_be_kept_is_refused(session: Session, name: str) -> None:
    with pytest.raises(Invalid, match="account-name-missing"):
        logins.create(session, "a@example.com", name, moment=at())


def test_disabling_nobody_is_said() -> None:
    assert not logins.is_usable(None, NOW)


def test_disabling_an_unknown_account_is_refused(session: Session) -> None:
    with pytest.raises(NotFound, match="account-not-found"):
        logins.disable(session, "b@example.com", moment=at())


def keeper(role: ActorRole = ActorRole.MANUFACTURER, *, manages: bool = True) -> Actor:
    return Actor(role, organisation_id=ORGANISATION, manages=manages)


def test_an_invitation_gives_its_role_to_its_login_once(session: Session) -> None:
    token = invitations.invite(session, "B@example.com", MAKER, actor=keeper(), moment=at())
    invited, other = account(session, "b@example.com"), account(session)
    with pytest.raises(InvitationOver):
        invitations.accept(session, token, other, moment=at(days=1))
    membership = invitations.accept(session, token, invited, moment=at(days=1))
    assert (membership.role, membership.organisation_id) == (ActorRole.MANUFACTURER, ORGANISATION)
    assert memberships.current(session, invited.id, now=at(days=1).now) == [membership]
    with pytest.raises(InvitationOver):
        invitations.accept(session, token, invited, moment=at(days=1))


def test_an_invitation_is_over_after_its_days_and_a_guess_learns_nothing(session: Session) -> None:
    token = invitations.invite(session, "b@example.com", MAKER, actor=keeper(), moment=at())
    assert invitations.find(session, token, now=at(days=7, seconds=-1).now).login == "b@example.com"
    for text_, later in ((token, at(days=7).now), (token[:-1], NOW), ("", NOW), ("\ud800", NOW)):
        with pytest.raises(InvitationOver) as refused:
            invitations.find(session, text_, now=later)
        assert refused.value.facts == {}


def test_a_withdrawn_invitation_is_over_and_no_stranger_withdraws_it(session: Session) -> None:
    token = invitations.invite(session, "b@example.com", MAKER, actor=keeper(), moment=at())
    (waiting,) = invitations.open_ones(session, keeper(), now=NOW)
    stranger = Actor(ActorRole.MANUFACTURER, organisation_id=ELSEWHERE, manages=True)
    for wrong in (stranger, keeper(manages=False), keeper(ActorRole.AGENT)):
        with pytest.raises(NotAllowed):
            invitations.withdraw(session, waiting.id, actor=wrong, moment=at())
    invitations.withdraw(session, waiting.id, actor=keeper(), moment=at())
    assert invitations.open_ones(session, keeper(), now=NOW) == []
    with pytest.raises(InvitationOver):
        invitations.accept(session, token, account(session, "b@example.com"), moment=at())


def test_an_administrator_sees_and_withdraws_what_they_offered_elsewhere(session: Session) -> None:
    made, office = member(session, role=ActorRole.ADMINISTRATOR, organisation_id=ELSEWHERE)
    boss = office.actor(made.id)
    invitations.invite(session, "b@example.com", MAKER, actor=boss, moment=at())
    (waiting,) = invitations.open_ones(session, boss, now=NOW)
    invitations.withdraw(session, waiting.id, actor=boss, moment=at())
    assert invitations.open_ones(session, keeper(), now=NOW) == []


def _left(session: Session, made: AccountRow, membership: Membership) -> None:
    memberships.end(session, membership.id, actor=OPERATOR, moment=at(minutes=1))


def _disabled(session: Session, made: AccountRow, membership: Membership) -> None:
    logins.disable(session, made.login, moment=at(minutes=1))


@pytest.mark.parametrize("end", [_left, _disabled])
def test_an_invitation_does_not_outlive_its_makers_right(
    session: Session, end: Callable[[Session, AccountRow, Membership], None]
) -> None:
    made, membership = member(session)
    inviter = membership.actor(made.id)
    token = invitations.invite(session, "b@example.com", MAKER, actor=inviter, moment=at())
    assert invitations.find(session, token, now=at(minutes=1).now).invited_by == made.id
    end(session, made, membership)
    with pytest.raises(InvitationOver):
        invitations.accept(session, token, account(session, "b@example.com"), moment=at(minutes=2))


@pytest.mark.parametrize("role", GIVEN_ROLES)
def test_an_organisation_passes_on_its_own_role_and_never_a_higher_one(
    session: Session, role: ActorRole
) -> None:
    place = Place(ORGANISATION, role)
    may = {ActorRole.MANUFACTURER, ActorRole.AGENT}
    if role in may:
        assert invitations.invite(session, "b@example.com", place, actor=keeper(), moment=at())
        return
    with pytest.raises(NotAllowed):
        invitations.invite(session, "b@example.com", place, actor=keeper(), moment=at())
    administrator = keeper(ActorRole.ADMINISTRATOR)
    assert invitations.invite(session, "b@example.com", place, actor=administrator, moment=at())
    assert invitations.invite(session, "b@example.com", place, actor=OPERATOR, moment=at())


def test_only_who_manages_invites_and_only_for_its_own_organisation(session: Session) -> None:
    for actor, place in (
        (keeper(manages=False), MAKER),
        (keeper(), Place(ELSEWHERE, ActorRole.MANUFACTURER)),
    ):
        with pytest.raises(NotAllowed):
            invitations.invite(session, "b@example.com", place, actor=actor, moment=at())


@pytest.mark.parametrize("role", [ActorRole.OPERATOR, ActorRole.LOADER, ActorRole.SIGNED_IN])
def test_nobody_is_invited_to_be_the_program(session: Session, role: ActorRole) -> None:
    with pytest.raises(Invalid, match="role-unknown"):
        invitations.invite(session, "b@example.com", Place(ORGANISATION, role), actor=OPERATOR, moment=at())


def test_a_role_is_ended_by_its_own_organisation_alone(session: Session) -> None:
    made, membership = member(session)
    stranger = Actor(ActorRole.MANUFACTURER, organisation_id=ELSEWHERE, manages=True)
    with pytest.raises(NotAllowed):
        memberships.end(session, membership.id, actor=stranger, moment=at())
    memberships.end(session, membership.id, actor=keeper(), moment=at(minutes=1))
    assert memberships.current(session, made.id, now=at(minutes=1).now) == []
    assert len(memberships.current(session, made.id, now=NOW)) == 1, "the past stays"


def test_the_same_role_twice_is_one_role(session: Session) -> None:
    made, membership = member(session, manages=False)
    again = memberships.give(session, made.id, Place(ORGANISATION, membership.role, True), moment=at())
    assert (again.id, again.manages) == (membership.id, True)


def test_a_history_names_what_happened_and_no_address(session: Session) -> None:
    made = account(session)
    events.note(session, made.id, Kind.SIGNED_IN, at(), detail="password")
    events.note(session, made.id, Kind.SIGNED_IN, at(days=1), detail="passkey")
    lines = events.of_account(session, made.id)
    assert [(one.kind, one.detail) for one in lines] == [
        ("signed-in", "passkey"), ("signed-in", "password"), ("created", ""),
    ]  # fmt: skip
    sources = [one.source for one in lines]
    assert sources[1] == sources[2] != sources[0], "one place of one day, and nobody's tomorrow"
    assert not any(ADDRESS in one for one in sources)


def test_a_ceremony_is_taken_once_in_time_and_only_as_what_it_is(session: Session) -> None:
    kind = CeremonyKind.PROVIDER
    tokens = [ceremonies.begin(session, kind, {"state": "x"}, now=NOW) for _ in range(3)]
    with pytest.raises(CeremonyOver):
        ceremonies.take(session, CeremonyKind.PASSKEY_SIGN_IN, tokens[0], now=NOW)
    assert ceremonies.take(session, kind, tokens[0], now=NOW).data == {"state": "x"}
    with pytest.raises(CeremonyOver):
        ceremonies.take(session, kind, tokens[0], now=NOW)
    assert ceremonies.take(session, kind, tokens[1], now=NOW + timedelta(minutes=10, seconds=-1))
    with pytest.raises(CeremonyOver):
        ceremonies.take(session, kind, tokens[2], now=NOW + timedelta(minutes=10))


def test_nothing_of_accounts_enters_the_feed_and_no_secret_the_database(engine: Engine) -> None:
    with read_session(engine) as reading:
        before = feed.head(reading).seq
    with write_session(engine) as session:
        made, _ = member(session)
        token = invitations.invite(session, "b@example.com", MAKER, actor=keeper(), moment=at())
        assert made.login
    with read_session(engine) as reading:
        assert feed.head(reading).seq == before
        assert token not in str(reading.execute(text("SELECT * FROM invitations")).all())


@pytest.mark.parametrize("role", [ActorRole.REGISTRY_OFFICER, ActorRole.AUDITOR])
def test_who_manages_ends_no_role_that_they_could_not_give(session: Session, role: ActorRole) -> None:
    """A managing officer or auditor cannot dismiss the administrators of the same body."""
    _, boss = member(session, "boss@example.com", role=ActorRole.ADMINISTRATOR)
    _, peer = member(session, "peer@example.com", role=role)
    with pytest.raises(NotAllowed):
        memberships.end(session, boss.id, actor=keeper(role), moment=at())
    memberships.end(session, peer.id, actor=keeper(role), moment=at())
    memberships.end(session, boss.id, actor=keeper(ActorRole.ADMINISTRATOR), moment=at())
