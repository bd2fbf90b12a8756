"""One figure over HTTP: with its path, in the reader's language, and many at once."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event

from registry.changes.feed import Draft
from registry.declarations.dataset import DeclaredUnit, Property, Scenario
from registry.declarations.facts import DeclarationFact
from registry.declarations.service import DECLARATION
from registry.kit.db import write_session
from registry.products.service import PRODUCT
from tests import declared, factories
from tests.interface import interface

START = factories.START
BULK = "/api/v1/declarations/gwp"
BOARD = factories.declaration(
    2,
    product_ids=(factories.key("product", 2),),
    declared_unit="m2",
    declared_amount=Decimal(10),
    modules={"A1": Decimal(20), "A2": Decimal(2), "A3": Decimal(3), "A4": Decimal(1)},
)
OTHER = factories.declaration(3, declared_unit="m2")
# Entered with their documents: 1 m³ of an invented concrete, C3 of two scenarios, with and without a default.
ENTERED, UNSETTLED = (
    factories.declaration(
        n, declared_unit="m3", modules={"A1-A3": Decimal("243.5"), "A4": Decimal("8.25")}, product_ids=()
    )
    for n in (4, 5)
)
# Of two products of different mass; and a piece whose mass comes out twice as heavy one way as the other.
SHARED = factories.declaration(
    6, product_ids=tuple(factories.key("product", n) for n in (2, 3)), declared_unit="m2"
)
TORN = factories.declaration(7, declared_unit="piece", modules={"A1-A3": Decimal(9)}, product_ids=())
TIES = (
    ("piece-area", 2, "m2"),
    ("area-mass", 5, "kg/m2"),
    ("piece-volume", 1, "m3"),
    ("density", 20, "kg/m3"),
)
DOCUMENTS = (
    declared.content_draft(
        7,
        of=7,
        declared=DeclaredUnit(amount=Decimal(1), unit="piece", stated="piece"),
        properties=tuple(Property(kind=kind, value=Decimal(n), unit=unit) for kind, n, unit in TIES),
    ),
    declared.content_draft(4, of=4),
    declared.content_draft(5, of=5, scenarios=(Scenario(name="回收"), Scenario(name="填埋"))),
)


@pytest.fixture
def client(engine: Engine, tmp_path: Path) -> Iterator[TestClient]:
    with write_session(engine) as session:
        board = factories.product(2, mass_kg_m2=Decimal("12.5"))
        heavier = factories.product(3, mass_kg_m2=Decimal(15))
        drafts = [
            Draft(DECLARATION, one.id, START, one) for one in (BOARD, OTHER, ENTERED, UNSETTLED, SHARED, TORN)
        ]
        entered = [*(Draft(PRODUCT, one.id, START, one) for one in (board, heavier)), *drafts, *DOCUMENTS]
        factories.record(session, [*factories.world(), *entered])
    with interface(engine, tmp_path) as opened:
        yield opened


def asked(client: TestClient, fact: DeclarationFact, **query: Any) -> Any:
    return client.get(f"/api/v1/declarations/{fact.code}/gwp", params=query).json()


def test_a_figure_comes_with_its_parts_and_its_path(client: TestClient) -> None:
    found = asked(client, BOARD, per="kg", lang="en")["answer"]
    assert (found["value"], found["per"], found["exact"]) == ("0.2", "kg", True)
    assert found["parts"] == [{"module": "A1-A3", "amount": "25", "obtained": "summed", "scenarios": []}]
    assert (found["declared_amount"], found["declared_unit"]) == ("10", "m2")
    code = factories.product(2).code
    assert [step["said"] for step in found["path"]] == [f"per m² → per kg by 12.5 kg/m² as stated by {code}"]


def test_without_a_unit_it_is_per_one_declared_unit(client: TestClient) -> None:
    found = asked(client, BOARD, modules="A1-A4")["answer"]
    assert (found["value"], found["per"], found["path"]) == ("2.6", "m2", [])


def test_a_unit_may_be_spelled_as_people_write_it(client: TestClient) -> None:
    assert asked(client, BOARD, per="㎡")["answer"]["per"] == "m2"
    assert asked(client, BOARD, per="重量箱")["answer"]["value"] == "10"  # 50 kg of 0.2


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"modules": "A1-A5"}, "gwp.module-missing"),
        ({"modules": "C"}, "gwp.module-missing"),
        ({"modules": "A-D"}, "gwp.benefits-apart"),
        ({"modules": "total"}, "gwp.modules-unreadable"),
        ({"per": "100m2"}, "gwp.per-unknown"),
        ({"per": "ton"}, "gwp.per-unknown"),
        ({"per": "kWh"}, "units.unlike"),
        ({"scenario": "S1"}, "gwp.no-scenarios"),
        ({"indicator": "GWP-fossil"}, "gwp.indicator-absent"),
    ],
)
def test_a_refusal_is_a_problem_with_its_reason(client: TestClient, query: dict[str, str], code: str) -> None:
    answer = client.get(f"/api/v1/declarations/{BOARD.code}/gwp", params=query)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


@pytest.mark.parametrize(
    ("fact", "lang", "key", "said"),
    [
        (SHARED, "zh", "units.fact-twice", "换算依据 单位面积质量 有两个不同的值（12.5 与 15）"),
        (SHARED, "en", "units.fact-twice", "The conversion figure mass per area has two different values"),
        (TORN, "zh", "units.facts-disagree", "按 单件面积 → 单位面积质量 与按 单件体积 → 密度 换算"),
        (TORN, "en", "units.facts-disagree", "by area of a piece → mass per area and by volume of a piece"),
    ],
)
def test_what_ties_units_is_said_by_its_label(
    client: TestClient, fact: DeclarationFact, lang: str, key: str, said: str
) -> None:
    """As text for programs the facts keep their codes."""
    found = asked(client, fact, per="kg", lang=lang)
    assert found["code"] == key
    assert said in found["title"]
    assert {"area-mass", "piece-area → area-mass"} & set(found["facts"].values())
    many = client.post(BULK, params={"lang": lang}, json={"codes": [fact.code], "per": "kg"}).json()
    assert many["items"][0]["refusal"]["message"] == found["title"]
    assert many["items"][0]["refusal"]["facts"] == found["facts"]


def test_units_are_said_by_their_symbols(client: TestClient) -> None:
    found = asked(client, TORN, per="kWh")
    assert found["title"].startswith("件 与 千瓦时")
    assert found["facts"] == {"unit": "piece", "to": "kWh"}


@pytest.mark.parametrize(("lang", "said"), [("zh", "（回收、填埋）"), ("en", "(回收, 填埋)")])
def test_several_are_separated_as_the_language_does(client: TestClient, lang: str, said: str) -> None:
    assert said in asked(client, UNSETTLED, modules="C3", lang=lang)["title"]


def test_a_missing_module_is_named(client: TestClient) -> None:
    assert asked(client, BOARD, modules="A1-A5")["facts"] == {"modules": "A5"}


def test_one_that_is_refused_refuses_only_itself(client: TestClient) -> None:
    codes = [OTHER.code, BOARD.code.lower(), "YS-NOTHING", factories.declaration().code]
    found = client.post(BULK, json={"codes": codes, "per": "t"}).json()
    assert [one["code"] for one in found["items"]] == codes
    assert [one["answer"] and one["answer"]["value"] for one in found["items"]] == [None, "200", None, "612"]
    refusals = [one["refusal"] and one["refusal"]["code"] for one in found["items"]]
    assert refusals == ["units.no-path", None, "code-not-found", None]


def test_a_thousand_are_answered_at_once_and_no_more(client: TestClient) -> None:
    thousand = [factories.declaration().code] * 1000
    items = client.post(BULK, json={"codes": thousand}).json()["items"]
    assert [one["answer"]["value"] for one in items] == ["612"] * 1000
    assert client.post(BULK, json={"codes": [*thousand, BOARD.code]}).status_code == 422
    assert client.post(BULK, json={"codes": []}).status_code == 422


def test_a_question_that_cannot_be_read_refuses_all(client: TestClient) -> None:
    answer = client.post(BULK, json={"codes": [BOARD.code], "modules": "A1,D"})
    assert (answer.status_code, answer.json()["code"]) == (422, "gwp.benefits-apart")


def test_many_answer_as_one_does(client: TestClient) -> None:
    for modules in ("A1-A3", "A4", "A1-A4"):
        one = asked(client, BOARD, modules=modules, per="kg")
        many = client.post(BULK, json={"codes": [BOARD.code], "modules": modules, "per": "kg"}).json()
        assert many["items"][0]["answer"] == one["answer"]


@pytest.mark.parametrize(
    ("query", "value", "scenarios"),
    [
        ({"indicator": "GWP-fossil"}, "240", []),
        ({"modules": "D"}, "-6.125", []),
        ({"modules": "C3"}, "2.5", ["回收"]),
        ({"modules": "C3", "scenario": "填埋"}, "4.75", ["填埋"]),
        ({"per": "t"}, None, []),
    ],
)
def test_a_document_answers_with_everything_it_states(
    client: TestClient, query: dict[str, str], value: str | None, scenarios: list[str]
) -> None:
    found = asked(client, ENTERED, **query)["answer"]
    assert value is None or found["value"] == value
    assert [part["scenarios"] for part in found["parts"]] == [scenarios]
    many = client.post(
        BULK,
        json={
            **query,
            "codes": [ENTERED.code],
            "scenario": [query["scenario"]] if "scenario" in query else [],
        },
    )
    assert many.json()["items"][0]["answer"] == found


def test_a_density_of_the_document_ties_its_unit_to_others(client: TestClient) -> None:
    found = asked(client, ENTERED, per="kg")["answer"]
    assert [(step["fact"], step["divide"], step["multiply"]) for step in found["path"]] == [
        ("density", "1", "2350")
    ]
    assert Decimal(found["value"]).quantize(Decimal("1e-9")) == (Decimal("243.5") / 2350).quantize(
        Decimal("1e-9")
    )


def test_scenarios_without_a_default_are_named_and_none_is_picked(client: TestClient) -> None:
    refused = asked(client, UNSETTLED, modules="C3")
    assert (refused["code"], refused["facts"]) == (
        "gwp.scenario-needed",
        {"module": "C3", "scenarios": "回收, 填埋"},
    )
    unknown = asked(client, UNSETTLED, modules="C3", scenario="焚烧")
    assert (unknown["code"], unknown["facts"]["known"]) == ("gwp.scenario-unknown", "回收, 填埋")
    assert asked(client, UNSETTLED, modules="C3", scenario="填埋")["answer"]["value"] == "4.75"


def test_the_documents_of_many_are_read_in_one_statement(client: TestClient, engine: Engine) -> None:
    counted: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, _p: Any, _context: Any, _many: Any) -> None:
        counted.append(statement)

    def statements(codes: Sequence[str]) -> int:
        counted.clear()
        assert client.post(BULK, json={"codes": codes}).status_code == 200
        return len(counted)

    event.listen(engine, "before_cursor_execute", note)
    few, more = [ENTERED.code, BOARD.code], [ENTERED.code, UNSETTLED.code, OTHER.code, BOARD.code]
    assert statements(few) == statements(more) > 0
