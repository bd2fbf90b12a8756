"""Parts of a footprint: what is stated and nothing else, timber below 0, the scenario that lists show."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.declarations.dataset import Dataset, Value
from registry.declarations.figures.gwp import Answer, Asked, gwp
from registry.declarations.figures.headline import shown, whole
from registry.declarations.figures.split import Part, Split, by_module, split
from registry.declarations.figures.stated import of_dataset
from registry.units.table import unit
from tests import declared
from tests.declared import row, values

A1_A3 = Asked(("A1-A3",), unit("m3"))


def timber(**fields: Any) -> Dataset:
    """1 m³ of invented wood: what it takes up in A1–A3 is given off in C3."""
    rows = (
        row("GWP-total", values(A1_A3="-640.5", A4="8", C3="745")),
        row("GWP-fossil", values(A1_A3="98", A4="8", C3="12")),
        row("GWP-biogenic", values(A1_A3="-740", A4="0", C3="733")),
        row("GWP-luluc", values(A1_A3="1.5", C3="MND")),
    )
    return declared.dataset(3, indicators=rows, **fields)


def test_timber_is_below_zero_and_what_it_takes_up_comes_back() -> None:
    found = by_module(timber())
    assert found["A1-A3"] == Split(
        Decimal("-640.5"),
        {Part.FOSSIL: Decimal(98), Part.BIOGENIC: Decimal(-740), Part.LULUC: Decimal("1.5")},
    )
    assert found["A1-A3"].adds_up is True
    assert found["C3"].parts[Part.BIOGENIC] == Decimal(733)


def test_a_part_that_is_not_stated_is_absent_and_never_zero() -> None:
    found = by_module(timber())
    assert Part.LULUC not in found["A4"].parts
    assert Part.LULUC not in found["C3"].parts
    assert found["A4"].adds_up is None
    assert (
        split(of_dataset(declared.dataset(indicators=(row("GWP-total", values(A1_A3="1")),))), A1_A3) is None
    )


def test_parts_that_miss_the_total_are_told() -> None:
    rows = (
        row("GWP-total", values(A1_A3="100")),
        row("GWP-fossil", values(A1_A3="90")),
        row("GWP-biogenic", values(A1_A3="5")),
        row("GWP-luluc", values(A1_A3="1")),
    )
    assert by_module(declared.dataset(indicators=rows))["A1-A3"].adds_up is False


def test_a_figure_and_its_parts_are_per_the_same_unit() -> None:
    found = split(of_dataset(timber()), Asked(("A1-A3",), unit("kg")))
    assert found is not None
    assert found.total is not None
    assert found.parts[Part.BIOGENIC] / found.total == Decimal(-740) / Decimal("-640.5")


def test_of_several_scenarios_the_one_that_lists_show_is_shown() -> None:
    dataset = declared.dataset()
    stated, headline = of_dataset(dataset), whole(dataset)
    assert headline is not None
    figures = shown(headline.values, dataset.scenarios)
    for module, amount in figures.items():
        answer = gwp(stated, Asked((module,), unit("m3")))
        assert isinstance(answer, Answer), module
        assert answer.value == amount, module


amounts = st.decimals(-1000, 1000, places=2)


@given(st.tuples(amounts, amounts, amounts))
def test_parts_that_were_summed_add_up(parts: tuple[Decimal, Decimal, Decimal]) -> None:
    rows = [
        row(code, (Value(module="A1-A3", amount=amount),))
        for code, amount in zip(("GWP-fossil", "GWP-biogenic", "GWP-luluc"), parts, strict=True)
    ]
    total = row("GWP-total", (Value(module="A1-A3", amount=sum(parts, Decimal(0))),))
    found = by_module(declared.dataset(indicators=(total, *rows)))["A1-A3"]
    assert found.adds_up is True
    assert tuple(found.parts.values()) == parts


@pytest.mark.parametrize("generation_rows", [("GWP-fossil",), ("GWP-biogenic",)])
def test_one_part_alone_is_shown_with_its_total(generation_rows: tuple[str, ...]) -> None:
    rows = (row("GWP-total", values(A1_A3="5")), *(row(code, values(A1_A3="4")) for code in generation_rows))
    found = split(of_dataset(declared.dataset(indicators=rows)), A1_A3)
    assert found is not None
    assert (found.total, list(found.parts.values()), found.adds_up) == (Decimal(5), [Decimal(4)], None)
