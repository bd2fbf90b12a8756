"""Numbers of kept evidence: read aloud, typed again, and a slip is noticed."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.archive.numbers import LETTERS, SIGNS, Kind, new_number, numbered, parse_number
from registry.kit.ids import ALPHABET

NOW = datetime(2026, 12, 31, 16, tzinfo=UTC)  # the first hour of 2027 in China
NUMBERS = st.builds(
    numbered,
    st.sampled_from(Kind),
    st.just(date(2027, 1, 1)),
    st.text(ALPHABET, min_size=SIGNS, max_size=SIGNS),
)


@given(NUMBERS)
def test_a_number_avoids_lookalikes(number: str) -> None:
    assert re.fullmatch(r"[ST]-2027-[0-9A-HJKMNP-TV-Z]{6}-[0-9A-Z]", number)
    assert parse_number(number) == number


def test_every_kind_has_a_letter_of_its_own() -> None:
    assert set(LETTERS) == set(Kind)
    assert len(set(LETTERS.values())) == len(LETTERS)


def test_a_number_names_its_kind_and_its_year_in_china() -> None:
    assert new_number(Kind.SEARCH, NOW).startswith("S-2027-")
    assert new_number(Kind.THRESHOLD, NOW).startswith("T-2027-")


@given(NUMBERS, st.sampled_from(["", " ", "－", "–", "_"]), st.booleans())
def test_a_number_is_read_however_it_is_typed(number: str, between: str, lower: bool) -> None:
    typed = number.replace("-", between)
    assert parse_number(f" {typed.lower() if lower else typed} ") == number
    wide = "".join(chr(ord(character) + 0xFEE0) for character in number)
    assert parse_number(wide) == number


@given(NUMBERS, st.data())
def test_letters_read_for_digits_are_mended(number: str, data: st.DataObject) -> None:
    body = number[7:13]
    mistaken = "".join(data.draw(st.sampled_from({"0": "0Oo", "1": "1IiLl"}.get(c, c))) for c in body)
    assert parse_number(number[:7] + mistaken + number[13:]) == number


@given(NUMBERS, st.data())
def test_any_single_wrong_character_is_noticed(number: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([n for n, character in enumerate(number) if character != "-"]))
    others = [c for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" if c != number[place]]
    wrong = number[:place] + data.draw(st.sampled_from(others)) + number[place + 1 :]
    assert parse_number(wrong) in (None, number)  # `number`: a lookalike that was mended


def test_numbers_of_one_second_do_not_follow_each_other() -> None:
    made = [new_number(Kind.SEARCH, NOW) for _ in range(200)]
    assert len(set(made)) == 200
    assert made != sorted(made)


@pytest.mark.parametrize("text", ["", "S", "S-2026", "R-2026-7K3M9Q-4", "S-２０２６", "\x00" * 12, "ß" * 12])
def test_what_is_no_such_number_is_none(text: str) -> None:
    assert parse_number(text) is None
