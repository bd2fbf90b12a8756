"""Task 11 by visible names alone, and the pages of officers and bodies for everybody's eyes and hands."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from frontend.identify import PLAIN_NAME
from registry.accounts import kept_forms
from registry.accounts.kept_forms import KeptForm
from registry.accounts.models import SessionRow
from registry.kit.db import write_session
from tests import applicants, product_files
from tests.journeys import places
from tests.journeys.driving import DESK, HEIGHT, PHONE, Visitor
from tests.journeys.test_axe import barriers
from tests.journeys.test_budgets import KB, MOST_ELEMENTS, MOST_HTML, MOST_STYLE, NARROW, weigh
from tests.officers import Office, handed_in, live_office, post

STEPS = 7
pytestmark = pytest.mark.browser
Opened = tuple[str, Office]
SignIn = Callable[..., Any]


@pytest.fixture(scope="module")
def site(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with live_office(empty_database, tmp_path_factory.mktemp("office")) as opened:
        yield opened


@pytest.fixture
def signed_in(browser: Any, site: Opened) -> Iterator[SignIn]:
    """Opens a tab as one of the people of the site."""
    address, office = site
    opened = []

    def sign_in(name: str, *, width: int = DESK, scripts: bool = True) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT}, java_script_enabled=scripts, service_workers="block"
        )
        context.add_cookies([{"name": PLAIN_NAME, "value": office.tokens[name], "url": address}])
        opened.append(context)
        return context.new_page()

    yield sign_in
    for context in opened:
        context.close()


@pytest.mark.parametrize(("width", "scripts"), [(DESK, True), (PHONE, False)])
def test_task_11_take_the_oldest_compare_and_send_it_back(
    site: Opened, signed_in: SignIn, width: int, scripts: bool
) -> None:
    address, office = site
    number = handed_in(office["maker"])
    tab = signed_in("first", width=width, scripts=scripts)
    officer = Visitor(tab, address, most=STEPS, scripts=scripts)
    officer.starts("/zh/account/review/queue")
    officer.presses("领取最早的一件")
    assert tab.url.endswith(number), "the oldest"
    assert applicants.CERTIFICATE_TYPED["certificate.number"] in tab.content(), "the certificate beside it"
    officer.ticks("需修改：证书编号")
    officer.fills("退回理由（企业会看到）", "请核对证书编号")
    assert len(officer.steps) <= STEPS
    assert "已退回，企业可以看到理由和需要修改的字段" in tab.content()
    assert "请核对证书编号" in tab.content(), "the line of the history"
    officer.follows("审核队列")
    assert number not in tab.content(), "it has left the queue"
    open_ = office["maker"].get(f"/api/v1/applications/{number}").json()["open_paths"]
    assert open_ == ["certificate.number"]


@pytest.fixture(scope="module")
def made(site: Opened) -> dict[str, str]:
    """A case that the second officer has taken, a certificate that is public, a form that waits."""
    _, office = site
    taken = handed_in(office["maker"])
    sent = {"revision": str(office["maker"].get(f"/api/v1/applications/{taken}").json()["revision"])}
    answer = office["second"].post(f"/zh/account/review/cases/{taken}/take", data=sent)
    assert answer.status_code == 303
    return {"case": taken, "certificate": _published(office), "kept": _kept(office), "list": _list(office)}


def _kept(office: Office) -> str:
    """A form of the body's that waits for it."""
    with write_session(office.engine) as session:
        asked = select(SessionRow).where(col(SessionRow.account_id) == office.account("body"))
        row = session.scalars(asked).first()
        assert row is not None
        form = KeptForm("/zh/account/body/certificates", (("reason", "演示原因"),))
        return str(kept_forms.keep(session, row.id, form, now=applicants.NOW))


def _list(office: Office) -> str:
    """A product list that the first officer has taken."""
    root, data = "/api/v1/bulk", product_files.as_csv(product_files.rows(60))
    kept = office["maker"].post(root, files={"file": ("清单.csv", data)}).json()["id"]
    office["maker"].post(f"{root}/{kept}/check", json={})
    number = str(office["maker"].post(f"{root}/{kept}/commit", json={"rows": 60}).json()["application"])
    assert post(office["first"], number, "take").status_code == 303
    return number


NUMBER = "演示-2026-90077"


def _published(office: Office) -> str:
    typed = {
        **applicants.PRODUCT_TYPED, **applicants.CERTIFICATE_TYPED, "certificate.number": NUMBER,
    }  # fmt: skip
    number = handed_in(office["maker"], typed)
    root = f"/api/v1/applications/{number}"
    look = {
        "part": "certificate",
        "platform": "演示平台（虚构）",
        "checked_on": "2026-06-01",
        "result": "agrees",
    }
    for name, step in (("first", "approve"), ("second", "publish")):
        revision = office["maker"].get(root).json()["revision"]
        for act, more in (("take", {}), (step, {"looks": [look]})):
            answer = office[name].post(f"{root}/{act}", json={"revision": revision, **more})
            assert answer.status_code == 200, answer.text
            revision = answer.json()["revision"]
    found = office["maker"].get(root).json()["published"]
    return {one["part"]: str(one["code"]) for one in found}["certificate"]


@pytest.mark.looks
@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.full)])
@pytest.mark.parametrize("width", [PHONE, pytest.param(DESK, marks=pytest.mark.full)])
def test_the_pages_have_no_barrier_and_stay_inside_the_window(
    site: Opened, signed_in: SignIn, made: dict[str, str], lang: str, width: int
) -> None:
    address, _ = site
    tabs = {name: signed_in(name, width=width) for name in ("first", "second", "body")}
    for name, (person, path) in places.AT_WORK.items():
        tab = tabs[person]
        tab.goto(address + path.format(lang=lang, **made), wait_until="networkidle")
        assert barriers(tab) == [], name
        for narrow in (width, NARROW):
            tab.set_viewport_size({"width": narrow, "height": HEIGHT})
            assert tab.evaluate("document.documentElement.scrollWidth") <= narrow, (name, narrow)


@pytest.mark.looks
def test_the_pages_are_light_and_still(site: Opened, signed_in: SignIn, made: dict[str, str]) -> None:
    address, _ = site
    for name, (person, path) in places.AT_WORK.items():
        tab = signed_in(person, width=PHONE)
        tab.goto(address + path.format(lang="zh", **made), wait_until="networkidle")
        weight = weigh(tab)
        assert weight.parts[0][1] <= MOST_HTML, (name, weight.parts[0][1] / KB)
        assert weight.kind(".css") <= MOST_STYLE, name
        assert weight.elements <= MOST_ELEMENTS, name
        assert weight.shift == 0, name
