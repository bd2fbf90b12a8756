"""The officer's and the body's pages in every state, and nothing for those they are not for."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlmodel import col

from registry.applications.models import ApplicationFileRow
from registry.evidence import files
from registry.evidence.models import EvidenceFileRow
from registry.kit.db import read_session, write_session
from tests import applicants
from tests.applicants import TODAY
from tests.factories import code
from tests.officers import ROLES, Office, handed_in, office

QUEUE, CASES = "/zh/account/review/queue", "/zh/account/review/cases"
BODY_PAGE = "/zh/account/body/certificates"
LOOKED = {
    "look-certificate-platform": "演示平台（虚构）",
    "look-certificate-checked_on": "2026-06-01",
    "look-certificate-result": "agrees",
}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, str]]:
    """A site with one case that the first officer has taken."""
    with office(tmp_path_factory.mktemp("office")) as opened:
        number = handed_in(opened["maker"])
        assert post(opened["first"], number, "take").status_code == 303
        yield opened, number


def shown(tab: TestClient, address: str, status: int = 200) -> str:
    answer = tab.get(address)
    assert answer.status_code == status, answer.text
    return re.sub(r"\s+", " ", answer.text)


def post(tab: TestClient, number: str, step: str, **given_: str) -> Response:
    found = re.search(r'name="revision" value="(\d+)"', tab.get(f"{CASES}/{number}").text)
    return tab.post(f"{CASES}/{number}/{step}", data={"revision": found[1] if found else "0", **given_})


def test_an_empty_queue_says_so_and_offers_nothing_to_take(site: Office) -> None:
    text = shown(site["first"], QUEUE)
    assert "今日已清空" in text
    assert "领取最早的一件" not in text
    answer = site["first"].post(f"{QUEUE}/oldest", data={})
    assert answer.headers["location"] == QUEUE


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
    with read_session(site.engine) as session:
        row = session.scalars(select(EvidenceFileRow)).one()
        folder = site.public.app.state.applications.evidence  # type: ignore[attr-defined]
        files.place(folder, row.sha256).unlink()
    text = shown(site["first"], f"{CASES}/{number}")
    assert "缺少证明文件" in text
    assert "/files/" not in text
    with write_session(site.engine) as session:
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


def issued(site: Office) -> str:
    number = handed_in(site["maker"])
    for name, step in (("first", "approve"), ("second", "publish")):
        assert post(site[name], number, "take").status_code == 303
        assert post(site[name], number, step, **LOOKED).status_code == 303
    found = site["maker"].get(f"/api/v1/applications/{number}").json()["published"]
    return {one["part"]: one["code"] for one in found}["certificate"]


GIVEN = {
    "on": "2026-06-01",
    "reason": "演示原因",
    "evidence": "演示决定书",
    "appeal": "2026-07-01",
    "source": "",
}


def test_a_body_sees_and_changes_what_it_issued_and_nothing_else(site: Office) -> None:
    certificate = issued(site)
    assert applicants.CERTIFICATE_TYPED["certificate.number"] in shown(site["body"], BODY_PAGE)
    assert applicants.CERTIFICATE_TYPED["certificate.number"] not in shown(site["other-body"], BODY_PAGE)
    shown(site["other-body"], f"{BODY_PAGE}/{certificate}", 403)
    answer = site["other-body"].post(
        f"{BODY_PAGE}/{certificate}/acts/suspend", data={**GIVEN, "go": "record"}
    )
    assert answer.status_code == 403
    for kind, why in (("reinstate", "只有暂停中的证书可以恢复"), ("settle", "没有待处理的异议")):
        assert why in shown(site["body"], f"{BODY_PAGE}/{certificate}")
        refused = site["body"].post(f"{BODY_PAGE}/{certificate}/acts/{kind}", data={**GIVEN, "go": "record"})
        assert refused.status_code == 422
    shown(site["body"], f"{BODY_PAGE}/{certificate}/acts/issue", 404)
    shown(site["body"], f"{BODY_PAGE}/{certificate}/acts/correct", 404)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"evidence": ""}, "evidence"),
        ({"on": ""}, "on"),
        ({"on": "六月"}, "on"),
        ({"on": "2020-01-01"}, "on"),
        ({"appeal": "2026-05-01"}, "appeal"),
        ({"reason": "长" * 401}, "reason"),
    ],
)
def test_an_act_that_is_not_whole_is_not_recorded_and_keeps_what_was_typed(
    bodied: tuple[Office, str], changes: dict[str, str], field: str
) -> None:
    site, certificate = bodied
    answer = site["body"].post(
        f"{BODY_PAGE}/{certificate}/acts/suspend", data={**GIVEN, **changes, "go": "record"}
    )
    assert answer.status_code == 422, answer.text
    assert f'href="#{field}"' in answer.text
    assert site.public.get(f"/api/v1/certificates/{certificate}").json()["state_on_day"] == "active"


@pytest.fixture(scope="module")
def bodied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, str]]:
    with office(tmp_path_factory.mktemp("office")) as opened:
        yield opened, issued(opened)


def test_an_officer_copies_an_act_with_its_source_and_never_without(site: Office) -> None:
    certificate = issued(site)
    root = "/zh/account/review/certificates"
    number = applicants.CERTIFICATE_TYPED["certificate.number"]
    assert certificate in shown(site["first"], f"{root}?q={number}")
    here = f"{root}/{certificate}/acts/suspend"
    assert "出处" in shown(site["first"], here)
    assert site["first"].post(here, data={**GIVEN, "go": "record"}).status_code == 422
    given_ = {**GIVEN, "source": "演示机构公告第 1 号（虚构），2026-06-01 查看"}
    assert site["first"].post(here, data={**given_, "go": "record"}).status_code == 303
    found = site.public.get(f"/api/v1/certificates/{certificate}").json()["certificate"]
    assert (found["state"], found["known_by"]["source"]) == ("suspended", "transcribed")
    assert found["known_by"]["note"] == given_["source"]
    shown(site["first"], f"{root}/{certificate}/acts/renew", 404)


def test_a_renewal_is_a_new_certificate_of_the_same_rows(site: Office) -> None:
    certificate = issued(site)
    here = f"{BODY_PAGE}/{certificate}/acts/renew"
    given_ = {"number": "演示-2031-90001", "issued_on": "2026-05-20", "valid_from": "2031-03-01",
              "valid_to": "2036-02-29", "reason": "期满延续"}  # fmt: skip
    assert site["body"].post(here, data={**given_, "valid_to": "2030-01-01"}).status_code == 422
    assert site["body"].post(here, data={**given_, "number": ""}).status_code == 422
    assert site["body"].post(here, data=given_).status_code == 303
    assert site["body"].post(here, data=given_).status_code == 422, "a number is given once"


TELLING = (
    "",
    "0",
    "-1",
    "9" * 30,
    "\x00",
    "\u202e",
    "a" * 5000,
    "../..",
    "{0}",
    "'",
    "<b>",
    "六月",
    "agrees",
)
texts = st.sampled_from(TELLING) | st.text(max_size=40)
FORMS = ("take", "remarks", "return", "approve", "publish", "hand-over", "put-back", "remove")
NAMES = (
    "revision", "path", "note:product.models", "note:x", "reason", "to", "look-certificate-platform",
    "look-certificate-result", "look-certificate-checked_on", "look-certificate-recheck_due",
    "look-certificate-screenshot_sha256",
)  # fmt: skip
usual = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("step", FORMS)
def test_no_form_of_a_case_makes_an_answer_fail(shared: tuple[Office, str], step: str) -> None:
    site, number = shared

    @usual
    @given(sent=st.dictionaries(st.sampled_from(NAMES), texts, max_size=6))
    @example(sent={"revision": "1", "path": "\x00", "note:\x00": "x"})
    def answers(sent: dict[str, str]) -> None:
        answer = site["second"].post(f"{CASES}/{number}/{step}", data=_clean(sent))
        assert answer.status_code in {303, 403, 404, 409, 413, 422}

    answers()


@pytest.mark.parametrize("kind", ["suspend", "object", "renew"])
def test_no_form_of_an_act_makes_an_answer_fail(bodied: tuple[Office, str], kind: str) -> None:
    site, certificate = bodied

    @usual
    @given(sent=st.dictionaries(st.sampled_from([*GIVEN, "go", "number", "issued_on"]), texts, max_size=6))
    def answers(sent: dict[str, str]) -> None:
        answer = site["body"].post(f"{BODY_PAGE}/{certificate}/acts/{kind}", data=_clean(sent))
        assert answer.status_code in {200, 303, 403, 409, 413, 422}

    answers()


@pytest.mark.parametrize("path", [QUEUE, f"{CASES}/{{}}", BODY_PAGE, f"{BODY_PAGE}/{{}}"])
def test_no_address_makes_an_answer_fail(shared: tuple[Office, str], path: str) -> None:
    site, _ = shared
    tab = site["first" if "review" in path else "body"]

    @usual
    @given(text=st.sampled_from(["x", code("C", "certificate", 1), "..", "%00", "\u202e"]), value=texts)
    def answers(text: str, value: str) -> None:
        names = ("q", "state", "subject", "order", "page", "overdue", "mine", "done")
        answer = tab.get(path.format(text), params={name: _clean({name: value})[name] for name in names})
        assert answer.status_code in {200, 303, 403, 404, 422}

    answers()


def _clean(sent: dict[str, str]) -> dict[str, str]:
    """Half a character cannot be encoded into a form by any client."""
    return {name: value.encode(errors="replace").decode() for name, value in sent.items()}


def test_the_day_of_these_tests_is_the_applicants() -> None:
    assert TODAY.isoformat() == LOOKED["look-certificate-checked_on"]
