"""Batches: one name for one thing, once for each key, the maker's own word, and found however it is typed."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError
from sqlmodel import Session

from registry.access.actors import ANONYMOUS, Actor, ActorRole
from registry.batches import finding, service
from registry.batches.facts import BatchFact
from registry.batches.identifiers import Scheme
from registry.batches.kind import BATCH
from registry.changes import feed
from registry.changes.feed import Draft
from registry.changes.reading import get, history, point
from registry.kit.errors import Conflict, Faulty, Invalid, NotAllowed, NotFound
from registry.kit.known_by import Source
from registry.products.service import PRODUCT
from tests import factories
from tests.factories import START, key
from tests.registry.batches import (
    GTIN,
    HANDLE,
    MAKER,
    OFFICER,
    STRANGER,
    TODAY,
    given,
    register,
    stated,
    withdrawn,
)

FOURTEEN = GTIN.zfill(14)
SECOND = factories.plant(2).code


@pytest.fixture
def session(session: Session) -> Session:
    register(session)
    return session


def found(session: Session, text: str) -> list[tuple[str, Scheme]]:
    return [(one.code, one.scheme) for one in finding.find(session, text, point(session, TODAY))]


def test_a_batch_is_recorded_as_its_makers_own_word_and_counts_from_its_first_day(session: Session) -> None:
    fact = stated(session, made_to=date(2026, 5, 6), amount="320", unit="吨", gtin=GTIN, serials=("S-1",))
    assert (fact.amount, fact.unit, fact.gtin) == (Decimal(320), "t", FOURTEEN)
    assert fact.known_by.source is Source.SELF_STATED
    assert fact.code.startswith("YS-B")
    assert get(session, BATCH, fact.id, point(session, date(2026, 5, 3))) is None
    known = get(session, BATCH, fact.id, point(session, date(2026, 5, 4)))
    assert known is not None
    assert known.fact == fact


@pytest.mark.parametrize(
    "actor", [ANONYMOUS, STRANGER, Actor(ActorRole.AGENT, "a", key("account", 9), key("organisation"))]
)
def test_only_the_maker_and_an_officer_without_a_part_state_and_withdraw(
    session: Session, actor: Actor
) -> None:
    fact = stated(session, by=OFFICER)
    with pytest.raises(NotAllowed):
        stated(session, "key-00000002", by=actor, number="B-002")
    with pytest.raises(NotAllowed):
        withdrawn(session, fact.code, by=actor)
    insider = Actor(ActorRole.REGISTRY_OFFICER, "i", key("account", 8), key("organisation"))
    with pytest.raises(NotAllowed):
        stated(session, "key-00000002", by=insider, number="B-002")


def test_a_maker_states_nothing_of_anothers_product(session: Session) -> None:
    with pytest.raises(NotAllowed):
        stated(session, product_n=2, plant=factories.plant(3).code)
    assert stated(session, by=STRANGER, product_n=2, plant=factories.plant(3).code).number == "B-001"


def test_the_same_key_again_adds_nothing_and_other_content_is_refused(session: Session) -> None:
    first = stated(session, gtin=GTIN, serials=("S-1",))
    before = feed.head(session).seq
    assert stated(session, gtin=f" {GTIN} ", serials=("S-1", "s-1")) == first
    assert feed.head(session).seq == before
    with pytest.raises(Conflict, match="batch-key-used"):
        stated(session, number="B-002")
    withdrawn(session, first.code)
    again = stated(session, gtin=GTIN, serials=("S-1",))
    assert (again.code, again.withdrawn) == (first.code, True), "one that was taken back says so"


@pytest.mark.parametrize(
    ("fields", "where", "fault"),
    [
        ({"plant": factories.plant(3).code}, "plant", "batch-plant-not-of-product"),
        ({"model": "P·C 32.5"}, "model", "batch-model-unknown"),
        ({"made_to": date(2026, 5, 3)}, "made_to", "batch-made-backwards"),
        ({"made_from": date(2025, 1, 1), "made_to": date(2026, 5, 3)}, "made_to", "batch-made-too-long"),
        ({"made_from": TODAY + timedelta(days=1)}, "made_from", "batch-made-ahead"),
        ({"amount": "5"}, "unit", "batch-unit-missing"),
        ({"unit": "t"}, "amount", "batch-amount-missing"),
        ({"amount": "5", "unit": "千块"}, "unit", "batch-unit-unknown"),
        ({"amount": "5", "unit": "车"}, "unit", "batch-unit-unknown"),
        ({"gtin": "9521000000013"}, "gtin", "gtin.check-digit"),
        ({"gtin": "952"}, "gtin", "gtin.length"),
        ({"gtin": "952A"}, "gtin", "gtin.not-figures"),
        ({"industrial_ids": ("86.1/x",)}, "industrial_ids", "batch-handle-unreadable"),
        ({"number": "\u200b"}, "number", "batch-number-unreadable"),
        (
            {"tests": ({"indicator": "x", "value": 1, "tested_on": date(2027, 1, 1)},)},
            "tests",
            "batch-test-ahead",
        ),
    ],
)
def test_each_fault_is_told_with_its_field_and_nothing_is_written(
    session: Session, fields: dict[str, Any], where: str, fault: str
) -> None:
    before = feed.head(session).seq
    with pytest.raises(Faulty) as told:
        stated(session, **fields)
    assert (where, fault) in [(one.where, one.key) for one in told.value.faults]
    assert feed.head(session).seq == before


def test_all_faults_are_told_at_once(session: Session) -> None:
    with pytest.raises(Faulty) as told:
        stated(session, model="x", gtin="1", unit="t", industrial_ids=("1",))
    assert [one.where for one in told.value.faults] == ["model", "amount", "gtin", "industrial_ids"]


def test_a_removed_product_gets_no_more_batches(session: Session) -> None:
    first = stated(session)
    gone = factories.product(removed=True, removed_reason="演示")
    factories.record(session, [Draft(PRODUCT, gone.id, date(2026, 5, 30), gone)])
    with pytest.raises(Invalid, match="batch-product-removed"):
        stated(session, "key-00000002", number="B-002")
    assert stated(session) == first, "sent again, it is answered as before"
    with pytest.raises(NotFound):
        stated(session, product_n=9)


def test_a_second_claim_is_refused_and_names_the_first(session: Session) -> None:
    first = stated(session, gtin=GTIN, industrial_ids=(HANDLE,), serials=("S-1",))
    for fields, code in (
        ({"number": "b-001"}, "batch-number-taken"),
        ({"plant": SECOND, "gtin": GTIN}, "batch-lot-taken"),
        ({"number": "B-002", "industrial_ids": (HANDLE.lower(),)}, "batch-identifier-taken"),
        ({"number": "B-002", "serials": ("x", "Ｓ-１")}, "batch-identifier-taken"),
    ):
        with pytest.raises(Conflict) as told:
            stated(session, "key-00000002", **fields)
        assert (told.value.key, told.value.facts["first"]) == (code, first.code)
    elsewhere = stated(session, "key-00000002", plant=SECOND)
    assert elsewhere.number == first.number, "another plant, and no GTIN: another name"


def test_what_was_withdrawn_stays_to_be_read_and_gives_its_names_back(session: Session) -> None:
    first = stated(session, industrial_ids=(HANDLE,))
    withdrawn(session, first.code)
    with pytest.raises(Conflict, match="batch-withdrawn"):
        withdrawn(session, first.code)
    again = stated(session, "key-00000002", industrial_ids=(HANDLE,))
    assert found(session, HANDLE) == [(again.code, Scheme.INDUSTRIAL), (first.code, Scheme.INDUSTRIAL)]
    versions = history(session, BATCH, first.id, as_of=feed.head(session).seq)
    assert [one.fact.withdrawn for one in versions] == [False, True]
    before = get(session, BATCH, first.id, point(session, TODAY - timedelta(days=1)))
    assert before is not None
    assert not before.fact.withdrawn


def test_a_withdrawal_needs_a_reason(session: Session) -> None:
    fact = stated(session)
    with pytest.raises(Invalid, match="batch-withdrawn-without-reason"):
        service.withdraw(session, fact.code, reason=" ", actor=MAKER, today=TODAY)


def test_a_reason_pasted_from_a_sheet_becomes_one_line(session: Session) -> None:
    fact = stated(session)
    reason = " 批号\t抄错\r\n 见\x00台账\ud800\u200b "
    drafts = service.withdraw(session, fact.code, reason=reason, actor=MAKER, today=TODAY)
    told = BatchFact.model_validate(drafts[-1].fact)
    assert told.withdrawn_reason == "批号 抄错 见台账"


@pytest.mark.parametrize(
    "wrong",
    [
        {"made_to": START - timedelta(days=1)},
        {"made_to": START + timedelta(days=400)},
        {"amount": Decimal(1)},
        {"gtin": GTIN},
        {"industrial_ids": ("88.1",)},
        {"known_by": factories.TRANSCRIBED},
        {"withdrawn": True},
        {"withdrawn_reason": "x"},
        {"number": "\u200b"},
        {"serials": ("a\nb",)},
    ],
)
def test_a_record_that_contradicts_itself_is_refused(session: Session, wrong: dict[str, Any]) -> None:
    fact = stated(session)
    with pytest.raises(ValidationError):
        BatchFact.model_validate({**fact.model_dump(), "made_from": START, "made_to": START, **wrong})


def test_a_statement_is_a_closed_form() -> None:
    with pytest.raises(ValidationError):
        given(number="")
    with pytest.raises(ValidationError):
        given(surprise=1)
