"""The open material filter: what we answer is understood, and what we do not is refused by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.openepd.omf import Condition, Filter, FilterRefused, parsed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Filter("")),
        ('!EC3 search("AluminiumBillets") !pragma oMF("1.0/1")', Filter("AluminiumBillets")),
        ('search("x")', Filter("x")),
        (
            '!EC3 search("ReadyMix") jurisdiction: "CN" and valid_until: >="2026-12-31" !pragma oMF("1.0/1")',
            Filter(
                "ReadyMix",
                (Condition("jurisdiction", "=", "CN"), Condition("valid_until", ">=", "2026-12-31")),
            ),
        ),
        (
            '!EC3 search("混凝土") name: ~"C30 and C40"',
            Filter("混凝土", (Condition("name", "~", "C30 and C40"),)),
        ),
        ('search("") compliance: "EN 15804+A2"', Filter("", (Condition("compliance", "=", "EN 15804+A2"),))),
        ('!EC3 search("混凝土") name:~"C30"', Filter("混凝土", (Condition("name", "~", "C30"),))),
    ],
)
def test_a_filter_is_read(text: str, expected: Filter) -> None:
    assert parsed(text) == expected


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('!EC3 search("x") specs.concrete.strength_28d: >"30 MPa"', "specs.concrete"),
        ('!EC3 search("x") compliance: "EN 15804"', "compliance"),
        ('!EC3 search("x") compliance: ~"EN 15804+A2"', "compliance"),
        ('!EC3 search("x") valid_until: ~"2026-01-01"', "valid_until"),
        ('!EC3 search("x") valid_until: >"next year"', "valid_until"),
        ('!EC3 search("x") jurisdiction: >"CN"', "jurisdiction"),
        ('!EC3 search("x") or name: "y"', "or name"),
        ('!EC3 search("x") name: "y" and', "and"),
        ('!EC3 search("x") name: "y" jurisdiction: "CN"', "jurisdiction"),
        ("steel", "steel"),
        ("x" * 3000, "xxx"),
    ],
)
def test_what_cannot_be_answered_is_named(text: str, named: str) -> None:
    with pytest.raises(FilterRefused) as refused:
        parsed(text)
    assert named in str(refused.value.facts["part"])


@given(st.text(max_size=80) | st.from_regex(r'\A(!EC3 )?search\("[a-z]{0,4}"\)( name: ?~?"[^"]{0,9}")?\Z'))
def test_the_filter_as_understood_is_understood_the_same(text: str) -> None:
    try:
        found = parsed(text)
    except FilterRefused:
        return
    assert parsed(found.effective) == found
    assert parsed(found.effective).hash == found.hash
