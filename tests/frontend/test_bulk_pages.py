"""The pages of product lists: upload, verdicts, hand in, receipt; without a script, in both languages."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from registry.access.actors import ActorRole
from registry.categories.service import MATERIAL_KIND, REGION
from registry.changes.feed import Draft
from registry.kit.db import write_session
from registry.parties.service import ORGANISATION, PLANT
from seeds.demo.parties import firm_id
from tests import applicants, factories, product_files
from tests.factories import START
from tests.frontend.account_site import NewDatabase, Town, opened, sign_in
from tests.frontend.reading import Page
from tests.product_files import row, rows

ROOT = "/zh/account/maker/bulk"


@pytest.fixture
def town(new_database: NewDatabase) -> Iterator[Town]:
    """A site whose register knows one maker with a plant, and one kind of material."""
    maker = factories.organisation(17, id=firm_id(17))
    plant = factories.plant(1, organisation_id=maker.id)
    kind, region = factories.kind(), applicants.region()
    with opened(new_database()) as found:
        found.employ()
        with write_session(found.site.engine) as session:
            factories.record(
                session,
                [
                    Draft(REGION, region.id, START, region),
                    Draft(MATERIAL_KIND, kind.id, START, kind),
                    Draft(ORGANISATION, maker.id, START, maker),
                    Draft(PLANT, plant.id, START, plant),
                ],
            )
        yield found


@pytest.fixture
def maker(town: Town) -> TestClient:
    browser = town.browser()
    sign_in(browser)
    return browser


def sent(browser: TestClient, data: bytes, name: str = "清单.csv") -> Any:
    return browser.post(ROOT, files={"file": (name, data)})


def shown(browser: TestClient, address: str) -> Page:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.text
    return Page(answer.text)


def pressed(browser: TestClient, address: str, *, to: str = "", **given: str) -> None:
    answer = browser.post(address, data=given)
    assert (answer.status_code, answer.headers["location"]) == (303, to or address.rpartition("/")[0])


def buttons(page: Page) -> list[str]:
    return [one.text for one in page.all("button")]


def test_a_maker_uploads_looks_and_hands_in(maker: TestClient) -> None:
    answer = sent(maker, product_files.as_csv([*rows(2), row(3, unit="?")]))
    assert answer.status_code == 303
    address = answer.headers["location"]
    assert "检查下一批" in buttons(shown(maker, address))
    pressed(maker, f"{address}/check")
    page = shown(maker, address)
    assert "提交可提交的 2 行" in buttons(page)
    wrong = shown(maker, f"{address}?verdict=error")
    cells = [one.text for one in wrong.all("td")]
    assert cells[1] == "有错误，不提交"
    assert cells[2].startswith("计量单位：")
    pressed(maker, f"{address}/commit", rows="2")
    receipt = shown(maker, address)
    assert "D-" in receipt.source
    assert not any("提交" in text or "检查" in text for text in buttons(receipt))
    assert "D-" in shown(maker, ROOT).source
    assert sent(maker, product_files.as_csv([*rows(2), row(3, unit="?")])).headers["location"] == address


def test_the_list_of_applications_leads_to_the_upload(maker: TestClient) -> None:
    answer = maker.post("/zh/account/maker", data={"subject": "product_list"})
    assert (answer.status_code, answer.headers["location"]) == (303, ROOT)
    assert "下载模板" in shown(maker, ROOT).source


def test_other_rows_than_those_shown_are_not_handed_in(maker: TestClient) -> None:
    address = sent(maker, product_files.as_csv(rows(2))).headers["location"]
    pressed(maker, f"{address}/check")
    for given, status in (("1", 409), ("x", 422), ("", 422)):
        assert maker.post(f"{address}/commit", data={"rows": given}).status_code == status
    pressed(maker, f"{address}/check", again="yes")


def test_a_list_is_deleted_with_a_word_on_what_is_lost(maker: TestClient) -> None:
    address = sent(maker, product_files.as_csv(rows(3))).headers["location"]
    page = shown(maker, address)
    assert "删除这份清单" in buttons(page)
    assert "文件的 3 行和检查结果都会消失" in page.source
    assert "the 3 rows of the file" in shown(maker, address.replace("/zh/", "/en/")).source
    for _ in range(2):
        pressed(maker, f"{address}/delete", to=ROOT)
    assert maker.get(address).status_code == 404
    assert address not in shown(maker, ROOT).source


def test_what_was_handed_in_has_no_button_to_delete_it(maker: TestClient) -> None:
    address = sent(maker, product_files.as_csv(rows(1))).headers["location"]
    pressed(maker, f"{address}/check")
    pressed(maker, f"{address}/commit", rows="1")
    assert "删除这份清单" not in buttons(shown(maker, address))
    assert maker.post(f"{address}/delete").status_code == 409


def test_a_file_that_is_no_list_is_explained_beside_the_field(maker: TestClient) -> None:
    answer = sent(maker, b"%PDF-1.7\n", "list.xlsx")
    assert answer.status_code == 422
    assert "PDF" in Page(answer.text).one("p", class_="error").text


def test_pages_of_rows_lead_on_to_the_last(maker: TestClient) -> None:
    address = sent(maker, product_files.as_csv(rows(60))).headers["location"]
    page = shown(maker, address)
    (more,) = [one.attributes["href"] for one in page.all("a") if "后面的行" in one.text]
    assert len(shown(maker, more).all("td")) == 10 * 3


def test_others_find_nothing(town: Town, maker: TestClient) -> None:
    address = sent(maker, product_files.as_csv(rows(1))).headers["location"]
    officer = town.person(ActorRole.REGISTRY_OFFICER)
    assert officer.get(address).status_code == 404
    officer.post(f"{address}/delete")
    assert maker.get(address).status_code == 200, "it is not the officer's to delete"
    assert town.browser().get(address).status_code in (303, 401)
    english = maker.get(address.replace("/zh/", "/en/"))
    assert english.status_code == 200
    assert "Hand in" not in english.text
    assert "Check the next rows" in english.text
