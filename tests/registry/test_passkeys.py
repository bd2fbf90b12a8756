"""Passkeys: both ceremonies with a software authenticator, and every way in which it may lie."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from registry.accounts import ceremonies, logins, passkeys
from registry.accounts.ceremonies import CeremonyKind, CeremonyOver
from registry.accounts.models import AccountRow, PasskeyRow
from registry.accounts.passkeys import Answer, PasskeyRefused, Site
from registry.kit.errors import Invalid, NotFound
from tests.authenticator import Authenticator
from tests.registry.accounts import account, at

SITE = Site("greenmat.example", "https://greenmat.example")
SIGN_IN, CONFIRM = CeremonyKind.PASSKEY_SIGN_IN, CeremonyKind.PASSKEY_CONFIRM


def device(**differences: Any) -> Authenticator:
    return Authenticator(**{"origin": SITE.origin, **differences})


def taken(
    session: Session, kind: CeremonyKind, content: dict[str, Any], token: str, **later: float
) -> Answer:
    return Answer(content, ceremonies.take(session, kind, token, now=at(**later).now))


def add(session: Session, made: AccountRow, phone: Authenticator, site: Site = SITE) -> PasskeyRow:
    asked = passkeys.ask_to_add(session, made.id, SITE, moment=at())
    answer = taken(session, CeremonyKind.PASSKEY_ADD, phone.create(asked.options), asked.token)
    return passkeys.add(session, answer, site, moment=at(), name="手机")


def prove(session: Session, phone: Authenticator, kind: CeremonyKind = SIGN_IN) -> AccountRow:
    asked = passkeys.ask_to_prove(session, kind, SITE, moment=at())
    answer = taken(session, kind, phone.get(asked.options), asked.token)
    return passkeys.prove(session, answer, site=SITE, moment=at())


def test_a_device_is_added_and_signs_its_account_in_again_and_again(session: Session) -> None:
    made, phone = account(session), device()
    row = add(session, made, phone)
    assert (row.name, row.account_id) == ("手机", made.id)
    assert [prove(session, phone).id for _ in range(3)] == [made.id] * 3
    assert passkeys.of_account(session, made.id)[0].sign_count == 3


def test_an_account_has_several_and_forgets_one_alone(session: Session) -> None:
    made, other = account(session), account(session, "b@example.com")
    phone, stick = device(), device()
    first = add(session, made, phone)
    add(session, made, stick)
    asked = passkeys.ask_to_add(session, made.id, SITE, moment=at())
    assert len(asked.options["excludeCredentials"]) == 2, "a device is not added twice"
    with pytest.raises(NotFound):
        passkeys.remove(session, first.id, account_id=other.id, moment=at())
    passkeys.remove(session, first.id, account_id=made.id, moment=at())
    with pytest.raises(PasskeyRefused):
        prove(session, phone)
    assert prove(session, stick).id == made.id


def test_options_ask_for_the_owner_and_reveal_no_account(session: Session) -> None:
    add(session, account(session), device())
    asked = passkeys.ask_to_prove(session, SIGN_IN, SITE, moment=at())
    assert asked.options["userVerification"] == "required"
    assert asked.options.get("allowCredentials", []) == []
    assert asked.options["rpId"] == SITE.host


@pytest.mark.parametrize(
    "lie",
    [
        {"origin": "https://greenmat.example.evil.test"},
        {"origin": "http://greenmat.example"},
        {"verifies": False},
    ],
)
def test_another_address_or_an_unasked_owner_is_refused(session: Session, lie: dict[str, Any]) -> None:
    made, phone = account(session), device()
    with pytest.raises(PasskeyRefused):
        add(session, made, device(**lie))
    add(session, made, phone)
    with pytest.raises(PasskeyRefused):
        prove(session, replace(phone, **lie))


def test_another_sites_key_is_refused(session: Session) -> None:
    with pytest.raises(PasskeyRefused):
        add(session, account(session), device(), Site("other.example", SITE.origin))


def test_a_copied_device_is_noticed_by_its_counter(session: Session) -> None:
    made, phone = account(session), device()
    add(session, made, phone)
    copy = replace(phone)
    prove(session, phone)
    prove(session, phone)
    with pytest.raises(PasskeyRefused):
        prove(session, copy)


def test_another_key_under_the_same_name_is_refused(session: Session) -> None:
    made, phone = account(session), device()
    add(session, made, phone)
    with pytest.raises(PasskeyRefused):
        prove(session, device(credential_id=phone.credential_id, count=9))
    with pytest.raises(PasskeyRefused):
        add(session, account(session, "b@example.com"), device(credential_id=phone.credential_id))


def test_an_answer_is_taken_once_and_only_for_what_was_asked(session: Session) -> None:
    made, phone = account(session), device()
    add(session, made, phone)
    asked = passkeys.ask_to_prove(session, SIGN_IN, SITE, moment=at())
    content = phone.get(asked.options)
    with pytest.raises(CeremonyOver):
        taken(session, CONFIRM, content, asked.token)
    passkeys.prove(session, taken(session, SIGN_IN, content, asked.token), site=SITE, moment=at())
    with pytest.raises(CeremonyOver):
        taken(session, SIGN_IN, content, asked.token)
    late = passkeys.ask_to_prove(session, SIGN_IN, SITE, moment=at())
    with pytest.raises(CeremonyOver):
        taken(session, SIGN_IN, phone.get(late.options), late.token, minutes=10)


def test_an_answer_to_another_question_is_refused(session: Session) -> None:
    made, phone = account(session), device()
    add(session, made, phone)
    first, second = (passkeys.ask_to_prove(session, SIGN_IN, SITE, moment=at()) for _ in range(2))
    answer = taken(session, SIGN_IN, phone.get(first.options), second.token)
    with pytest.raises(PasskeyRefused):
        passkeys.prove(session, answer, site=SITE, moment=at())


def test_confirming_takes_a_device_of_the_account_that_asked(session: Session) -> None:
    made, other = account(session), account(session, "b@example.com")
    phone, foreign = device(), device()
    add(session, made, phone)
    add(session, other, foreign)
    for one, right in ((foreign, False), (phone, True)):
        asked = passkeys.ask_to_prove(session, CONFIRM, SITE, moment=at(), account_id=made.id)
        answer = taken(session, CONFIRM, one.get(asked.options), asked.token)
        if right:
            assert passkeys.prove(session, answer, site=SITE, moment=at()).id == made.id
            continue
        with pytest.raises(PasskeyRefused):
            passkeys.prove(session, answer, site=SITE, moment=at())


def test_a_disabled_account_has_no_way_in(session: Session) -> None:
    made, phone = account(session), device()
    add(session, made, phone)
    logins.disable(session, made.login, moment=at())
    with pytest.raises(PasskeyRefused):
        prove(session, phone)


def test_there_is_a_most(session: Session) -> None:
    made = account(session)
    for _ in range(passkeys.MOST_PASSKEYS):
        add(session, made, device())
    with pytest.raises(Invalid, match="passkeys-enough"):
        passkeys.ask_to_add(session, made.id, SITE, moment=at())


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just("AAAA"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
parts = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        ("clientDataJSON", "attestationObject", "authenticatorData", "signature"), anything
    ),
)
answers = st.fixed_dictionaries(
    {}, optional={"id": anything, "rawId": anything, "type": anything, "response": anything | parts}
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=answers, known=st.booleans())
def test_no_made_up_answer_is_a_fault_or_a_way_in(
    session: Session, content: dict[str, Any], *, known: bool
) -> None:
    made = logins.by_login(session, "a@example.com") or account(session)
    held = passkeys.of_account(session, made.id) or [add(session, made, device())]
    if known:
        content = {
            "type": "public-key",
            **content,
            "id": held[0].credential_id,
            "rawId": held[0].credential_id,
        }
    asked = passkeys.ask_to_prove(session, SIGN_IN, SITE, moment=at())
    answer = taken(session, SIGN_IN, content, asked.token)
    with pytest.raises(PasskeyRefused):
        passkeys.prove(session, answer, site=SITE, moment=at())
    adding = passkeys.ask_to_add(session, made.id, SITE, moment=at())
    answer = taken(session, CeremonyKind.PASSKEY_ADD, content, adding.token)
    with pytest.raises(PasskeyRefused):
        passkeys.add(session, answer, SITE, moment=at(), name="x")


def test_nobody_is_asked_to_add_a_key_to_no_account(session: Session) -> None:
    with pytest.raises(NotFound):
        passkeys.ask_to_add(session, UUID(int=9), SITE, moment=at())
