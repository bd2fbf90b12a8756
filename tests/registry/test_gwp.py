"""One figure asked for: right modules, right unit, the way shown; anything else refused with its reason."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.declarations.comparable import Generation
from registry.declarations.dataset import (
    Dataset,
    DeclaredUnit,
    Footprint,
    Indicator,
    Mark,
    Property,
    Value,
)
from registry.declarations.facts import DocumentKind
from registry.declarations.figures.gwp import Answer, Asked, Obtained, Refusal, gwp
from registry.declarations.figures.modules import asked_modules
from registry.declarations.figures.stated import of_dataset, of_fact
from registry.kit.messages import say
from registry.units.convert import FactKind, ProductFact
from registry.units.table import unit
from tests import factories
from tests.oracles import gwp_oracle

Cells = list[tuple[str, str | None, str | Mark]]


def asked(modules: str = "A1-A3", per: str = "kg", *scenarios: str, indicator: str | None = None) -> Asked:
    return Asked(asked_modules(modules), unit(per), frozenset(scenarios), indicator)


def dataset(cells: Cells, *properties: tuple[str, str, str], **fields: Any) -> Dataset:
    def value(module: str, scenario: str | None, held: str | Mark) -> Value:
        figure = {"mark": held} if isinstance(held, Mark) else {"amount": Decimal(held)}
        return Value.model_validate({"module": module, "scenario": scenario, **figure})

    row = Indicator(
        code="GWP-total", unit="kg CO2 eq", matched_by="uuid", values=tuple(value(*one) for one in cells)
    )
    values: dict[str, Any] = {
        "document": DocumentKind.EPD,
        "number": "演示-EPD-1",
        "names": {"zh": "示例产品（虚构）"},
        "declared": DeclaredUnit(amount=Decimal(1), unit="m2", stated="m2"),
        "properties": tuple(Property(kind=k, value=Decimal(v), unit=u) for k, v, u in properties),
        "generation": Generation.EN15804_A2,
        "generation_by": "uuid",
        "indicators": (row,),
    }
    return Dataset(**{**values, **fields})


def answered(found: Answer | Refusal) -> Answer:
    assert isinstance(found, Answer), found
    return found


def refused(found: Answer | Refusal) -> Refusal:
    assert isinstance(found, Refusal), found
    assert {say(found.key, lang, found.facts) for lang in ("zh", "en")}
    return found


NUMBERS = st.decimals(-10_000, 10_000, places=4)
POSITIVE = st.decimals(min_value=Decimal("0.001"), max_value=9000, places=3)


@given(
    st.dictionaries(st.sampled_from(gwp_oracle.EVERY), NUMBERS, min_size=1),
    st.booleans(),
    st.sampled_from(["A1-A3", "A4", "A1-A5", "C", "A1", "A-C", "D", "A4,C3"]),
    st.sampled_from(sorted(gwp_oracle.SCALES)),
    st.sampled_from(sorted(gwp_oracle.SCALES)),
    POSITIVE,
    st.none() | POSITIVE,
)
def test_every_figure_is_the_one_of_the_slow_second_answer(  # noqa: PLR0917
    modules: dict[str, Decimal],
    as_sum: bool,
    question: str,
    declared: str,
    per: str,
    amount: Decimal,
    density: Decimal | None,
) -> None:
    stated = dict(modules)
    if as_sum and {"A1", "A2", "A3"} <= stated.keys():
        stated["A1-A3"] = sum((stated.pop(module) for module in ("A1", "A2", "A3")), Decimal(0))
    fact = factories.declaration(modules=stated, declared_unit=declared, declared_amount=amount)
    tie = () if density is None else (ProductFact(FactKind.DENSITY, density, "P-1"),)
    found = gwp(of_fact(fact, tie), asked(question, per))
    fractions = {module: Fraction(value) for module, value in stated.items()}
    total = gwp_oracle.total(fractions, gwp_oracle.meant(question))
    wanted = None
    if total is not None:
        thick = None if density is None else Fraction(density)
        wanted = gwp_oracle.per(total, Fraction(amount), declared, per, thick)
    if wanted is None:
        missing = total is None
        assert refused(found).key in (
            ("gwp.module-missing", "gwp.only-in-sum") if missing else ("units.no-path", "units.unlike")
        )
        return
    value = answered(found).value
    assert abs(Fraction(value) - wanted) <= abs(wanted) / 10**25
    assert answered(found).exact == (Fraction(value) == wanted)


def test_the_way_names_each_stated_fact_and_its_source() -> None:
    found = answered(
        gwp(of_dataset(dataset([("A1-A3", None, "25")], ("area-mass", "12.5", "kg/m2"))), asked())
    )
    assert found.value == 2
    assert [(step.from_unit.code, step.to_unit.code) for step in found.path] == [("m2", "kg")]
    assert (found.path[0].fact, found.path[0].source) == (FactKind.AREA_MASS, "演示-EPD-1")


@pytest.mark.parametrize(
    ("declared", "properties", "per", "value"),
    [
        ("m3", [("density", "2.4", "t/m3")], "kg", "0.01"),
        ("m3", [("density", "2.4", "g/cm^3")], "kg", "0.01"),
        ("m3", [("mass", "2400", "kg")], "kg", "0.01"),
        ("kg", [("volume", "0.002", "m3")], "m3", "12000"),
        ("kg", [("area", "0.1", "m2")], "m2", "240"),
        ("m2", [("thickness", "0.02", "m"), ("density", "1200", "kg/m3")], "kg", "1"),
        ("piece", [("piece-mass", "48", "kg")], "t", "500"),
        ("t", [("mass", "5", "kg")], "kg", "0.024"),  # inside a dimension no fact is needed
    ],
)
def test_properties_tie_units_whatever_unit_they_are_written_in(
    declared: str, properties: list[tuple[str, str, str]], per: str, value: str
) -> None:
    stated = DeclaredUnit(amount=Decimal(1), unit=declared, stated=declared)
    found = gwp(of_dataset(dataset([("A1-A3", None, "24")], *properties, declared=stated)), asked(per=per))
    assert answered(found).value == Decimal(value)


def test_a_mass_of_the_whole_declared_amount_is_divided_by_it() -> None:
    two = DeclaredUnit(amount=Decimal(2), unit="m2", stated="2 m2")
    of_both = dataset([("A1-A3", None, "24")], ("mass-per-declared-unit", "30", "kg"), declared=two)
    assert answered(gwp(of_dataset(of_both), asked(per="kg"))).value == Decimal("0.8")
    of_one = dataset([("A1-A3", None, "24")], ("mass", "15", "kg"), declared=two)
    assert answered(gwp(of_dataset(of_one), asked(per="kg"))).value == Decimal("0.8")


@pytest.mark.parametrize(
    "stated",
    [
        ("area-mass", "12.5", "kg/m3"),
        ("area-mass", "12.5", "kg"),
        ("thickness", "12", "m2"),
        ("density", "0", "kg/m3"),
        ("gross weight", "3", "kN"),
        ("area-mass", "12.5", "m2/kg"),
    ],
)
def test_a_property_whose_dimensions_do_not_fit_ties_nothing(stated: tuple[str, str, str]) -> None:
    found = gwp(of_dataset(dataset([("A1-A3", None, "25")], stated)), asked())
    assert refused(found).key == "units.no-path"


def test_a1_to_a3_tells_whether_it_was_stated_or_summed() -> None:
    parts: Cells = [("A1", None, "10"), ("A2", None, "2"), ("A3", None, "3")]
    summed = answered(gwp(of_dataset(dataset(parts)), asked(per="m2")))
    assert [(part.module, part.amount, part.obtained) for part in summed.parts] == [
        ("A1-A3", Decimal(15), Obtained.SUMMED)
    ]
    both = answered(gwp(of_dataset(dataset([*parts, ("A1-A3", None, "15.1")])), asked(per="m2")))
    assert (both.value, both.parts[0].obtained) == (Decimal("15.1"), Obtained.STATED)


CASES: list[tuple[Cells, Asked, str, dict[str, str]]] = [
    ([("A1", None, "5")], asked(per="m2"), "gwp.module-missing", {"modules": "A1-A3"}),
    ([("A1-A3", None, "5")], asked("A1", "m2"), "gwp.only-in-sum", {"modules": "A1"}),
    (
        [("A1-A3", None, "5"), ("A5", None, Mark.MND)],
        asked("A1-A5", "m2"),
        "gwp.module-missing",
        {"modules": "A4, A5 (MND)"},
    ),
    (
        [("A1-A3", None, "20"), ("A1", None, "5"), ("A2", None, "5"), ("A3", None, "5")],
        asked(per="m2"),
        "gwp.sum-disagrees",
        {"stated": "20", "summed": "15"},
    ),
    (
        [("C3", "S1", "1"), ("C3", "S2", "2")],
        asked("C3", "m2"),
        "gwp.scenario-needed",
        {"module": "C3", "scenarios": "S1, S2"},
    ),
    (
        [("C3", "S1", "1"), ("C4", "S2", "2")],
        asked("C4", "m2", "S1"),
        "gwp.scenario-needed",
        {"module": "C4", "scenarios": "S2"},
    ),
    ([("C3", "S1", "1")], asked("C3", "m2", "S9"), "gwp.scenario-unknown", {"asked": "S9", "known": "S1"}),
    ([("A1-A3", None, "5")], asked("A1-A3", "m2", "S9"), "gwp.no-scenarios", {"asked": "S9"}),
    ([("A1-A3", None, "5")], asked(per="kg"), "units.no-path", {"unit": "m2", "to": "kg"}),
    (
        [("A1-A3", None, "5")],
        asked(per="m2", indicator="GWP-luluc"),
        "gwp.indicator-absent",
        {"indicator": "GWP-luluc", "known": "GWP-total"},
    ),
]


@pytest.mark.parametrize(("cells", "question", "key", "facts"), CASES)
def test_each_refusal_names_what_is_missing(
    cells: Cells, question: Asked, key: str, facts: dict[str, str]
) -> None:
    found = refused(gwp(of_dataset(dataset(cells)), question))
    assert (found.key, found.facts) == (key, facts)


def test_a_scenario_is_named_when_there_is_one_and_chosen_when_there_are_several() -> None:
    cells: Cells = [("C3", "S1", "1"), ("C3", "S2", "2"), ("C4", "S2", "4"), ("A4", None, "8")]
    stated = of_dataset(dataset(cells))
    assert [part.scenarios for part in answered(gwp(stated, asked("C4", "m2"))).parts] == [("S2",)]
    assert answered(gwp(stated, asked("C3,C4", "m2", "S2"))).value == 6
    assert answered(gwp(stated, asked("A4,C3", "m2", "S1"))).value == 9


def test_a_footprint_with_its_own_stages_has_no_modules() -> None:
    footprint = dataset(
        [], generation=Generation.GBT24067, indicators=(), footprint=Footprint(total=Decimal(36))
    )
    assert refused(gwp(of_dataset(footprint), asked())).key == "gwp.no-modules"


def test_part_of_a_footprint_is_given_only_when_asked_for_by_name() -> None:
    fact = factories.declaration(indicator="GWP-fossil")
    assert refused(gwp(of_fact(fact), asked())).key == "gwp.no-whole-footprint"
    assert answered(gwp(of_fact(fact), asked(indicator="gwp-FOSSIL"))).indicator == "GWP-fossil"


def test_an_unknown_unit_is_never_guessed() -> None:
    odd = DeclaredUnit(amount=Decimal(1), unit=None, stated="1 Stk.")
    found = gwp(of_dataset(dataset([("A1-A3", None, "5")], declared=odd)), asked())
    assert refused(found).facts == {"unit": "1 Stk."}


def test_a_figure_too_large_to_write_is_refused() -> None:
    fact = factories.declaration(modules={"A1-A3": Decimal("1E+30")}, declared_amount=Decimal("0.001"))
    assert refused(gwp(of_fact(fact), asked(per="t"))).key == "gwp.out-of-range"


def test_an_uncertainty_is_told_of_one_figure_and_of_no_sum() -> None:
    value = Value(module="A1-A3", amount=Decimal(5), rsd=Decimal("0.1"), distribution="log-normal")
    row = Indicator(
        code="GWP-total",
        unit="kg CO2 eq",
        matched_by="uuid",
        values=(value, Value(module="A4", amount=Decimal(1))),
    )
    stated = of_dataset(dataset([], indicators=(row,)))
    one, two = (answered(gwp(stated, asked(modules, "m2"))) for modules in ("A1-A3", "A1-A4"))
    assert (one.rsd, one.distribution) == (Decimal("0.1"), "log-normal")
    assert (two.rsd, two.distribution) == (None, None)
