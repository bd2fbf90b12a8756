"""The calendar and the desk's list: what falls on which day, what is a hint, what is due; both languages."""

import pytest
from fastapi.testclient import TestClient

from registry.certificates.facts import CertificateFact
from tests.factories import organisation
from tests.frontend.reading import Page
from tests.frontend.register import EXPIRED, LAST, WITHDRAWN, case
from tests.frontend.spoken import AGREEING, DIFFERING, OVERDUE, UNKNOWN, UNREACHED
from tests.frontend.test_ical import unfolded

MAKER = organisation()


def page(site: TestClient, path: str) -> Page:
    answer = site.get(path)
    assert answer.status_code == 200
    return Page(answer.text)


def certificate(n: int) -> CertificateFact:
    found = case(n).certificate
    assert found is not None
    return found


def rows(shown: Page) -> list[list[str]]:
    table = shown.one("table", class_="stacked")
    return [[cell.text for cell in row.below("th", "td")] for row in table.below("tr")][1:]


def test_the_calendar_opens_on_this_month_and_says_when_it_is_empty(site: TestClient) -> None:
    shown = page(site, "/zh/calendar")
    chosen = [one for one in shown.one("select", id="month").below("option") if "selected" in one.attributes]
    assert [one.text for one in chosen] == ["2026年6月"]
    assert shown.one("h2", id="found").text == "0 个事项"
    assert "没有事项" in shown.words


def test_an_end_stands_on_the_last_day_of_validity(site: TestClient) -> None:
    shown = page(site, "/zh/calendar?month=2026-03&kind=expiry")
    assert [row[:3] for row in rows(shown)] == [["2026年3月31日", "证书到期", certificate(EXPIRED).number]]
    english = rows(page(site, "/en/calendar?month=2026-03&kind=expiry"))
    assert [row[:2] for row in english] == [["31 March 2026", "Certificate ends"]]


def test_reminders_name_what_is_left_and_open_the_window_at_90_days(site: TestClient) -> None:
    found = {row[0]: row[4] for row in rows(page(site, "/zh/calendar?month=all&kind=renewal"))}
    assert found["2025年10月2日"] == "距2026年3月31日到期还有 180 天。"
    assert found["2025年12月31日"] == "延续窗口开始：距2026年3月31日到期还有 90 天。"
    assert found["2026年3月1日"] == "距2026年3月31日到期还有 30 天。"


def test_what_was_withdrawn_has_no_days_left(site: TestClient) -> None:
    numbers = set()
    for number in range(1, 20):
        shown = page(site, f"/zh/calendar?month=all&page={number}")
        numbers |= {row[2] for row in rows(shown)}
    assert certificate(WITHDRAWN).number not in numbers
    assert certificate(1).number in numbers


def test_long_lists_are_paged_at_fifty(site: TestClient) -> None:
    assert len(rows(page(site, "/zh/calendar?month=all"))) == 50
    last = page(site, "/zh/calendar?month=all&page=99999")
    assert 0 < len(rows(last)) <= 50


@pytest.mark.parametrize(
    "query", ["month=2026-13", "month=0000-00", "kind=party", "page=x", "month=2026-１１"]
)
def test_what_cannot_be_read_asks_for_nothing(site: TestClient, query: str) -> None:
    assert page(site, f"/zh/calendar?{query}").one("h2", id="found").text == "0 个事项"


@pytest.mark.parametrize("month", ["0001-01", "9999-12"])
def test_the_first_and_the_last_month_of_all_can_be_asked_for(site: TestClient, month: str) -> None:
    assert "没有事项" in page(site, f"/zh/calendar?month={month}").words


def test_one_maker_has_a_file_and_nobody_else_has(site: TestClient) -> None:
    chosen = page(site, f"/zh/calendar?month=all&maker={MAKER.code}")
    assert f"/zh/calendar/{MAKER.code}.ics" in chosen.links
    assert not [link for link in page(site, "/zh/calendar?month=all").links if link.endswith(".ics")]
    assert "没有事项" in page(site, "/zh/calendar?month=all&maker=没有这家").words


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_file_holds_every_day_and_says_that_it_is_a_demonstration(site: TestClient, lang: str) -> None:
    answer = site.get(f"/{lang}/calendar/{certificate(EXPIRED).code}.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    lines = unfolded(answer.content)
    days = [line.partition(":")[2] for line in lines if line.startswith("DTSTART")]
    assert days == ["20251002", "20251231", "20260301", "20260331"]
    mark = "演示数据·无效凭证" if lang == "zh" else "Demonstration data"
    assert all(mark in line for line in lines if line.startswith(("SUMMARY", "X-WR-CALNAME")))
    assert len({line for line in lines if line.startswith("UID:")}) == 4
    assert any(line == f"URL:https://greenmat.example/v/{certificate(EXPIRED).code}" for line in lines)


def test_the_file_of_a_maker_holds_its_certificates_and_the_days_keep_their_numbers(site: TestClient) -> None:
    first, again = (site.get(f"/zh/calendar/{MAKER.code}.ics").content for _ in range(2))
    uids = [[line for line in unfolded(one) if line.startswith("UID:")] for one in (first, again)]
    assert uids[0] == uids[1]
    assert len(uids[0]) == len(set(uids[0])) > LAST


@pytest.mark.parametrize("code", ["YS-X", case(1).product.code])
def test_nothing_else_has_a_calendar(site: TestClient, code: str) -> None:
    assert site.get(f"/zh/calendar/{code}.ics").status_code == 404


def test_a_certificate_on_the_product_page_leads_to_its_file(site: TestClient) -> None:
    shown = page(site, f"/zh/products/{case(1).product.code}")
    assert f"/zh/calendar/{certificate(1).code}.ics" in shown.links


def test_the_desk_lists_what_is_due_and_why(site: TestClient) -> None:
    shown = page(site, "/zh/desk/cross-checks")
    assert shown.one("h2", id="found").text == "3 张证书"
    found = {row[0]: row for row in rows(shown)}
    assert set(found) == {certificate(n).number for n in (DIFFERING, UNKNOWN, OVERDUE)}
    overdue = found[certificate(OVERDUE).number]
    assert (overdue[1], overdue[4]) == ("复核逾期", "2026年5月20日")
    assert "不一致（生产厂地址不同）" in found[certificate(DIFFERING).number][3]
    for n in (AGREEING, UNREACHED):
        assert certificate(n).number not in found


def test_the_desk_shows_one_reason_and_no_person(site: TestClient) -> None:
    shown = page(site, "/en/desk/cross-checks?why=not_found")
    assert [row[1] for row in rows(shown)] == ["Not on the platform"]
    assert "never a name" in shown.words
    assert page(site, "/zh/desk/cross-checks?why=never").one("h2", id="found").text == "0 张证书"
    assert page(site, "/zh/desk/cross-checks?why=party").one("h2", id="found").text == "3 张证书"
