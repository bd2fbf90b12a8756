"""Signing in and out: cookies, rotation, replay, other sites, plain http, wrong passwords, caches."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from frontend import coming_back
from registry.access.actors import GIVEN_ROLES, ActorRole
from registry.accounts import logins
from registry.accounts.events import Moment
from registry.kit import clock
from registry.kit.db import write_session
from registry.kit.settings import Mode
from tests.frontend.account_site import LOGIN, PASSWORD, NewDatabase, Town, is_in, opened, sign_in, token
from tests.frontend.reading import Page


@pytest.fixture
def town(new_database: NewDatabase) -> Iterator[Town]:
    with opened(new_database()) as found:
        found.employ()
        yield found


@pytest.fixture
def city(new_database: NewDatabase) -> Iterator[Town]:
    """The same in production, over https."""
    with opened(new_database(), scheme="https", mode=Mode.PRODUCTION) as found:
        found.employ()
        yield found


def test_a_right_password_opens_the_account_and_goes_on(town: Town) -> None:
    browser = town.browser()
    answer = sign_in(browser, " LI@example.com ", next="/en/account/security")
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/account/security")
    shown = Page(browser.get("/zh/account").text)
    assert "李四（虚构）" in shown.words
    assert "制造商" in shown.words


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("login", "password"), [(LOGIN, "wrong"), ("nobody@example.com", PASSWORD), (LOGIN, "")]
)
def test_every_wrong_answer_is_the_same_answer(town: Town, lang: str, login: str, password: str) -> None:
    browser = town.browser()
    answer = browser.post(f"/{lang}/account/sign-in", data={"login": login, "password": password})
    assert answer.status_code == 422
    shown = Page(answer.text)
    said = {"zh": "登录名或密码不对。", "en": "The login or the password is wrong."}[lang]
    assert said in shown.one("p", id="login-error").text
    assert shown.one("input", id="password").attributes["value"] == "", "a password is never sent back"
    assert token(browser) == ""


def test_a_disabled_account_gets_that_answer_too_and_is_thrown_out(town: Town) -> None:
    browser = town.browser()
    sign_in(browser)
    assert is_in(browser)
    with write_session(town.site.engine) as session:
        logins.disable(session, LOGIN, moment=Moment(clock.now()))
    assert not is_in(browser)
    assert sign_in(town.browser()).status_code == 422


def test_the_cookie_of_production_is_bound_to_host_and_https_and_out_of_reach_of_scripts(city: Town) -> None:
    answer = sign_in(city.browser())
    name, *flags = (part.strip() for part in answer.headers["set-cookie"].split(";"))
    assert re.fullmatch(r"__Host-greenmat=[\w-]{43}", name)
    assert {flag.lower() for flag in flags} == {"secure", "httponly", "path=/", "samesite=lax"}


def test_production_takes_no_password_over_plain_http(city: Town) -> None:
    browser = city.browser(scheme="http")
    shown = Page(browser.get("/zh/account/sign-in").text)
    assert "没有加密" in shown.words
    assert not shown.all("input", type="password")
    answer = sign_in(browser)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_the_demonstration_over_http_has_a_cookie_that_claims_less(town: Town) -> None:
    answer = sign_in(town.browser())
    assert answer.headers["set-cookie"].startswith("greenmat-demonstration=")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert sign_in(town.browser(scheme="https")).headers["set-cookie"].startswith("__Host-greenmat=")


def test_a_signed_out_token_is_void_for_whoever_kept_it(town: Town) -> None:
    browser, thief = town.browser(), town.browser()
    sign_in(browser)
    thief.cookies.update(browser.cookies)
    assert is_in(thief)
    answer = browser.post("/zh/account/sign-out")
    assert answer.status_code == 303
    assert token(browser) == ""
    assert not is_in(thief)
    assert browser.post("/zh/account/sign-out").status_code == 303, "twice is no fault"


def test_signing_in_again_makes_a_new_token_and_voids_the_old(town: Town) -> None:
    browser, thief = town.browser(), town.browser()
    sign_in(browser)
    thief.cookies.update(browser.cookies)
    sign_in(browser)
    assert token(browser) != token(thief)
    assert is_in(browser)
    assert not is_in(thief)


def test_a_token_that_somebody_planted_is_never_taken_over(town: Town) -> None:
    browser = town.browser()
    browser.cookies.set("greenmat-demonstration", "planted" * 7)
    sign_in(browser)
    assert "planted" not in browser.headers.get("cookie", "")
    planted = town.browser()
    planted.cookies.set("greenmat-demonstration", "planted" * 7)
    assert not is_in(planted)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.test"},
        {"Origin": "null"},
        {},
    ],
    ids=str,
)
def test_another_site_does_nothing_in_somebodys_name(town: Town, headers: dict[str, str]) -> None:
    """Neither out nor in; a request with a cookie that does not say where it comes from is refused."""
    browser = town.browser()
    sign_in(browser)
    forged = TestClient(town.app, "http://testserver", follow_redirects=False)
    forged.cookies.update(browser.cookies)
    for path in ("sign-out", "role", "keys", "sign-in/demonstration"):
        assert forged.post(f"/zh/account/{path}", headers=headers).status_code == 403, path
    assert forged.delete("/api/v1/checks/x", headers=headers).status_code == 403
    assert is_in(browser)
    if headers:
        empty = TestClient(town.app, "http://testserver", follow_redirects=False)
        answer = empty.post(
            "/zh/account/sign-in", data={"login": LOGIN, "password": PASSWORD}, headers=headers
        )
        assert answer.status_code == 403, "nobody is signed in as somebody else unawares"


def test_an_own_form_of_an_older_browser_is_taken_by_its_origin(town: Town) -> None:
    old = TestClient(town.app, "http://testserver", follow_redirects=False)
    old.headers["Origin"] = "http://testserver"
    sign_in(old)
    assert old.post("/zh/account/sign-out").status_code == 303


@pytest.mark.parametrize(
    "address",
    ["https://evil.test/", "//evil.test/zh/", "/\\evil.test", "/zh//evil.test", "/zh/\r\nSet-Cookie: x=y",
     "javascript:1", "/api/v1/kinds", "zh/account", "/zh/ x", "/zhx", "", "/zh/" + "x" * 1000, "/en/\u202e"],
)  # fmt: skip
def test_nobody_is_sent_to_another_site_after_signing_in(town: Town, address: str) -> None:
    answer = sign_in(town.browser(), next=address)
    assert (answer.status_code, answer.headers["location"]) == (303, "/zh/account")


@pytest.mark.parametrize(
    "address", ["/zh/", "/en/account/keys", "/zh/products?q=C30&page=2", "/en/check/a-b_c/match"]
)
def test_ones_own_pages_are_come_back_to(address: str) -> None:
    assert coming_back.safe(address, "zh") == address


def test_a_page_that_needs_an_account_leads_through_the_sign_in_and_back(town: Town) -> None:
    browser = town.browser()
    answer = browser.get("/en/account/security?x=1")
    assert answer.status_code == 303
    form = browser.get(answer.headers["location"])
    following = Page(form.text).all("input", name="next")[-1].attributes["value"]
    assert following == "/en/account/security?x=1"


def test_wrong_passwords_are_limited_and_the_wait_is_said(new_database: NewDatabase) -> None:
    with opened(new_database(), sign_in_tries=3) as town:
        town.employ()
        browser = town.browser()
        assert [sign_in(browser, password="wrong").status_code for _ in range(3)] == [422] * 3
        answer = sign_in(browser)
        assert answer.status_code == 429, "even the right password waits"
        assert 0 < int(answer.headers["retry-after"]) <= 15 * 60
        assert "15 分钟" in Page(answer.text).one("p", id="login-error").text
        assert town.person(ActorRole.AUDITOR), "other ways stay open"


def test_what_the_signed_in_see_is_kept_by_no_cache(town: Town) -> None:
    browser, visitor = town.browser(), town.browser()
    sign_in(browser)
    for path in ("/zh/account", "/zh/", "/api/v1/kinds", "/zh/account/nothing"):
        answer = browser.get(path)
        assert answer.headers["cache-control"] == "private, no-store", path
        assert "Cookie" in answer.headers["vary"]
    for path in ("/zh/account/sign-in", "/zh/account"):
        assert visitor.get(path).headers["cache-control"] == "private, no-store", path
    for path in ("/zh/", "/api/v1/kinds"):
        answer = visitor.get(path)
        assert "no-store" not in answer.headers.get("cache-control", ""), "the public register may be kept"
        assert browser.get(path).text == answer.text, "and is the same for everybody"


def test_an_unused_sign_in_ends(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = town.browser()
    sign_in(browser)
    later = clock.now() + timedelta(minutes=29)
    monkeypatch.setattr("frontend.identify.clock.now", lambda: later)
    assert is_in(browser)
    again = later + timedelta(minutes=29)
    monkeypatch.setattr("frontend.identify.clock.now", lambda: again)
    assert is_in(browser), "a use prolongs it"
    over = again + timedelta(minutes=31)
    monkeypatch.setattr("frontend.identify.clock.now", lambda: over)
    assert not is_in(browser)


def test_each_role_of_the_demonstration_has_its_button_and_account(town: Town) -> None:
    form = Page(town.browser().get("/zh/account/sign-in").text)
    buttons = [one.attributes["value"] for one in form.all("button", name="role")]
    officers = [str(ActorRole.REGISTRY_OFFICER), f"{ActorRole.REGISTRY_OFFICER}-2"]
    assert [one for one in buttons if one != officers[1]] == [str(role) for role in GIVEN_ROLES]
    assert buttons[buttons.index(officers[0]) + 1] == officers[1], "a case is decided by two persons"
    for button in buttons:
        assert is_in(town.person(button))


def test_production_has_no_such_button(city: Town) -> None:
    form = Page(city.browser().get("/zh/account/sign-in").text)
    assert not form.all("button", name="role")
    answer = city.browser().post("/zh/account/sign-in/demonstration", data={"role": "administrator"})
    assert answer.status_code == 404
