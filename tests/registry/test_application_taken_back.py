"""Taking a published version of a declaration out: the one before counts again, a first is withdrawn."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from registry.access.actors import OPERATOR
from registry.applications import reviewing, store
from registry.applications.application import Application
from registry.applications.parts import Subject
from registry.changes.feed import append, head
from registry.changes.reading import Point, get, history, point
from registry.declarations import service as declarations
from registry.declarations.documents import persons
from registry.declarations.documents.content import content_of, contents
from registry.declarations.documents.entering import About
from registry.declarations.documents.kept_readings import reading_of
from registry.declarations.facts import DeclarationFact
from registry.declarations.formats.reading import Person
from registry.declarations.service import DECLARATION, of_products
from registry.kit.errors import Conflict
from tests import applicants, declared, factories
from tests.applicants import FIRST, MAKER, NOW, OTHER_MAKER, TODAY, by
from tests.documented import NEWER, begun, entered, handed_in

NEWEST: dict[str, Any] = {"version": "01.02.000", "reference_year": 2027}
SOMEBODY = Person(role="verifier", name="示例核查员甲（虚构）", place="/a")


@pytest.fixture(autouse=True)
def _register(session: Session) -> None:
    applicants.registered(session)


def public(session: Session, **fields: Any) -> Application:
    return applicants.published(session, handed_in(session, begun(session, **fields)))


def take_out(session: Session, application: Application) -> None:
    """As the edge does: all of it or nothing."""
    with session.begin_nested():
        reviewing.remove(session, application.number, by(FIRST, application), reason="示例理由（虚构）")


def now(session: Session, key: UUID) -> DeclarationFact:
    known = get(session, DECLARATION, key, point(session, TODAY))
    assert known is not None
    return known.fact


def document(session: Session, key: UUID) -> str | None:
    known = content_of(session, key, point(session, TODAY))
    return known.fact.dataset.version if known else None


def test_what_a_later_version_replaced_counts_again(session: Session) -> None:
    first = public(session)
    (one,) = first.published
    before = now(session, one.key)
    seq = head(session).seq
    second = public(session, **NEWER)
    take_out(session, second)
    assert now(session, one.key) == before
    assert document(session, one.key) == "01.00.000"
    found = of_products(session, [factories.product().id], point(session, TODAY))
    assert [known.fact for known in found[factories.product().id]] == [before]
    versions = history(session, DECLARATION, one.key, as_of=head(session).seq)
    assert [known.fact.reference_year for known in versions] == [2025, 2026, 2025], "nothing is edited"
    past = get(session, DECLARATION, one.key, Point(TODAY, seq + 2))
    assert past is not None
    assert past.fact.reference_year == 2026, "the past keeps its answer"


def test_the_reading_of_the_earlier_document_stands_beside_it_again(session: Session) -> None:
    (one,) = public(session).published
    take_out(session, public(session, persons=(SOMEBODY,), **NEWER))
    first, second, third = contents(session, one.key, as_of=head(session).seq)
    was, is_now = reading_of(session, first.header.seq), reading_of(session, third.header.seq)
    assert was is not None
    assert is_now is not None
    assert (is_now.file, is_now.remarks, is_now.origins) == (was.file, was.remarks, was.origins)
    assert second.fact.dataset.version == "01.01.000"
    assert persons.of_declaration(session, one.key, actor=OPERATOR) == (), "of the document that went"


def test_version_by_version_down_to_none(session: Session) -> None:
    """The later goes first; whoever takes out the first takes the declaration out."""
    cases = [public(session, **fields) for fields in ({}, NEWER, NEWEST)]
    key = cases[0].published[0].key
    for earlier in cases[:2]:
        with pytest.raises(Conflict, match="declaration-later-version-stands"):
            take_out(session, earlier)
    for stands, case in ((2026, cases[2]), (2025, cases[1])):
        take_out(session, case)
        assert (now(session, key).reference_year, now(session, key).state) == (stands, "published")
    take_out(session, cases[0])
    assert now(session, key).state == "withdrawn"


def test_a_mended_version_follows_under_a_higher_number(session: Session) -> None:
    (one,) = public(session).published
    take_out(session, public(session, **NEWER))
    with pytest.raises(Conflict, match="declaration-version-taken-back"):
        begun(session, **NEWER)
    with pytest.raises(Conflict, match="declaration-on-record"):
        begun(session)
    with pytest.raises(Conflict, match="declaration-version-differs"):
        begun(session, **{**NEWER, "reference_year": 2024})
    (mended,) = public(session, **NEWEST).published
    assert mended.key == one.key
    assert now(session, one.key).reference_year == 2027


def test_what_was_taken_over_is_data_of_nobody_again(session: Session) -> None:
    key = entered(session, declared.reading(persons=(SOMEBODY,)), About())
    taken = public(session)
    assert persons.of_declaration(session, key, actor=MAKER) == (SOMEBODY,)
    assert persons.of_declaration(session, key, actor=OTHER_MAKER) == ()
    take_out(session, taken)
    assert (now(session, key).product_ids, now(session, key).state) == ((), "published")
    assert len(contents(session, key, as_of=head(session).seq)) == 1
    assert persons.of_declaration(session, key, actor=MAKER) == ()
    assert persons.of_declaration(session, key, actor=OPERATOR) == (SOMEBODY,)


def test_whoever_takes_over_may_erase_the_persons_of_the_document(session: Session) -> None:
    """Also where the content is the same, so that nothing is read anew."""
    key = entered(session, declared.reading(persons=(SOMEBODY,)), About())
    assert persons.forget(session, key, actor=MAKER) == 0
    public(session)
    assert persons.forget(session, key, actor=MAKER) == 1
    assert persons.of_declaration(session, key, actor=OPERATOR) == ()


def test_an_import_that_names_the_products_hands_the_persons_over_too(session: Session) -> None:
    reading = declared.reading(persons=(SOMEBODY,))
    key = entered(session, reading, About())
    about = About((factories.product().id,), (), factories.organisation().id)
    assert entered(session, reading, about) == key
    assert len(contents(session, key, as_of=head(session).seq)) == 1
    assert persons.of_declaration(session, key, actor=MAKER) == (SOMEBODY,)


def test_a_record_that_had_no_document_says_its_own_figures_again(session: Session) -> None:
    number = declared.dataset().number
    fact = factories.declaration(7, product_ids=(factories.product().id,), number=number, verifier_id=None)
    append(session, [declarations.record(fact, effective_on=TODAY, actor=OPERATOR)], actor="x", now=NOW)
    take_out(session, public(session))
    assert now(session, fact.id) == fact
    known = content_of(session, fact.id, point(session, TODAY))
    assert known is not None
    assert known.fact.source_sha256 is None
    (row,) = known.fact.dataset.indicators
    assert {one.module: one.amount for one in row.values} == fact.modules


def test_with_its_product_a_declaration_goes_whole(session: Session) -> None:
    whole = applicants.published(session, applicants.submitted(session))
    assert whole.subject is Subject.NEW_PRODUCT
    take_out(session, whole)
    key = next(one.key for one in whole.published if one.part == "carbon")
    assert now(session, key).state == "withdrawn"


def test_a_version_that_counts_from_a_later_day_falls_back_on_that_day(session: Session) -> None:
    (one,) = public(session).published
    second = public(session, **NEWER)
    with session.begin_nested():
        reviewing.remove(session, second.number, by(FIRST, second, days=5), reason="示例理由（虚构）")
    years = [known.fact.reference_year for known in _over(session, one.key, days=(0, 4, 5))]
    assert years == [2026, 2026, 2025]


def _over(session: Session, key: UUID, *, days: tuple[int, ...]) -> Iterator[Any]:
    for day in days:
        yield get(session, DECLARATION, key, point(session, TODAY.replace(day=1 + day)))


def test_only_the_case_that_was_taken_out_is_removed(session: Session) -> None:
    first, second = public(session), public(session, **NEWER)
    take_out(session, second)
    states = [str(store.get(session, one.number).state) for one in (first, second)]
    assert states == ["published", "removed"]
