"""Typed values of a product as the index takes them: by kind, with their own numbers and units."""

from decimal import Decimal

from registry.categories.facts import AttributeSpec, AttributeType
from search.feeding import typed
from tests import factories


def _spec(name: str, sort: AttributeType, unit: str | None = None) -> AttributeSpec:
    return AttributeSpec(name=name, label_zh=name, label_en=name, type=sort, unit=unit)


KIND = factories.kind(
    attributes=(
        _spec("strength", AttributeType.ENUM),
        _spec("size", AttributeType.TEXT),
        _spec("coated", AttributeType.BOOL),
        _spec("fineness", AttributeType.DECIMAL, "m²/kg"),
        _spec("thickness", AttributeType.DECIMAL, "mm"),
        _spec("voc", AttributeType.DECIMAL, "g/L"),
    )
)
OTHER = factories.kind("glue", attributes=(_spec("voc", AttributeType.DECIMAL, "g/kg"),))


def test_words_and_numbers_are_kept_apart_by_their_specification() -> None:
    stated = {"strength": "42.5", "size": "6+12A+6", "coated": "false", "fineness": "350.5"}
    product = factories.product(attributes=stated)
    assert typed.attributes(product, KIND) == {"strength": "42.5", "size": "6+12A+6", "coated": "false"}
    assert typed.quantities(product, KIND, typed.units_of([KIND])) == {"fineness": Decimal("350.5")}


def test_a_stated_thickness_and_mass_stand_in_where_the_attribute_is_not_stated() -> None:
    plain = factories.product(attributes={}, thickness_mm=Decimal("9.5"), density_kg_m3=Decimal(800))
    assert typed.quantities(plain, KIND, typed.units_of([KIND])) == {
        "thickness": Decimal("9.5"),
        "density": Decimal(800),
    }
    own = factories.product(attributes={"thickness": "12"}, thickness_mm=Decimal("9.5"))
    assert typed.quantities(own, KIND, typed.units_of([KIND])) == {"thickness": Decimal(12)}


def test_a_number_that_kinds_state_in_several_units_is_named_with_its_unit() -> None:
    product = factories.product(attributes={"voc": "30"})
    assert typed.quantities(product, KIND, typed.units_of([KIND, OTHER])) == {"voc_g_l": Decimal(30)}
    assert typed.quantities(product, OTHER, typed.units_of([KIND, OTHER])) == {"voc_g_kg": Decimal(30)}
    assert typed.quantities(product, KIND, typed.units_of([KIND])) == {"voc": Decimal(30)}


def test_specifications_go_by_the_names_their_values_are_searched_by() -> None:
    assert {name: spec.unit for name, spec in typed.specs([OTHER], [KIND, OTHER]).items()} == {
        "voc_g_kg": "g/kg"
    }
    both = typed.specs([KIND, OTHER], [KIND, OTHER])
    assert set(both) == {"strength", "size", "coated", "fineness", "thickness", "voc_g_l", "voc_g_kg"}
    assert typed.specs([KIND], [KIND])["voc"].unit == "g/L"


def test_what_a_kind_does_not_know_and_what_is_not_stated_is_left_out() -> None:
    product = factories.product(attributes={"colour": "red"})
    assert typed.attributes(product, KIND) == {}
    assert typed.quantities(product, KIND, typed.units_of([KIND])) == {}
