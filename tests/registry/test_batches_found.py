"""Things found by whatever they carry: GTIN of any length, handle, batch or serial number, scanned link."""

from datetime import date

import pytest
from sqlmodel import Session

from registry.batches import finding
from registry.batches.identifiers import Scheme, read_handle
from registry.changes.reading import point
from tests import factories
from tests.registry.batches import GTIN, HANDLE, STRANGER, TODAY, register, stated

FOURTEEN = GTIN.zfill(14)


@pytest.fixture
def session(session: Session) -> Session:
    register(session)
    return session


def found(session: Session, text: str) -> list[tuple[str, Scheme]]:
    return [(one.code, one.scheme) for one in finding.find(session, text, point(session, TODAY))]


@pytest.mark.parametrize(
    "text",
    [GTIN, FOURTEEN, "9521 0000 0001 8", "９５２１０００００００１８", f"https://id.example.org/01/{FOURTEEN}",
     f"HTTPS://ANY.EXAMPLE/some/01/{FOURTEEN}?17=261231"],
)  # fmt: skip
def test_a_gtin_is_found_in_every_length_and_spelling(session: Session, text: str) -> None:
    assert found(session, text) == [(factories.product().code, Scheme.GTIN)]


def test_a_batch_is_found_by_everything_it_carries(session: Session) -> None:
    fact = stated(session, gtin=GTIN, industrial_ids=(HANDLE,), serials=("Sn-7",), number="LOT 5/a")
    for text, scheme in (
        (fact.code.lower().replace("-", ""), Scheme.CODE),
        (HANDLE.upper(), Scheme.INDUSTRIAL),
        (f" {HANDLE.lower()} ", Scheme.INDUSTRIAL),
        ("sn-7", Scheme.SERIAL),
        ("lot5/A", Scheme.NUMBER),
        (f"https://x.example/01/{GTIN}/21/sn-7", Scheme.GTIN),
    ):
        assert found(session, text) == [(fact.code, scheme)], text
    for text in (
        "",
        " ",
        "LOT 6",
        "88.101.5/EX-0002",
        f"https://x.example/01/{GTIN}/10/LOT%206",
        "https://[",
        "\x00",
    ):
        assert found(session, text) == [], text


def test_two_makers_may_use_one_batch_number_and_both_are_found(session: Session) -> None:
    mine = stated(session)
    theirs = stated(session, by=STRANGER, product_n=2, plant=factories.plant(3).code)
    assert {code for code, _ in found(session, "b-001")} == {mine.code, theirs.code}


def test_a_look_back_finds_what_was_known_and_carried_then(session: Session) -> None:
    fact = stated(session, industrial_ids=(HANDLE,))
    early, late = point(session, date(2026, 5, 3)), point(session, date(2026, 5, 4))
    assert finding.find(session, HANDLE, early) == ()
    assert [one.code for one in finding.find(session, HANDLE, late)] == [fact.code]


@pytest.mark.parametrize("text", ["88.101.5/A", "88.1/a/b", "８８.101.5/批次-1", " 88.101 .5/A "])
def test_handles_are_read_kindly(text: str) -> None:
    assert read_handle(text) is not None


@pytest.mark.parametrize("text", ["", "88/A", "88.1/", "880.1/A", "88.1//A", "88..1/A", "88.1/" + "A" * 90])
def test_what_is_no_handle_is_refused(text: str) -> None:
    assert read_handle(text) is None
