"""ISO 22057 in JSON: items by name, A1 beside A2, US dates, marks, and units that contradict one another."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from registry.declarations.comparable import Generation
from registry.declarations.dataset import Indicator, Mark
from registry.declarations.formats import iso22057
from registry.declarations.formats.iso22057_names import CODES
from registry.declarations.formats.reading import Reading, Unreadable, Weight
from registry.declarations.indicators import indicators

FILE = (
    Path(__file__).resolve().parents[3] / "shared" / "data" / "iso22057" / "leca_isoblokk_LSX30_iso22057.json"
)
needs_shared = pytest.mark.skipif(not FILE.is_file(), reason="the shared ISO 22057 file is absent")
GWP = "global warming potential - total"
A2, A1 = "EN 15804:2012+A2:2019 Mandatory LCIA Indicators", "EN 15804:2012+A1:2013 LCIA Indicators"


def read(rows: Any = None, group: Any = A2, **items: str) -> Reading:
    stated = {"product name": "示例砌块（虚构）", "core PCR": "EN 15804:2012+A2:2019"} | items
    rows = [row(A1="1.5")] if rows is None else rows
    content = {
        "subScenarios": [
            {
                "name": "示例",
                "subScenarioItems": [{"guid": "x", "name": k, "value": v} for k, v in stated.items()],
            }
        ],
        "subIndicators": [{"name": group, "subIndicatorItems": rows}],
    }
    (found,) = iso22057.read(json.dumps(content).encode())
    return found


def row(name: str = GWP, unit: str = "kg CO2 eq", **cells: str) -> dict[str, Any]:
    values = [{"name": module, "unit": unit, "value": value} for module, value in cells.items()]
    return {"guid": "y", "name": name, "values": values}


def told(reading: Reading, weight: Weight) -> list[str]:
    return [one.key.removeprefix("iso22057.") for one in reading.remarks if one.weight is weight]


def cells(indicator: Indicator) -> dict[str, Decimal | Mark | None]:
    return {one.module: one.mark or one.amount for one in indicator.values}


@needs_shared
def test_the_real_file_is_read_by_its_core_rules() -> None:
    (reading,) = iso22057.read(FILE.read_bytes())
    dataset = reading.dataset
    gwp = next(one for one in dataset.indicators if one.code == "GWP-total")
    assert dataset.generation is Generation.EN15804_A2
    assert sum(Decimal(str(cells(gwp)[module])) for module in ("A1", "A2", "A3")) == Decimal(
        "213.255163377905"
    )
    assert cells(gwp)["D"] == Decimal("-0.759136646950")
    assert dataset.valid_to is not None
    assert dataset.valid_to.day == date(2026, 4, 19)
    assert (dataset.number, dataset.declared.unit) == ("NEPD-2808-1506", None)
    assert "two-units" in told(reading, Weight.DOUBT)


@needs_shared
def test_of_the_real_file_nothing_is_left_untold() -> None:
    data = json.loads(FILE.read_bytes())
    (reading,) = iso22057.read(FILE.read_bytes())
    places = [one.place for one in reading.remarks] + list(reading.origins.values())
    places += [one.place for one in reading.persons]
    for i, group in enumerate(data["subScenarios"]):
        for j, item in enumerate(group["subScenarioItems"]):
            place = f"/subScenarios/{i}/subScenarioItems/{j}"
            known = item["name"] == "reference unit type" or not (item["value"] or "").strip()
            assert known or any(one.startswith(place) for one in places), item["name"]
    carried = sum(len(one.values) for one in reading.dataset.indicators)
    left = sum(len(one["values"]) for one in data["subIndicators"][0]["subIndicatorItems"])
    total = sum(len(one["values"]) for group in data["subIndicators"] for one in group["subIndicatorItems"])
    assert ("/subIndicators/0" in places, carried + left) == (True, total)


@needs_shared
def test_no_name_of_a_person_enters_the_dataset() -> None:
    (reading,) = iso22057.read(FILE.read_bytes())
    assert [one.name in reading.dataset.model_dump_json() for one in reading.persons] == [False]


def test_marks_and_zero_are_kept_apart_and_blanks_state_nothing() -> None:
    (found,) = read([row(A1="INA", A2="MND", A3="0", C1="MNR", C2="", D1="-3")]).dataset.indicators
    assert cells(found) == {"A1": Mark.INA, "A2": Mark.MND, "A3": 0, "C1": Mark.MNR, "D": -3}


@pytest.mark.parametrize(
    ("name", "unit"),
    [("mass", "kg"), ("volume", "m3"), ("area", "m2"), ("length", "m"), ("item", "piece")],
)
def test_one_quantity_is_the_declared_unit(name: str, unit: str) -> None:
    declared = read(**{f"reference quantity ({name})": "95.6"}).dataset.declared
    assert (str(declared.amount), declared.unit) == ("95.6", unit)


def test_without_a_quantity_no_unit_is_guessed() -> None:
    reading = read()
    assert reading.dataset.declared.unit is None
    assert "no-unit" in told(reading, Weight.DOUBT)


def test_a1_alone_is_read_as_a1() -> None:
    reading = read([row("global warming potential", A1="1")], A1, **{"core PCR": ""})
    found = reading.dataset
    assert (found.generation, found.generation_by) == (Generation.EN15804_A1, "indicators")
    assert found.indicators[0].code == "GWP"


def test_an_unfit_unit_and_a_cell_given_twice_are_doubted() -> None:
    twice = row(A1="1")
    twice["values"] *= 2
    assert told(read([twice]), Weight.DOUBT) == ["twice", "no-unit"]
    assert "unit-differs" in told(read([row(unit="MJ", A1="1")]), Weight.DOUBT)


def test_the_thirty_first_of_a_month_with_thirty_days_is_told_and_not_read() -> None:
    reading = read(**{"data set valid until": "4/31/2026 12:00:00 AM"})
    assert reading.dataset.valid_to is None
    assert told(reading, Weight.NOT_CARRIED) == ["not-carried"]


def test_every_name_leads_to_a_row_of_our_table() -> None:
    table = indicators()
    unknown = [
        (family, name)
        for family, names in CODES.items()
        for name, code in names.items()
        if table.of(code, family or Generation.OTHER) is None
    ]
    assert unknown == []


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"[]", "declaration-iso22057-none"),
        (b'{"subScenarios": [], "subIndicators": []}', "declaration-iso22057-empty"),
        (b'{"subScenarios": 1, "subIndicators": {"a": 1}}', "declaration-iso22057-empty"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, key: str) -> None:
    with pytest.raises(Unreadable) as refused:
        iso22057.read(data)
    assert refused.value.key == key
