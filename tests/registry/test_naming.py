"""What names a product is found with one statement, as a walk over every fact finds it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import Session

from registry.certificates.kind import CERTIFICATE
from registry.certificates.queries import NAMING as CERTIFICATES
from registry.changes import naming
from registry.changes.kinds import FactKind
from registry.changes.naming import Naming
from registry.changes.reading import Point, every, point
from registry.declarations.service import DECLARATION
from registry.declarations.service import NAMING as DECLARATIONS
from registry.kit.db import read_session
from registry.products.service import PRODUCT
from registry.reports.service import NAMING as REPORTS
from registry.reports.service import SELF_DECLARATION, TEST_REPORT
from tests.seeded import TODAY, Seeded

KINDS: tuple[FactKind[Any], ...] = (CERTIFICATE, TEST_REPORT, SELF_DECLARATION, DECLARATION)
EVIDENCE = Naming(CERTIFICATES, REPORTS, DECLARATIONS)


@pytest.fixture(scope="module")
def reader(seeded: Seeded) -> Iterator[Session]:
    with read_session(seeded.engine) as session:
        yield session


@pytest.fixture(scope="module")
def products(reader: Session) -> list[UUID]:
    return [known.header.key for known in every(reader, PRODUCT, point(reader, TODAY))]


def _named(fact: Any) -> set[UUID]:
    if hasattr(fact, "rows"):
        return {product for row in fact.rows for product in row.product_ids}
    return set(getattr(fact, "product_ids", ())) or {fact.product_id}


def _walked(session: Session, kind: FactKind[Any], asked: set[UUID], at: Point) -> set[tuple[UUID, int]]:
    return {(one.header.key, one.header.seq) for one in every(session, kind, at) if asked & _named(one.fact)}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_one_statement_finds_what_a_walk_over_every_fact_finds(
    reader: Session, products: list[UUID], data: st.DataObject
) -> None:
    asked = set(data.draw(st.lists(st.sampled_from(products), max_size=12)))
    day = TODAY - timedelta(days=data.draw(st.integers(0, 900)))
    at = point(reader, day, data.draw(st.sampled_from([None, 400, 4_000])))
    found = EVIDENCE.facts(reader, asked, at)
    for kind in KINDS:
        still_naming = {
            (one.header.key, one.header.seq) for one in found.of(kind) if asked & _named(one.fact)
        }
        assert still_naming == _walked(reader, kind, asked, at)


def test_a_long_list_is_asked_in_parts_and_nothing_is_found_twice(
    reader: Session, products: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = point(reader, TODAY)
    whole = EVIDENCE.facts(reader, products[:60], at)
    seen: list[str] = []
    monkeypatch.setattr(naming, "BATCH", 7)
    event.listen(reader.connection(), "before_cursor_execute", lambda *given: seen.append(given[2]))
    parts = EVIDENCE.facts(reader, products[:60], at)
    assert len(seen) == 9
    for kind in KINDS:
        keys = sorted(one.header.key for one in parts.of(kind))
        assert keys == sorted(one.header.key for one in whole.of(kind))
    assert whole.of(CERTIFICATE)


def test_nothing_asked_sends_nothing(reader: Session) -> None:
    assert EVIDENCE.facts(reader, [], point(reader, TODAY)).of(CERTIFICATE) == ()
