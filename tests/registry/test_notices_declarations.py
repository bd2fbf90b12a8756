"""The makers of a declaration are told once what became of its version, in the app and by webhooks."""

import json
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session, col

from registry.access.actors import OPERATOR
from registry.changes.feed import Draft, append
from registry.declarations import service
from registry.declarations.documents.entering import About
from registry.declarations.documents.taking_back import Version, settle, take_back
from registry.declarations.documents.versions import Versions
from registry.kit.db import read_session, write_session
from registry.kit.messages import LANGUAGES
from registry.notices.models import DeliveryRow, NoticeRow
from registry.notices.reading import Notice
from registry.products.service import PRODUCT
from registry.telling import follow
from tests import applicants, declared, factories
from tests.applicants import NOW, TODAY
from tests.documented import NEWER, entered
from tests.factories import START
from tests.registry.accounts import ORGANISATION
from tests.registry.webhooks import subscribed

OWN, OTHER = factories.organisation(1).id, factories.organisation(2).id
ABOUT = About((factories.product().id,), (), OWN)
NEWEST: dict[str, Any] = {"version": "01.02.000", "reference_year": 2027}


@pytest.fixture(autouse=True)
def _register(engine: Engine) -> None:
    with write_session(engine) as session:
        applicants.registered(session)


def told(engine: Engine) -> list[tuple[UUID, Notice]]:
    while follow.step(engine, now=NOW):
        pass
    with read_session(engine) as session:
        rows = session.scalars(select(NoticeRow).order_by(col(NoticeRow.position))).all()
        return [(row.organisation_id, Notice.of(row)) for row in rows]


def enter(engine: Engine, about: About = ABOUT, n: int = 1, **fields: Any) -> UUID:
    with write_session(engine) as session:
        return entered(session, declared.reading(n, **fields), about)


def back(session: Session, key: UUID, number: int) -> None:
    drafts = take_back(session, Version(key, number, OWN), from_day=TODAY, actor=OPERATOR)
    settle(session, append(session, drafts, actor="x", now=NOW), actor=OPERATOR)


def test_a_next_version_is_told_once_to_its_maker(engine: Engine) -> None:
    key = enter(engine)
    assert told(engine) == [], "a first version is no news"
    enter(engine, **NEWER)
    ((organisation, notice),) = told(engine)
    assert organisation == OWN
    assert (notice.kind, notice.record) == ("declaration.replaced", key)
    assert notice.facts == {
        "number": "演示-EPD-9001",
        "code": notice.code,
        "day": TODAY.isoformat(),
        "version": "2",
    }
    assert "已由新版本取代" in notice.sentence("zh")
    assert "was replaced by a new version" in notice.sentence("en")
    assert notice.code in notice.sentence("en")
    assert len(told(engine)) == 1


def test_what_is_taken_back_and_withdrawn_is_told_as_what_it_is(engine: Engine) -> None:
    key = enter(engine)
    for fields in (NEWER, NEWEST):
        enter(engine, **fields)
    for number in (3, 2, 1):
        with write_session(engine) as session:
            back(session, key, number)
    kinds = [str(notice.kind).partition(".")[2] for _, notice in told(engine)]
    assert kinds == ["replaced", "replaced", "taken-back", "taken-back", "withdrawn"]
    for _, notice in told(engine):
        assert all("{" not in notice.sentence(lang) for lang in LANGUAGES)


def test_each_maker_of_its_products_is_told_and_nobody_of_data(engine: Engine) -> None:
    other = factories.product(2, manufacturer_id=OTHER, plant_ids=())
    shared = factories.declaration(5, product_ids=(factories.product().id, other.id))
    with write_session(engine) as session:
        append(session, [Draft(PRODUCT, other.id, START, other)], actor="x", now=NOW)
        for day, fields in ((START, {}), (TODAY, {"reference_year": 2031})):
            fact = shared.model_copy(update=fields)
            append(session, [service.record(fact, effective_on=day, actor=OPERATOR)], actor="x", now=NOW)
    enter(engine, About(), 2)
    enter(engine, About(), 2, **NEWER)
    enter(engine, ABOUT, 2, **NEWER)  # taken over: nothing of its maker's was replaced
    found = told(engine)
    assert {organisation for organisation, _ in found} == {OWN, OTHER}
    assert [str(notice.kind) for _, notice in found] == ["declaration.replaced"] * 2
    assert {notice.record for _, notice in found} == {shared.id}


def test_what_says_again_what_counts_is_no_news(engine: Engine) -> None:
    key = enter(engine)
    with write_session(engine) as session:
        known = Versions.of(session, key, as_of=10**9).declarations[-1].fact
        append(session, [service.record(known, effective_on=TODAY, actor=OPERATOR)], actor="x", now=NOW)
    assert told(engine) == []


def test_a_webhook_gets_the_event_with_its_facts(engine: Engine) -> None:
    owned = factories.product(3, manufacturer_id=ORGANISATION, plant_ids=())
    with write_session(engine) as session:
        append(session, [Draft(PRODUCT, owned.id, START, owned)], actor="x", now=NOW)
        hook = subscribed(session, "http://127.0.0.1:9/").id
    for fields in ({}, NEWER):
        enter(engine, About((owned.id,), (), ORGANISATION), **fields)
    told(engine)
    with read_session(engine) as session:
        (delivery,) = session.scalars(select(DeliveryRow)).all()
        notice = session.get_one(NoticeRow, delivery.notice_id)
        assert (delivery.webhook_id, notice.kind) == (hook, "declaration.replaced")
        assert json.loads(notice.facts)["version"] == "2"
