"""One table of the spellings of an indicator's unit, for every format: what one reader knows, all know."""

import json
from decimal import Decimal
from typing import Any

import pytest

from registry.declarations.dataset import Dataset
from registry.declarations.formats import openepd
from registry.declarations.formats.files import read_file
from registry.declarations.formats.labels import fits, unit_named
from registry.declarations.formats.writers import written
from registry.declarations.indicators import indicators
from tests import declared

UNITS = sorted({row.unit for row in indicators().by_uuid.values()})
# Some were known to the reader of ILCD alone, others to that of openEPD.
SPELLED = [
    ("kg CO_(2)-Äq.", "kg CO2 eq"),
    ("kg CO₂ aequiv", "kg CO2 eq"),
    ("kgCO2e", "kg CO2 eq"),
    ("kg C2H2 eq.", "kg ethene eq"),
    ("kg C2H4e", "kg ethene eq"),
    ("mol H+ eqv.", "mol H+ eq"),
    ("m³ world eq. deprived", "m3 world eq"),
    ("m3 aware", "m3 world eq"),
    ("m³", "m3"),
    ("-", "1"),
    ("dimensionless", "1"),
    ("point", "1"),
]


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_spells_itself_and_no_other(unit: str) -> None:
    assert unit_named(unit) == unit
    assert [other for other in UNITS if fits(unit, other)] == [unit]


@pytest.mark.parametrize(("label", "unit"), SPELLED)
def test_a_spelling_found_in_one_format_is_known_in_all(label: str, unit: str) -> None:
    assert fits(label, unit)


@pytest.mark.parametrize("label", ["", " ", "kg U235 eq", "g CO2 eq", "kg CO2/m3", "t CO2 eq"])
def test_what_stands_nowhere_spells_nothing(label: str) -> None:
    assert not any(fits(label, unit) for unit in UNITS)


def gwp(unit: str) -> Dataset:
    row = declared.row("GWP-total", declared.values(A1_A3="5"))
    return declared.dataset(indicators=(row.model_copy(update={"unit": unit}),), scenarios=())


def test_ilcd_has_no_doubt_of_what_openepd_writes() -> None:
    content = json.loads(written(gwp("kg CO2 eq"), "ilcd.json").content)

    def renamed(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: renamed(one) for key, one in node.items()}
        if isinstance(node, list):
            return [renamed(one) for one in node]
        return "kgCO2e" if node == "kg CO2 eq" else node

    (reading,) = read_file(json.dumps(renamed(content)).encode(), "x.json")
    (row,) = reading.dataset.indicators
    assert (row.unit, row.values[0].amount) == ("kgCO2e", Decimal(5))
    assert "ilcd.unit-does-not-fit" not in {one.key for one in reading.remarks}


def test_openepd_has_no_doubt_of_what_ilcd_writes() -> None:
    content = json.loads(written(gwp("kg CO2 eq"), "openepd.json").content)
    text = json.dumps(content, ensure_ascii=False).replace("kgCO2e", "kg CO_(2)-Äq.")
    assert "Äq." in text
    (reading,) = openepd.read(text.encode())
    assert "openepd.unit-differs" not in {one.key for one in reading.remarks}
