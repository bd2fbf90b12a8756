"""The pages of an account: roles, doors, security, members, invitations and keys, also of somebody else."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from registry.access.actors import GIVEN_ROLES, ActorRole
from registry.accounts import memberships
from registry.accounts.memberships import Place
from registry.kit.clock import asked_now, now
from registry.kit.db import read_session, write_session
from registry.kit.messages import say
from seeds.demo.parties import body_id
from tests.frontend.account_site import LOGIN, PASSWORD, NewDatabase, Town, is_in, opened, sign_in, token
from tests.frontend.reading import Page
from tests.registry.accounts import at

NEW = "four herons over quiet water"


@pytest.fixture
def town(new_database: NewDatabase) -> Iterator[Town]:
    with opened(new_database()) as found:
        found.employ()
        yield found


@pytest.fixture
def maker(town: Town) -> TestClient:
    browser = town.browser()
    sign_in(browser)
    return browser


def page(browser: TestClient, path: str, lang: str = "zh") -> Page:
    answer = browser.get(f"/{lang}/account{path}")
    assert answer.status_code == 200, answer.text
    return Page(answer.text)


def later(monkeypatch: pytest.MonkeyPatch, town: Town, minutes: int) -> None:
    then = now() + timedelta(minutes=minutes)
    monkeypatch.setattr("frontend.identify.clock.now", lambda: then)
    town.app.dependency_overrides[asked_now] = lambda: then


@pytest.mark.parametrize("role", GIVEN_ROLES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_role_sees_who_it_is_and_doors_that_open(town: Town, role: ActorRole, lang: str) -> None:
    browser = town.person(role)
    shown = page(browser, "", lang)
    assert len(shown.all("button")) >= 1
    links = [one.attributes["href"] for one in shown.one("ul", class_="lesser").below("a")]
    doors = [href for href in links if href != f"/{lang}/check"]
    assert f"/{lang}/account/security" in doors
    for door in doors:
        assert browser.get(door).status_code == 200, door


@pytest.mark.parametrize(
    ("role", "said", "unsaid"),
    [
        (ActorRole.MANUFACTURER, ("door.maker", "door.own-complaints"), ("door.own-data", "door.complaints")),
        (ActorRole.PURCHASING_OFFICER, ("door.own-data", "door.own-complaints"), ("door.maker", "door.bulk")),
        (ActorRole.REGISTRY_OFFICER, ("door.own-data", "door.complaints"), ("door.own-complaints",)),
    ],
)
def test_a_door_says_what_this_role_finds_behind_it(
    town: Town, role: ActorRole, said: tuple[str, ...], unsaid: tuple[str, ...]
) -> None:
    shown = page(town.person(role), "").one("ul", class_="lesser")
    texts = [one.text for one in shown.below("p")]
    assert {say(f"{key}-text", "zh") for key in said} <= set(texts)
    assert {say(f"{key}-text", "zh") for key in unsaid}.isdisjoint(texts)
    links = [one.attributes["href"] for one in shown.below("a")]
    assert len(links) == len(set(links)), "one door to each page"


def test_one_acts_in_one_role_at_a_time_and_changes_it(town: Town, maker: TestClient) -> None:
    with write_session(town.site.engine) as session:
        account_id = session.execute(text("SELECT id FROM accounts WHERE login = :login"), {"login": LOGIN})
        found = UUID(str(account_id.scalar_one()))
        place = Place(body_id(0), ActorRole.CERTIFICATION_BODY)
        memberships.give(session, found, place, moment=at())
    chosen = page(maker, "").all("input", type="radio")
    assert len(chosen) == 2
    other = next(one.attributes["value"] for one in chosen if "checked" not in one.attributes)
    assert maker.post("/zh/account/role", data={"membership": other}).status_code == 303
    assert "认证机构" in page(maker, "").words
    for wrong in ("", "x", "00000000-0000-0000-0000-000000000007"):
        assert maker.post("/zh/account/role", data={"membership": wrong}).status_code == 404


def test_browsers_are_listed_and_sent_away(town: Town, maker: TestClient) -> None:
    other = town.browser(**{"user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537"})
    sign_in(other)
    shown = page(maker, "/security")
    assert "Chrome · Windows" in shown.words
    actions = [one.attributes["action"] for one in shown.all("form", method="post")]
    end = next(one for one in actions if one.endswith("/end"))
    town.employ("stranger@example.com")
    stranger = town.browser()
    sign_in(stranger, "stranger@example.com")
    assert stranger.post(end).status_code == 404, "nobody sends anothers browser away"
    assert is_in(other)
    assert maker.post(end).status_code == 303
    assert not is_in(other)
    sign_in(other)
    maker.post("/zh/account/security/sessions/end-others")
    assert not is_in(other)
    assert is_in(maker)
    assert "让浏览器退出" in page(maker, "/security").words


def test_a_new_password_works_at_once_and_signs_others_out(town: Town, maker: TestClient) -> None:
    other = town.browser()
    sign_in(other)
    for weak in ("short", "password1234", "GreenMat2026", LOGIN):
        answer = maker.post("/zh/account/password", data={"password": weak})
        assert answer.status_code == 422
        assert Page(answer.text).one("p", id="password-error")
    assert is_in(other)
    assert maker.post("/zh/account/password", data={"password": NEW}).status_code == 303
    assert is_in(maker)
    assert not is_in(other)
    assert sign_in(town.browser()).status_code == 422
    assert sign_in(town.browser(), password=NEW).status_code == 303


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "password"),
        ("POST", "password"),
        ("POST", "members/invite"),
        ("POST", "members/00000000-0000-0000-0000-000000000007/end"),
        ("POST", "keys"),
        ("POST", "keys/0000000000/revoke"),
        ("POST", "security/passkeys/00000000-0000-0000-0000-000000000007/remove"),
        ("POST", "passkeys/options"),
        ("POST", "passkeys"),
        ("GET", "security/provider"),
    ],
)
def test_dangerous_acts_ask_who_one_is_after_ten_minutes(
    town: Town, maker: TestClient, monkeypatch: pytest.MonkeyPatch, method: str, path: str
) -> None:
    later(monkeypatch, town, 9)
    assert "confirm" not in maker.request(method, f"/zh/account/{path}").headers.get("location", "")
    later(monkeypatch, town, 11)
    referer = {"Referer": "http://testserver/zh/account/security"}
    answer = maker.request(method, f"/zh/account/{path}", headers=referer)
    assert answer.status_code == 303
    where = urlsplit(answer.headers["location"])
    assert where.path == "/zh/account/confirm"
    assert where.query.endswith(
        "%2Fzh%2Faccount%2Fsecurity" if method == "POST" else path.replace("/", "%2F")
    )


def test_confirming_makes_a_new_token_and_needs_the_right_password(
    town: Town, maker: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, town, 11)
    thief = town.browser()
    thief.cookies.update(maker.cookies)
    before = token(maker)
    answer = maker.post("/zh/account/confirm", data={"password": "wrong", "next": "/zh/account/password"})
    assert answer.status_code == 422
    assert maker.get("/zh/account/password").status_code == 303
    answer = maker.post("/zh/account/confirm", data={"password": PASSWORD, "next": "/zh/account/password"})
    assert answer.headers["location"] == "/zh/account/password"
    assert token(maker) != before
    assert maker.get("/zh/account/password").status_code == 200
    assert not is_in(thief), "who kept the old token is out"
    assert maker.post("/zh/account/confirm/demonstration").status_code == 404, "only without a password"


def test_a_demonstration_account_confirms_by_its_button(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = town.person(ActorRole.MANUFACTURER)
    later(monkeypatch, town, 11)
    wanted = {"name": "erp", "days": "30", "scope": "record-supply"}
    assert browser.post("/zh/account/keys", data=wanted).status_code == 303
    assert page(browser, "/confirm").all("button")
    browser.post("/zh/account/confirm/demonstration", data={"next": "/zh/account/keys"})
    assert browser.post("/zh/account/keys", data=wanted).status_code == 200


def test_a_shared_account_is_told_at_once_that_it_has_no_password(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = town.person(ActorRole.MANUFACTURER)
    later(monkeypatch, town, 11)
    for answer in (browser.get("/zh/account/password"), browser.post("/zh/account/password")):
        assert answer.status_code == 403
        assert say("account-shared", "zh") in answer.text


def test_nobody_keeps_others_out_of_a_demonstration_account(town: Town) -> None:
    one, other = town.person(ActorRole.MANUFACTURER), town.person(ActorRole.MANUFACTURER)
    shown = page(one, "/security")
    assert not shown.all("a", href="/zh/account/password")
    assert not [form for form in shown.all("form") if "/sessions/" in form.attributes["action"]]
    with read_session(town.site.engine) as session:
        ends = session.execute(text("SELECT id FROM sessions")).scalars().all()
    asked: dict[str, dict[str, str]] = {f"security/sessions/{UUID(str(end))}/end": {} for end in ends}
    asked |= {"security/sessions/end-others": {}, "password": {"password": NEW}, "passkeys/options": {}}
    for path, typed in asked.items():
        assert one.post(f"/zh/account/{path}", data=typed).status_code == 403, path
    assert is_in(other)


def test_the_history_of_an_account_is_its_owners_alone(town: Town, maker: TestClient) -> None:
    sign_in(town.browser(), password="wrong")
    assert "密码错误" in page(maker, "/security").words
    other = town.person(ActorRole.AUDITOR)
    assert "密码错误" not in page(other, "/security").words
    with read_session(town.site.engine) as session:
        assert "testclient" not in str(session.execute(text("SELECT * FROM account_events")).all())
