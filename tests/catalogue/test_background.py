"""Generic values stand in with source and mark, are exact in their unit, and never count as products."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from catalogue.background.generic import Gases, Generic, Stage, generic, suggested, suggestions
from catalogue.background.standing_in import StandIn, stand_in
from catalogue.distribution.reading import declared
from registry.changes.kinds import Known
from registry.changes.reading import every, point
from registry.declarations.figures.gwp import Refusal
from registry.kit.db import read_session
from registry.policies.facts import BenchmarkFact
from registry.policies.service import BENCHMARK
from registry.units.convert import FactKind, ProductFact
from registry.units.table import unit
from seeds.reference.figures import factors
from seeds.reference.kinds import kinds
from tests.interface import interface, items
from tests.seeded import Seeded

DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def rows(seeded: Seeded) -> dict[str, Generic]:
    with read_session(seeded.engine) as session:
        known: list[Known[BenchmarkFact]] = list(every(session, BENCHMARK, point(session, DAY)))
    found = [one for one in map(generic, known) if one is not None]
    return {one.row: one for one in found}


def test_every_factor_of_the_standard_and_of_the_grids_is_a_dataset_and_no_other(
    rows: dict[str, Generic],
) -> None:
    wanted = {
        one.id: one
        for one in factors()
        if one.status == "in-force" and one.stage != "production-and-disposal"
    }
    assert rows.keys() == wanted.keys()
    assert {row: str(one.value) for row, one in rows.items()} == {
        row: str(one.value) for row, one in wanted.items()
    }
    assert len([one for one in rows.values() if one.document == "GB/T 51366-2019"]) == 69 + 16
    assert len([one for one in rows.values() if one.stage is Stage.ELECTRICITY]) == 38


@pytest.mark.parametrize(
    ("row", "value", "per", "gases", "stage"),
    [
        ("d-01", "735", "t", Gases.ALL, Stage.PRODUCTION),
        ("d-02", "295", "m3", Gases.ALL, Stage.PRODUCTION),
        ("e-09", "0.078", "tkm", Gases.ALL, Stage.TRANSPORT),
        ("grid-01", "0.5306", "kWh", Gases.CARBON_DIOXIDE, Stage.ELECTRICITY),
    ],
)
def test_a_row_is_what_the_standard_prints(  # noqa: PLR0917
    rows: dict[str, Generic], row: str, value: str, per: str, gases: Gases, stage: Stage
) -> None:
    one = rows[row]
    assert (str(one.value), one.per.code, one.gases, one.stage) == (value, per, gases, stage)
    assert one.version == 1


@given(st.decimals(0, 10**6, places=4), st.sampled_from(["kg", "t", "jin"]))
def test_a_quantity_is_multiplied_in_the_unit_of_the_row(quantity: Decimal, code: str) -> None:
    one = Generic(
        row="d-01", version=1, document="d", clause=None, confidence="high", name_zh="", name_en="",
        stage=Stage.PRODUCTION, group="g", region=None, data_year=None, value=Decimal(735), gases=Gases.ALL,
        per=unit("t"),
    )  # fmt: skip
    found = stand_in(one, quantity, unit(code))
    assert isinstance(found, StandIn)
    tonnes = Fraction(quantity) * {"kg": Fraction(1, 1000), "t": Fraction(1), "jin": Fraction(1, 2000)}[code]
    assert Fraction(found.kilograms) == tonnes * 735
    assert found.generic is one


def test_across_units_only_a_stated_fact_leads(rows: dict[str, Generic]) -> None:
    refused = stand_in(rows["d-01"], Decimal(2), unit("m3"))
    assert isinstance(refused, Refusal)
    assert refused.key == "units.no-path"
    fact = ProductFact(FactKind.DENSITY, Decimal(3000), "P-1")
    found = stand_in(rows["d-01"], Decimal(2), unit("m3"), facts=[fact])
    assert isinstance(found, StandIn)
    assert (found.kilograms, found.path[0].source) == (Decimal(4410), "P-1")


def test_a_suggestion_names_a_row_and_an_attribute_value_that_exist(rows: dict[str, Generic]) -> None:
    specified = {kind.kind: kind for kind in kinds()}
    for one in suggestions():
        assert rows[one.row].stage is Stage.PRODUCTION
        attributes = {spec.name: spec.values for spec in specified[one.kind].attributes}
        assert all(value in attributes[name] for name, value in one.when.items())


def test_what_is_not_known_suggests_nothing() -> None:
    assert suggested("concrete.ready-mixed", {"strength": "C30"}) == "d-02"
    assert suggested("concrete.ready-mixed", {"strength": "C35"}) is None
    assert suggested("concrete.ready-mixed", {}) is None
    assert suggested("glass.low-e", {}) is None


def test_no_generic_value_is_among_the_products_of_a_spread(seeded: Seeded, rows: dict[str, Generic]) -> None:
    with read_session(seeded.engine) as session:
        for kind in ("cement", "concrete.ready-mixed"):
            named = {one.declaration.code for one in declared(session, kind, point(session, DAY))}
            assert not named & rows.keys()


@pytest.fixture
def client(seeded: Seeded, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    with interface(seeded.engine, tmp_path_factory.mktemp("dumps")) as opened:
        return opened


def test_the_list_marks_every_row_as_a_stand_in(client: TestClient, rows: dict[str, Generic]) -> None:
    listed = items(client, "/api/v1/background-data?limit=50")
    assert {one["dataset"]["row"] for one in listed} == rows.keys()
    assert all(one["dataset"]["stand_in"] is True for one in listed)
    grids = items(client, "/api/v1/background-data?stage=electricity&region=520000")
    assert [one["dataset"]["value"] for one in grids] == ["0.5683"]


def test_an_estimate_says_what_stands_in(client: TestClient) -> None:
    found = client.get("/api/v1/background-data/d-01/estimate?quantity=500&unit=kg&lang=en").json()
    assert (found["kilograms"], found["stand_in"], found["dataset"]["row"]) == ("367.5", True, "d-01")
    assert found["note"].startswith("Stand-in: GB/T 51366-2019, D.0.1")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("d-99/estimate?quantity=1&unit=t", 404, "background-not-found"),
        ("kbob-01/estimate?quantity=1&unit=kg", 404, "background-not-found"),
        ("d-01/estimate?quantity=1&unit=m2", 422, "units.no-path"),
        ("d-01/estimate?quantity=1&unit=furlong", 422, "gwp.per-unknown"),
        ("d-01/estimate?quantity=-1&unit=t", 422, "not-understood"),
    ],
)
def test_what_cannot_stand_in_is_refused(client: TestClient, path: str, status: int, code: str) -> None:
    answer = client.get(f"/api/v1/background-data/{path}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
