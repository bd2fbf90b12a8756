"""Finding certificates by number and by product, and two that claim the same number."""

import threading
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from registry.access.actors import OPERATOR
from registry.certificates import queries, service
from registry.certificates.facts import ActKind, State
from registry.certificates.kind import CERTIFICATE
from registry.certificates.numbers import numbers_in
from registry.certificates.timeline import Span, kept_states, timelines
from registry.changes import feed
from registry.changes.reading import many, point
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict
from tests import factories

DAY = date(2026, 6, 1)


def test_of_two_recording_the_same_number_at_once_one_wins(engine: Engine) -> None:
    together, outcomes = threading.Barrier(6), list[str]()

    def record(n: int) -> None:
        draft = service.record(factories.certificate(n, number="演示-2026-77777"), actor=OPERATOR)
        together.wait(10)
        try:
            with write_session(engine) as session:
                factories.record(session, [draft])
        except Conflict:
            outcomes.append("refused")
        else:
            outcomes.append("recorded")

    threads = [threading.Thread(target=record, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["recorded", *["refused"] * 5]
    with read_session(engine) as session:
        assert feed.verify(feed.every(session)) == 1
        assert len(queries.by_number(session, "演示-2026-77777", point(session, DAY))) == 1


def test_two_bodies_may_use_the_same_number_and_both_are_found(session: Session) -> None:
    other = factories.certificate(2, number="演示-1", body_id=factories.key("organisation", 901))
    first = factories.certificate(1, number="演示-1")
    factories.record(session, [service.record(fact, actor=OPERATOR) for fact in (first, other)])
    found = queries.by_number(session, "演示-1", point(session, DAY))
    assert {known.fact.body_id for known in found} == {first.body_id, other.body_id}


@pytest.mark.parametrize(
    "typed",
    [
        "演示-2026-00001",
        " 演示－2026 – 00001 ",
        "演示—２０２６—００００１",
        "演示−2026_00001",
        "演示-2026-00001\x00",
    ],
)
def test_a_number_is_found_however_it_is_typed(session: Session, typed: str) -> None:
    factories.record(session, [service.record(factories.certificate(), actor=OPERATOR)])
    assert len(queries.by_number(session, typed, point(session, DAY))) == 1


def test_a_cell_with_several_numbers_names_each_of_them() -> None:
    assert numbers_in("演示−1、演示_2；演示 3") == ("演示-1", "演示-2", "演示3", "演示-1、演示-2;演示3")
    assert numbers_in("演示-1") == ("演示-1",)
    assert numbers_in("—") == numbers_in(" 、") == ()


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "演示-2026-0000", "%"])
def test_another_number_finds_nothing(session: Session, typed: str) -> None:
    factories.record(session, [service.record(factories.certificate(), actor=OPERATOR)])
    assert queries.by_number(session, typed, point(session, DAY)) == []


def test_a_certificate_is_found_by_every_product_of_its_rows(session: Session) -> None:
    rows = (factories.scope_row(1, product_n=1), factories.scope_row(2, product_n=2, plant_n=2))
    short = factories.certificate(1, rows=rows, valid_to=date(2027, 1, 1))
    long = factories.certificate(2, rows=rows[:1])
    factories.record(session, [service.record(fact, actor=OPERATOR) for fact in (short, long)])
    products = [factories.key("product", n) for n in (1, 2, 3)]
    found = queries.of_products(session, products, point(session, DAY))
    numbers = {key: [known.fact.number for known in certificates] for key, certificates in found.items()}
    assert numbers == {
        products[0]: [long.number, short.number],
        products[1]: [short.number],
        products[2]: [],
    }


def test_a_product_taken_off_a_certificate_is_no_longer_found_by_it(session: Session) -> None:
    rows = (factories.scope_row(1, product_n=1), factories.scope_row(2, product_n=2))
    fact = factories.certificate(rows=rows)
    factories.record(session, [service.record(fact, actor=OPERATOR)])
    before = feed.head(session).seq
    cut = service.correct(
        session, fact.id, from_day=date(2026, 3, 1), changes={"rows": rows[:1]}, actor=OPERATOR
    )
    factories.record(session, cut)
    two = factories.key("product", 2)
    for day, as_of, covered in ((date(2026, 2, 28), None, 1), (DAY, None, 0), (DAY, before, 1)):
        assert len(queries.of_products(session, [two], point(session, day, as_of))[two]) == covered


def test_a_holders_certificates_come_in_order_of_validity(session: Session) -> None:
    later = factories.certificate(1, valid_from=date(2026, 5, 1))
    earlier = factories.certificate(2)
    factories.record(session, [service.record(fact, actor=OPERATOR) for fact in (later, earlier)])
    found = queries.renewals(session, later.holder_id, point(session, DAY))
    assert [known.fact.id for known in found] == [earlier.id, later.id]


def test_a_certificate_of_a_later_first_day_is_known_to_be_coming(session: Session) -> None:
    factories.record(session, factories.world())
    renewal = factories.certificate(2, valid_from=date(2027, 1, 1), issued_on=date(2027, 1, 1))
    factories.record(session, [service.record(renewal, actor=OPERATOR)])
    product = factories.key("product")
    assert [known.fact.id for known in queries.coming(session, [product], point(session, DAY))[product]] == [
        renewal.id
    ]
    assert queries.coming(session, [product], point(session, date(2027, 1, 1))) == {product: []}
    before = feed.head(session).seq - 1
    assert queries.coming(session, [product], point(session, DAY, before)) == {product: []}


def test_a_timeline_keeps_the_day_of_the_act_and_not_of_the_objection(session: Session) -> None:
    key = factories.key("certificate")
    factories.record(session, factories.world())
    for kind, day in (
        (ActKind.SUSPEND, date(2026, 3, 1)),
        (ActKind.OBJECT, date(2026, 3, 8)),
        (ActKind.REINSTATE, date(2026, 4, 1)),
    ):
        change = service.BodyAct(kind, day, f"演示 {kind}")
        factories.record(session, service.act(session, key, change, actor=OPERATOR))
    found = timelines(session, [key], as_of=feed.head(session).seq)[key]
    assert [(span.state, span.since, span.reason) for span in found] == [
        (State.ACTIVE, factories.START, None),
        (State.SUSPENDED, date(2026, 3, 1), "演示 suspend"),
        (State.ACTIVE, date(2026, 4, 1), "演示 reinstate"),
    ]
    assert len(timelines(session, [key], as_of=feed.head(session).seq - 1)[key]) == 2


@pytest.mark.parametrize("objected_on", [date(2026, 3, 1), date(2026, 3, 8)], ids=["same-day", "later"])
def test_an_objection_neither_moves_nor_explains_a_suspension(session: Session, objected_on: date) -> None:
    key = factories.key("certificate")
    factories.record(session, factories.world())
    for kind, day in ((ActKind.SUSPEND, date(2026, 3, 1)), (ActKind.OBJECT, objected_on)):
        change = service.BodyAct(kind, day, f"演示 {kind}")
        factories.record(session, service.act(session, key, change, actor=OPERATOR))
    at = point(session, DAY)
    known = many(session, CERTIFICATE, [key], at)
    assert kept_states(session, known.values(), at) == {
        key: Span(State.SUSPENDED, date(2026, 3, 1), "演示 suspend")
    }
    before = point(session, date(2026, 2, 1))
    assert kept_states(session, many(session, CERTIFICATE, [key], before).values(), before) == {}
