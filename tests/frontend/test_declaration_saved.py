"""From a file looked at to a maker's draft, by the forms: one draft however often sent, and nobody else's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from registry.access.actors import ANONYMOUS
from registry.declarations.dataset import Subtype
from registry.declarations.formats import openepd
from tests import declared, factories
from tests.applicants import BODY_OFFICER, MAKER, OTHER_MAKER
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
