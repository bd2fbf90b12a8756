"""Ids in openEPD: the same as the reference package makes and reads them."""

from uuid import UUID

import pytest
from cqd import open_xpd_uuid
from hypothesis import given
from hypothesis import strategies as st

from registry.declarations import openxpd

RESERVED = ("EC3", "EST", "CQD", "WAP", "PCR", "U1", "Z")


@given(st.uuids(), st.integers(0, 9))
def test_a_derived_id_is_one_for_the_reference_package(key: UUID, salt: int) -> None:
    found = openxpd.derived(key, salt)
    open_xpd_uuid.validate(found)
    assert found == openxpd.derived(key, salt)
    assert not found.startswith(RESERVED)


def test_an_id_never_changes() -> None:
    """Ids stand in other people's files: this one was given out."""
    assert openxpd.derived(UUID("6f1d3c0a-3c55-5b0e-9d7e-0c9a2f4b7e11")) == "G1NWYRF4"


@given(st.text(alphabet=openxpd.ALPHABET, min_size=8, max_size=8))
def test_the_check_characters_are_those_of_the_reference_package(stem: str) -> None:
    assert openxpd.check(stem) == open_xpd_uuid.checksum(stem)


@given(st.text(alphabet="0189ABILOVZilov-é ", max_size=12))
def test_what_is_typed_is_read_as_the_reference_package_reads_it(text: str) -> None:
    expected = open_xpd_uuid.canonical_without_checksum(text.strip(), none_on_error=True)
    assert openxpd.parsed(text) == (expected or None)


@pytest.mark.parametrize(
    "text", ["", "G123456", "GV234567", "12345678-1", "d0c38eb2-0000-4000-8000-000000000000"]
)
def test_what_is_no_id_is_not_read_as_one(text: str) -> None:
    assert openxpd.parsed(text) is None
