"""Ids and printed numbers: stable, readable aloud, and wrong ones are noticed."""

import re
import time
import uuid
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.kit import ids

CODES = st.builds(
    lambda key, letter, demonstration: ids.public_code(letter, key, demonstration=demonstration),
    st.uuids(),
    st.sampled_from("ACEOPST"),
    st.booleans(),
)


def test_a_derived_id_never_changes() -> None:
    """Golden: seeds of every build must agree on it."""
    assert str(ids.derived("organisation", "示例企业 001")) == "b258bad9-b3a7-56b4-aef7-4166129c5e47"
    assert ids.public_code("C", uuid.UUID(int=17), demonstration=True) == "YS-CHCEEB-X4XJP-D"


@given(
    st.lists(st.text(alphabet="ab\x1e"), min_size=1, max_size=3),
    st.lists(st.text(alphabet="ab"), min_size=1, max_size=3),
)
def test_different_natural_keys_have_different_ids(one: list[str], other: list[str]) -> None:
    assert (ids.derived(*one) == ids.derived(*other)) == (one == other)


def test_new_ids_are_version_7_and_sort_by_time() -> None:
    made = [ids.new() for _ in range(50)]
    assert {found.version for found in made} == {7}
    assert {found.variant for found in made} == {uuid.RFC_4122}
    assert len(set(made)) == 50
    stamps = [found.int >> 80 for found in made]
    assert stamps == sorted(stamps)


def test_new_ids_of_one_millisecond_stand_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = count(1_795_000_000_000_000_000, 250)  # ns: 4,000 in one millisecond
    monkeypatch.setattr(time, "time_ns", lambda: next(moments))
    made = [ids.new() for _ in range(8_001)]
    assert made == sorted(made)
    assert [(one.int >> 80) - (made[0].int >> 80) for one in (made[3_999], made[4_000], made[8_000])] == [
        0,
        1,
        2,
    ]


@given(CODES)
def test_a_number_is_upper_case_and_avoids_lookalikes(code: str) -> None:
    assert re.fullmatch(r"(GM|YS)-[A-Z][0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-Z]", code)
    assert ids.parse_code(code) == code


@given(CODES, st.sampled_from(["", " ", "-", "－", "–", "_"]), st.booleans())
def test_a_number_is_read_however_it_is_typed(code: str, between: str, upper: bool) -> None:
    typed = code.replace("-", between)
    assert ids.parse_code(f" {typed if upper else typed.lower()} ") == code


@given(CODES)
def test_a_number_typed_at_full_width_is_read(code: str) -> None:
    wide = "".join(chr(ord(character) + 0xFEE0) for character in code)
    assert wide.startswith(("ＧＭ－", "ＹＳ－"))
    assert ids.parse_code(wide) == code


@given(CODES, st.data())
def test_letters_read_for_digits_are_mended(code: str, data: st.DataObject) -> None:
    body = code[4:-1]
    mistaken = "".join(
        data.draw(st.sampled_from({"0": "0Oo", "1": "1IiLl"}.get(character, character))) for character in body
    )
    assert ids.parse_code(code[:4] + mistaken + code[-1]) == code


@given(CODES, st.data())
def test_any_single_wrong_character_is_noticed(code: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([n for n, character in enumerate(code) if character != "-"]))
    others = [c for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" if c != code[place]]
    wrong = code[:place] + data.draw(st.sampled_from(others)) + code[place + 1 :]
    assert ids.parse_code(wrong) in (None, code)  # `code`: a lookalike that was mended


def test_all_but_a_few_in_a_thousand_swaps_of_neighbours_are_noticed() -> None:
    """MOD 37,36 sees every single error, but not quite every swap."""
    swaps = unseen = 0
    for n in range(1500):
        compact = ids.public_code("P", ids.derived("swap", str(n)), demonstration=True).replace("-", "")
        for place in range(len(compact) - 1):
            swapped = compact[:place] + compact[place + 1] + compact[place] + compact[place + 2 :]
            swaps += swapped != compact
            unseen += swapped != compact and ids.parse_code(swapped) is not None
    assert 0 < unseen < swaps * 0.005


@pytest.mark.parametrize(
    "text", ["", "GM", "GM-C8F3K2-Q7M4X", "XX-C8F3K2-Q7M4X-H", "演" * 14, "\x00" * 14, "ß" * 14]
)
def test_what_is_no_number_of_ours_is_none(text: str) -> None:
    assert ids.parse_code(text) is None
