"""GTINs: check digits against a slow oracle, lengths that mean the same, and kind reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.products.gtin import GtinFault, NoGtin, check_digit, read_gtin, spellings
from tests.oracles.identifier_oracle import completed, is_gtin

bodies = st.sampled_from([7, 11, 12, 13]).flatmap(
    lambda size: st.text(alphabet="0123456789", min_size=size, max_size=size)
)


@pytest.mark.parametrize(
    ("written", "fourteen"),
    [
        ("6291041500213", "06291041500213"),  # GS1's own example of the calculation
        ("9521000000018", "09521000000018"),
        ("95200002", "00000095200002"),
        ("012345678905", "00012345678905"),
    ],
)
def test_known_numbers_are_read(written: str, fourteen: str) -> None:
    assert read_gtin(written) == fourteen


@given(bodies)
def test_the_check_digit_is_the_one_that_trial_finds(body: str) -> None:
    whole = completed(body)
    assert check_digit(body) == whole[-1]
    assert read_gtin(whole) == whole.zfill(14)


@given(bodies, st.integers(1, 9))
def test_any_other_last_figure_is_refused_and_the_right_one_named(body: str, step: int) -> None:
    right = completed(body)
    wrong = body + str((int(right[-1]) + step) % 10)
    assert not is_gtin(wrong)
    assert read_gtin(wrong) == NoGtin(GtinFault.CHECK_DIGIT, wrong, right[-1])


@given(bodies, st.data())
def test_one_wrong_figure_is_always_noticed(body: str, data: st.DataObject) -> None:
    right = completed(body)
    place = data.draw(st.integers(0, len(right) - 1))
    other = data.draw(st.sampled_from([one for one in "0123456789" if one != right[place]]))
    assert isinstance(read_gtin(right[:place] + other + right[place + 1 :]), NoGtin)


@given(st.text(max_size=20))
def test_whatever_is_typed_is_read_or_refused_as_the_oracle_says(text: str) -> None:
    plain = "".join(one for one in text if not one.isspace() and one not in "-‐‑‒–—−")
    if plain.isascii():
        assert isinstance(read_gtin(text), str) is is_gtin(plain)


@given(bodies)
def test_every_spelling_means_the_same_and_no_other_does(body: str) -> None:
    fourteen = completed(body).zfill(14)
    found = spellings(fourteen)
    assert {read_gtin(one) for one in found} == {fourteen}
    assert set(found) == {fourteen[-size:] for size in (8, 12, 13, 14) if int(fourteen) < 10**size}


@pytest.mark.parametrize(
    "typed", ["9521 0000 0001 8", "９５２１０００００００１８", "9-521000-000018", " 9521000000018\n"]
)
def test_blanks_dashes_and_full_width_do_not_matter(typed: str) -> None:
    assert read_gtin(typed) == "09521000000018"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "not-figures"),
        ("95210O0000012", "not-figures"),
        ("123", "length"),
        ("٩٥٢١٠٠٠٠٠٠٠١٨", "not-figures"),
    ],
)
def test_what_is_no_gtin_says_why(text: str, fault: str) -> None:
    found = read_gtin(text)
    assert isinstance(found, NoGtin)
    assert found.fault == fault
