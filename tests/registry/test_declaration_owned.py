"""Whose a recorded declaration is: nobody who does not name its products takes the place of a maker's."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from registry.access.actors import OPERATOR, Actor, ActorRole
from registry.changes import feed
from registry.changes.reading import history
from registry.declarations.dataset import Subtype
from registry.declarations.documents import content, entering, kept_readings, persons
from registry.declarations.documents.entering import About, Entered, enter
from registry.declarations.documents.kept_readings import File, Saving
from registry.declarations.formats.reading import Person, Reading
from registry.declarations.service import DECLARATION
from registry.kit.errors import Conflict, Invalid, NotAllowed
from registry.products.service import publish
from tests import declared, factories
from tests.factories import NOW, START, key

TODAY = date(2026, 6, 1)
MAKER = key("organisation")
OURS = About((key("product"),), (key("plant"),), MAKER)
DATA = About()
OF_MAKER = Actor(ActorRole.MANUFACTURER, "m", key("account"), MAKER)
FILE = File("示例.xml", "a" * 64, "person")
PERSON = Person(role="verifier", name="示例核查员（虚构）", place="/x")


@pytest.fixture
def registered(session: Session) -> Session:
    factories.record(session, factories.world())
    return session


def save(session: Session, reading: Reading, about: About = OURS, *, actor: Actor = OPERATOR) -> Entered:
    entered = enter(session, reading, about, actor=actor, today=TODAY)
    kept_readings.save(session, reading, entered, FILE, Saving(actor, NOW, about.maker_id))
    return entered


def count(session: Session) -> int:
    return feed.head(session).seq


@pytest.mark.parametrize("kind", [Subtype.SPECIFIC, *sorted(entering.NO_PRODUCT)])
def test_what_names_no_products_never_replaces_a_declaration_for_products(
    registered: Session, kind: Subtype
) -> None:
    first = save(registered, declared.reading(persons=(PERSON,)), actor=OF_MAKER)
    last = count(registered)
    newer = declared.reading(version="99.00.000", subtype=kind)
    for about in (DATA, About(maker_id=MAKER)):
        with pytest.raises(Conflict, match="declaration-of-products"):
            save(registered, newer, about)
    assert save(registered, declared.reading(), DATA).drafts == (), "the same document changes nothing"
    assert count(registered) == last
    assert persons.of_declaration(registered, first.declaration_id, actor=OF_MAKER) == (PERSON,)


@pytest.mark.parametrize("version", ["01.00.000", "02.00.000"])
def test_a_maker_takes_over_what_names_no_product(registered: Session, version: str) -> None:
    harvested = save(registered, declared.reading(), DATA)
    with pytest.raises(NotAllowed):
        save(registered, declared.reading(version="02.00.000"), DATA, actor=OF_MAKER)
    foreign = About((key("product"),), (), key("organisation", 950))
    with pytest.raises(Invalid, match="declaration-product-of-another"):
        save(registered, declared.reading(version="02.00.000"), foreign, actor=OF_MAKER)
    stranger = Actor(ActorRole.MANUFACTURER, "s", key("account", 9), key("organisation", 950))
    with pytest.raises(NotAllowed):
        save(registered, declared.reading(version=version), actor=stranger)
    own = save(registered, declared.reading(version=version), actor=OF_MAKER)
    assert (own.declaration_id, own.code) == (harvested.declaration_id, harvested.code)
    known = history(registered, DECLARATION, own.declaration_id, as_of=count(registered))
    assert [one.fact.product_ids for one in known] == [(), OURS.product_ids]


def numbered(value: str, **fields: Any) -> Reading:
    return declared.reading(**{"identifiers": ({"scheme": "openepd", "value": value},), **fields})


def test_an_openepd_id_is_one_however_it_is_written(registered: Session) -> None:
    bare: dict[str, Any] = {"uuid": None, "number": None}
    first = save(registered, numbered("EC3TA54F", **bare))
    last = count(registered)
    for spelling in ("ec3-ta54f", "EC3T-A54F", " ec3ta54f"):
        again = save(registered, numbered(spelling, **bare))
        assert (again.declaration_id, again.drafts) == (first.declaration_id, ())
        assert content.by_openepd_id(registered, spelling, as_of=last) == [first.declaration_id]
    newer = save(registered, numbered("ec3-ta54f", **bare, version="02.00.000"))
    assert newer.declaration_id == first.declaration_id
    assert save(registered, numbered("EC3TA54G", **bare)).declaration_id != first.declaration_id


def test_an_openepd_document_finds_the_ilcd_record_of_its_id_and_back(registered: Session) -> None:
    ilcd = save(registered, numbered("EC3TA54F"))
    openepd = save(registered, numbered("ec3-ta54f", uuid=None, version="02.00.000"))
    assert openepd.declaration_id == ilcd.declaration_id
    assert save(registered, numbered("ec3ta54f", version="03.00.000")).declaration_id == ilcd.declaration_id
    # Two UUIDs are two documents, whatever number both state.
    other = save(registered, numbered("EC3TA54F", uuid=declared.UUIDS[7]))
    assert other.declaration_id != ilcd.declaration_id


def test_an_act_that_names_some_of_the_products_does_not_replace(registered: Session) -> None:
    both = About((key("product"), key("product", 2)), (), MAKER)
    second = factories.product(2, plant_ids=(key("plant"),))
    factories.record(registered, [publish(second, kind=factories.kind(), effective_on=START, actor=OPERATOR)])
    save(registered, declared.reading(), both)
    with pytest.raises(Conflict, match="declaration-of-products"):
        save(registered, declared.reading(version="02.00.000"), OURS)
    assert save(registered, declared.reading(version="02.00.000"), both).drafts
