"""Honours, energy records and disclosures: from the form to the public record, and out again."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError
from sqlalchemy import Engine
from sqlmodel import Session

from registry.access.actors import LOADER
from registry.applications import reviewing, service, store
from registry.applications.application import Application
from registry.applications.parts import Subject
from registry.changes.feed import Draft
from registry.changes.kinds import FactKind
from registry.changes.reading import Point, get, point
from registry.firms import service as firms
from registry.firms.facts import EnergyRecordFact
from registry.kit.db import write_session
from registry.kit.errors import Faulty, Invalid, NotAllowed
from registry.kit.known_by import Source
from registry.policies.facts import BenchmarkFact
from registry.policies.service import BENCHMARK
from tests import applicants, factories, firm_facts
from tests.applicants import FIRST, MAKER, TODAY, by
from tests.factories import START, code, key
from tests.firm_facts import DISCLOSURE_TYPED, ENERGY_TYPED, HONOUR_TYPED
from tests.interface import interface, items

TYPED: Mapping[Subject, Mapping[str, str]] = {
    Subject.HONOUR: HONOUR_TYPED,
    Subject.ENERGY: ENERGY_TYPED,
    Subject.DISCLOSURE: DISCLOSURE_TYPED,
}
API = "/api/v1"
ADDRESSES = {"honours": "honour", "energy-records": "energy_record", "disclosures": "disclosure"}


@pytest.fixture
def register(session: Session) -> Session:
    applicants.registered(session)
    return session


def published(session: Session, subject: Subject, **changes: str) -> Application:
    typed = {**TYPED[subject], **{f"{subject}.{name}": text for name, text in changes.items()}}
    return applicants.published(session, applicants.submitted(session, typed, subject=subject))


def refusals(session: Session, subject: Subject, **changes: str) -> set[tuple[str, str]]:
    """Where and why it cannot be handed in."""
    with pytest.raises(Faulty) as refused:
        applicants.submitted(
            session,
            {**TYPED[subject], **{f"{subject}.{name}": text for name, text in changes.items()}},
            subject=subject,
        )
    return {(one.where, one.key.rpartition(".")[2]) for one in refused.value.faults}


def test_an_honour_is_copied_and_looked_up_by_two(register: Session) -> None:
    one = published(register, Subject.HONOUR)
    known = get(register, firms.HONOUR, one.published[0].key, point(register, TODAY))
    assert known is not None
    fact = known.fact
    assert (fact.kind, fact.level, fact.plant_id) == ("green_factory", "provincial", key("plant", 1))
    assert (fact.valid_from, fact.valid_to) == (None, date(2027, 12, 31))
    assert fact.known_by.source is Source.TRANSCRIBED
    assert fact.known_by.cross_check is not None
    assert known.header.effective_on == date(2024, 12, 31), "a year counts from its last day"


def test_an_honour_needs_both_looks(register: Session) -> None:
    case = applicants.submitted(register, HONOUR_TYPED, subject=Subject.HONOUR)
    taken = reviewing.take(register, case.number, by(FIRST, case))
    with pytest.raises(Invalid, match="application-looks-needed"):
        reviewing.approve_first(register, case.number, by(FIRST, taken))


def test_energy_and_disclosures_are_the_firms_own_word_and_blank_is_not_zero(register: Session) -> None:
    energy = published(register, Subject.ENERGY, value="")
    report = published(register, Subject.DISCLOSURE, scope1_t="0")
    at = point(register, TODAY)
    measured = get(register, firms.ENERGY_RECORD, energy.published[0].key, at)
    told = get(register, firms.DISCLOSURE, report.published[0].key, at)
    assert measured is not None
    assert told is not None
    assert (measured.fact.value, measured.header.effective_on) == (None, date(2025, 12, 31))
    assert (told.fact.scope1_t, told.fact.scope2_t) == (Decimal(0), None)
    assert told.fact.document_sha256 == "ab" * 32
    assert {measured.fact.known_by.source, told.fact.known_by.source} == {Source.SELF_STATED}


@pytest.mark.parametrize(
    ("subject", "changes", "found"),
    [
        (Subject.HONOUR, {"awarded_on": "2027"}, ("honour.awarded_on", "day-ahead")),
        (Subject.HONOUR, {"valid_from": "2028-01-01"}, ("honour.valid_to", "ends-before-it-starts")),
        (Subject.HONOUR, {"address": "javascript:alert(1)"}, ("honour.address", "not-an-address")),
        (Subject.HONOUR, {"kind": "best_firm"}, ("honour.kind", "not-an-option")),
        (Subject.HONOUR, {"plant": code("P", "plant", 3)}, ("honour.plant", "contract-papers-missing")),
        (Subject.ENERGY, {"unit": "kgce/m2"}, ("energy.unit", "unit-of-another-product")),
        (Subject.ENERGY, {"value": "-1"}, ("energy.value", "below-zero")),
        (Subject.ENERGY, {"period_to": "2024-12-31"}, ("energy.period_to", "ends-before-it-starts")),
        (Subject.ENERGY, {"period_to": "2026-06-02"}, ("energy.period_to", "day-ahead")),
        (Subject.ENERGY, {"plant": ""}, ("energy.plant", "missing")),
        (Subject.DISCLOSURE, {"year": "2027"}, ("disclosure.year", "no-such-year")),
        (Subject.DISCLOSURE, {"document_sha256": "abc"}, ("disclosure.document_sha256", "not-a-digest")),
        (Subject.DISCLOSURE, {"verifier": ""}, ("disclosure.verifier", "missing")),
        (Subject.DISCLOSURE, {"scope2_t": "-0.1"}, ("disclosure.scope2_t", "below-zero")),
        (Subject.DISCLOSURE, {"published_on": "2026-06-02"}, ("disclosure.published_on", "day-ahead")),
    ],
)
def test_what_cannot_be_so_is_refused_at_its_field(
    register: Session, subject: Subject, changes: dict[str, str], found: tuple[str, str]
) -> None:
    assert refusals(register, subject, **changes) == {found}


@pytest.mark.parametrize("subject", TYPED)
def test_the_same_is_recorded_once_until_it_is_taken_out(register: Session, subject: Subject) -> None:
    first = published(register, subject)
    assert {key for _, key in refusals(register, subject)} == {"already-recorded"}
    reviewing.remove(register, first.number, by(FIRST, store.get(register, first.number)), reason="演示移出")
    kinds: dict[str, FactKind[Any]] = {
        "honour": firms.HONOUR, "energy": firms.ENERGY_RECORD, "disclosure": firms.DISCLOSURE,
    }  # fmt: skip
    at = point(register, TODAY)
    gone = get(register, kinds[subject], first.published[0].key, at)
    assert gone is not None
    assert (gone.fact.removed, gone.fact.removed_reason) == (True, "演示移出")
    assert firms.of_organisation(register, kinds[subject], key("organisation", 1), at) == []
    again = published(register, subject)
    assert again.published[0].key != first.published[0].key


def test_papers_stand_behind_each(register: Session) -> None:
    for subject, typed in TYPED.items():
        case = service.start(register, subject, by(MAKER))
        part = store.get(register, case.number).given().parts()[0]
        saved = service.save_part(register, case.number, part, typed, by=by(MAKER, case))
        told = service.findings(register, saved, today=TODAY).findings
        assert [one.key.rpartition(".")[2] for one in told] == ["evidence-missing"]


def test_nobody_of_the_firm_writes_them_down_without_a_review() -> None:
    with pytest.raises(NotAllowed):
        firms.record(firms.HONOUR, firm_facts.honour(), effective_on=START, actor=MAKER)
    assert firms.record(firms.HONOUR, firm_facts.honour(), effective_on=START, actor=LOADER).key


def test_a_record_that_contradicts_itself_is_none() -> None:
    for fields in ({"period_to": date(2024, 1, 1)}, {"plant_id": None}, {"value": Decimal(-1)}):
        with pytest.raises(ValidationError):
            EnergyRecordFact(**{**firm_facts.energy_record().model_dump(), **fields})
    with pytest.raises(ValidationError):
        firm_facts.honour(valid_from=date(2026, 1, 2), valid_to=date(2026, 1, 1))


@pytest.fixture
def client(engine: Engine, tmp_path: Path) -> Iterator[TestClient]:
    with write_session(engine) as session:
        factories.record(session, [*factories.world(), *firm_facts.drafts()])
    with interface(engine, tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_is_read_by_machines_and_found_by_whose_it_is(client: TestClient, address: str) -> None:
    name, plant = ADDRESSES[address], code("P", "plant", 1)
    owner = factories.organisation().code
    (one,) = items(client, f"{API}/{address}")
    assert items(client, f"{API}/{address}?organisation={owner}") == [one]
    assert items(client, f"{API}/{address}?organisation={factories.body().code}") == []
    assert items(client, f"{API}/{address}?plant={plant}") == ([one] if one[name]["plant_id"] else [])
    single = client.get(f"/api/v1/{address}/{one[name]['code']}").json()
    assert single[name] == one[name]


def test_lists_are_narrowed_by_what_they_hold(client: TestClient) -> None:
    for asked, count in (
        ("honours?kind=green_factory", 1), ("honours?kind=demonstration_base", 0),
        ("energy-records?product=clinker", 1), ("energy-records?product=flat_glass", 0),
        ("disclosures?year=2025", 1), ("disclosures?year=2024", 0),
    ):  # fmt: skip
        assert len(items(client, f"{API}/{asked}")) == count, asked


def test_a_single_energy_record_carries_its_verdict_at_the_point_asked_for(
    client: TestClient, engine: Engine
) -> None:
    address = f"/api/v1/energy-records/{firm_facts.energy_record().code}"
    assert client.get(address).json()["standing"] == {
        "verdict": "undecided", "reason": "no-benchmark", "limits": [],
    }  # fmt: skip
    data = {"product_en": "cement clinker", "scope": None, "comparator": "<=", "unit": "kgce/t",
            "date": "2023-12-14", "region": None, "status": "in-force", "clause": "1"}  # fmt: skip
    rows = [
        BenchmarkFact(
            id=key("benchmark", n), table="energy-benchmark", row=f"b-{n}", source="演示标准（虚构）",
            confidence="low", data={**data, "level": level, "value": value},
        )
        for n, (level, value) in enumerate((("benchmark", "100"), ("base", "117")))
    ]  # fmt: skip
    with write_session(engine) as session:
        factories.record(session, [Draft(BENCHMARK, one.id, START, one) for one in rows])
    standing = client.get(address).json()["standing"]
    assert (standing["verdict"], standing["reason"]) == ("between", None)
    assert [(one["level"], one["met"], one["confidence"]) for one in standing["limits"]] == [
        ("benchmark", False, "low"),
        ("base", True, "low"),
    ]


def test_a_fact_of_a_later_day_is_not_there_before(register: Session) -> None:
    factories.record(register, firm_facts.drafts())
    before = Point(date(2019, 1, 1), 10_000)
    assert firms.of_plant(register, firms.ENERGY_RECORD, key("plant", 1), before) == []
    assert len(firms.of_plant(register, firms.ENERGY_RECORD, key("plant", 1), point(register, TODAY))) == 1
