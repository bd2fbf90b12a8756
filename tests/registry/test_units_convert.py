"""Conversion is exact inside a dimension and crosses dimensions only on stated facts."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.kit.messages import say
from registry.units.convert import TIES, Converted, FactKind, ProductFact, Refused, convert
from registry.units.said import doubt_said, fact_symbol
from registry.units.spoken import fact_name
from registry.units.table import Unit, unit
from tests.oracles import units_oracle

KNOWN = [unit(code) for code in units_oracle.NAMES]
VALUES = st.decimals(
    min_value=Decimal("-1e9"), max_value=Decimal("1e9"), places=6, allow_nan=False, allow_infinity=False
)
POSITIVE = st.decimals(min_value=Decimal("0.001"), max_value=Decimal(9000), places=3)


def fact(kind: FactKind, value: str) -> ProductFact:
    return ProductFact(kind, Decimal(value), "declaration 1")


GRAMMAGE = (
    fact(FactKind.AREA_MASS, "40.57"),
    fact(FactKind.THICKNESS, "30"),
    fact(FactKind.DENSITY, "2100"),
)


def done(answer: Converted | Refused) -> Converted:
    assert isinstance(answer, Converted)
    return answer


def refused(answer: Converted | Refused) -> Refused:
    assert isinstance(answer, Refused)
    for lang in ("zh", "en"):
        assert say(answer.key, lang, answer.facts)
    return answer


def near(value: Decimal, wanted: Fraction) -> bool:
    return abs(Fraction(value) - wanted) <= abs(wanted) * Fraction(1, 10**26)


@pytest.mark.parametrize(
    ("value", "code", "to", "wanted"),
    [
        ("2.5", "t", "kg", "2500"),
        ("1", "m3", "l", "1000"),
        ("30", "mm", "m", "0.03"),
        ("10", "kWh", "MJ", "36"),
        ("3", "pair", "piece", "6"),
        ("0.1", "t", "t", "0.1"),
        ("7", "jin", "kg", "3.5"),
    ],
)
def test_inside_a_dimension_the_answer_is_exact(value: str, code: str, to: str, wanted: str) -> None:
    answer = done(convert(Decimal(value), unit(code), unit(to)))
    assert answer.value == Decimal(wanted)
    assert answer.exact


@pytest.mark.parametrize(
    ("value", "code", "to", "facts", "wanted"),
    [
        ("2", "m3", "t", [("density", "2400")], "4.8"),
        ("4.8", "t", "m3", [("density", "2400")], "2"),
        ("100", "m2", "m3", [("thickness", "50")], "5"),
        ("100", "m2", "kg", [("thickness", "50"), ("density", "120")], "600"),
        ("1", "t", "m2", [("area-mass", "4")], "250"),
        ("1.58", "t", "m", [("length-mass", "1.58")], "1000"),
        ("12", "piece", "m2", [("piece-area", "1.8")], "21.6"),
        ("10", "set", "piece", [("pieces-per-set", "3")], "30"),
    ],
)
def test_facts_carry_a_quantity_across(
    value: str, code: str, to: str, facts: list[tuple[str, str]], wanted: str
) -> None:
    stated = [fact(FactKind(kind), figure) for kind, figure in facts]
    answer = done(convert(Decimal(value), unit(code), unit(to), facts=stated))
    assert answer.value == Decimal(wanted)
    crossing = [step for step in answer.path if step.fact is not None]
    assert {step.fact for step in crossing} == {item.kind for item in stated}
    assert {step.source for step in crossing} == {"declaration 1"}


def test_the_path_runs_from_the_first_unit_to_the_last() -> None:
    answer = done(convert(Decimal(1), unit("l"), unit("t"), facts=[fact(FactKind.DENSITY, "1300")]))
    assert [step.from_unit.code for step in answer.path] == ["l", "m3", "kg"]
    assert answer.path[-1].to_unit.code == "t"


def test_without_a_fact_dimensions_do_not_mix() -> None:
    answer = refused(convert(Decimal(1), unit("m2"), unit("m3"), facts=[fact(FactKind.DENSITY, "2400")]))
    assert answer.key == "units.no-path"


@pytest.mark.parametrize(("one", "other"), [("kg", "kWh"), ("m3", "workday"), ("kWh", "piece")])
def test_where_no_fact_could_help_none_is_asked_for(one: str, other: str) -> None:
    answer = refused(convert(Decimal(1), unit(one), unit(other), facts=GRAMMAGE))
    assert answer.key == "units.unlike"
    assert "密度（kg/m³）" not in say(answer.key, "zh", answer.facts)


@pytest.mark.parametrize("value", ["0", "-1", "NaN", "Infinity"])
def test_a_fact_that_is_no_positive_figure_is_refused(value: str) -> None:
    answer = convert(Decimal(1), unit("m3"), unit("t"), facts=[fact(FactKind.DENSITY, value)])
    assert refused(answer).key == "units.fact-not-positive"


def test_one_fact_stated_twice_with_two_values_is_refused() -> None:
    facts = [fact(FactKind.DENSITY, "100"), fact(FactKind.DENSITY, "120")]
    assert refused(convert(Decimal(1), unit("m3"), unit("t"), facts=facts)).key == "units.fact-twice"


@pytest.mark.parametrize(("area_mass", "agrees"), [("6", True), ("6.29", True), ("6.31", False)])
def test_facts_that_contradict_one_another_are_refused(area_mass: str, agrees: bool) -> None:
    facts = [
        fact(FactKind.THICKNESS, "50"),
        fact(FactKind.DENSITY, "120"),
        fact(FactKind.AREA_MASS, area_mass),
    ]
    answer = convert(Decimal(1), unit("m2"), unit("kg"), facts=facts)
    if agrees:
        assert done(answer).value == Decimal(area_mass)
    else:
        assert refused(answer).key == "units.facts-disagree"


def test_a_direct_figure_may_stand_before_what_others_come_to_and_the_contradiction_is_told() -> None:
    answer = done(convert(Decimal(2), unit("m2"), unit("kg"), facts=GRAMMAGE, direct=True))
    assert answer.value == Decimal("81.14")
    assert answer.doubt is not None
    assert answer.doubt.key == "units.facts-disagree"
    assert answer.doubt.facts == {
        "unit": "m2",
        "to": "kg",
        "first": "area-mass",
        "first_value": "40.57",
        "second": "thickness → density",
        "second_value": "63",
    }
    said = {lang: doubt_said(answer.doubt.facts, lang) for lang in ("zh", "en")}
    assert "按单位面积质量，1 m² 合 40.57 千克；按厚度 → 密度，合 63 千克" in said["zh"]
    assert "by thickness → density, 63 kg" in said["en"]


def test_without_a_direct_figure_a_contradiction_is_refused_all_the_same() -> None:
    facts = [
        fact(FactKind.PIECE_AREA, "2"),
        fact(FactKind.AREA_MASS, "5"),
        fact(FactKind.PIECE_VOLUME, "0.1"),
        fact(FactKind.DENSITY, "300"),
    ]
    refusal = refused(convert(Decimal(1), unit("piece"), unit("kg"), facts=facts, direct=True))
    assert refusal.key == "units.facts-disagree"


@given(
    st.sampled_from(KNOWN),
    st.sampled_from(KNOWN),
    st.dictionaries(st.sampled_from(FactKind), POSITIVE, max_size=4),
)
def test_a_contradiction_is_never_dropped(one: Unit, other: Unit, stated: dict[FactKind, Decimal]) -> None:
    facts = [ProductFact(kind, figure, "x") for kind, figure in stated.items()]
    strict = convert(Decimal(1), one, other, facts=facts)
    direct = convert(Decimal(1), one, other, facts=facts, direct=True)
    contradicted = isinstance(strict, Refused) and strict.key == "units.facts-disagree"
    told = direct if isinstance(direct, Refused) else direct.doubt
    assert (told is not None and told.key == "units.facts-disagree") is contradicted
    assert contradicted or direct == strict


@pytest.mark.parametrize("kind", FactKind)
def test_every_fact_has_a_name_and_a_unit_in_both_languages(kind: FactKind) -> None:
    assert fact_name(kind, "zh") != fact_name(kind, "en")
    assert "piece" not in fact_symbol(kind, "zh")
    assert fact_symbol(kind, "en") == TIES[kind].symbol


@given(VALUES, st.sampled_from(KNOWN), st.sampled_from(KNOWN))
def test_inside_a_dimension_pint_agrees(value: Decimal, one: Unit, other: Unit) -> None:
    answer = convert(value, one, other)
    if one.dimension != other.dimension:
        assert isinstance(answer, Refused)
    else:
        assert near(done(answer).value, units_oracle.within(value, one.code, other.code))


@given(
    VALUES,
    st.sampled_from(KNOWN),
    st.sampled_from(KNOWN),
    st.dictionaries(st.sampled_from(FactKind), POSITIVE, max_size=3),
)
def test_across_dimensions_pint_agrees(
    value: Decimal, one: Unit, other: Unit, stated: dict[FactKind, Decimal]
) -> None:
    facts = [ProductFact(kind, figure, "x") for kind, figure in stated.items()]
    answer = convert(value, one, other, facts=facts)
    reachable = units_oracle.across(value, one.code, other.code, stated)
    if isinstance(answer, Converted):
        assert any(near(answer.value, wanted) for wanted in reachable)
    else:
        assert not reachable or answer.key == "units.facts-disagree"


@given(VALUES, st.sampled_from(KNOWN), st.sampled_from(KNOWN), POSITIVE, POSITIVE)
def test_there_and_back_is_the_same_quantity(
    value: Decimal, one: Unit, other: Unit, density: Decimal, thickness: Decimal
) -> None:
    facts = [ProductFact(FactKind.DENSITY, density, "x"), ProductFact(FactKind.THICKNESS, thickness, "x")]
    there = convert(value, one, other, facts=facts)
    back = convert(value, other, one, facts=facts)
    assert isinstance(there, Refused) == isinstance(back, Refused)
    if isinstance(there, Converted):
        home = done(convert(there.value, other, one, facts=facts))
        assert home.value == value if there.exact and home.exact else near(home.value, Fraction(value))
