"""The second factor: codes as RFC 6238 has them, each good once, recovery codes, and who must have one."""

import base64
import threading
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlmodel import Session

from registry.access.actors import GIVEN_ROLES, Actor, ActorRole
from registry.access.permissions import (
    BINDING_ROLES,
    Act,
    SecondFactorNeeded,
    Target,
    asks_second,
    may,
    require,
    require_some,
)
from registry.accounts import second, sessions, totp
from registry.accounts.second import SecondFactorRefused
from registry.kit.db import write_session
from registry.kit.errors import NotAllowed, NotFound
from registry.kit.settings import Mode, Settings
from tests.oracles import totp_oracle
from tests.registry.accounts import NOW, ORGANISATION, TERMS, account, at, member

# RFC 6238, appendix B: SHA-1, eight digits, the secret in ASCII.
VECTORS = {
    59: "94287082",
    1_111_111_109: "07081804",
    1_111_111_111: "14050471",
    1_234_567_890: "89005924",
    2_000_000_000: "69279037",
    20_000_000_000: "65353130",
}
SECRET = base64.b32encode(b"12345678901234567890").decode()
HERE = totp.step_at(NOW)


@pytest.mark.parametrize(("seconds", "expected"), VECTORS.items())
def test_the_vectors_of_the_standard(seconds: int, expected: str) -> None:
    step = totp.step_at(datetime.fromtimestamp(seconds, UTC))
    assert totp.code(SECRET, step, digits=8) == expected
    assert totp_oracle.code(SECRET, seconds, digits=8) == expected


@given(st.binary(min_size=1, max_size=64), st.integers(0, 2**40))
def test_codes_equal_a_second_reckoning(secret: bytes, seconds: int) -> None:
    shared = base64.b32encode(secret).decode()
    assert totp.code(shared, seconds // 30) == totp_oracle.code(shared, seconds)


@pytest.mark.parametrize(("drift", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_wrong_and_no_more(drift: int, good: bool) -> None:
    typed = totp.code(SECRET, HERE + drift)
    found = totp.step_of(SECRET, typed, now=NOW, after=0)
    assert found == (HERE + drift if good else None)


@given(st.text(max_size=12))
def test_nothing_but_six_digits_is_looked_at(typed: str) -> None:
    found = totp.step_of(SECRET, typed, now=NOW, after=0)
    near = {totp.code(SECRET, HERE + drift) for drift in (-1, 0, 1)}
    assert (found is not None) == ("".join(typed.split()) in near)


def test_spaces_as_the_app_shows_them_are_no_fault_and_other_digits_are() -> None:
    typed = totp.code(SECRET, HERE)
    assert totp.step_of(SECRET, f" {typed[:3]} {typed[3:]} ", now=NOW, after=0) == HERE
    eastern = typed.translate({ord(str(one)): 0x0660 + one for one in range(10)})
    assert totp.step_of(SECRET, eastern, now=NOW, after=0) is None


def enrolled(session: Session, login: str = "a@example.com") -> tuple[Actor, list[str]]:
    made = account(session, login)
    codes = second.enrol(session, made.id, SECRET, totp.code(SECRET, HERE - 1), moment=at())
    return Actor(ActorRole.SIGNED_IN, account_id=made.id), list(codes)


def proves(session: Session, actor: Actor, typed: str, **later: float) -> str:
    assert actor.account_id is not None
    return second.prove(session, actor.account_id, typed, moment=at(**later))


def test_a_code_is_good_once_and_the_one_before_it_no_more(session: Session) -> None:
    who, _ = enrolled(session)
    with pytest.raises(SecondFactorRefused):
        proves(session, who, totp.code(SECRET, HERE - 1))  # the code of the enrolment
    assert proves(session, who, totp.code(SECRET, HERE)) == "totp"
    for used in (HERE, HERE - 1):
        with pytest.raises(SecondFactorRefused):
            proves(session, who, totp.code(SECRET, used))
    assert proves(session, who, totp.code(SECRET, HERE + 1), seconds=30) == "totp"


def test_of_two_with_the_same_code_at_once_one_is_let_in(engine: Engine) -> None:
    with write_session(engine) as session:
        who, codes = enrolled(session)
    for typed in (totp.code(SECRET, HERE), codes[0]):
        results: list[str] = []
        begin = threading.Barrier(4)

        def attempt(
            typed: str = typed, begin: threading.Barrier = begin, results: list[str] = results
        ) -> None:
            begin.wait(10)
            try:
                with write_session(engine) as session:
                    results.append(proves(session, who, typed))
            except SecondFactorRefused:
                results.append("refused")

        trying = [threading.Thread(target=attempt) for _ in range(4)]
        for one in trying:
            one.start()
        for one in trying:
            one.join(30)
        assert sorted(results)[1:] == ["refused"] * 3 or sorted(results)[:3] == ["refused"] * 3
        assert len(results) == 4
        assert results.count("refused") == 3


def test_recovery_codes_are_ten_digests_each_used_once(session: Session) -> None:
    who, codes = enrolled(session)
    assert len(set(codes)) == second.RECOVERY_CODES
    kept = str(session.execute(text("SELECT * FROM recovery_codes")).all())
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    assert proves(session, who, codes[0].upper().replace("-", " ")) == "recovery"
    with pytest.raises(SecondFactorRefused):
        proves(session, who, codes[0])
    assert who.account_id is not None
    assert second.enrolled(session, who.account_id).recovery_left == second.RECOVERY_CODES - 1
    stranger, _ = enrolled(session, "b@example.com")
    with pytest.raises(SecondFactorRefused):
        proves(session, stranger, codes[1])


def test_a_new_authenticator_voids_the_old_one_and_its_codes(session: Session) -> None:
    who, codes = enrolled(session)
    assert who.account_id is not None
    other = totp.new_secret()
    second.enrol(session, who.account_id, other, totp.code(other, HERE), moment=at())
    for void in (totp.code(SECRET, HERE), codes[0]):
        with pytest.raises(SecondFactorRefused):
            proves(session, who, void)
    second.remove(session, who.account_id, moment=at())
    assert not second.enrolled(session, who.account_id)
    with pytest.raises(SecondFactorRefused):
        proves(session, who, totp.code(other, HERE + 1), seconds=30)


def test_an_authenticator_counts_only_after_its_first_code(session: Session) -> None:
    made = account(session)
    with pytest.raises(SecondFactorRefused):
        second.enrol(session, made.id, SECRET, "000000", moment=at())
    assert not second.enrolled(session, made.id)


def test_the_operator_resets_what_was_lost(session: Session) -> None:
    made, _ = member(session)
    second.enrol(session, made.id, SECRET, totp.code(SECRET, HERE), moment=at())
    token = sessions.begin(session, made.id, device="", now=NOW, terms=TERMS)
    second.reset(session, "A@example.com", moment=at())
    assert not second.enrolled(session, made.id)
    assert sessions.find(session, token, now=NOW, terms=TERMS) is None
    with pytest.raises(NotFound):
        second.reset(session, "nobody@example.com", moment=at())


def test_a_session_proves_it_once_and_its_old_token_is_void(session: Session) -> None:
    strict = sessions.Terms(TERMS.idle, TERMS.whole, second_factor=True)
    made, _ = member(session, role=ActorRole.CERTIFICATION_BODY)
    token = sessions.begin(session, made.id, device="", now=NOW, terms=strict)
    person = sessions.find(session, token, now=NOW, terms=strict)
    assert person is not None
    assert not person.actor.proved_twice
    renewed = sessions.prove_second(session, person.session_id, now=NOW + timedelta(minutes=1))
    assert sessions.find(session, token, now=NOW, terms=strict) is None
    proved = sessions.find(session, renewed, now=NOW, terms=strict)
    assert proved is not None
    assert proved.actor.proved_twice
    assert proved.confirmed_at == person.confirmed_at, "a second factor proves nothing of the first"


@pytest.mark.parametrize("role", GIVEN_ROLES)
@pytest.mark.parametrize("act", Act)
def test_who_binds_others_acts_only_after_it(role: ActorRole, act: Act) -> None:
    once = Actor(role, "x", None, ORGANISATION, manages=True, proved_twice=False)
    if not may(once, act):
        with pytest.raises(NotAllowed) as refused:
            require_some(once, act)
        assert not isinstance(refused.value, SecondFactorNeeded), "who may not is not asked for more"
    elif asks_second(role, act):
        with pytest.raises(SecondFactorNeeded):
            require_some(once, act)
    else:
        require_some(once, act)


def test_reading_asks_for_nothing_and_every_other_act_of_theirs_does() -> None:
    officer = Actor(ActorRole.REGISTRY_OFFICER, "x", None, ORGANISATION, proved_twice=False)
    with pytest.raises(SecondFactorNeeded):
        require(officer, Act.PUBLISH_REFERENCE)
    with pytest.raises(NotAllowed) as refused:
        require(officer, Act.REVIEW_APPLICATION, Target(organisation_id=ORGANISATION, state="submitted"))
    assert not isinstance(refused.value, SecondFactorNeeded)
    asked = {act for act in Act if any(asks_second(role, act) for role in BINDING_ROLES)}
    assert {
        Act.REVIEW_APPLICATION,
        Act.CHANGE_CERTIFICATE_STATE,
        Act.MANAGE_MEMBERS,
        Act.MANAGE_KEYS,
    } <= asked
    assert not asks_second(ActorRole.MANUFACTURER, Act.PUBLISH_PRODUCT)


@pytest.mark.parametrize(
    ("mode", "said", "required"),
    [
        (Mode.PRODUCTION, "", True),
        (Mode.PRODUCTION, "offered", False),
        (Mode.DEMONSTRATION, "", False),
        (Mode.DEMONSTRATION, "required", True),
    ],
)
def test_production_requires_it_unless_told_otherwise(mode: Mode, said: str, required: bool) -> None:
    assert Settings(mode=mode, second_factor=said).requires_second_factor is required
