"""A declared value per kg, t, m² and m³, only by what the papers state, and never of part of a footprint."""

from decimal import Decimal
from typing import Any

import pytest

from registry.declarations.figures.converted import Spoken
from registry.declarations.figures.stated import stated_by
from registry.products.conversions import unit_facts
from registry.units.convert import FactKind, ProductFact
from tests import factories


def _declared(**fields: Any) -> dict[str, Decimal]:
    fact = factories.declaration(**fields)
    product = factories.product(density_kg_m3=Decimal(800), thickness_mm=Decimal("12.5"))
    return dict(Spoken(stated_by(fact, None, unit_facts(product)), "t").figures)


def test_a_thousand_kilograms_are_a_tonne_and_every_unit_follows_by_density_and_thickness() -> None:
    found = _declared(declared_unit="kg", declared_amount=Decimal(1000), modules={"A1-A3": Decimal(240)})
    assert found == {
        "kg": Decimal("0.24"),
        "t": Decimal(240),
        "m3": Decimal(192),  # 0.24 × 800 kg
        "m2": Decimal("2.4"),  # 192 × 0.0125 m
    }


def test_without_a_fact_a_unit_of_another_dimension_is_left_out() -> None:
    assert dict(Spoken(stated_by(factories.declaration(), None), "t").figures) == {
        "kg": Decimal("0.612"),
        "t": Decimal(612),
    }


def test_the_declarations_own_mass_stands_before_the_products() -> None:
    own: dict[str, Any] = {"declared_unit": "m2", "declared_amount": Decimal(10), "mass_kg": Decimal(85)}
    fact = factories.declaration(**own, modules={"A1-A3": Decimal(17)})
    other = ProductFact(FactKind.AREA_MASS, Decimal(9), "P-1")
    found = Spoken(stated_by(fact, None, (other,)), "t").figures
    assert found == {"m2": Decimal("1.7"), "kg": Decimal("0.2"), "t": Decimal(200)}


def test_facts_that_contradict_one_another_give_no_figure_by_them() -> None:
    facts = (
        ProductFact(FactKind.AREA_MASS, Decimal(9), "P-1"),
        ProductFact(FactKind.THICKNESS, Decimal(10), "P-1"),
        ProductFact(FactKind.DENSITY, Decimal(2000), "P-1"),  # 10 mm of it weigh 20 kg/m², not 9
    )
    fact = factories.declaration(declared_unit="m2")
    assert set(Spoken(stated_by(fact, None, facts), "t").figures) == {"m2"}


@pytest.mark.parametrize(
    ("standard", "indicator", "is_given"),
    [
        ("EN 15804+A2", "GWP-total", True),
        ("EN 15804+A2", "GWP-fossil", False),
        ("EN 15804+A2", "GWP", False),  # with A2 the bare word may mean any of four
        ("EN 15804:2012+A1:2013", "GWP", True),
        ("GB/T 24067-2024", "carbon-footprint", True),
        ("EN 15804", "GWP", False),  # no amendment named
    ],
)
def test_only_whole_footprints_of_a_known_family_are_given(
    standard: str, indicator: str, is_given: bool
) -> None:
    assert bool(_declared(standard=standard, indicator=indicator)) is is_given


def test_an_undeclared_value_gives_nothing() -> None:
    assert _declared(modules={"A1": Decimal(1), "A3": Decimal(2)}) == {}
