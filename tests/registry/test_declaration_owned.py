"""Whose a recorded declaration is: nobody who does not name its products takes the place of a maker's."""

from datetime import date

import pytest
from sqlmodel import Session

from registry.access.actors import OPERATOR, Actor, ActorRole
from registry.changes import feed
from registry.declarations.dataset import Subtype
from registry.declarations.documents import entering, kept_readings, persons
from registry.declarations.documents.entering import About, Entered, enter
from registry.declarations.documents.kept_readings import File, Saving
from registry.declarations.formats.reading import Person, Reading
from registry.kit.errors import Conflict
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


def test_an_act_that_names_some_of_the_products_does_not_replace(registered: Session) -> None:
    both = About((key("product"), key("product", 2)), (), MAKER)
    second = factories.product(2, plant_ids=(key("plant"),))
    factories.record(registered, [publish(second, kind=factories.kind(), effective_on=START, actor=OPERATOR)])
    save(registered, declared.reading(), both)
    with pytest.raises(Conflict, match="declaration-of-products"):
        save(registered, declared.reading(version="02.00.000"), OURS)
    assert save(registered, declared.reading(version="02.00.000"), both).drafts
