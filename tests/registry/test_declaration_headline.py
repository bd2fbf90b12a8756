"""The short facts of a document: chosen by rule, never guessed; each rule that filled something is told."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from registry.declarations.dataset import DeclaredUnit, Property, Scenario, Value
from registry.declarations.facts import DataKind, PartialDay, Precision, Verification
from registry.declarations.figures.headline import headline
from tests import declared


def test_what_a_rule_filled_in_is_told() -> None:
    fields: dict[str, Any] = {"subtype": None, "verification": None, "number": None, "valid_from": None}
    found = headline(declared.dataset(**fields))
    assert found.faults == []
    assert sorted(one.key.removeprefix("declaration.") for one in found.remarks) == [
        "kind-not-stated", "number-from-identifier", "start-is-publication", "verification-not-stated",
    ]  # fmt: skip
    assert found.values["data_kind"] is DataKind.GENERIC
    assert found.values["verification"] is Verification.NONE
    by_year = headline(declared.dataset(valid_from=None, published=None))
    assert by_year.values["valid_from"] == PartialDay(day=date(2025, 1, 1), precision=Precision.YEAR)


def _cells(*scenarios: str | None) -> Sequence[Value]:
    return [Value(module="C3", scenario=name, amount=Decimal(n)) for n, name in enumerate(scenarios, 1)]


@pytest.mark.parametrize(
    ("scenarios", "default", "figure"),
    [
        ([None, "a"], None, 1),
        (["a", "b"], "b", 2),
        (["a"], None, 1),
        (["a", "b"], None, None),  # to pick one would be a guess
    ],
)
def test_a_module_with_scenarios_shows_one_figure_or_none(
    scenarios: list[str | None], default: str | None, figure: int | None
) -> None:
    named = tuple(Scenario(name=name, default=name == default) for name in scenarios if name)
    row = declared.row("GWP-total", tuple(_cells(*scenarios)))
    found = headline(declared.dataset(indicators=(row,), scenarios=named))
    assert found.values["modules"] == ({} if figure is None else {"C3": Decimal(figure)})


@pytest.mark.parametrize(
    ("declared_in", "ties", "mass"),
    [
        (("2", "m3"), ("density", "2350", "kg/m³"), "4700"),
        (("1", "m2"), ("area-mass", "12.5", "kg/m2"), "12.5"),
        (("1000", "kg"), ("density", "2350", "kg/m3"), None),
        (("3", "piece"), ("mass", "7", "kg"), "21"),
        (("1", "m2"), ("density", "2350", "kg/m3"), None),
    ],
)
def test_the_mass_of_the_declared_amount_is_what_the_document_ties_to_it(
    declared_in: tuple[str, str], ties: tuple[str, str, str], mass: str | None
) -> None:
    amount, unit = declared_in
    kind, value, per = ties
    found = headline(
        declared.dataset(
            declared=DeclaredUnit(amount=Decimal(amount), unit=unit, stated=unit),
            properties=(Property(kind=kind, value=Decimal(value), unit=per),),
        )
    )
    assert found.values["mass_kg"] == (None if mass is None else Decimal(mass))
