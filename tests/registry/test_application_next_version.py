"""A maker's next version of a recorded document: the same declaration, reviewed by two, the old one kept."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from registry.access.actors import OPERATOR
from registry.applications import comparing, documented, lists
from registry.applications.documents import Document
from registry.applications.states import State
from registry.changes.feed import Draft, append
from registry.changes.reading import get, history, point
from registry.declarations import service as declarations
from registry.declarations.documents.content import contents
from registry.declarations.documents.entering import About
from registry.declarations.service import DECLARATION
from registry.kit.errors import Conflict, Faulty
from registry.products.service import PRODUCT as PRODUCT_KIND
from tests import applicants, declared, factories
from tests.applicants import MAKER, NOW, OTHER_MAKER, TODAY, by
from tests.documented import NEWER, PRODUCT, begun, entered, handed_in
from tests.factories import START, code, key


@pytest.fixture(autouse=True)
def _register(session: Session) -> None:
    applicants.registered(session)


def test_the_next_version_is_the_same_declaration_and_the_old_one_stays(session: Session) -> None:
    first = applicants.published(session, handed_in(session, begun(session)))
    (before,) = first.published
    second = applicants.published(session, handed_in(session, begun(session, **NEWER)))
    assert second.state is State.PUBLISHED
    assert [(one.key, one.code) for one in second.published] == [(before.key, before.code)]
    at = point(session, TODAY)
    now = get(session, DECLARATION, before.key, at)
    assert now is not None
    assert (now.header.version, now.fact.reference_year, now.header.effective_on) == (2, 2026, TODAY)
    stated = [one.fact.dataset.version for one in contents(session, before.key, as_of=at.as_of)]
    assert stated == ["01.00.000", "01.01.000"]
    assert history(session, DECLARATION, before.key, as_of=at.as_of)[0].fact.reference_year == 2025


def test_both_sides_are_told_what_is_replaced_and_see_the_difference(session: Session) -> None:
    applicants.published(session, handed_in(session, begun(session)))
    draft = begun(session, **NEWER)
    outcome, _ = lists.outcome(session, draft, today=TODAY)
    (told,) = [one for one in outcome.findings if one.key == "application.check.replaces"]
    assert (told.facts["before"], told.facts["now"]) == ("01.00.000", "01.01.000")
    differences = comparing.with_register(session, draft, today=TODAY)
    assert [(one.path, one.before, one.now) for one in differences] == [
        ("carbon.reference_year", "2025", "2026")
    ]


def test_plants_and_verifier_come_from_the_version_before(session: Session) -> None:
    reading = declared.reading()
    about = About((factories.product().id,), (key("plant"),), factories.organisation().id)
    entered(session, reading, about)
    draft = begun(session, **NEWER)
    assert draft.typed["carbon.plants"] == code("P", "plant", 1)
    published = applicants.published(session, handed_in(session, draft))
    (one,) = published.published
    assert one.key == draft.follows_id
    known = get(session, DECLARATION, one.key, point(session, TODAY))
    assert known is not None
    assert known.fact.plant_ids == (key("plant"),)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({}, "declaration-on-record"),
        ({"reference_year": 2026}, "declaration-version-differs"),
        ({"version": "00.09.000"}, "declaration-version-older"),
    ],
)
def test_what_is_no_newer_version_is_refused_at_once(
    session: Session, fields: dict[str, Any], refusal: str
) -> None:
    applicants.published(session, handed_in(session, begun(session)))
    with pytest.raises(Conflict, match=refusal):
        begun(session, **fields)


def test_what_was_withdrawn_takes_no_next_version(session: Session) -> None:
    (one,) = applicants.published(session, handed_in(session, begun(session))).published
    owner = factories.organisation().id
    drafts = declarations.withdraw(session, one.key, from_day=TODAY, actor=MAKER, owner_id=owner)
    append(session, drafts, actor="x", now=NOW)
    with pytest.raises(Conflict, match="declaration-withdrawn"):
        begun(session, **NEWER)


def test_of_two_drafts_the_slower_is_told_that_the_record_changed(session: Session) -> None:
    applicants.published(session, handed_in(session, begun(session)))
    second, third = begun(session, **NEWER), begun(session, version="02.00.000")
    assert second.number != third.number
    applicants.published(session, handed_in(session, second))
    with pytest.raises(Conflict, match="application-record-changed"):
        handed_in(session, third)


@pytest.mark.parametrize("fields", [{}, NEWER])
def test_what_was_harvested_is_taken_over_by_the_maker_of_its_product(
    session: Session, fields: dict[str, Any]
) -> None:
    """The very same document too, which is then not recorded a second time."""
    entered(session, declared.reading(), About())
    draft = begun(session, **fields)
    outcome, _ = lists.outcome(session, draft, today=TODAY)
    assert "application.check.takes-over" in {one.key for one in outcome.findings}
    (one,) = applicants.published(session, handed_in(session, draft)).published
    assert one.key == draft.follows_id
    at = point(session, TODAY)
    versions = history(session, DECLARATION, one.key, as_of=at.as_of)
    assert [known.fact.product_ids for known in versions] == [(), (factories.product().id,)]
    assert len({known.fact.code for known in versions}) == 1
    stated = [known.fact.dataset.version for known in contents(session, one.key, as_of=at.as_of)]
    assert stated == ["01.00.000", *(["01.01.000"] if fields else [])]
    with pytest.raises(Conflict, match="declaration-of-products"):
        entered(session, declared.reading(version="09.00.000"), About())


def test_a_recorded_declaration_of_another_is_not_replaced(session: Session) -> None:
    stranger = OTHER_MAKER.organisation_id
    other = factories.product(2, manufacturer_id=stranger, plant_ids=())
    append(session, [Draft(PRODUCT_KIND, other.id, START, other)], actor="x", now=NOW)
    entered(session, declared.reading(), About((other.id,), (), stranger))
    draft = begun(session, 1, **NEWER)
    assert draft.follows_id is None
    with pytest.raises(Faulty) as refused:
        handed_in(session, draft)
    (told,) = [one for one in refused.value.faults if one.key == "application.check.document-on-record"]
    assert str(told.facts["record"]).startswith("YS-E")
    with pytest.raises(Exception, match="application-product-of-another"):
        documented.start(
            session, Document(declared.reading(1, **NEWER), "x", "e" * 64), PRODUCT, by(OTHER_MAKER)
        )


def test_a_document_joins_a_declaration_that_had_none(session: Session) -> None:
    fact = factories.declaration(
        7, product_ids=(factories.product().id,), number=declared.dataset().number, verifier_id=None
    )
    drafts = [declarations.record(fact, effective_on=TODAY - timedelta(days=9), actor=OPERATOR)]
    append(session, drafts, actor="x", now=NOW)
    draft = begun(session)
    assert draft.follows_id == fact.id
    (one,) = applicants.published(session, handed_in(session, draft)).published
    assert (one.key, one.code) == (fact.id, fact.code)
    assert len(contents(session, fact.id, as_of=point(session, TODAY).as_of)) == 1
