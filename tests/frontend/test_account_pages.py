"""The pages of an account: roles, doors, security, members, invitations and keys, also of somebody else."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from registry.access.actors import GIVEN_ROLES, ActorRole
from registry.accounts import memberships
from registry.accounts.memberships import Place
from registry.kit.clock import now
from registry.kit.db import read_session, write_session
from seeds.demo.parties import body_id
from tests.frontend.account_site import LOGIN, PASSWORD, Town, is_in, opened, sign_in, token
from tests.frontend.reading import Page
from tests.registry.accounts import at

NEW = "four herons over quiet water"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with opened(tmp_path) as found:
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


def invite(browser: TestClient, login: str, role: str, **more: str) -> str:
    """The address of the invitation's page."""
    answer = browser.post("/zh/account/members/invite", data={"login": login, "role": role, **more})
    assert answer.status_code == 200, answer.text
    found = re.search(r"http://testserver(/zh/account/invitation\?token=[\w-]+)", answer.text)
    assert found
    return found[1]


def later(monkeypatch: pytest.MonkeyPatch, town: Town, minutes: int) -> None:
    then = now() + timedelta(minutes=minutes)
    monkeypatch.setattr("frontend.identify.clock.now", lambda: then)
    town.app.dependency_overrides[now] = lambda: then


@pytest.mark.parametrize("role", GIVEN_ROLES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_role_sees_who_it_is_and_doors_that_open(town: Town, role: ActorRole, lang: str) -> None:
    browser = town.person(role)
    shown = page(browser, "", lang)
    assert len(shown.all("button")) >= 1
    doors = [href for href in shown.links if href.startswith(f"/{lang}/account/") or "desk" in href]
    assert f"/{lang}/account/security" in doors
    for door in doors:
        assert browser.get(door).status_code == 200, door


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
    other = town.browser(**{"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537"})
    sign_in(other)
    shown = page(maker, "/security")
    assert "Chrome · Windows" in shown.words
    actions = [one.attributes["action"] for one in shown.all("form", method="post")]
    end = next(one for one in actions if one.endswith("/end"))
    stranger = town.person(ActorRole.AUDITOR)
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
    assert browser.get("/zh/account/password").status_code == 303
    assert page(browser, "/confirm").all("button")
    browser.post("/zh/account/confirm/demonstration", data={"next": "/zh/account/password"})
    assert browser.get("/zh/account/password").status_code == 200


def test_an_invited_newcomer_makes_an_account_and_has_the_role(town: Town, maker: TestClient) -> None:
    address = invite(maker, "new@example.com", "agent")
    newcomer = town.browser()
    shown = Page(newcomer.get(address).text)
    assert "new@example.com" in shown.words
    typed = {"token": address.split("=")[1], "name": "", "password": "short"}
    answer = newcomer.post("/zh/account/invitation", data=typed)
    assert answer.status_code == 422
    summary = Page(answer.text).one("div", class_="summary").below("a")
    assert [one.attributes["href"] for one in summary] == ["#name", "#password"]
    typed |= {"name": "赵六（虚构）", "password": NEW}
    assert newcomer.post("/zh/account/invitation", data=typed).status_code == 303
    assert "代理商" in page(newcomer, "").words
    assert newcomer.get(address).status_code == 410, "a link works once"
    assert newcomer.get("/zh/account/invitation?token=x").status_code == 410


def test_an_existing_account_is_added_to_only_by_its_owner(town: Town, maker: TestClient) -> None:
    town.employ("b@example.com", role=ActorRole.CONTRACTOR)
    address = invite(maker, "b@example.com", "manufacturer")
    typed = {"token": address.split("=")[1], "name": "x", "password": NEW}
    for stranger in (town.browser(), maker):
        assert stranger.post("/zh/account/invitation", data=typed).status_code == 403
    owner = town.browser()
    sign_in(owner, "b@example.com", next=address)
    assert owner.post("/zh/account/invitation", data=typed).status_code == 303
    assert len(page(owner, "").all("input", type="radio")) == 2


def test_an_organisation_offers_no_role_but_its_own(town: Town, maker: TestClient) -> None:
    for role in ("administrator", "registry_officer", "certification_body", "operator", "", "x"):
        answer = maker.post("/zh/account/members/invite", data={"login": "n@example.com", "role": role})
        assert answer.status_code == 422, role
    answer = maker.post("/zh/account/members/invite", data={"login": "no address", "role": "agent"})
    assert Page(answer.text).one("p", id="login-error")
    administrator = town.person(ActorRole.ADMINISTRATOR)
    assert invite(administrator, "officer@example.com", "registry_officer")


def test_members_are_seen_by_their_own_and_ended_by_who_manages(town: Town, maker: TestClient) -> None:
    address = invite(maker, "new@example.com", "manufacturer")
    typed = {"token": address.split("=")[1], "name": "赵六（虚构）", "password": NEW}
    newcomer = town.browser()
    newcomer.post("/zh/account/invitation", data=typed)
    seen = page(newcomer, "/members").words
    assert "李四（虚构）" in seen
    assert LOGIN not in seen, "an address is for who manages"
    asked = {"login": "x@y.example", "role": "agent"}
    assert newcomer.post("/zh/account/members/invite", data=asked).status_code == 403
    assert newcomer.get("/zh/account/keys").status_code == 403
    managed = page(maker, "/members")
    assert LOGIN in managed.words
    ends = [
        one.attributes["action"] for one in managed.all("form") if one.attributes["action"].endswith("/end")
    ]
    for stranger in (newcomer, town.person(ActorRole.CERTIFICATION_BODY)):
        assert stranger.post(ends[-1]).status_code == 403
    assert is_in(newcomer)
    assert maker.post(ends[-1]).status_code == 303
    assert "没有角色" in page(newcomer, "").words
    assert newcomer.get("/zh/account/members").status_code == 403


def test_a_key_is_shown_once_works_and_is_revoked(town: Town, maker: TestClient) -> None:
    made = maker.post("/zh/account/keys", data={"name": "erp", "days": "30", "scope": "record-supply"})
    key = re.search(r"gm_[0-9a-f]{10}_[\w-]{43}", made.text)
    assert key
    assert key[0] not in page(maker, "/keys").words
    program = TestClient(town.app, "http://testserver", headers={"Authorization": f"Bearer {key[0]}"})
    caller = program.get("/api/v1/caller")
    assert caller.json()["role"] == "manufacturer"
    assert caller.json()["acts"] == ["read", "check-bill", "report-problem", "record-supply"]
    assert caller.headers["cache-control"] == "private, no-store"
    assert program.get("/zh/account").status_code == 403, "a key is nobody in person"
    assert program.get(f"/api/v1/caller?key={key[0]}").status_code == 200
    assert TestClient(town.app).get(f"/api/v1/caller?key={key[0]}").json()["role"] == "anonymous"
    revoke = f"/zh/account/keys/{key[0].split('_')[1]}/revoke"
    assert town.person(ActorRole.CERTIFICATION_BODY).post(revoke).status_code == 403
    assert maker.post(revoke).status_code == 303
    refused = program.get("/api/v1/kinds")
    assert (refused.status_code, refused.json()["code"]) == (401, "key-refused")
    assert refused.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "", "days": "30"},
        {"name": "x", "days": "0"},
        {"name": "x", "days": "९"},
        {"name": "x", "days": "-1"},
        {"name": "x", "days": "30", "scope": "manage-members"},
        {"name": "x", "days": "30", "scope": "nonsense"},
        {"name": "x", "days": "30", "scope": "change-certificate-state"},
    ],
    ids=str,
)
def test_a_key_that_cannot_be_is_refused_in_words(maker: TestClient, typed: dict[str, str]) -> None:
    answer = maker.post("/zh/account/keys", data=typed)
    assert answer.status_code == 422
    assert Page(answer.text).one("div", class_="summary")


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("Bearer gm_x", 401),
        ("bearer ", 401),
        ("Bearer \x7f", 401),
        ("Basic eDp5", 200),
        ("Bearer gm_" + "0" * 5000, 401),
    ],
)
def test_whatever_stands_in_the_header_is_no_fault(town: Town, header: str, status: int) -> None:
    assert TestClient(town.app).get("/api/v1/caller", headers={"Authorization": header}).status_code == status


def test_the_history_of_an_account_is_its_owners_alone(town: Town, maker: TestClient) -> None:
    sign_in(town.browser(), password="wrong")
    assert "密码错误" in page(maker, "/security").words
    other = town.person(ActorRole.AUDITOR)
    assert "密码错误" not in page(other, "/security").words
    with read_session(town.site.engine) as session:
        assert "testclient" not in str(session.execute(text("SELECT * FROM account_events")).all())
