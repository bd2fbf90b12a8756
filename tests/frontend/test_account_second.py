"""A second factor through the whole application: asked, set up, proved, kept from thieves."""

import html
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from registry.access.actors import ActorRole
from registry.accounts import totp
from registry.kit import clock
from tests.authenticator import Authenticator
from tests.frontend.account_site import LOGIN, PASSWORD, NewDatabase, Town, opened, sign_in, token
from tests.frontend.test_account_devices import add, bring

QUEUE = "/zh/account/review/queue"
TO_SECOND = "/zh/account/second?next=%2Fzh%2Faccount%2Freview%2Fqueue"
ORIGIN = "https://testserver"
TRIES = 4


@pytest.fixture
def town(new_database: NewDatabase) -> Iterator[Town]:
    with opened(new_database(), scheme="https", second_factor="required", sign_in_tries=TRIES) as found:
        found.employ(role=ActorRole.REGISTRY_OFFICER)
        yield found


@pytest.fixture
def officer(town: Town) -> TestClient:
    """An officer who has signed in with a password and has no second factor."""
    browser = town.browser()
    assert sign_in(browser).status_code == 303
    return browser


def code(secret: str, ahead: int = 0) -> str:
    return totp.code(secret, totp.step_at(clock.now()) + ahead)


def begun(browser: TestClient) -> tuple[str, str]:
    """The ceremony's token and the secret of the page with the QR code."""
    page = browser.get("/zh/account/totp")
    assert page.status_code == 200
    found = re.search(r'name="token" value="([^"]+)".*', page.text)
    shown = re.search(r'<code class="long">([A-Z2-7 ]+)</code>', page.text)
    assert found
    assert shown
    return html.unescape(found[1]), shown[1].replace(" ", "")


def set_up(browser: TestClient) -> tuple[str, list[str]]:
    """The secret of a new authenticator, and the recovery codes that were shown."""
    ceremony, secret = begun(browser)
    done = browser.post("/zh/account/totp", data={"token": ceremony, "code": code(secret)})
    assert done.status_code == 200, done.text
    return secret, re.findall(r"<code>([a-z2-7-]{19})</code>", done.text)


def proves(browser: TestClient, typed: str, following: str = QUEUE) -> int:
    return browser.post("/zh/account/second", data={"code": typed, "next": following}).status_code


def test_an_officer_without_one_is_led_to_it_and_back(town: Town, officer: TestClient) -> None:
    asked = officer.get(QUEUE)
    assert (asked.status_code, asked.headers["location"]) == (303, TO_SECOND)
    assert "/zh/account/security" in officer.get(TO_SECOND).text
    refused = officer.get("/api/v1/applications/queue")
    assert (refused.status_code, refused.json()["code"]) == (403, "second-factor-needed")
    before = token(officer)
    secret, codes = set_up(officer)
    assert len(codes) == 10
    assert token(officer) != before, "more rights come with a new token"
    assert officer.get(QUEUE).status_code == 200
    assert officer.get("/api/v1/applications/queue").status_code == 200
    security = officer.get("/zh/account/security").text
    assert "还有 10 个恢复码" in security
    assert secret not in security


def test_the_next_sign_in_asks_for_a_code_once(town: Town, officer: TestClient) -> None:
    secret, codes = set_up(officer)
    later = town.browser()
    sign_in(later)
    assert later.get(QUEUE).headers["location"] == TO_SECOND
    assert proves(later, "12345") == 422
    answer = later.post("/zh/account/second", data={"code": code(secret, 1), "next": QUEUE})
    assert (answer.status_code, answer.headers["location"]) == (303, QUEUE)
    assert later.get(QUEUE).status_code == 200
    third = town.browser()
    sign_in(third)
    assert proves(third, code(secret, 1)) == 422, "that code was used in the other browser"
    assert proves(third, codes[3]) == 303
    assert third.get(QUEUE).status_code == 200
    history = third.get("/zh/account/security").text
    assert all(word in history for word in ("验证码错误", "恢复码", "启用验证器"))


def test_wrong_codes_are_counted_and_then_refused_for_a_while(town: Town, officer: TestClient) -> None:
    _, codes = set_up(officer)
    thief = town.browser()
    sign_in(thief)
    assert [proves(thief, "000000") for _ in range(TRIES)] == [422] * TRIES
    late = thief.post("/en/account/second", data={"code": codes[0], "next": QUEUE})
    assert late.status_code == 429
    assert int(late.headers["retry-after"]) > 0
    assert thief.get(QUEUE).headers["location"] == TO_SECOND


def test_a_stolen_password_neither_removes_nor_adds_a_second_factor(town: Town, officer: TestClient) -> None:
    set_up(officer)
    thief = town.browser()
    sign_in(thief)
    asks = (
        ("GET", "/zh/account/totp"), ("POST", "/zh/account/totp/remove"), ("GET", "/zh/account/password"),
        ("POST", "/zh/account/passkeys/options"), ("POST", "/zh/account/keys"),
    )  # fmt: skip
    for method, path in asks:
        answer = thief.request(method, path)
        assert (answer.status_code, answer.headers["location"][:19]) == (303, "/zh/account/second?"), path
    thief.post("/zh/account/confirm", data={"password": PASSWORD, "next": "/zh/account"})
    assert thief.get("/zh/account/totp").status_code == 303, "the password once more changes nothing"


def test_a_passkey_is_both_factors_at_once(town: Town, officer: TestClient) -> None:
    phone = Authenticator(ORIGIN)
    add(officer, phone)
    assert officer.get(QUEUE).headers["location"] == TO_SECOND, "added is not proved"
    assert bring(officer, "confirm/passkey", phone).status_code == 200
    assert officer.get(QUEUE).status_code == 200
    elsewhere = town.browser()
    assert bring(elsewhere, "sign-in/passkey", phone).status_code == 200
    assert elsewhere.get(QUEUE).status_code == 200


def test_a_qr_code_is_good_for_one_try_and_for_its_own_account(town: Town, officer: TestClient) -> None:
    ceremony, secret = begun(officer)
    wrong = officer.post("/zh/account/totp", data={"token": ceremony, "code": "000000"})
    assert wrong.status_code == 422
    assert secret[:4] in wrong.text, "the same code may be scanned already"
    again = officer.post("/zh/account/totp", data={"token": ceremony, "code": code(secret)})
    assert again.status_code == 410
    town.employ("wang@example.com")
    other = town.browser()
    sign_in(other, "wang@example.com")
    ceremony, secret = begun(officer)
    planted = other.post("/zh/account/totp", data={"token": ceremony, "code": code(secret)})
    assert planted.status_code == 410
    assert "没有启用验证器" in other.get("/zh/account/security").text


def test_turned_off_it_is_needed_again(town: Town, officer: TestClient) -> None:
    set_up(officer)
    assert officer.post("/zh/account/totp/remove").status_code == 303
    assert "没有启用验证器" in officer.get("/zh/account/security").text
    later = town.browser()
    sign_in(later)
    assert later.get(QUEUE).headers["location"] == TO_SECOND


def test_who_binds_nobody_is_not_asked(town: Town) -> None:
    town.employ("zhao@example.com", role=ActorRole.MANUFACTURER)
    maker = town.browser()
    sign_in(maker, "zhao@example.com")
    assert maker.get("/zh/account/keys").status_code == 200


def test_the_demonstration_offers_it_and_requires_it_of_nobody(new_database: NewDatabase) -> None:
    with opened(new_database()) as town:
        browser = town.person(ActorRole.REGISTRY_OFFICER)
        assert browser.get(QUEUE).status_code == 200
        assert browser.get("/zh/account/totp").status_code == 403, "shared accounts have none"
        assert browser.get("/en/account/second").status_code == 200


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pages_speak_either_language(town: Town, officer: TestClient, lang: str) -> None:
    heading = {"zh": "设置验证器", "en": "Set up an authenticator"}[lang]
    assert f"<h1>{heading}</h1>" in officer.get(f"/{lang}/account/totp").text
    set_up(officer)
    page = officer.get(f"/{lang}/account/second?next=/{lang}/account").text
    assert {"zh": "用验证码确认", "en": "Confirm with a code"}[lang] in page
    assert LOGIN not in page
