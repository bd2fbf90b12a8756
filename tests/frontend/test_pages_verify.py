"""Verifying a number: the answer in both languages, whatever was typed."""

import threading
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from tests.frontend.reading import Page
from tests.frontend.register import (
    BARE,
    CANCELLED,
    CLAIMED,
    EXPIRED,
    FORMULA,
    REPORTED,
    SUSPENDED,
    TWIN_NUMBER,
    TWO_PLANTS,
    WITHDRAWN,
    YEARLY,
    case,
)
from tests.frontend.test_pages_product import FIRST_WORDS

FOLLOWERS = {"search-follower", "notices"}  # they ask by themselves, all the time


def verify(site: TestClient, number: str, status: int = 200) -> Page:
    answer = site.get(f"/v/{quote(number, safe='')}")
    assert answer.status_code == status
    return Page(answer.text)


@pytest.mark.parametrize("n", FIRST_WORDS)
def test_a_product_number_answers_with_the_state_first(site: TestClient, n: int) -> None:
    zh, en = FIRST_WORDS[n]
    title = verify(site, case(n).product.code).title
    assert title.startswith(zh)
    assert en.lower() in title.lower()


@pytest.mark.parametrize("n", [1, SUSPENDED, WITHDRAWN, CANCELLED, EXPIRED])
def test_a_certificate_answers_by_our_number_and_by_its_body_s(site: TestClient, n: int) -> None:
    cert = case(n).certificate
    assert cert is not None
    for number in (cert.code, cert.number, f" {cert.number} "):
        shown = verify(site, number)
        assert shown.title.startswith(FIRST_WORDS[n][0])
        assert cert.number in shown.words


def test_only_a_valid_certificate_looks_good(site: TestClient) -> None:
    tones = {
        n: verify(site, case(n).product.code).one("h1").attributes["class"].split()[-1] for n in FIRST_WORDS
    }
    good = [n for n, tone in tones.items() if tone == "good"]
    assert good == [1, REPORTED]
    assert tones[SUSPENDED] == "warn"
    assert {tones[n] for n in (WITHDRAWN, CANCELLED, EXPIRED)} == {"bad"}
    assert {tones[n] for n in (CLAIMED, BARE)} == {"quiet"}


@pytest.mark.parametrize("change", [str.lower, str.upper, lambda text: text.replace("-", " ")])
@pytest.mark.parametrize("letter", ["v", "V"])
def test_a_number_is_read_however_it_is_typed(site: TestClient, change: object, letter: str) -> None:
    assert callable(change)
    code = case(1).product.code
    answer = site.get(f"/{letter}/{quote(change(code))}")
    assert answer.status_code == 200
    assert code in answer.text


def test_an_unknown_number_is_said_to_be_unknown_and_not_forged(site: TestClient) -> None:
    shown = verify(site, "没有这样的编号-1", 404)
    assert shown.title.startswith("本库没有登记这个编号")
    assert "This register holds no such number" in shown.title
    assert "没有登记不等于证书是假的" in shown.words
    assert "Not registered does not mean forged" in shown.words
    assert "没有这样的编号-1" in shown.words


def test_a_slip_is_offered_the_number_that_was_meant(site: TestClient) -> None:
    code = case(1).product.code
    wrong = code[:-3] + ("0" if code[-3] != "0" else "1") + code[-2:]
    assert f"/v/{code}" in verify(site, wrong, 404).links


def test_a_number_two_bodies_gave_is_a_choice(site: TestClient) -> None:
    shown = verify(site, TWIN_NUMBER)
    assert "有 2 条记录使用这个证书编号" in shown.title
    answers = [href for href in shown.links if href.startswith("/v/")]
    assert len(set(answers)) == 2
    bodies = {
        Page(site.get(href).text).words.split("认证机构 Certification body")[1][:20] for href in answers
    }
    assert len(bodies) == 2


def test_a_declaration_whose_last_day_is_a_year_is_uncertain_and_no_day_is_made_up(site: TestClient) -> None:
    stated = case(YEARLY).declaration
    assert stated is not None
    shown = verify(site, stated.code)
    assert shown.title.startswith("登记信息：声明的有效期只写到年或月，当日是否有效不能确定")
    assert shown.facts["有效期至 Valid until"] == ["2026年2026"]


def test_a_plant_that_is_not_covered_is_named(site: TestClient) -> None:
    assert (
        "生产厂“示例生产厂 002（虚构）”不在证书覆盖范围内"
        in verify(site, case(TWO_PLANTS).product.code).words
    )


def test_the_answer_needs_no_script_and_stays_small(site: TestClient) -> None:
    answer = site.get(f"/v/{case(1).product.code}")
    assert "<script" not in answer.text
    assert len(answer.content) < 6 * 1024
    assert answer.headers["cache-control"] == "no-cache"


def test_the_form_leads_to_the_answer_and_asks_again_for_nothing(site: TestClient) -> None:
    code = case(1).product.code
    answer = site.get("/en/verify", params={"code": f" {code} "})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/v/{code}")
    for query in ("?code=", "?code=%20", "?q="):
        shown = Page(site.get(f"/zh/verify{query}").text)
        assert "请输入登记号或证书编号" in shown.words
        assert shown.one("input", name="code").attributes["aria-invalid"] == "true"
    assert "错误" not in Page(site.get("/zh/verify").text).words
    assert site.get("/v/").headers["location"] == "/zh/verify"


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", "\x00", "a/../b", "%", "x" * 2000, "﷽", "\ud7ff"]
)
def test_anything_typed_is_answered_as_text(site: TestClient, typed: str) -> None:
    shown = verify(site, typed, 404)
    assert "本库没有登记这个编号" in shown.title
    assert not shown.all("script")


def test_a_name_is_text(site: TestClient) -> None:
    shown = verify(site, case(FORMULA).product.code)
    assert not shown.all("script")
    assert case(FORMULA).product.name_zh in shown.words


def test_the_mark_of_the_demonstration_stands_before_the_verdict(site: TestClient) -> None:
    for path in (case(1).product.code, "no-such-number", TWIN_NUMBER):
        body = site.get(f"/v/{quote(path)}").text.partition("<body>")[2]
        assert 0 < body.index("演示数据·无效凭证") < body.index("<h1")
        assert body.index("all firms, products and certificates are invented") < body.index("<h1")


def test_an_answer_never_says_that_an_official_platform_was_asked(site: TestClient) -> None:
    """The platform of the demonstration is invented, in both languages."""
    assert "Checked against the official platform" not in verify(site, case(1).product.code).words


def test_an_answer_leads_home_and_to_help(site: TestClient) -> None:
    links = verify(site, case(1).product.code).links
    assert {"/zh/", "/en/", "/zh/help/evidence", "/en/help/evidence"} <= set(links)


@pytest.mark.parametrize("sign", ["", " ", "/"])
def test_a_certificate_number_without_its_dashes_is_offered(site: TestClient, sign: str) -> None:
    cert = case(1).certificate
    assert cert is not None
    typed = cert.number.replace("-", sign)
    answer = site.get(f"/v/{quote(typed, safe='')}")
    assert f"/v/{quote(cert.number)}" in Page(answer.text).links or cert.code in answer.text


def test_an_answer_given_again_is_the_same_and_asks_the_register_only_where_it_stands(
    site: TestClient,
) -> None:
    asked: list[str] = []

    def note(_c: Any, _k: Any, sql: str, *_: Any) -> None:
        if threading.current_thread().name not in FOLLOWERS:
            asked.append(sql)

    number = case(TWO_PLANTS).product.code
    first = verify(site, number)
    event.listen(site.app.state.engine, "before_cursor_execute", note)  # type: ignore[attr-defined]
    again = verify(site, number)
    event.remove(site.app.state.engine, "before_cursor_execute", note)  # type: ignore[attr-defined]
    assert again.words.partition("Checked at")[0] == first.words.partition("Checked at")[0]
    assert [sql for sql in asked if "feed_head" not in sql and sql.startswith("SELECT")] == []
    looked_back = Page(site.get(f"/v/{number}", params={"on": "2001-01-01"}).text)
    assert looked_back.title != first.title, "another day is another answer"
