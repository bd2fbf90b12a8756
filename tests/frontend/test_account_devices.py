"""Passkeys and the identity provider through the whole application, and a burst of wrong passwords."""

import json
from collections.abc import Iterator
from typing import Any

import anyio
import httpx2
import pytest
from fastapi.testclient import TestClient
from httpx2 import ASGITransport, AsyncClient

from registry.accounts import passwords
from tests import identity_provider
from tests.authenticator import Authenticator
from tests.frontend.account_site import (
    LOGIN,
    PASSWORD,
    SAME,
    NewDatabase,
    Town,
    is_in,
    opened,
    sign_in,
    token,
)
from tests.identity_provider import CLIENT_ID, CLIENT_SECRET, Fake

ORIGIN = "http://testserver"
BURST = 200


@pytest.fixture
def town(new_database: NewDatabase) -> Iterator[Town]:
    with opened(new_database()) as found:
        found.employ()
        yield found


def ask(browser: TestClient, path: str) -> dict[str, Any]:
    answer = browser.post(f"/zh/account/{path}/options", json={})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def add(browser: TestClient, phone: Authenticator) -> None:
    asked = ask(browser, "passkeys")
    credential = phone.create(asked["publicKey"])
    brought = {"token": asked["token"], "credential": credential, "name": "手机"}
    assert browser.post("/zh/account/passkeys", json=brought).json() == {"next": "/zh/account/security"}


def bring(browser: TestClient, path: str, phone: Authenticator) -> httpx2.Response:
    asked = ask(browser, path)
    brought = {
        "token": asked["token"],
        "credential": phone.get(asked["publicKey"]),
        "following": "/en/account",
    }
    return browser.post(f"/zh/account/{path}", json=brought)


def test_a_passkey_is_added_and_signs_in_without_a_login_typed(town: Town) -> None:
    browser, phone = town.browser(), Authenticator(ORIGIN)
    sign_in(browser)
    add(browser, phone)
    assert "手机" in browser.get("/zh/account/security").text
    elsewhere = town.browser()
    answer = bring(elsewhere, "sign-in/passkey", phone)
    assert answer.json() == {"next": "/en/account"}
    assert is_in(elsewhere)
    before = token(elsewhere)
    assert bring(elsewhere, "confirm/passkey", phone).status_code == 200
    assert token(elsewhere) != before


def test_another_persons_passkey_neither_confirms_nor_is_added_for_one(town: Town) -> None:
    town.employ("b@example.com")
    mine, theirs, phone = town.browser(), town.browser(), Authenticator(ORIGIN)
    sign_in(mine)
    sign_in(theirs, "b@example.com")
    add(theirs, phone)
    assert bring(mine, "confirm/passkey", phone).status_code == 422
    assert bring(theirs, "confirm/passkey", phone).status_code == 200  # who has a passkey is asked for it
    asked, other = ask(theirs, "passkeys"), Authenticator(ORIGIN)
    brought = {"token": asked["token"], "credential": other.create(asked["publicKey"])}
    assert mine.post("/zh/account/passkeys", json=brought).status_code == 422
    assert bring(town.browser(), "sign-in/passkey", other).status_code == 422, "and it was not kept"


def test_a_refused_answer_has_used_its_ceremony_up(town: Town) -> None:
    browser, phone = town.browser(), Authenticator(ORIGIN)
    sign_in(browser)
    add(browser, phone)
    elsewhere = town.browser()
    asked = ask(elsewhere, "sign-in/passkey")
    right = {"token": asked["token"], "credential": phone.get(asked["publicKey"])}
    wrong = {"token": asked["token"], "credential": {}}
    assert elsewhere.post("/zh/account/sign-in/passkey", json=wrong).status_code == 422
    assert elsewhere.post("/zh/account/sign-in/passkey", json=right).status_code == 410
    assert not is_in(elsewhere)


@pytest.mark.parametrize("id_", ["\ud800", "\0", "", "AA=", "A" * 2000, 1, None, []])
def test_no_id_of_a_credential_is_a_fault(town: Town, id_: object) -> None:
    browser = town.browser()
    content = json.dumps({"token": ask(browser, "sign-in/passkey")["token"], "credential": {"id": id_}})
    headers = {"Content-Type": "application/json"}
    answer = browser.post("/zh/account/sign-in/passkey", content=content, headers=headers)
    assert answer.status_code == 422


@pytest.mark.parametrize("key_id", ["%00", "a%00b", "%ED%A0%80", "0123456789", "01234567890"])
def test_no_id_of_a_key_is_a_fault(town: Town, key_id: str) -> None:
    browser = town.browser()
    sign_in(browser)
    assert browser.post(f"/zh/account/keys/{key_id}/revoke").status_code == 404


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"null", b'{"token": 1}', b"\xff", b'{"token": NaN}', b"{" * 50_000]
)
@pytest.mark.parametrize("path", ["sign-in/passkey", "confirm/passkey", "passkeys"])
def test_whatever_a_script_sends_is_no_fault(town: Town, path: str, content: bytes) -> None:
    browser = town.browser()
    sign_in(browser)
    headers = {"Content-Type": "application/json"}
    answer = browser.post(f"/zh/account/{path}", content=content, headers=headers)
    assert answer.status_code in {400, 410, 413, 422}


def test_an_answer_in_a_form_of_another_type_is_not_read(town: Town) -> None:
    """A page of another site can send text/plain without asking; JSON it cannot."""
    asked = ask(town.browser(), "sign-in/passkey")
    content = json.dumps({"token": asked["token"], "credential": {}})
    answer = town.browser().post(
        "/zh/account/sign-in/passkey", content=content, headers={"Content-Type": "text/plain"}
    )
    assert answer.status_code == 422


@pytest.fixture
def fake() -> Iterator[Fake]:
    with identity_provider.running() as found:
        yield found


@pytest.fixture
def linked(new_database: NewDatabase, fake: Fake) -> Iterator[Town]:
    """A site with a provider, where the account has linked its identity."""
    settings = {"oidc_issuer": fake.issuer, "oidc_client_id": CLIENT_ID, "oidc_client_secret": CLIENT_SECRET}
    with opened(new_database(), **settings) as found:
        found.employ()
        browser = found.browser()
        sign_in(browser)
        answer = travel(browser, "security/provider")
        assert answer.headers["location"] == "/zh/account/security"
        yield found


def travel(browser: TestClient, path: str) -> httpx2.Response:
    """There and back, as a browser goes."""
    out = browser.get(f"/zh/account/{path}")
    assert out.status_code == 303, out.text
    return browser.get(there(out.headers["location"]))


def there(address: str) -> str:
    """What the provider sends the browser back to."""
    return httpx2.get(address, trust_env=False).headers["location"].removeprefix(ORIGIN)


def test_a_linked_identity_signs_in_and_confirms(linked: Town) -> None:
    browser = linked.browser()
    answer = travel(browser, "sign-in/provider?next=/en/account")
    assert answer.headers["location"] == "/en/account"
    assert is_in(browser)
    before = token(browser)
    travel(browser, "confirm/provider?next=/zh/account/password")
    assert is_in(browser)
    assert token(browser) != before


def test_an_unknown_identity_is_nobody_whatever_address_it_claims(linked: Town, fake: Fake) -> None:
    fake.subject = "person-2"
    fake.claims = {"email": LOGIN, "email_verified": True}
    browser = linked.browser()
    answer = travel(browser, "sign-in/provider")
    assert answer.status_code == 403
    assert "还没有关联账户" in answer.text
    assert not is_in(browser)


def test_an_answer_belongs_to_the_browser_that_asked(linked: Town) -> None:
    """Neither a link that somebody sends nor a second use signs anybody in."""
    attacker, victim = linked.browser(), linked.browser()
    address = there(attacker.get("/zh/account/sign-in/provider").headers["location"])
    assert victim.get(address).status_code == 410
    victim.get("/zh/account/sign-in/provider")
    assert victim.get(address).status_code == 410, "the state is another's"
    assert not is_in(victim)
    assert attacker.get(address).status_code == 303
    assert attacker.get(address).status_code == 410


@pytest.mark.parametrize("state", ["é", "%ED%A0%80", ""])
def test_a_state_of_any_signs_is_refused_in_the_language_of_the_way_out(linked: Town, state: str) -> None:
    for lang, said in (("zh", "请重新开始"), ("en", "start again")):
        browser = linked.browser()
        assert browser.get(f"/{lang}/account/sign-in/provider").status_code == 303
        answer = browser.get(f"/account/provider/back?code=x&state={state}")
        assert answer.status_code == 410
        assert said in answer.text


def test_somebody_elses_identity_does_not_confirm_and_is_not_linked_twice(linked: Town, fake: Fake) -> None:
    linked.employ("b@example.com")
    other = linked.browser()
    sign_in(other, "b@example.com")
    assert travel(other, "security/provider").status_code == 409
    assert travel(other, "confirm/provider").status_code == 403
    fake.claims = {"auth_time": 1}
    browser = linked.browser()
    sign_in(browser)
    assert travel(browser, "confirm/provider").status_code == 403, "an old proof is none"


def test_a_provider_that_does_not_answer_is_said_to_be_away(linked: Town, fake: Fake) -> None:
    fake.down = True
    answer = linked.browser().get("/zh/account/sign-in/provider")
    assert answer.status_code == 503
    assert "retry-after" in answer.headers


def test_without_a_provider_there_is_no_such_way(town: Town) -> None:
    assert town.browser().get("/zh/account/sign-in/provider").status_code == 404
    assert town.browser().get("/account/provider/back").status_code == 404


def test_two_hundred_wrong_passwords_at_once_hold_up_nobody_else(
    new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While every hash is under way and stays so, pages answer; then each try is answered.

    Each comes from an account of its own, so that no limit takes the load away.
    """
    free = anyio.Event
    computed: list[str] = []
    matches = passwords.matches

    async def run(town: Town) -> tuple[list[int], int]:
        gate = free()
        answers: list[int] = []

        def held(stored: str | None, password: str) -> bool:
            anyio.from_thread.run(gate.wait)
            computed.append(password)
            return matches(stored, password) if password == PASSWORD else False

        monkeypatch.setattr(passwords, "matches", held)
        async with AsyncClient(
            transport=ASGITransport(app=town.app), base_url=ORIGIN, headers=SAME
        ) as client:

            async def one(n: int) -> None:
                form = {"login": f"nobody-{n}@example.com", "password": "wrong"}
                answers.append((await client.post("/zh/account/sign-in", data=form)).status_code)

            async with anyio.create_task_group() as group:
                for n in range(BURST):
                    group.start_soon(one, n)
                await anyio.sleep(0.5)
                with anyio.fail_after(20):
                    for path in ("/healthz", "/zh/", "/zh/account/sign-in", "/api/v1/kinds"):
                        assert (await client.get(path)).status_code == 200
                assert answers == [], "every try is still waiting for its turn"
                gate.set()
            right = await client.post("/zh/account/sign-in", data={"login": LOGIN, "password": PASSWORD})
        return answers, right.status_code

    with opened(new_database(), sign_in_tries=1000) as town:
        town.employ()
        answers, right = anyio.run(run, town)
    assert answers == [422] * BURST
    assert computed.count("wrong") == BURST, "each was really judged"
    assert right == 303
