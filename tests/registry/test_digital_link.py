"""GS1 Digital Link URIs: written and read back the same, and everything else refused with its reason."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.batches.digital_link import DigitalLink, LinkRefused, fits, parse
from tests.oracles.identifier_oracle import completed

SET_82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
ITEM = "09521000000018"
values = st.text(alphabet=SET_82, min_size=1, max_size=20)
gtins = st.text(alphabet="0123456789", min_size=13, max_size=13).map(completed)
optional = st.none() | values
links = st.builds(DigitalLink, gtins, optional, optional, optional) | st.builds(
    DigitalLink, gtins, third_party=values
)


def test_the_set_has_82_characters() -> None:
    assert len(set(SET_82)) == 82


@given(links)
def test_what_is_written_is_read_back_the_same(link: DigitalLink) -> None:
    assert parse(link.path) == link
    assert parse(link.path + "/") == link


@given(links)
def test_a_written_path_needs_no_further_encoding(link: DigitalLink) -> None:
    assert set(link.path) <= set("/%._~-") | {one for one in SET_82 if one.isalnum()}
    assert link.path.count("/") == 2 * len(link.parts)


@given(values, st.sampled_from([str.lower, str.upper]))
def test_every_way_to_encode_a_value_reads_alike(value: str, case: object) -> None:
    assert callable(case)
    every = "".join(case(f"%{ord(one):02x}") for one in value)
    assert parse(f"/01/{ITEM}/10/{every}").lot == value


@pytest.mark.parametrize("written", ["95200002", "012345678905", "9521000000018", ITEM])
def test_shorter_gtins_are_read_and_written_with_fourteen_figures(written: str) -> None:
    assert parse(f"/01/{written}").path == f"/01/{written.zfill(14)}"


def test_the_levels_of_a_piece_go_up_to_its_trade_item() -> None:
    piece = DigitalLink(ITEM, lot="A", serial="1")
    assert piece.above == (piece, DigitalLink(ITEM, lot="A"), DigitalLink(ITEM))
    assert DigitalLink(ITEM, serial="1").above == (DigitalLink(ITEM, serial="1"), DigitalLink(ITEM))
    assert DigitalLink(ITEM).above == (DigitalLink(ITEM),)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/01/9521000000013", "gtin.check-digit"),
        ("/01/952100000002", "gtin.check-digit"),
        ("/01/95210000", "gtin.check-digit"),
        ("/01/123", "gtin.length"),
        ("/01/", "digital-link-unreadable"),
        ("/01/9521-000000018", "gtin.not-figures"),
        ("/01/９５２１０００００００１８", "gtin.not-figures"),
        ("/00/106141411234567897", "digital-link-unreadable"),
        ("/01", "digital-link-unreadable"),
        (f"/01/{ITEM}/DBHKVAdpQgY", "digital-link-compressed"),
        (f"/01/{ITEM}/10", "digital-link-compressed"),
        (f"/01/{ITEM}/21/1/10/A", "digital-link-qualifiers"),
        (f"/01/{ITEM}/10/A/10/B", "digital-link-qualifiers"),
        (f"/01/{ITEM}/17/261231", "digital-link-qualifiers"),
        (f"/01/{ITEM}/10/A/235/B", "digital-link-qualifiers"),
        (f"/01/{ITEM}/10/{'A' * 21}", "digital-link-value"),
        (f"/01/{ITEM}/10//", "digital-link-value"),
        (f"/01/{ITEM}/10/%E6%89%B9", "digital-link-value"),
        (f"/01/{ITEM}/10/A%20B", "digital-link-value"),
        (f"/01/{ITEM}/10/%ZZ", "digital-link-encoding"),
        (f"/01/{ITEM}/10/%", "digital-link-encoding"),
        (f"/01/{ITEM}/10/%FF", "digital-link-encoding"),
    ],
)
def test_what_does_not_conform_is_refused_with_its_reason(path: str, code: str) -> None:
    with pytest.raises(LinkRefused) as refused:
        parse(path)
    assert (refused.value.key, refused.value.status) == (code, 400)


@given(st.text(max_size=60))
def test_any_path_is_read_or_refused(path: str) -> None:
    try:
        read = parse("/01/" + quote(path, safe="/%"))
    except LinkRefused:
        return
    assert parse(read.path) == read


def test_a_number_with_chinese_letters_stands_in_no_digital_link() -> None:
    assert fits("2026/05-A")
    assert not any(fits(text) for text in ("批-1", "A B", "A" * 21, "", None))
