"""From a file looked at to a maker's draft, by the forms: one draft however often sent, and nobody else's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from registry.access.actors import ANONYMOUS, OPERATOR
from registry.declarations.dataset import Subtype
from registry.declarations.documents import kept_readings
from registry.declarations.documents.entering import About, enter
from registry.declarations.documents.kept_readings import File, Saving
from registry.declarations.formats import openepd
from registry.kit.db import write_session
from tests import declared, factories
from tests.applicants import BODY_OFFICER, MAKER, NOW, OTHER_MAKER, TODAY
from tests.frontend import maker_site
from tests.frontend.declaration_site import FILE
from tests.frontend.maker_site import Browser
from tests.frontend.reading import Page

CHECK = "/zh/declarations/check"
PRODUCT = factories.product().code


@pytest.fixture
def browser(empty_database: Engine, tmp_path: Path) -> Iterator[Browser]:
    with maker_site.opened(empty_database, tmp_path) as opened:
        yield opened


def uploaded(browser: Browser, data: bytes = FILE) -> str:
    answer = browser.client.post(CHECK, files={"file": ("示例.json", data)})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_a_maker_chooses_a_product_and_goes_on_in_the_form(browser: Browser) -> None:
    address = uploaded(browser)
    page = Page(browser.get("", root=address).text)
    assert [one.attributes["value"] for one in page.one("select", name="product").below("option")] == [
        "",
        PRODUCT,
    ]
    sent = browser.client.post(f"{address}/save?n=1", data={"product": PRODUCT})
    assert sent.status_code == 303, sent.text
    there = str(sent.headers["location"])
    assert browser.client.post(f"{address}/save?n=1", data={"product": PRODUCT}).headers["location"] == there
    form = Page(browser.client.get(there).text)
    assert form.one("input", name="carbon.modules.A1-A3").attributes["value"] == "243.5"
    assert browser.client.post(f"{address}/delete").status_code == 303
    assert browser.client.get(there).status_code == 200, "a draft outlives the check it was filled from"


def test_a_newer_version_of_ones_own_is_told_and_the_same_one_is_not_offered(browser: Browser) -> None:
    about = About((factories.product().id,), (), factories.organisation().id)
    with write_session(browser.engine) as session:
        made = enter(session, declared.reading(), about, actor=OPERATOR, today=TODAY)
        saving = Saving(OPERATOR, NOW, about.maker_id)
        kept_readings.save(session, declared.reading(), made, File("x", "d" * 64, "machine"), saving)
    same = Page(browser.get("", root=uploaded(browser)).text)
    assert "这个版本已经登记过" in same.words
    assert f"/zh/declarations/{made.code}" in same.links
    assert not same.all("select", name="product")
    newer = openepd.write(declared.dataset(version="2.0")).content
    address = uploaded(browser, newer)
    page = Page(browser.get("", root=address).text)
    assert f"已登记的 {made.code} 的新版本" in page.words
    (chosen,) = [
        one for one in page.one("select", name="product").below("option") if "selected" in one.attributes
    ]
    assert chosen.attributes["value"] == PRODUCT
    there = browser.client.post(f"{address}/save", data={"product": PRODUCT}).headers["location"]
    checked = str(there).rsplit("/", 1)[0] + "/check"
    assert f"公开后作为 {made.code} 的下一版" in Page(browser.client.get(checked).text).words


def test_without_a_product_the_form_says_so(browser: Browser) -> None:
    address = uploaded(browser)
    answer = browser.client.post(f"{address}/save", data={})
    assert answer.status_code == 422
    assert Page(answer.text).all("p", id="product-error")


def test_who_is_no_maker_is_told_how_to_go_on_and_saves_nothing(browser: Browser) -> None:
    address = uploaded(browser)
    for actor, says in ((ANONYMOUS, "企业登录后"), (BODY_OFFICER, "您当前的角色不能")):
        browser.acts_as(actor)
        page = Page(browser.get("", root=address).text)
        assert says in page.words
        assert not page.all("select", name="product")
        answer = browser.client.post(f"{address}/save", data={"product": PRODUCT})
        to_sign_in = "/account/sign-in" in answer.headers.get("location", "")
        assert (answer.status_code, to_sign_in) in {(303, True), (403, False)}
    browser.acts_as(OTHER_MAKER)
    assert browser.client.post(f"{address}/save", data={"product": PRODUCT}).status_code == 403


def test_what_is_no_products_or_cannot_stand_is_not_offered(browser: Browser) -> None:
    browser.acts_as(MAKER)
    for fields, says in (
        ({"subtype": Subtype.GENERIC}, "不是某一产品的声明"),
        ({"valid_to": None}, "先改正上面"),
    ):
        address = uploaded(browser, openepd.write(declared.dataset(**fields)).content)
        page = Page(browser.get("", root=address).text)
        assert says in page.words
        assert not page.all("select", name="product")
        assert browser.client.post(f"{address}/save", data={"product": PRODUCT}).status_code == 422
