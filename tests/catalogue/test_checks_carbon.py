"""Carbon of a bill's lines: declared, stood in for and marked, or none; nothing is added across."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.background.generic import Gases, Generic, Stage
from catalogue.checks.carbon import Estimate, LineCarbon, Source, estimate
from catalogue.checks.facts import Facts
from catalogue.checks.inputs import LineInput, Standing
from registry.declarations.facts import DataKind, DeclarationFact, DeclarationState
from registry.dossiers.dossier import Dossier
from registry.units.table import unit
from tests import factories
from tests.catalogue import check_cases as cases
from tests.oracles import carbon_oracle


def row(name: str, value: str, per: str, **fields: Any) -> Generic:
    given: dict[str, Any] = {
        "row": name, "version": 1, "document": "GB/T 51366-2019", "clause": "D.0.1", "confidence": "high",
        "name_zh": "示例", "name_en": "example", "stage": Stage.PRODUCTION, "group": "g", "region": None,
        "data_year": None, "value": Decimal(value), "gases": Gases.ALL, "per": unit(per),
    }  # fmt: skip
    return Generic(**{**given, **fields})


GENERICS = {
    one.row: one for one in (row("d-01", "735", "t"), row("d-02", "295", "m3"), row("d-03", "385", "m3"))
}


def about(*declared: DeclarationFact, **product: Any) -> Dossier:
    found = tuple(cases.known(one, kind="declaration", key=one.id) for one in declared)
    return cases.dossier(product=factories.product(**product), declarations=found)


def of(
    *lines: LineInput, dossier: Dossier | None = None, generics: dict[str, Generic] = GENERICS
) -> Estimate:
    known = dossier or about()
    facts = Facts({(cases.DAY, known.product.fact.id): known})
    return estimate(cases.given(*lines), cases.SICHUAN, facts, generics)


def one(line: LineInput, dossier: Dossier | None = None) -> LineCarbon:
    (found,) = of(line, dossier=dossier).lines
    return found


def concrete(**fields: Any) -> LineInput:
    """A line of C30 for which nothing registered was found."""
    return cases.nobodys(**{"spec": "C30", "unit": "m3", "quantity": Decimal(100), **fields})


def test_a_product_speaks_for_itself_before_anything_stands_in() -> None:
    found = one(cases.line(unit="t"), about(factories.declaration()))
    assert (found.source, found.kilograms, found.rules) == (Source.DECLARED, Decimal(61200), "EN 15804+A2")
    assert found.declaration == factories.declaration()
    assert found.generic is None


def test_a_line_without_a_product_has_the_generic_value_of_its_kind_and_says_so() -> None:
    found = one(concrete())
    assert (found.source, found.kilograms) == (Source.STAND_IN, Decimal(29500))
    assert found.generic is not None
    assert (found.generic.document, found.generic.clause) == ("GB/T 51366-2019", "D.0.1")
    assert found.declaration is None


@pytest.mark.parametrize(
    "declared",
    [
        factories.declaration(data_kind=DataKind.AVERAGE),
        factories.declaration(data_kind=DataKind.GENERIC),
        factories.declaration(state=DeclarationState.WITHDRAWN),
        factories.declaration(plant_ids=(factories.key("plant", 2),)),
    ],
)
def test_what_is_not_the_products_own_is_no_declaration_of_it(declared: DeclarationFact) -> None:
    found = one(cases.line(spec="C30"), about(declared))
    assert found.source is Source.STAND_IN


def test_a_declaration_counts_through_its_last_day_and_not_after() -> None:
    declared = factories.declaration()
    last = declared.valid_to.day
    for day, source in ((last, Source.DECLARED), (last + timedelta(days=1), Source.STAND_IN)):
        known = about(declared)
        known = replace(known, at=replace(known.at, on=day))
        line = cases.line(spec="C30", unit="t", delivery=day, quantity=Decimal(1))
        facts = Facts({(day, known.product.fact.id): known})
        (found,) = estimate(cases.given(line), cases.SICHUAN, facts, {"d-02": row("d-02", "295", "t")}).lines
        assert found.source is source, day


@pytest.mark.parametrize(
    ("line", "dossier", "why"),
    [
        (concrete(quantity=None), None, "carbon-line.no-quantity"),
        (concrete(unit=None, unit_text="车"), None, "carbon-line.no-unit"),
        (concrete(material_kind=None), None, "carbon-line.no-kind"),
        (concrete(spec=""), None, "carbon-line.no-generic"),
        (concrete(spec="C35"), None, "carbon-line.no-generic"),
        (concrete(material_kind="glass.low-e"), None, "carbon-line.no-generic"),
        (concrete(unit="t"), None, "units."),
        (cases.line(unit="m2", spec="C30"), about(factories.declaration()), "units."),
        (
            cases.line(unit="t", spec="C30"),
            about(factories.declaration(modules={"A1": Decimal(5)})),
            "gwp.module-missing",
        ),
    ],
)
def test_a_line_without_a_figure_says_why(line: LineInput, dossier: Dossier | None, why: str) -> None:
    """The last two have a declaration that leads nowhere: nothing stands in for it."""
    found = one(line, dossier)
    assert (found.source, found.kilograms, found.generic, found.declaration) == (
        Source.NONE,
        None,
        None,
        None,
    )
    assert found.why is not None
    assert found.why.key.startswith(why)


def test_a_generic_value_of_another_stage_or_of_one_gas_alone_stands_in_for_nothing() -> None:
    for wrong in ({"stage": Stage.TRANSPORT}, {"gases": Gases.CARBON_DIOXIDE}):
        found = of(concrete(), generics={"d-02": row("d-02", "295", "m3", **wrong)})
        assert found.without == 1


def test_a_line_nobody_confirmed_is_not_taken_for_its_candidate() -> None:
    found = one(cases.line(standing=Standing.OPEN, spec="C30"), about(factories.declaration()))
    assert found.source is Source.STAND_IN


def test_sums_stand_apart_by_rules_and_by_document_and_services_are_left_out() -> None:
    found = of(
        cases.line(1, unit="t", quantity=Decimal(2)),
        cases.line(2, unit="kg", quantity=Decimal(500)),
        concrete(number=3),
        concrete(number=4, spec="C50", quantity=Decimal(1)),
        concrete(number=5, spec=""),
        cases.nobodys(6, standing=Standing.NOT_A_MATERIAL),
        dossier=about(factories.declaration()),
    )
    assert [(one.name, one.lines, one.kilograms) for one in found.declared] == [
        ("EN 15804+A2", 2, Decimal("1530.0"))
    ]
    assert [(one.name, one.lines, one.kilograms) for one in found.stand_ins] == [
        ("GB/T 51366-2019", 2, Decimal(29885))
    ]
    assert found.without == 1
    assert len(found.lines) == 5


QUANTITIES = st.decimals("0.001", 10**6, places=3)


@settings(max_examples=150)
@given(
    quantity=st.none() | QUANTITIES,
    code=st.sampled_from(["kg", "t", "m3", "l", "m2", "lb"]),
    named=st.sampled_from(["C30", "C50", "C35", ""]),
    density=st.none() | st.sampled_from([Decimal(2350), Decimal("2412.5")]),
    declared=st.none() | st.sampled_from(list(DataKind)),
    parted=st.booleans(),
    per=st.sampled_from(["t", "m3", "kg"]),
)
def test_every_line_equals_a_slow_reckoning(
    *,
    quantity: Decimal | None,
    code: str,
    named: str,
    density: Decimal | None,
    declared: DataKind | None,
    parted: bool,
    per: str,
) -> None:
    modules = {"A1": "400.25", "A2": "12", "A3": "99"} if parted else {"A1-A3": "612"}
    facts = []
    if declared is not None:
        amounts = {name: Decimal(value) for name, value in modules.items()}
        facts = [
            factories.declaration(
                data_kind=declared, modules=amounts, declared_unit=per, declared_amount=Decimal(2)
            )
        ]
    line = cases.line(spec=named, unit=code, quantity=quantity)
    found = one(line, about(*facts, density_kg_m3=density))
    source, kilograms = carbon_oracle.carbon(
        None if quantity is None else Fraction(quantity),
        code,
        told={
            "kind": "concrete.ready-mixed",
            "named": named,
            "density": None if density is None else Fraction(density),
        },
        declared=[
            {
                "specific": declared is DataKind.SPECIFIC,
                "in_force": True,
                "modules": modules,
                "amount": "2",
                "unit": per,
            }
            for _ in facts
        ],
    )
    assert found.source == source
    if kilograms is None:
        assert found.kilograms is None
    else:
        assert found.kilograms is not None
        assert abs(Fraction(found.kilograms) - kilograms) <= abs(kilograms) / 10**24
