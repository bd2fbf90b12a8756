"""A complaint and a round by visible names alone, and the pages of supervision for everybody's eyes."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from frontend.identify import PLAIN_NAME
from tests.applicants import TODAY
from tests.journeys import places
from tests.journeys.driving import DESK, HEIGHT, PHONE, Visitor
from tests.journeys.test_axe import barriers
from tests.journeys.test_budgets import NARROW
from tests.officers import Office, agreed, live_office

pytestmark = pytest.mark.browser
Opened = tuple[str, Office]
SignIn = Callable[..., Any]
WORDS = "到货的型号与证书附件不符（虚构），名称写得很长，看看窄屏上怎样换行。"
NAMED = {"name_zh": "示例抽查（虚构）", "name_en": "Example round (invented)"}


@pytest.fixture(scope="module")
def site(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with live_office(empty_database, tmp_path_factory.mktemp("office")) as opened:
        yield opened


@pytest.fixture
def signed_in(browser: Any, site: Opened) -> Iterator[SignIn]:
    """Opens a tab as one of the people of the site, or as a visitor."""
    address, office = site
    opened = []

    def sign_in(name: str, *, width: int = DESK, scripts: bool = True) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT}, java_script_enabled=scripts, service_workers="block"
        )
        if name != "public":
            context.add_cookies([{"name": PLAIN_NAME, "value": office.tokens[name], "url": address}])
        opened.append(context)
        return context.new_page()

    yield sign_in
    for context in opened:
        context.close()


@pytest.fixture(scope="module")
def made(site: Opened) -> dict[str, str]:
    """One of each: a product, a complaint that is admitted, a frozen round, a recognition on notice."""
    _, office = site
    codes, root = agreed(office), "/api/v1"
    given = {
        "about": codes["certificate"],
        "allegation": "quality",
        "words": WORDS,
        "contact": "a@example.invalid",
    }
    complaint = office["body"].post(f"{root}/complaints", json=given).json()
    office["first"].post(f"{root}/complaints/{complaint['number']}/admit", json={"revision": 0})
    planned = {
        **NAMED, "scope_on": TODAY.isoformat(), "size": 1, "seed_source": "演示彩票（虚构）",
        "seed_day": (TODAY + timedelta(days=3)).isoformat(),
    }  # fmt: skip
    lots = office["first"].post(f"{root}/surveillance-rounds", json=planned).json()
    entry = {
        "product": codes["product"], "evidence": codes["certificate"], "catalogue_zh": "示例目录（虚构）",
        "catalogue_en": "Example catalogue (invented)",
    }  # fmt: skip
    recognition = office["first"].post(f"{root}/recognitions", json=entry).json()
    return {
        "product": codes["product"], "complaint": complaint["number"], "token": complaint["token"],
        "round": lots["code"], "recognition": recognition["code"],
    }  # fmt: skip


@pytest.mark.parametrize(("width", "scripts"), [(DESK, True), (PHONE, False)])
def test_a_visitor_complains_from_the_answer_to_a_scanned_code(
    site: Opened, signed_in: SignIn, made: dict[str, str], *, width: int, scripts: bool
) -> None:
    address, _ = site
    tab = signed_in("public", width=width, scripts=scripts)
    visitor = Visitor(tab, address, most=6, scripts=scripts)
    visitor.starts(f"/v/{made['product']}")
    visitor.follows("投诉 Complain")
    visitor.selects("投诉种类", "quality")
    visitor.types("事情经过和理由", WORDS)
    visitor.presses("提交投诉")
    assert "已收到您的投诉" in tab.content()
    visitor.presses("撤回")
    assert "已撤回" in tab.content()


@pytest.mark.looks
@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.full)])
@pytest.mark.parametrize("width", [PHONE, pytest.param(DESK, marks=pytest.mark.full)])
def test_the_pages_have_no_barrier_and_stay_inside_the_window(
    site: Opened, signed_in: SignIn, made: dict[str, str], lang: str, width: int
) -> None:
    address, _ = site
    tabs = {name: signed_in(name, width=width) for name in ("public", "first", "second", "maker")}
    for name, (person, path) in places.SUPERVISED.items():
        tab = tabs[person]
        answer = tab.goto(address + path.format(lang=lang, **made), wait_until="networkidle")
        assert answer.status == 200, name
        assert barriers(tab) == [], name
        for narrow in (width, NARROW):
            tab.set_viewport_size({"width": narrow, "height": HEIGHT})
            assert tab.evaluate("document.documentElement.scrollWidth") <= narrow, (name, narrow)
