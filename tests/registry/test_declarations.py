"""Declarations: modules never added twice, absent is not zero, and days as precise as the document."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlmodel import Session

from registry.access.actors import ANONYMOUS, OPERATOR
from registry.changes.reading import point
from registry.declarations import service
from registry.declarations.facts import PartialDay, Precision, a1_a3
from registry.kit.errors import Invalid, NotAllowed
from tests import factories


def modules(**stated: str) -> dict[str, Decimal]:
    return {name.replace("_", "-"): Decimal(value) for name, value in stated.items()}


@pytest.mark.parametrize(
    ("stated", "total"),
    [
        (modules(A1_A3="612"), "612"),
        (modules(A1="500", A2="50", A3="62"), "612"),
        (modules(A1="500", A2="50", A3="62", A1_A3="612"), "612"),  # both: the sum, not twice
        (modules(A1="500.4", A2="50.4", A3="62.4", A1_A3="613"), "613"),  # rounded apart from its parts
        (modules(A1="500", A2="50"), None),  # a missing module is not 0
        (modules(A1="500", A2="50", A3="0"), "550"),
        (modules(A1_A3="-12.5"), "-12.5"),  # wood may hold more than it emits
        (modules(A1_A3="0"), "0"),
        (modules(A4="8"), None),
        ({}, None),
    ],
)
def test_a1_to_a3_is_the_sum_as_declared(stated: dict[str, Decimal], total: str | None) -> None:
    assert a1_a3(factories.declaration(modules=stated)) == (None if total is None else Decimal(total))


@given(st.tuples(*[st.decimals(-1000, 1000, places=3)] * 3))
def test_the_sum_is_the_same_stated_whole_or_in_parts(parts: tuple[Decimal, Decimal, Decimal]) -> None:
    in_parts = dict(zip(("A1", "A2", "A3"), parts, strict=True))
    total = sum(parts, Decimal(0))
    answers = {
        a1_a3(factories.declaration(modules=stated))
        for stated in (in_parts, {"A1-A3": total}, {**in_parts, "A1-A3": total})
    }
    assert answers == {total}


@pytest.mark.parametrize(
    ("total", "fits"),
    [("606", True), ("604.4", False), ("618", True), ("619.8", False), ("0", False), ("-612", False)],
)
def test_parts_and_sum_may_differ_by_rounding_only(total: str, *, fits: bool) -> None:
    stated = modules(A1="500", A2="50", A3="62", A1_A3=total)
    fact = factories.declaration(modules=stated)
    if fits:
        assert service.record(fact, effective_on=factories.START, actor=OPERATOR).fact == fact
        assert a1_a3(fact) == Decimal(total)
        return
    with pytest.raises(Invalid) as refused:
        service.record(fact, effective_on=factories.START, actor=OPERATOR)
    assert refused.value.key == "gwp.sum-disagrees"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"modules": modules(A6="1")}, "unknown modules: A6"),
        ({"declared_amount": Decimal(0)}, "above 0"),
        ({"declared_amount": Decimal(-1)}, "above 0"),
        ({"mass_kg": Decimal(0)}, "above 0"),
        ({"modules": {"A1-A3": Decimal("NaN")}}, "finite"),
        ({"modules": {"A1-A3": Decimal("1E+999999")}}, "finite"),
    ],
)
def test_a_declaration_that_cannot_be_is_refused(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        factories.declaration(**fields)


@pytest.mark.parametrize(
    ("day", "precision", "last"),
    [
        (date(2028, 2, 10), Precision.DAY, date(2028, 2, 10)),
        (date(2028, 2, 1), Precision.MONTH, date(2028, 2, 29)),
        (date(2027, 2, 1), Precision.MONTH, date(2027, 2, 28)),
        (date(2027, 12, 1), Precision.MONTH, date(2027, 12, 31)),
        (date(2027, 4, 30), Precision.MONTH, date(2027, 4, 30)),
        (date(2027, 1, 1), Precision.YEAR, date(2027, 12, 31)),
    ],
)
def test_the_last_day_a_stated_period_can_mean(day: date, precision: Precision, last: date) -> None:
    assert PartialDay(day=day, precision=precision).last_day() == last


def test_declarations_are_found_by_each_product_they_name_the_longest_valid_first(session: Session) -> None:
    one, two, three = (factories.key("product", n) for n in (1, 2, 3))
    short = PartialDay(day=date(2027, 1, 1), precision=Precision.YEAR)
    facts = [
        factories.declaration(1, product_ids=(one, two), valid_to=short),
        factories.declaration(2, product_ids=(one,)),
        factories.declaration(3, product_ids=(three,)),
    ]
    drafts = [service.record(fact, effective_on=factories.START, actor=OPERATOR) for fact in facts]
    factories.record(session, drafts)
    found = service.of_products(session, [one, two], point(session, date(2026, 6, 1)))
    numbers = {key: [known.fact.number for known in declarations] for key, declarations in found.items()}
    assert numbers == {one: [facts[1].number, facts[0].number], two: [facts[0].number]}
    before = service.of_products(session, [one], point(session, date(2025, 12, 31)))
    assert before == {one: []}


def test_the_public_records_no_declaration() -> None:
    with pytest.raises(NotAllowed):
        service.record(factories.declaration(), effective_on=factories.START, actor=ANONYMOUS)
