"""Model texts against printed models and ranges."""

import pytest

from catalogue.compliance.model_match import covers


@pytest.mark.parametrize(
    ("printed", "model", "expected"),
    [
        ("C15–C60", "C30", True),
        ("C15–C60", "C15", True),
        ("C15–C60", "C60", True),
        ("C15–C60", "C65", False),
        ("C15–C60", "C10", False),
        ("C15~C60", "ｃ３０", True),
        ("C15至C60", "C 30", True),
        ("C15-C60", "C-30", True),
        ("C15–60", "C30", True),
        ("C15–C60", "M30", False),
        ("C15–C60", "30", False),
        ("9.5–15", "9.5", True),
        ("9.5–15", "12", True),
        ("9.5–15", "15.1", False),
        ("9.5-15mm", "12 mm", True),
        ("SBS II PY-3", "sbsⅡpy3", True),
        ("HRB-400", "HRB400", True),
        ("6-12", "612", False),
        ("60系列", "60系列", True),
        ("60系列", "70系列", False),
        ("C60–C15", "C30", False),
        ("P·O 42.5", "PO42.5", True),
        ("P.O 42.5", "P·O42.5", True),
        ("P·O 42.5", "P·O 52.5", False),
        ("A3.5", "A3.50", True),
        ("C15、C20、C30", "C30", True),
        ("C15, C20；C30～C40", "C35", True),
        ("C15、C20、C30", "C25", False),
        ("C15–C60", "C30–C60", True),
    ],
)
def test_a_range_covers_its_ends_and_what_lies_between(printed: str, model: str, *, expected: bool) -> None:
    assert covers((printed,), model) is expected


@pytest.mark.parametrize(
    ("printed", "model"),
    [
        ("C30", "C30P6"),
        ("C30", "LC30"),
        ("普通型", "加强型"),
        ("C15–C60", "C50–C70"),
        ("400-600", "500"),
        ("9.5-15", "12"),
        ("C15–C60", "C30P6"),
        ("C15–C60", None),
        ("C15–C60", " "),
    ],
)
def test_what_the_text_does_not_tell_stays_open(printed: str, model: str | None) -> None:
    assert covers((printed,), model) is None


def test_rows_without_models_restrict_nothing() -> None:
    assert covers((), None) is True
    assert covers((), "anything") is True


def test_one_sure_answer_outweighs_an_open_one() -> None:
    assert covers(("400-600", "500"), "500") is True
    assert covers(("400-600", "700"), "500") is None
