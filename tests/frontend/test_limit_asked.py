"""A limit as people type it: read kindly, or told what is wrong, where, and how to write it."""

from decimal import Decimal

import pytest
from fastapi.testclient import TestClient
from hypothesis import example, given, settings
from hypothesis import strategies as st

from frontend.pages.limit_asked import LONGEST, MOST_FIGURES, MOST_PLACES, read, read_limit
from registry.kit.messages import say
from tests.frontend.test_pages_thresholds import fault, found, page


@pytest.mark.parametrize(
    ("typed", "limit"),
    [("１２３", "123"), ("-640.5", "-640.5"), ("−640.5", "-640.5"), ("1,200", "1200"), (" 6 5 0 ", "650"),
     ("+650", "650"), ("0", "0"), ("650.000000", "650.000000")],
)  # fmt: skip
def test_numbers_are_read_as_people_type_them(typed: str, limit: str) -> None:
    assert read_limit(typed) == (Decimal(limit), None)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("abc", ("“abc”", "185.5")), ("230 kg", ("“230 kg”", "185.5")),
        ("NaN", ("“NaN”",)), ("1e9", ("“1e9”",)),
        ("2,5", ("2.5", "1,200")), ("1.234,5", ("1234.5",)), ("-640,55", ("-640.55",)),
        ("9" * 13, (str(MOST_FIGURES), str(MOST_PLACES))), ("0.1234567", (str(MOST_PLACES),)),
        ("1" * 5000, (str(LONGEST),)), ("<b>", ("“<b>”",)), ("-", ("“-”",)),
    ],
)  # fmt: skip
def test_what_is_no_limit_is_told_what_where_and_how(
    site: TestClient, typed: str, parts: tuple[str, ...], lang: str
) -> None:
    shown = page(site, lang, max=typed)
    said = fault(shown)
    assert "A1–A3" in said, "where"
    for part in parts:
        assert part in said
    assert shown.one("input", id="max").attributes["aria-invalid"] == "true"
    assert shown.one("input", id="max").attributes["value"] == typed[:LONGEST]
    assert not shown.all("p", id="clause-text")
    assert ("没有读懂" if lang == "zh" else "not understood") in found(shown)


@given(text=st.text(max_size=60))
@example("१२३")
@example("1" * 40)
@settings(max_examples=200)
def test_a_limit_is_a_number_or_has_one_fault(text: str) -> None:
    limit, wrong = read_limit(text)
    if limit is not None:
        assert wrong is None
        assert abs(limit) < Decimal(10) ** MOST_FIGURES
    if wrong is not None:
        assert all(say(wrong.key, lang, wrong.facts) for lang in ("zh", "en"))
    assert read([("max", text)]).limit == limit
