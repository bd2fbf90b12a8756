"""Formats, forms, refusals and addresses around the pages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from frontend import forms
from frontend.assets import FOR_EVER, PREFIX, FingerprintedFiles, asset
from frontend.csrf import CrossSiteWrite, refuse_cross_site_writes
from frontend.headers import CONTENT_POLICY, SecurityHeaders
from frontend.views import formats
from frontend.views.frame import Place
from frontend.views.parts import Link
from frontend.views.qr import qr


def test_days_and_moments_are_written_as_each_language_does() -> None:
    day = date(2030, 6, 30)
    assert (formats.day(day, "zh"), formats.day(day, "en")) == ("2030年6月30日", "30 June 2030")
    assert formats.instant(datetime(2025, 11, 20, 16, 5, tzinfo=UTC), "zh") == "2025年11月21日 00:05"
    with pytest.raises(ValueError, match="zone"):
        formats.instant(datetime(2025, 11, 20, 16, 5), "zh")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("0", None, "0"),
        ("-21.40", None, "−21.40"),
        ("1234567.5", None, "1,234,567.5"),
        ("0.05", 1, "0.1"),
        ("-0.04", 1, "0.0"),
        ("1E+3", None, "1,000"),
    ],
)
def test_numbers_are_exact_with_a_true_minus(value: str, places: int | None, text: str) -> None:
    assert formats.number(Decimal(value), places) == text


def test_shares_sizes_and_differences_have_their_signs() -> None:
    assert formats.percent(Decimal("0.524"), 1) == "52.4%"
    assert [formats.signed(Decimal(n), 1) for n in ("24", "-24", "0", "0.04")] == [
        "+24.0",
        "−24.0",
        "0.0",
        "0.0",
    ]
    assert [formats.file_size(n) for n in (512, 2_400_000)] == ["512\u00a0B", "2.4\u00a0MB"]


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_a_printed_number_reads_back_as_itself(value: Decimal) -> None:
    assert forms.read_decimal(formats.number(value)) == value


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_printed_day_reads_back_as_itself(value: date) -> None:
    assert forms.read_day(formats.day(value, "zh")) == forms.read_day(value.isoformat()) == value


@pytest.mark.parametrize(
    ("typed", "read"), [("１，２３４．５", "1234.5"), (" 0 ", "0"), ("", None), ("－3", "-3")]
)
def test_numbers_are_read_kindly(typed: str, read: str | None) -> None:
    assert forms.read_decimal(typed) == (None if read is None else Decimal(read))


@pytest.mark.parametrize("typed", ["约五十", "1,23", "1e5", "NaN", "--1"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(forms.Unreadable):
        forms.read_decimal(typed)


@pytest.mark.parametrize("typed", ["2030-02-30", "30/6/2030", "明天"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(forms.Unreadable):
        forms.read_day(typed)


def test_a_changed_filter_leaves_the_page_number_behind() -> None:
    query = [("cat", "a"), ("cat", "b"), ("page", "3"), ("q", "")]
    assert forms.with_value(query, "cat", "c") == "cat=a&cat=b&cat=c"
    assert forms.without(query, "cat", "a") == "cat=b"
    assert forms.without(query, "cat") == ""
    assert forms.with_only(query, "sort", "gwp") == "cat=a&cat=b&sort=gwp"
    assert forms.with_only(query, "page", "4") == "cat=a&cat=b&page=4"


def test_the_language_link_keeps_the_query_and_the_canonical_address_drops_it() -> None:
    place = Place.at("zh", "products", "q=C30&page=2", base="https://site.test")
    assert place.other_href == "/en/products?q=C30&page=2"
    assert (place.canonical, place.alternate) == (
        "https://site.test/zh/products",
        "https://site.test/en/products",
    )


def test_a_qr_code_is_a_picture_of_its_own_address() -> None:
    code = qr("https://site.test/V/演示-1", Link("site.test", "/v/1"))
    assert code.data_uri.startswith("data:image/svg+xml")
    assert code.data_uri != qr("https://site.test/V/演示-2", Link("site.test", "/v/1")).data_uri


def request(method: str, **headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": method, "path": "/", "headers": raw})


@pytest.mark.parametrize(
    "allowed",
    [
        request("GET", sec_fetch_site="cross-site"),
        request("POST", sec_fetch_site="same-origin"),
        request("POST", host="site.test", origin="https://site.test"),
        request("POST", host="site.test"),
    ],
)
def test_own_forms_and_plain_clients_may_write(allowed: Request) -> None:
    refuse_cross_site_writes(allowed)


@pytest.mark.parametrize(
    "refused",
    [
        request("POST", sec_fetch_site="cross-site"),
        request("DELETE", sec_fetch_site="same-site"),
        request("POST", host="site.test", origin="https://other.test"),
        request("POST", host="site.test", origin="null"),
    ],
)
def test_writes_from_another_site_are_refused(refused: Request) -> None:
    with pytest.raises(CrossSiteWrite):
        refuse_cross_site_writes(refused)


@pytest.fixture(scope="module")
def client() -> TestClient:
    app = FastAPI(dependencies=[Depends(refuse_cross_site_writes)])
    app.mount(PREFIX, FingerprintedFiles(), name="static")
    app.add_middleware(SecurityHeaders, demonstration=True)
    return TestClient(app)


def test_every_answer_carries_the_content_policy(client: TestClient) -> None:
    for address in (asset("app.css"), "/nowhere"):
        headers = client.get(address).headers
        assert headers["content-security-policy"] == CONTENT_POLICY
        assert headers["x-content-type-options"] == "nosniff"


def test_only_the_current_fingerprint_is_kept_for_ever(client: TestClient) -> None:
    assert client.get(asset("app.css")).headers["cache-control"] == FOR_EVER
    assert "cache-control" not in client.get(f"{PREFIX}/app.css?v=0000000000").headers
    assert client.get(f"{PREFIX}/nothing.css?v=1").status_code == 404
