"""Pages of notices and webhooks: who sees what, what is shown once, and what others never see."""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from registry.access.actors import ActorRole
from registry.kit import clock
from registry.kit.db import read_session, write_session
from registry.notices import store, webhooks
from registry.notices.models import DeliveryRow, WebhookRow
from seeds.demo.parties import firm_id
from tests.frontend.account_site import NewDatabase, Town, opened, sign_in
from tests.registry.webhooks import told

HOOKS = "/zh/account/organisation/webhooks"
ADDRESS = "https://erp.example.com/greenmat"


@pytest.fixture
def town(new_database: NewDatabase) -> Iterator[Town]:
    with opened(new_database()) as found:
        yield found


def manager(town: Town) -> TestClient:
    town.employ()
    browser = town.browser()
    assert sign_in(browser).status_code == 303
    return browser


def tell(town: Town, *numbers: int, firm: UUID | None = None) -> None:
    with write_session(town.site.engine) as session:
        organisation = firm or firm_id(17)
        store.tell(session, [told(n, organisation_id=organisation) for n in numbers], now=clock.now())


def shown(text: str) -> str:
    found = re.search(r'id="copy-1">([^<]+)<', text)
    assert found
    return found[1]


def test_notices_are_unread_until_marked_and_the_menu_counts_them(town: Town) -> None:
    browser = manager(town)
    assert "没有未读的通知" in browser.get("/zh/account/notices").text
    tell(town, 1, 2)
    tell(town, 3, firm=firm_id(18))
    page = browser.get("/en/account/notices").text
    assert "2 unread." in page
    assert page.count("was suspended from 1 June 2026") == 2, "another firm's notice is not among them"
    assert "Notices 2<" in browser.get("/en/account").text
    assert "Notices 2<" not in browser.get("/en/").text, "public pages look the same to everybody"
    answer = browser.post("/zh/account/notices/read", data={"position": "1"})
    assert answer.headers["location"] == "/zh/account/notices"
    assert "未读 1 条" in browser.get("/zh/account/notices").text
    browser.post("/zh/account/notices/read", data={"position": "9" * 16})
    tell(town, 4)
    assert "未读 1 条" in browser.get("/zh/account/notices").text, "nobody reads ahead"


def test_a_private_feed_opens_for_its_address_alone_and_closes(town: Town) -> None:
    browser, anyone = manager(town), town.browser()
    tell(town, 1)
    address = shown(browser.post("/zh/account/notices/feed").text)
    answer = anyone.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert answer.headers["cache-control"] == "private, no-store"
    assert "被暂停，自 2026-06-01 起" in answer.text
    assert anyone.get("/api/v1/notices/guessed/atom").status_code == 404
    newer = shown(browser.post("/zh/account/notices/feed").text)
    assert (anyone.get(address).status_code, anyone.get(newer).status_code) == (404, 200)
    browser.post("/zh/account/notices/feed/close")
    assert anyone.get(newer).status_code == 404


def test_a_webhook_is_made_its_secret_shown_once_renewed_and_stopped(town: Town) -> None:
    browser = manager(town)
    made = browser.post(HOOKS, data={"address": ADDRESS, "kind": ["certificate.suspended"]})
    secret = shown(made.text)
    assert secret.startswith("whsec_")
    listed = browser.get(HOOKS).text
    assert ADDRESS in listed
    assert secret not in listed
    with read_session(town.site.engine) as session:
        row = session.exec(select(WebhookRow)).one()
    page = f"{HOOKS}/{row.id}"
    tell(town, 1)
    text = browser.get(page).text
    assert "等待发送" in text
    assert secret not in text
    assert shown(browser.post(f"{page}/secret").text) != secret
    assert browser.post(f"{page}/replay", data={"after": "x"}).status_code == 422
    assert browser.post(f"{page}/replay", data={"after": "0"}).headers["location"] == page
    with read_session(town.site.engine) as session:
        delivery = session.exec(select(DeliveryRow)).one()
    again = f"{page}/deliveries/{delivery.id}/again"
    assert browser.post(again).status_code == 303
    assert browser.post(f"{page}/stop").headers["location"] == HOOKS
    assert browser.post(again).status_code == 409
    assert "已停用" in browser.get(HOOKS).text


@pytest.mark.parametrize(
    "address",
    [
        "http://erp.example.com/", "https://127.0.0.1/", "https://10.0.0.1/", "https://[::1]/", "https://0x7f.1/",
        "https://localhost/", "https://a:b@erp.example.com/", "https://169.254.169.254/latest", "x", "",
        "https://erp.internal/",
    ],
)  # fmt: skip
def test_an_address_that_leads_inside_is_refused_with_a_sentence(town: Town, address: str) -> None:
    browser = manager(town)
    answer = browser.post(HOOKS, data={"address": address, "kind": ["certificate.suspended"]})
    assert answer.status_code == 422
    assert "这个地址不能用" in answer.text
    with read_session(town.site.engine) as session:
        assert session.exec(select(WebhookRow)).all() == []


def test_another_organisations_webhook_does_not_exist(town: Town) -> None:
    browser = manager(town)
    browser.post(HOOKS, data={"address": ADDRESS, "kind": ["certificate.suspended"]})
    with read_session(town.site.engine) as session:
        row = session.exec(select(WebhookRow)).one()
    town.employ("wang@example.com", role=ActorRole.CONTRACTOR)
    other = town.person(ActorRole.CONTRACTOR)
    page = f"{HOOKS}/{row.id}"
    for method, path in (("GET", ""), ("POST", "/secret"), ("POST", "/stop")):
        assert other.request(method, page + path).status_code in {403, 404}
    assert other.post(f"{page}/replay", data={"after": "0"}).status_code in {403, 404}
    assert other.get(f"/api/v1/webhooks/{row.id}/deliveries").status_code in {403, 404}
    assert town.browser().get(f"/api/v1/webhooks/{row.id}/deliveries").status_code == 401


def test_a_program_follows_notices_and_manages_webhooks_by_the_interface(town: Town) -> None:
    browser = manager(town)
    tell(town, 1, 2, 3)
    first = browser.get("/api/v1/notices", params={"limit": 2}).json()
    assert [one["position"] for one in first["notices"]] == [1, 2]
    rest = browser.get("/api/v1/notices", params={"after": first["next_after"]}).json()
    assert [one["position"] for one in rest["notices"]] == [3]
    made = browser.post("/api/v1/webhooks", json={"address": ADDRESS, "kinds": ["certificate.suspended"]})
    assert made.status_code == 201
    base = f"/api/v1/webhooks/{made.json()['id']}"
    assert browser.post(f"{base}/replay", json={"after": 1}).json() == {"waiting": 2}
    listed = browser.get("/api/v1/webhooks")
    assert listed.json()[0]["address"] == ADDRESS
    assert "whsec_" not in listed.text
    found = browser.get(f"{base}/deliveries").json()
    assert [one["position"] for one in found] == [3, 2]
    assert browser.post(f"{base}/deliveries/{found[0]['id']}/again").json() == {"waiting": 1}
    assert browser.post(f"{base}/secret").json()["secret"].startswith("whsec_")
    assert browser.post(f"{base}/stop").json()["stopped_at"]
    assert browser.post(f"{base}/replay", json={"after": 0}).status_code == 409


def test_shared_accounts_of_the_demonstration_send_nowhere(town: Town) -> None:
    """Anybody is let in as one: none of them points this site at a third party's machine."""
    browser = town.person(ActorRole.MANUFACTURER)
    form = {"address": ADDRESS, "kind": ["certificate.suspended"]}
    made = {"address": ADDRESS, "kinds": ["certificate.suspended"]}
    for answer in (
        browser.post(HOOKS, data=form),
        browser.post("/api/v1/webhooks", json=made),
        browser.post("/zh/account/notices/feed"),
    ):
        assert answer.status_code == 403
        assert "演示账户由所有访客共用" in answer.text or "account-shared" in answer.text
    with read_session(town.site.engine) as session:
        assert session.exec(select(WebhookRow)).all() == []


@pytest.mark.parametrize("path", [HOOKS, "/zh/account/notices", "/zh/account/security"])
def test_a_shared_account_is_told_before_it_fills_anything_in(town: Town, path: str) -> None:
    told, own = town.person(ActorRole.MANUFACTURER).get(path).text, manager(town).get(path).text
    assert "演示账户由所有访客共用" in told
    assert "演示账户由所有访客共用" not in own
    for action in (f'action="{HOOKS}"', "/account/notices/feed"):
        assert action not in told


def test_a_webhook_without_a_kind_is_told_beside_the_kinds(town: Town) -> None:
    answer = manager(town).post(HOOKS, data={"address": ADDRESS})
    assert answer.status_code == 422
    assert 'href="#kind"' in answer.text
    assert 'id="kind-error"' in answer.text
    assert 'id="address-error"' not in answer.text
    assert ADDRESS in answer.text, "what was typed stands there still"


def test_an_organisation_has_only_so_many_replays_by_page_and_interface_together(town: Town) -> None:
    browser = manager(town)
    made = browser.post("/api/v1/webhooks", json={"address": ADDRESS, "kinds": ["certificate.suspended"]})
    page, base = f"{HOOKS}/{made.json()['id']}/replay", f"/api/v1/webhooks/{made.json()['id']}/replay"
    for _ in range(webhooks.MOST_REPEATED // 2):
        assert browser.post(page, data={"after": "0"}).status_code == 303
        assert browser.post(base, json={"after": 0}).status_code == 200
    assert browser.post(page, data={"after": "0"}).status_code == 429
    assert browser.post(base, json={"after": 0}).json()["code"] == "too-many-tries"
