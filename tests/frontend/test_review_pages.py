"""The officer's and the body's pages in every state, and nothing for those they are not for."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update
from sqlmodel import col

from registry.applications.models import ApplicationFileRow
from registry.evidence import files
from registry.evidence.models import EvidenceFileRow
from registry.kit.db import read_session, write_session
from tests import applicants, databases, factories
from tests.frontend.reading import Page
from tests.officers import CASES, LOOKED, ROLES, Office, handed_in, office, post, shown

QUEUE = "/zh/account/review/queue"
BODY_PAGE = "/zh/account/body/certificates"


@pytest.fixture
def site(empty_database: Engine, tmp_path: Path) -> Iterator[Office]:
    with office(empty_database, tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, str]]:
    """A site with one case that the first officer has taken."""
    with office(empty_database, tmp_path_factory.mktemp("office")) as opened:
        number = handed_in(opened["maker"])
        assert post(opened["first"], number, "take").status_code == 303
        yield opened, number


def test_an_empty_queue_says_so_and_offers_nothing_to_take(site: Office) -> None:
    text = shown(site["first"], QUEUE)
    assert "今日已清空" in text
    assert "领取最早的一件" not in text
    answer = site["first"].post(f"{QUEUE}/oldest", data={})
    assert answer.headers["location"] == QUEUE


def test_an_officer_reads_names_with_their_numbers_and_what_a_figure_was_read_as(
    shared: tuple[Office, str],
) -> None:
    site, number = shared
    rows = Page(shown(site["first"], f"{CASES}/{number}")).all("span", class_="value")
    values = [one.text for one in rows]
    text = shown(site["first"], f"{CASES}/{number}")
    assert factories.kind().name_zh in values
    assert factories.CEMENT not in values
    assert f"{factories.plant(1).name_zh}、{factories.plant(2).name_zh}" in values
    assert f"{factories.plant(1).code}、{factories.plant(2).code}" in text
    assert "３，１００ kg/m³" in values
    assert "读作 3,100" in text


def test_the_oldest_goes_first_and_of_two_officers_one_gets_it(site: Office) -> None:
    number = handed_in(site["maker"])
    text = shown(site["first"], QUEUE)
    assert "0 个工作日，第 1 次提交" in text
    assert "待办 1 件" in text
    assert post(site["first"], number, "take").status_code == 303
    late = site["second"].post(f"{CASES}/{number}/take", data={"revision": "1"})
    assert late.status_code == 409
    blocked = shown(site["second"], f"{CASES}/{number}")
    assert "此件已由他人领取" in blocked
    assert "需修改" not in blocked, "no form for what is not open"
    assert "领取此件后可以打开" in blocked
    assert number in shown(site["first"], f"{QUEUE}?mine=1")
    assert "没有符合条件的申报" in shown(site["second"], f"{QUEUE}?mine=1")


def test_an_officer_of_the_applicants_own_organisation_is_told_why_not(site: Office) -> None:
    number = handed_in(site["maker"])
    assert number not in shown(site["insider"], QUEUE)
    text = shown(site["insider"], f"{CASES}/{number}")
    assert "不能办理本单位的申报" in text
    assert "回避" in text
    assert post(site["insider"], number, "take").status_code == 403


def test_a_case_withdrawn_meanwhile_says_so_and_nothing_else(site: Office) -> None:
    number = handed_in(site["maker"])
    assert post(site["first"], number, "take").status_code == 303
    assert applicants.PRODUCT_TYPED["product.name_zh"] in shown(site["first"], f"{CASES}/{number}")
    here = f"/api/v1/applications/{number}"
    revision = site["maker"].get(here).json()["revision"]
    assert site["maker"].post(f"{here}/withdraw", json={"revision": revision}).status_code == 200
    text = shown(site["first"], f"{CASES}/{number}")
    assert "申报人已撤回此件" in text
    assert applicants.PRODUCT_TYPED["product.name_zh"] not in text
    shown(site["second"], f"{CASES}/{number}", 404)


def test_evidence_that_is_gone_is_named_and_never_offered(site: Office) -> None:
    number = handed_in(site["maker"])
    assert post(site["first"], number, "take").status_code == 303
    assert "api/v1/applications" in shown(site["first"], f"{CASES}/{number}")
    with databases.owners(site.engine) as owner, read_session(owner) as session:
        row = session.scalars(select(EvidenceFileRow)).one()
        folder = site.public.app.state.applications.evidence  # type: ignore[attr-defined]
        files.place(folder, row.sha256).unlink()
    text = shown(site["first"], f"{CASES}/{number}")
    assert "缺少证明文件" in text
    assert "/files/" not in text
    with databases.owners(site.engine) as owner, write_session(owner) as session:
        of_certificate = col(ApplicationFileRow.path) == "certificate"
        session.execute(update(ApplicationFileRow).where(of_certificate).values(path="product"))
    assert "请为这一部分附上证明文件" in shown(site["first"], f"{CASES}/{number}")


def test_a_return_without_reason_or_fields_keeps_what_was_typed(shared: tuple[Office, str]) -> None:
    site, number = shared
    answer = post(site["first"], number, "return", **{"note:certificate.number": "请核对编号"})
    assert answer.status_code == 422
    assert 'value="请核对编号"' in answer.text
    assert 'href="#reason"' in answer.text
    nothing = post(site["first"], number, "return", reason="请补充")
    assert nothing.status_code == 422
    assert "请指明退回哪些字段" in nothing.text
    stale = site["first"].post(
        f"{CASES}/{number}/return", data={"revision": "0", "path": "product", "reason": "x"}
    )
    assert stale.status_code == 409
    assert "已有变化" in stale.text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"look-certificate-result": ""}, "look-certificate-result"),
        ({"look-certificate-platform": ""}, "look-certificate-platform"),
        ({"look-certificate-checked_on": "六月"}, "look-certificate-checked_on"),
        ({"look-certificate-screenshot_sha256": "abc"}, "look-certificate-screenshot_sha256"),
        ({"look-certificate-result": "differs"}, "decide"),
        ({"look-certificate-checked_on": "2026-06-02"}, "decide"),
    ],
)
def test_a_look_up_that_is_not_whole_approves_nothing(
    shared: tuple[Office, str], changes: dict[str, str], field: str
) -> None:
    site, number = shared
    answer = post(site["first"], number, "approve", **{**LOOKED, **changes})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert "初审通过，待复核" not in shown(site["first"], f"{CASES}/{number}")


def test_a_case_is_handed_over_with_a_reason_and_put_back(site: Office) -> None:
    number = handed_in(site["maker"])
    assert post(site["first"], number, "take").status_code == 303
    second = str(site.account("second"))
    assert second in shown(site["first"], f"{CASES}/{number}")
    assert post(site["first"], number, "hand-over", to="x", reason="休假").status_code == 422
    assert post(site["first"], number, "hand-over", to=second, reason=" ").status_code == 422
    assert post(site["first"], number, "hand-over", to=second, reason="休假").status_code == 303
    text = shown(site["second"], f"{CASES}/{number}")
    assert "休假" in text
    assert post(site["second"], number, "remarks", **{"note:product.models": "请核对"}).status_code == 303
    remark = re.search(r"remarks/([0-9a-f-]{36})/settle", shown(site["second"], f"{CASES}/{number}"))
    assert remark is not None
    assert post(site["second"], number, f"remarks/{remark[1]}/settle").status_code == 303
    assert post(site["second"], number, "put-back", reason="改派").status_code == 303
    assert "尚未领取" in shown(site["first"], f"{CASES}/{number}")


def test_the_pages_are_whole_in_english(shared: tuple[Office, str]) -> None:
    site, number = shared
    text = shown(site["first"], f"/en/account/review/cases/{number}")
    assert "Needs work" in text
    assert "Review queue" in shown(site["first"], "/en/account/review/queue")
    assert "Certificates of this body" in shown(site["body"], "/en/account/body/certificates")


@pytest.mark.parametrize("name", ROLES)
def test_each_page_opens_only_to_those_it_is_for(shared: tuple[Office, str], name: str) -> None:
    site, number = shared
    officer, body = name in {"first", "second", "insider"}, name.endswith("body")
    for address, opens in (
        (QUEUE, officer),
        (f"{CASES}/{number}", officer),
        (BODY_PAGE, body),
        ("/zh/account/review/certificates", officer),
    ):
        assert site[name].get(address).status_code == (200 if opens else 403), address
        assert site.public.get(address).status_code == 303, "sign in first"
