"""Members, invitations and keys of an organisation: its own, and nothing of anybody else's."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from frontend.pages.words import Words
from registry.access.actors import GIVEN_ROLES, ActorRole
from registry.access.permissions import Act
from tests.frontend.account_site import LOGIN, NewDatabase, Town, is_in, opened, sign_in
from tests.frontend.reading import Page

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


def invite(browser: TestClient, login: str, role: str, **more: str) -> str:
    """The address of the invitation's page."""
    answer = browser.post("/zh/account/members/invite", data={"login": login, "role": role, **more})
    assert answer.status_code == 200, answer.text
    found = re.search(r"http://testserver(/zh/account/invitation\?token=[\w-]+)", answer.text)
    assert found
    return found[1]


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


def test_an_invitation_is_withdrawn_with_a_button(town: Town, maker: TestClient) -> None:
    address = invite(maker, "new@example.com", "agent")
    (action,) = [
        one.attributes["action"]
        for one in page(maker, "/members").all("form")
        if one.attributes["action"].endswith("/withdraw")
    ]
    assert town.person(ActorRole.CERTIFICATION_BODY).post(action).status_code == 403
    assert town.browser().get(address).status_code == 200
    assert maker.post(action).status_code == 303
    assert town.browser().get(address).status_code == 410
    assert "new@example.com" not in page(maker, "/members").words


def test_every_manager_opens_the_keys_page(town: Town) -> None:
    answers = {role: town.person(role).get("/zh/account/keys").status_code for role in GIVEN_ROLES}
    assert answers == dict.fromkeys(GIVEN_ROLES, 200)


@pytest.mark.parametrize("act", Act)
def test_every_act_has_its_words(act: Act) -> None:
    assert all(Words(lang).say(f"act.{act}") for lang in ("zh", "en"))


def test_a_key_is_shown_once_works_and_is_revoked(town: Town, maker: TestClient) -> None:
    made = maker.post("/zh/account/keys", data={"name": "erp", "days": "30", "scope": "record-supply"})
    key = re.search(r"gm_[0-9a-f]{10}_[\w-]{43}", made.text)
    assert key
    assert key[0] not in page(maker, "/keys").words
    program = TestClient(town.app, "http://testserver", headers={"Authorization": f"Bearer {key[0]}"})
    caller = program.get("/api/v1/caller")
    assert caller.json()["role"] == "manufacturer"
    acts = ["read", "check-bill", "report-problem", "keep-search", "record-supply", "complain"]
    assert sorted(caller.json()["acts"]) == sorted(acts)
    assert caller.headers["cache-control"] == "private, no-store"
    assert program.get("/zh/account").status_code == 403, "a key is nobody in person"
    assert program.get(f"/api/v1/caller?key={key[0]}").status_code == 200
    assert TestClient(town.app).get(f"/api/v1/caller?key={key[0]}").json()["role"] == "anonymous"
    revoke = f"/zh/account/keys/{key[0].split('_')[1]}/revoke"
    assert town.person(ActorRole.CERTIFICATION_BODY).post(revoke).status_code == 404
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
