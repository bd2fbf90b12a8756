"""Lists of batches as the database cuts and counts them, against every batch read and sorted slowly."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlmodel import Session, col

from registry.batches.facts import BatchFact
from registry.batches.identifiers import Scheme, same
from registry.batches.kind import BATCH
from registry.batches.listing import counts, marked, of_product, products_of, standing
from registry.batches.models import BatchRow
from registry.changes import feed
from registry.changes.feed import Draft
from registry.changes.kinds import Known
from registry.changes.reading import Point, every
from registry.kit import migrate
from registry.kit.db import write_session
from tests import databases, factories
from tests.factories import key
from tests.registry.batches import batch, recorded, register

FIRST = date(2026, 5, 1)
PRODUCTS = (key("product"), key("product", 2))


@pytest.fixture
def session(session: Session) -> Session:
    register(session)
    return session


def slowly(session: Session, product: int, at: Point) -> list[Known[BatchFact]]:
    """Every batch there is, sorted: withdrawn ones last, else the latest production, then the last record."""
    found = [one for one in every(session, BATCH, at) if one.fact.product_id == PRODUCTS[product]]
    latest = sorted(found, key=lambda one: (one.fact.made_to, one.header.seq), reverse=True)
    return sorted(latest, key=lambda one: one.fact.withdrawn)


def drafts_of(n: int, product: int, start: int, run: int, taken_back: int | None) -> list[Draft]:
    made_from = FIRST + timedelta(start)
    fact = batch(
        n, product_n=product + 1, made_from=made_from, made_to=made_from + timedelta(run),
        serials=(f"S-{n % 3}",), plant_id=key("plant", 3 if product else 1),
    )  # fmt: skip
    if taken_back is None:
        return [recorded(fact)]
    gone = BatchFact.model_validate({**fact.model_dump(), "withdrawn": True, "withdrawn_reason": "演示"})
    return [recorded(fact), Draft(BATCH, fact.id, made_from + timedelta(taken_back), gone)]


batches = st.tuples(st.integers(0, 1), st.integers(0, 4), st.integers(0, 3), st.none() | st.integers(0, 5))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(batches, max_size=9), st.integers(0, 11), st.integers(0, 12), st.integers(1, 4))
def test_pages_put_together_are_every_batch_in_order(
    session: Session, stated: Sequence[tuple[int, int, int, int | None]], day: int, known: int, size: int
) -> None:
    with session.begin_nested() as undone:
        start = feed.head(session).seq
        for n, one in enumerate(stated):
            factories.record(session, drafts_of(n, *one))
        at = Point(FIRST + timedelta(day), min(start + known, feed.head(session).seq))
        counted = counts(session, PRODUCTS, at)
        for place, product in enumerate(PRODUCTS):
            wanted = slowly(session, place, at)
            read = [
                one
                for skip in range(0, len(wanted) + size, size)
                for one in of_product(session, product, at, most=size, skip=skip)
            ]
            assert read == wanted
            assert counted[product] == len(wanted)
        alive = [~col(BatchRow.withdrawn)]
        by_product = {
            p for n, p in enumerate(PRODUCTS) if any(not b.fact.withdrawn for b in slowly(session, n, at))
        }
        assert set(products_of(session, alive, at, most=9)) == by_product
        marks = standing(session, [marked(Scheme.SERIAL, [same("S-1")])], at, most=99)
        assert {one.fact.id for one in marks} == {
            one.fact.id for one in every(session, BATCH, at) if "S-1" in one.fact.serials
        }
        undone.rollback()


def test_what_puts_batches_in_order_is_filled_in_for_those_recorded_before(engine: Engine) -> None:
    with write_session(engine) as session:
        register(session)
        factories.record(session, [*drafts_of(1, 0, 0, 3, 4), *drafts_of(2, 0, 2, 0, None)])
    told = text("SELECT seq, made_to, withdrawn FROM batches ORDER BY seq")
    with databases.owners(engine) as owner:
        with owner.connect() as connection:
            before = connection.execute(told).all()
        migrate.downgrade(owner, "0013")
        migrate.upgrade(owner)
        assert migrate.drift(owner) == []
        with owner.connect() as connection:
            assert connection.execute(told).all() == before
    assert len(before) == 3
