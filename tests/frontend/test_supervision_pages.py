"""Supervision on the pages: complaints decided by two, rounds, recognition, and who sees what."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine

from registry.kit import clock
from registry.kit.clock import asked_now, asked_today
from tests import evidence_files
from tests.applicants import NOW, TODAY
from tests.officers import Office, agreed, office, shown

COMPLAINTS, ROUNDS, RECOGNITION = (
    f"/zh/account/{one}" for one in ("complaints", "surveillance", "recognition")
)
WORDS = "到货的型号与证书附件不符（虚构），请核对。"


@pytest.fixture(scope="module")
def site(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(empty_database, tmp_path_factory.mktemp("office")) as opened:
        yield opened


@pytest.fixture(scope="module")
def codes(site: Office) -> dict[str, str]:
    """A product with its certificate, published by two officers."""
    return agreed(site)


@pytest.fixture
def later(site: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Twenty days on, for every request of one test."""
    app = site.public.app
    days = timedelta(days=20)
    monkeypatch.setattr(clock, "today", lambda: TODAY + days)
    app.dependency_overrides[asked_today] = lambda: TODAY + days  # type: ignore[attr-defined]
    app.dependency_overrides[asked_now] = lambda: NOW + days  # type: ignore[attr-defined]
    yield
    app.dependency_overrides[asked_today] = lambda: TODAY  # type: ignore[attr-defined]
    app.dependency_overrides[asked_now] = lambda: NOW  # type: ignore[attr-defined]


def complain(site: Office, about: str, **fields: str) -> Response:
    data = {"about": about, "allegation": "not_as_declared", "words": WORDS, **fields}
    return site.public.post("/zh/complain", data=data, headers={"sec-fetch-site": "same-origin"})


def complained(site: Office, about: str, **fields: str) -> tuple[str, str]:
    """Where the complaint is followed, and its number."""
    answer = complain(site, about, **fields)
    assert answer.status_code == 303, answer.text
    address = answer.headers["location"].partition("?")[0]
    found = re.search(r"TS-[0-9A-Z]{8}", site.public.get(address).text)
    assert found
    return address, found[0]


def act(tab: TestClient, place: str, step: str, **given: str | list[str]) -> Response:
    """A form of a page with the revision that stands in it."""
    found = re.search(r'name="revision" value="(\d+)"', tab.get(place).text)
    return tab.post(f"{place}/{step}", data={"revision": found[1] if found else "0", **given})


def test_a_complaint_goes_from_a_visitor_by_two_officers_to_the_public_pages(
    site: Office, codes: dict[str, str]
) -> None:
    address, number = complained(site, codes["product"], lot="L-7", contact="a@example.invalid")
    here = f"{COMPLAINTS}/{number}"
    assert "还没有人受理" in shown(site.public, address)
    assert "a@example.invalid" not in site.public.get(address).text
    for outsider in ("maker", "body", "other-body", "insider"):
        assert site[outsider].get(here).status_code == 404
    assert "a@example.invalid" in shown(site["first"], here)
    assert act(site["first"], here, "admit").status_code == 303
    party = shown(site["maker"], here)
    assert WORDS in party
    assert "example.invalid" not in party
    unheard = act(site["second"], here, "decide", outcome="upheld", **{"decide-words": "属实"})
    assert (unheard.status_code, "期满前没有答复不能决定" in unheard.text) == (409, True)
    assert act(site["maker"], here, "reply", **{"reply-words": "已更换（虚构）。"}).status_code == 303
    assert act(site["first"], here, "decide", outcome="upheld", **{"decide-words": "属实"}).status_code == 403
    wrong = act(site["second"], here, "decide", outcome="", appeal="明天", **{"decide-words": "写好的理由"})
    assert (wrong.status_code, "写好的理由" in wrong.text, wrong.text.count('class="error"')) == (
        422,
        True,
        2,
    )
    decision = {"outcome": "upheld", "decide-words": "属实（虚构）。", "measures": ["next_round"]}
    assert act(site["second"], here, "decide", **decision).status_code == 303  # type: ignore[arg-type]
    assert "属实（虚构）。" in shown(site.public, address)
    for page in (f"/zh/products/{codes['product']}", f"/v/{codes['product']}", "/zh/supervision"):
        public = shown(site.public, page)
        assert "投诉成立" in public, page
        assert "L-7" in public, page
        for private in ("属实（虚构）", "已更换", WORDS):
            assert private not in public, page
    finding = site.public.get("/api/v1/findings").json()["items"][-1]["finding"]
    assert "列入下次抽查" in shown(site.public, f"/v/{finding['code']}")


def test_a_complaint_that_is_not_right_comes_back_with_everything_typed(site: Office) -> None:
    answer = complain(site, "YS-AAAAAA-AAAAA-A", contact="b@example.invalid")
    assert answer.status_code == 422
    assert "b@example.invalid" in answer.text
    assert WORDS in answer.text
    faulty = complain(site, "", words="短", allegation="")
    assert faulty.text.count('class="error"') == 3
    crossed = site.public.post("/zh/complain", headers={"sec-fetch-site": "cross-site"})
    assert crossed.status_code == 403


def test_a_file_is_looked_through_and_given_to_the_office_alone(site: Office, codes: dict[str, str]) -> None:
    data = {"about": codes["certificate"], "allegation": "quality", "words": WORDS}
    same = {"sec-fetch-site": "same-origin"}
    bad = site.public.post("/zh/complain", data=data, files={"file": ("a.pdf", b"no pdf")}, headers=same)
    assert bad.status_code == 422
    pdf = evidence_files.pdf()
    taken = site.public.post("/zh/complain", data=data, files={"file": ("照片.pdf", pdf)}, headers=same)
    address = taken.headers["location"].partition("?")[0]
    found = re.search(r"TS-[0-9A-Z]{8}", site.public.get(address).text)
    assert found
    here = f"{COMPLAINTS}/{found[0]}"
    assert act(site["first"], here, "admit").status_code == 303
    file = site["second"].get(f"{here}/file")
    assert (file.content, file.headers["content-type"]) == (pdf, "application/pdf")
    assert "sandbox" in file.headers["content-security-policy"]
    assert "照片" not in shown(site["maker"], here)
    for outsider in ("maker", "body", "insider"):
        assert site[outsider].get(f"{here}/file").status_code in (403, 404)
    assert act(site["first"], here, "forward").status_code == 303
    assert WORDS in shown(site["body"], here)
    assert site["other-body"].get(here).status_code == 404
    before = site.public.get(f"/api/v1/certificates/{codes['certificate']}").json()
    assert (before["version"], before["certificate"]["disputed"]) == (1, False)


def test_whoever_complained_takes_it_back_and_is_forgotten(site: Office, codes: dict[str, str]) -> None:
    address, number = complained(site, codes["product"], contact="c@example.invalid")
    same = {"sec-fetch-site": "same-origin"}
    assert site.public.post(f"{address}/erase", headers=same).status_code == 303
    assert "c@example.invalid" not in shown(site["first"], f"{COMPLAINTS}/{number}")
    for revision in ("9", "x", "0"):
        answer = site.public.post(f"{address}/withdraw", data={"revision": revision}, headers=same)
        assert answer.status_code == 303
    page = site.public.get(address)
    assert "已撤回" in page.text
    assert page.headers["cache-control"] == "private, no-store"
    assert act(site["first"], f"{COMPLAINTS}/{number}", "admit").status_code == 409
    for wrong in (address[:-1], address + "A", "/zh/complaints/x", f"/zh/complaints/{number}"):
        assert site.public.get(wrong).status_code == 404


def test_an_inadmissible_complaint_ends_with_its_reason_and_nothing_public(
    site: Office, codes: dict[str, str]
) -> None:
    findings = len(site.public.get("/api/v1/findings").json()["items"])
    answer = site["maker"].post(
        "/api/v1/complaints",
        json={"about": codes["product"], "allegation": "other", "words": WORDS, "lot": "7"},
    )
    number, token = answer.json()["number"], answer.json()["token"]
    here = f"{COMPLAINTS}/{number}"
    assert act(site["second"], here, "dismiss", **{"dismiss-words": " "}).status_code == 422
    assert act(site["second"], here, "dismiss", **{"dismiss-words": "没有具体事实。"}).status_code == 303
    assert "没有具体事实。" in shown(site.public, f"/en/complaints/{token}")
    assert len(site.public.get("/api/v1/findings").json()["items"]) == findings


def planned(**changes: str) -> dict[str, str]:
    return {
        "name_zh": "示例抽查（虚构）", "name_en": "Example round (invented)", "kind": "", "region": "",
        "scope_on": TODAY.isoformat(), "size": "1", "seed_source": "演示彩票（虚构）",
        "seed_day": (TODAY + timedelta(days=3)).isoformat(), **changes,
    }  # fmt: skip


def test_a_round_is_seen_before_it_is_frozen_and_public_from_then_on(
    site: Office, codes: dict[str, str], later: None
) -> None:
    assert site["maker"].get(ROUNDS).status_code == 403
    seen = site["first"].post(ROUNDS, data=planned(seed_day=(TODAY + timedelta(days=23)).isoformat()))
    assert "冻结名单并公开" in seen.text
    assert "还没有抽查" in shown(site.public, "/zh/supervision")
    known = site["first"].post(ROUNDS, data=planned(go="record"))
    assert (known.status_code, "须在今天之后" in known.text) == (422, True)
    longer = site["first"].post(ROUNDS, data=planned(size="100000"))
    assert (longer.status_code, longer.text.count('class="error"')) == (422, 1), "never cut to another figure"
    faulty = site["first"].post(ROUNDS, data=planned(size="x", name_zh="", scope_on="昨天"))
    assert faulty.text.count('class="error"') == 3


def test_a_round_is_drawn_on_its_day_found_out_and_closed(site: Office, codes: dict[str, str]) -> None:
    frozen = site["first"].post(ROUNDS, data=planned(go="record"))
    assert frozen.status_code == 303
    here = frozen.headers["location"].partition("?")[0]
    code = here.rpartition("/")[2]
    early = site["first"].post(f"{here}/draw", data={"seed": "7", "reference": "公告"})
    assert (early.status_code, "才能录入" in early.text) == (409, True)
    listed = site.public.get(f"/zh/supervision/rounds/{code}/candidates.txt")
    assert codes["product"] in listed.text.split()
    public = shown(site.public, f"/en/supervision/rounds/{code}")
    assert "Not drawn yet" in public
    annulled = site["second"].post(f"{here}/annul", data={"reason": "来源停办（虚构）"})
    assert annulled.status_code == 303
    assert "来源停办（虚构）" in shown(site.public, f"/zh/supervision/rounds/{code}")
    assert site.public.get(f"/v/{code}").status_code == 200


def test_lots_outcomes_and_the_products_page(
    site: Office, codes: dict[str, str], request: pytest.FixtureRequest
) -> None:
    frozen = site["first"].post(ROUNDS, data=planned(go="record", size="50"))
    assert frozen.status_code == 422, "more than the list has"
    count = re.search(r"范围内有 (\d+) 个", frozen.text)
    assert count
    here = (
        site["first"]
        .post(ROUNDS, data=planned(go="record", size=count[1]))
        .headers["location"]
        .partition("?")[0]
    )
    request.getfixturevalue("later")
    drawn = site["second"].post(f"{here}/draw", data={"seed": "07 11", "reference": "演示公告（虚构）"})
    assert drawn.status_code == 303
    day = (TODAY + timedelta(days=20)).isoformat()
    lots = re.findall(r'<option value="(YS-[^"]+)"', site["second"].get(here).text)
    assert codes["product"] in lots
    untested = {"product": codes["product"], "result": "fail", "found_on": day}
    assert site["second"].post(f"{here}/outcome", data=untested).status_code == 422
    tested = {**untested, "report": "演示抽检-7", "laboratory": "示例检测机构（虚构）"}
    assert site["insider"].post(f"{here}/outcome", data=tested).status_code == 403
    assert site["second"].post(f"{here}/outcome", data=tested).status_code == 303
    assert site["second"].post(f"{here}/close").status_code == (409 if len(lots) > 1 else 303)
    for page in (f"/zh/products/{codes['product']}", f"/v/{codes['product']}"):
        assert "不合格" in shown(site.public, page)


def test_recognition_is_on_notice_objected_to_and_removed(
    site: Office, codes: dict[str, str], request: pytest.FixtureRequest
) -> None:
    typed = {
        "product": codes["product"], "evidence": codes["certificate"], "catalogue_zh": "示例目录（虚构）",
        "catalogue_en": "Example catalogue (invented)", "notice_until": "", "notice_basis": "",
    }  # fmt: skip
    assert site["maker"].post(RECOGNITION, data=typed).status_code == 403
    wrong = site["first"].post(
        RECOGNITION, data={**typed, "evidence": codes["product"], "notice_until": "明天"}
    )
    assert (wrong.status_code, "示例目录（虚构）" in wrong.text) == (422, True)
    here = site["first"].post(RECOGNITION, data=typed).headers["location"].partition("?")[0]
    code = here.rpartition("/")[2]
    assert "期内可提异议" in shown(site.public, f"/zh/products/{codes['product']}")
    assert "本工具约定" in shown(site.public, f"/v/{code}")
    assert site["first"].post(f"{here}/enter").status_code == 409
    objection = (
        site["maker"]
        .post("/api/v1/complaints", json={"about": code, "allegation": "against_recognition", "words": WORDS})
        .json()
    )
    request.getfixturevalue("later")
    blocked = site["first"].post(f"{here}/enter")
    assert (blocked.status_code, "异议有 1 件" in blocked.text) == (409, True)
    place = f"{COMPLAINTS}/{objection['number']}"
    assert act(site["first"], place, "dismiss", **{"dismiss-words": "没有事实。"}).status_code == 303
    assert site["first"].post(f"{here}/enter").status_code == 303
    assert "已采信" in shown(site.public, f"/v/{code}")
    assert site["second"].post(f"{here}/remove", data={"remove-reason": ""}).status_code == 422
    assert site["second"].post(f"{here}/remove", data={"remove-reason": "停产（虚构）"}).status_code == 303
    assert "停产（虚构）" in shown(site.public, f"/zh/products/{codes['product']}")


def test_the_two_ways_in_lead_to_each_other(site: Office, codes: dict[str, str]) -> None:
    code = codes["product"]
    assert f"/zh/complain?about={code}" in site.public.get(f"/zh/report-problem?about={code}").text
    assert f"/zh/report-problem?about={code}" in site.public.get(f"/zh/complain?about={code}").text
    assert f"/zh/complain?about={code}" in site.public.get(f"/v/{code}").text
