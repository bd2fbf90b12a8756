"""Organisations: credit codes, the hint inside them, and a body's approved scope by day."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlmodel import Session, select

from registry.access.actors import ANONYMOUS, OPERATOR
from registry.changes.reading import get, point
from registry.kit.errors import NotAllowed
from registry.parties import service
from registry.parties.credit_code import is_valid, organisation_part_agrees
from registry.parties.facts import ApprovedScope, Role
from registry.parties.models import OrganisationRow
from registry.parties.service import ORGANISATION, in_scope
from tests import factories

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def check_character(stem: str) -> str:
    """GB 32100-2015 worked out anew: weights 3^(i-1) mod 31."""
    total = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(stem))
    return ALPHABET[(31 - total % 31) % 31]


@pytest.mark.parametrize(
    "code",
    [
        "91350100M000100Y43",  # the standard's worked example; its sum is 1640, so the check is 3
        "91520000MA00000151", "91330100MA0000015W", "91650100MA00000159", "91340800MA00000155",
        "91500000MA0000015Q",
        "91340800MA00000230",  # remainder 0
        " 91340800-ma000002 30 ",
    ],
)  # fmt: skip
def test_a_right_check_character_is_accepted(code: str) -> None:
    assert is_valid(code)


@pytest.mark.parametrize(
    "code",
    [
        "91350100M000100Y4Z",  # as misprinted in copies of the worked example
        "91520000MA00000152", "91520000MA0000015", "91520000MA000001510", "", "９１５２００００MA0000015演",
        "9152000OMA00000151", "I1520000MA00000151", "91520000MA0000015!",
    ],
)  # fmt: skip
def test_a_wrong_code_is_refused(code: str) -> None:
    assert not is_valid(code)


@given(st.text(alphabet=ALPHABET, min_size=17, max_size=17))
def test_every_stem_has_exactly_one_check_character(stem: str) -> None:
    assert [c for c in ALPHABET if is_valid(stem + c)] == [check_character(stem)]


@given(st.text(max_size=20))
def test_any_text_is_answered(text: str) -> None:
    assert is_valid(text) in (True, False)
    assert organisation_part_agrees(text) in (True, False)


@pytest.mark.parametrize(
    ("code", "agrees"),
    [
        ("91340800MA000004XJ", True),
        ("91340800MA00000030", False),
        ("9134", False),
        ("91340800ma 0004XJ", False),
    ],
)
def test_the_organisation_code_inside_is_a_hint(code: str, *, agrees: bool) -> None:
    assert organisation_part_agrees(code) is agrees


@given(st.integers(0, 99_999_999))
def test_invented_credit_codes_are_right_and_in_no_region(n: int) -> None:
    code = factories.credit_code(n)
    assert is_valid(code)
    assert organisation_part_agrees(code)
    assert code[2:4] == "99"


def test_a_wrong_credit_code_needs_a_note() -> None:
    wrong = "91520000MA00000152"
    with pytest.raises(ValidationError, match="check character"):
        factories.organisation(credit_code=wrong)
    assert factories.organisation(credit_code=wrong, credit_code_note="登记机关已核实").credit_code == wrong


def test_text_too_long_for_its_column_is_refused_on_every_database() -> None:
    for field, length in (("name_zh", 201), ("credit_code", 19), ("region", 7)):
        fields: dict[str, Any] = {"credit_code_note": "note", field: "9" * length}
        with pytest.raises(ValidationError, match="at most"):
            factories.organisation(**fields)


@pytest.mark.parametrize(
    ("category", "day", "inside"),
    [
        ("水泥", date(2025, 12, 31), False), ("水泥", date(2026, 1, 1), True),
        ("水泥", date(2026, 12, 31), True), ("水泥", date(2027, 1, 1), False),
        ("玻璃", date(2026, 6, 1), False), (None, date(2026, 6, 1), True),
    ],
)  # fmt: skip
def test_approval_counts_by_category_and_day(category: str | None, day: date, *, inside: bool) -> None:
    scope = ApprovedScope(
        scheme="graded", categories=("水泥",), valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31)
    )
    assert in_scope([scope], scheme="graded", category=category, on=day) is inside
    assert not in_scope([scope], scheme="green_product", category=category, on=day)
    assert in_scope([], scheme="graded", category=category, on=day) is None, "a list nobody transcribed"


def test_an_approval_without_an_end_goes_on() -> None:
    scope = ApprovedScope(scheme="graded", categories=("水泥",), valid_from=date(2026, 1, 1))
    assert in_scope([scope], scheme="graded", category="水泥", on=date(2126, 1, 1))


def test_publishing_writes_the_fact_and_its_finder(session: Session) -> None:
    fact = factories.organisation(roles=(Role.MANUFACTURER, Role.LABORATORY))
    draft = service.publish_organisation(fact, effective_on=factories.START, actor=OPERATOR)
    plant = service.publish_plant(factories.plant(), effective_on=factories.START, actor=OPERATOR)
    factories.record(session, [draft, plant])
    row = session.exec(select(OrganisationRow)).one()
    assert (row.id, row.credit_code, row.roles) == (fact.id, fact.credit_code, "manufacturer laboratory")
    known = get(session, ORGANISATION, fact.id, point(session, factories.START))
    assert known is not None
    assert known.fact == fact


def test_the_public_publishes_nothing() -> None:
    with pytest.raises(NotAllowed):
        service.publish_organisation(factories.organisation(), effective_on=factories.START, actor=ANONYMOUS)
    with pytest.raises(NotAllowed):
        service.publish_plant(factories.plant(), effective_on=factories.START, actor=ANONYMOUS)
