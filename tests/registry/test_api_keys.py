"""API keys: shown once, held to their scopes, void when expired, revoked or without their member."""

import re

import pytest
from sqlalchemy import text
from sqlmodel import Session

from registry.access.actors import Actor, ActorRole
from registry.access.permissions import IN_PERSON, Act, Target, allows
from registry.accounts import keys, logins, memberships
from registry.accounts.keys import KeyRefused, Wanted
from registry.accounts.memberships import Membership, Place
from registry.kit.errors import Invalid, NotAllowed, NotFound
from tests.registry.accounts import ELSEWHERE, NOW, ORGANISATION, at, member

SUPPLY = frozenset({Act.RECORD_SUPPLY})
KEEPER = Actor(ActorRole.MANUFACTURER, organisation_id=ORGANISATION, manages=True)


def make(session: Session, membership: Membership, scopes: frozenset[Act] = SUPPLY, days: int = 30) -> str:
    return keys.make(session, membership, Wanted("erp", scopes, days), actor=KEEPER, moment=at())


def test_a_key_acts_for_its_organisation_within_its_scopes(session: Session) -> None:
    _, membership = member(session)
    key = make(session, membership)
    assert re.fullmatch(r"gm_[0-9a-f]{10}_[\w-]{43}", key), "a form that scanners of leaked secrets can find"
    actor = keys.present(session, key, now=NOW).actor
    assert (actor.role, actor.organisation_id, actor.manages) == (ActorRole.MANUFACTURER, ORGANISATION, False)
    own = Target(organisation_id=ORGANISATION)
    assert allows(actor, Act.RECORD_SUPPLY, own)
    assert not allows(actor, Act.PUBLISH_PRODUCT, own)
    assert not allows(actor, Act.RECORD_SUPPLY, Target(organisation_id=ELSEWHERE))
    assert not any(allows(actor, act, own) for act in IN_PERSON)


def test_the_secret_is_not_in_the_database(session: Session) -> None:
    _, membership = member(session)
    secret = make(session, membership).split("_", 2)[2]
    assert secret not in str(session.execute(text("SELECT * FROM api_keys")).all())


def test_anything_but_the_whole_key_is_refused_alike(session: Session) -> None:
    _, membership = member(session)
    key, other = make(session, membership), make(session, membership)
    mixed = key[:14] + other[14:]
    for wrong in ("", "gm_", key[:-1], key + "x", key.upper(), mixed, "gm_" + "0" * 10 + key[13:], "\ud800"):
        with pytest.raises(KeyRefused) as refused:
            keys.present(session, wrong, now=NOW)
        assert refused.value.facts == {}


def test_a_key_ends_with_its_days_its_revocation_its_member_and_its_account(session: Session) -> None:
    first, one = member(session)
    _, two = member(session, "b@example.com")
    expired, revoked, left, disabled = (make(session, held) for held in (one, one, two, one))
    assert keys.present(session, expired, now=at(days=30, seconds=-1).now)
    with pytest.raises(KeyRefused):
        keys.present(session, expired, now=at(days=30).now)
    keys.revoke(session, revoked.split("_")[1], actor=KEEPER, moment=at())
    with pytest.raises(KeyRefused):
        keys.present(session, revoked, now=NOW)
    memberships.end(session, two.id, actor=KEEPER, moment=at(minutes=1))
    with pytest.raises(KeyRefused):
        keys.present(session, left, now=at(minutes=1).now)
    assert keys.present(session, disabled, now=NOW)
    logins.disable(session, first.login, moment=at())
    with pytest.raises(KeyRefused):
        keys.present(session, disabled, now=at(minutes=1).now)


@pytest.mark.parametrize("act", Act)
def test_no_key_may_more_than_its_role_and_none_what_needs_the_person(session: Session, act: Act) -> None:
    _, membership = member(session)
    own = {
        Act.PUBLISH_PRODUCT,
        Act.RECORD_SUPPLY,
        Act.RECORD_BATCH,
        Act.RECORD_SELF_DECLARATION,
        Act.RECORD_DECLARATION,
        Act.APPLY,
        Act.READ_APPLICATION,
        Act.EDIT_APPLICATION,
        Act.WITHDRAW_APPLICATION,
        Act.DELETE_LIST,
        Act.READ_EVIDENCE,
        Act.READ_NOTICES,
        Act.READ_COMPLAINT,
        Act.REPLY_TO_COMPLAINT,
    }
    assert set(keys.grantable(KEEPER)) == own
    if act in own:
        assert make(session, membership, frozenset({act}))
        return
    with pytest.raises(Invalid, match="key-scope-unknown"):
        make(session, membership, frozenset({act}))


@pytest.mark.parametrize(
    ("name", "days"), [("", 1), ("  ", 1), ("x" * 61, 1), ("x", 0), ("x", 367), ("\x00", 1)]
)
def test_a_key_has_a_name_and_an_end(session: Session, name: str, days: int) -> None:
    _, membership = member(session)
    with pytest.raises(Invalid, match="key-unfit"):
        keys.make(session, membership, Wanted(name, SUPPLY, days), actor=KEEPER, moment=at())


def test_keys_are_made_and_revoked_by_who_manages_the_organisation(session: Session) -> None:
    _, membership = member(session)
    key_id = make(session, membership).split("_")[1]
    for stranger in (
        Actor(ActorRole.MANUFACTURER, organisation_id=ORGANISATION),
        Actor(ActorRole.MANUFACTURER, organisation_id=ELSEWHERE, manages=True),
        Actor(ActorRole.ADMINISTRATOR, organisation_id=ELSEWHERE, manages=True),
    ):
        with pytest.raises(NotAllowed if stranger.organisation_id == ORGANISATION else NotFound):
            keys.revoke(session, key_id, actor=stranger, moment=at())
        with pytest.raises(NotAllowed):
            keys.make(session, membership, Wanted("x", SUPPLY, 1), actor=stranger, moment=at())


def test_the_last_use_is_noted_now_and_then(session: Session) -> None:
    _, membership = member(session)
    key = make(session, membership)
    found = keys.present(session, key, now=NOW)
    assert not found.noted_lately
    keys.note_use(session, found.id, now=NOW)
    assert keys.present(session, key, now=at(minutes=5, seconds=-1).now).noted_lately
    assert not keys.present(session, key, now=at(minutes=5).now).noted_lately
    assert [row.used_at for row in keys.of_organisation(session, KEEPER)] == [NOW]


def test_a_key_carries_every_organisation_of_its_maker(session: Session) -> None:
    made, membership = member(session)
    key = make(session, membership)
    memberships.give(session, made.id, Place(ELSEWHERE, ActorRole.REGISTRY_OFFICER), moment=at())
    assert keys.present(session, key, now=NOW).actor.belongs_to == {ORGANISATION, ELSEWHERE}
