"""Entering documents: once however often sent, never overwritten, never a product where there is none."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from registry.access.actors import ANONYMOUS, OPERATOR, Actor, ActorRole
from registry.changes import feed
from registry.changes.reading import every, get, point
from registry.declarations.comparable import Generation
from registry.declarations.dataset import DeclaredUnit, Footprint, Stage, Subtype
from registry.declarations.documents import content, entering, kept_readings, persons
from registry.declarations.documents.content import DECLARATION_CONTENT
from registry.declarations.documents.entering import About, Entered, enter
from registry.declarations.documents.kept_readings import File, Saving
from registry.declarations.facts import DataKind, a1_a3
from registry.declarations.formats.reading import Person, Reading
from registry.declarations.service import DECLARATION, withdraw
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict, Faulty, Invalid, NotAllowed
from registry.kit.messages import say
from tests import declared, factories
from tests.factories import NOW, START, key

TODAY = date(2026, 6, 1)
MAKER = key("organisation")
OURS = About((key("product"),), (key("plant"),), MAKER)
DATA = About()
OF_MAKER = Actor(ActorRole.MANUFACTURER, "m", key("account"), MAKER)
FILE = File("示例.xml", "a" * 64, "person")


@pytest.fixture
def registered(session: Session) -> Session:
    factories.record(session, factories.world())
    return session


def save(
    session: Session, reading: Reading, about: About = OURS, *, actor: Actor = OPERATOR, today: date = TODAY
) -> Entered:
    entered = enter(session, reading, about, actor=actor, today=today)
    kept_readings.save(session, reading, entered, FILE, Saving(actor, NOW, about.maker_id))
    return entered


def count(session: Session) -> int:
    return feed.head(session).seq


def test_a_document_becomes_a_declaration_with_its_content(registered: Session) -> None:
    entered = save(registered, declared.reading(), actor=OF_MAKER)
    at = point(registered, TODAY)
    fact = get(registered, DECLARATION, entered.declaration_id, at)
    known = content.content_of(registered, entered.declaration_id, at)
    assert fact is not None
    assert known is not None
    assert known.fact.dataset == declared.dataset()
    assert fact.fact.product_ids == OURS.product_ids
    # C3 has two scenarios: the default one is shown; B1 is marked as not declared and is absent.
    shown = {"A1-A3": "243.5", "A4": "8.25", "C1": "0", "C3": "2.5", "C4": "0.9", "D": "-6.125"}
    assert {module: str(value) for module, value in fact.fact.modules.items()} == shown
    assert (fact.fact.indicator, a1_a3(fact.fact)) == ("GWP-total", Decimal("243.5"))
    assert fact.fact.mass_kg == Decimal(2350)
    assert fact.fact.standard == "EN 15804+A2 (EF 3.1)"
    assert fact.header.effective_on == START


def test_the_same_again_adds_nothing_whoever_reads_it(registered: Session) -> None:
    first = save(registered, declared.reading())
    last = count(registered)
    again = save(registered, declared.reading(), today=date(2026, 9, 9))
    assert (again.declaration_id, again.code, again.drafts) == (first.declaration_id, first.code, ())
    assert count(registered) == last


def test_the_order_of_rows_and_cells_says_nothing(registered: Session) -> None:
    save(registered, declared.reading())
    last = count(registered)
    rows = [
        row.model_copy(update={"values": row.values[::-1]}) for row in declared.dataset().indicators[::-1]
    ]
    save(registered, declared.reading(indicators=tuple(rows)))
    assert count(registered) == last


def test_other_content_under_the_same_version_is_refused_and_nothing_changes(registered: Session) -> None:
    save(registered, declared.reading())
    last = count(registered)
    with pytest.raises(Conflict, match="declaration-version-differs"):
        save(registered, declared.reading(names={"zh": "另一名称（虚构）"}))
    assert count(registered) == last


def test_a_newer_version_replaces_and_both_stay_on_record(registered: Session) -> None:
    first = save(registered, declared.reading())
    later = save(registered, declared.reading(version="01.10.000", reference_year=2026))
    assert later.declaration_id == first.declaration_id
    known = content.contents(registered, first.declaration_id, as_of=count(registered))
    assert [one.fact.dataset.version for one in known] == ["01.00.000", "01.10.000"]
    newest = content.by_uuid(registered, declared.UUIDS[1], as_of=count(registered))
    first_one = content.by_uuid(registered, declared.UUIDS[1], "01.00.000", as_of=count(registered))
    assert (newest, first_one) == (known[1], known[0])
    assert content.by_uuid(registered, declared.UUIDS[1], as_of=known[1].header.seq - 1) == known[0]
    # 01.2 comes before 01.10, and the first one again is what it was.
    with pytest.raises(Conflict, match="declaration-version-older"):
        save(registered, declared.reading(version="01.02.000"))
    last = count(registered)
    save(registered, declared.reading())
    assert count(registered) == last


def test_a_document_is_found_by_every_number_it_goes_under(registered: Session) -> None:
    identifiers = ({"scheme": "openepd", "value": "ec3example"},)
    entered = save(registered, declared.reading(identifiers=identifiers, number="演示–EPD 77 a"))
    last = count(registered)
    assert content.by_number(registered, "演示-EPD77A", as_of=last) == [entered.declaration_id]
    assert content.by_openepd_id(registered, "ec3example", as_of=last) == [entered.declaration_id]
    assert content.by_openepd_id(registered, "ec3example", as_of=last - 2) == []
    assert content.by_uuid(registered, UUID(int=1), as_of=last) is None


WITHOUT_UUID: list[dict[str, Any]] = [
    {"uuid": None, "version": None},
    {"uuid": None, "version": None, "number": None, "identifiers": ({"scheme": "openepd", "value": "ec3x"},)},
]


@pytest.mark.parametrize("fields", WITHOUT_UUID)
def test_a_document_without_uuid_is_known_again_by_its_number(
    registered: Session, fields: dict[str, Any]
) -> None:
    save(registered, declared.reading(**fields))
    last = count(registered)
    save(registered, declared.reading(**fields))
    assert count(registered) == last
    with pytest.raises(Conflict, match="declaration-version-differs"):
        save(registered, declared.reading(**fields, reference_year=2024))


def test_numbers_of_two_makers_may_be_the_same(registered: Session) -> None:
    ours = save(registered, declared.reading(uuid=None, version=None))
    data = save(registered, declared.reading(uuid=None, version=None, reference_year=2020), DATA)
    assert ours.declaration_id != data.declaration_id


@pytest.mark.parametrize("kind", sorted(entering.NO_PRODUCT))
def test_what_is_no_product_is_data_beside_products(registered: Session, kind: Subtype) -> None:
    with pytest.raises(Invalid, match="declaration-not-of-a-product"):
        save(registered, declared.reading(subtype=kind))
    entered = save(registered, declared.reading(subtype=kind), DATA)
    fact = get(registered, DECLARATION, entered.declaration_id, point(registered, TODAY))
    assert fact is not None
    assert (fact.fact.product_ids, fact.fact.data_kind is DataKind.SPECIFIC) == ((), False)


def test_only_who_may_record_for_a_maker_enters_and_replaces(registered: Session) -> None:
    stranger = Actor(ActorRole.MANUFACTURER, "s", key("account", 9), key("organisation", 950))
    for actor in (ANONYMOUS, stranger):
        with pytest.raises(NotAllowed):
            save(registered, declared.reading(), actor=actor)
    with pytest.raises(NotAllowed):
        save(registered, declared.reading(), DATA, actor=OF_MAKER)  # data of nobody is the registry's work
    save(registered, declared.reading())
    foreign = About(maker_id=stranger.organisation_id)
    with pytest.raises(NotAllowed):
        save(registered, declared.reading(version="09.00.000"), foreign, actor=stranger)


@pytest.mark.parametrize(
    ("about", "refusal"),
    [
        (About((key("product", 77),), (), MAKER), "declaration-product-unknown"),
        (About((key("product"),), (), key("organisation", 950)), "declaration-product-of-another"),
        (About((key("product"),), (key("plant", 77),), MAKER), "declaration-plant-not-of-product"),
    ],
)
def test_products_and_plants_must_be_the_makers(registered: Session, about: About, refusal: str) -> None:
    with pytest.raises(Invalid, match=refusal):
        save(registered, declared.reading(), about)


def test_a_withdrawn_declaration_takes_no_new_version(registered: Session) -> None:
    entered = save(registered, declared.reading())
    gone = withdraw(registered, entered.declaration_id, from_day=TODAY, actor=OPERATOR, owner_id=MAKER)
    feed.append(registered, gone, actor="x", now=NOW)
    assert save(registered, declared.reading()).drafts == ()
    with pytest.raises(Conflict, match="declaration-withdrawn"):
        save(registered, declared.reading(version="02.00.000"))


def test_content_joins_a_declaration_that_had_none(registered: Session) -> None:
    before = factories.declaration()
    about = About(OURS.product_ids, OURS.plant_ids, MAKER, declaration_id=before.id)
    entered = save(registered, declared.reading(), about)
    assert (entered.declaration_id, entered.code) == (before.id, before.code)


EMPTY = {"valid_from": None, "published": None, "reference_year": None}
INCOMPLETE: list[tuple[dict[str, Any], str]] = [
    ({"valid_to": None}, "states-no-end"),
    (EMPTY, "states-no-start"),
    ({"indicators": ()}, "states-no-gwp"),
    ({"declared": DeclaredUnit(amount=Decimal(1), unit=None, stated="blorps")}, "unit-unknown"),
    ({"declared": DeclaredUnit(amount=Decimal(0), unit="m3", stated="m3")}, "amount-not-positive"),
    ({"uuid": None, "number": None}, "states-no-number"),
]


@pytest.mark.parametrize(("fields", "fault"), INCOMPLETE)
def test_what_the_record_needs_is_asked_for_all_at_once(
    registered: Session, fields: dict[str, Any], fault: str
) -> None:
    with pytest.raises(Faulty) as refused:
        save(registered, declared.reading(**fields))
    assert [one.key for one in refused.value.faults] == [f"declaration.{fault}"]
    with pytest.raises(Faulty) as both:
        save(registered, declared.reading(**{**fields, "indicators": (), "valid_to": None}))
    assert {f"declaration.{fault}"} <= {one.key for one in both.value.faults}
    assert len(both.value.faults) >= 2


def test_parts_that_contradict_their_sum_are_refused(registered: Session) -> None:
    row = declared.row("GWP-total", declared.values(A1="1", A2="1", A3="1", A1_A3="9"))
    with pytest.raises(Faulty) as refused:
        save(registered, declared.reading(indicators=(row,)))
    (fault,) = refused.value.faults
    assert (fault.where, fault.facts) == (
        "indicators.GWP-total.A1-A3",
        {"code": "GWP-total", "total": "9", "sum": "3"},
    )
    assert say(fault.key, "zh", fault.facts) == "GWP-total：A1–A3 为 9，三个模块之和为 3。"


def test_stages_of_a_footprint_never_become_modules(registered: Session) -> None:
    footprint = Footprint(
        total=Decimal(500), stages=(Stage(words={"zh": "原材料获取"}, amount=Decimal(400)),)
    )
    fields: dict[str, Any] = {"generation": Generation.GBT24067, "indicators": (), "compliance": ()}
    entered = save(registered, declared.reading(**fields, footprint=footprint))
    fact = get(registered, DECLARATION, entered.declaration_id, point(registered, TODAY))
    assert fact is not None
    assert (fact.fact.modules, fact.fact.indicator) == ({}, "carbon-footprint")
    assert fact.fact.standard == "GB/T 24067"


PERSON = Person(role="verifier", name="示例核查员（虚构）", place="/x")


def test_how_it_was_read_is_kept_and_persons_stay_out_of_the_feed(registered: Session) -> None:
    entered = save(registered, declared.reading(persons=(PERSON, PERSON)), actor=OF_MAKER)
    known = content.content_of(registered, entered.declaration_id, point(registered, TODAY))
    assert known is not None
    kept = kept_readings.reading_of(registered, known.header.seq)
    assert kept is not None
    assert (kept.file, kept.source) == (FILE, declared.reading().source)
    assert kept.remarks[:1] == declared.reading().remarks
    assert kept.origins == declared.reading().origins
    assert PERSON.name not in "".join(one.payload for one in feed.every(registered))
    key_ = entered.declaration_id
    assert persons.of_declaration(registered, key_, actor=OF_MAKER) == (PERSON,)
    assert persons.of_declaration(registered, key_, actor=ANONYMOUS) == ()
    assert persons.forget(registered, key_, actor=ANONYMOUS) == 0
    assert persons.forget(registered, key_, actor=OPERATOR) == 1
    assert persons.of_declaration(registered, key_, actor=OF_MAKER) == ()


def test_two_at_the_same_moment_record_one(new_engine: Callable[[], Engine]) -> None:
    """Both read before either is recorded, as on PostgreSQL: the second is refused, not doubled."""
    engine = new_engine()
    with write_session(engine) as session:
        feed.start(session, "demonstration")
        factories.record(session, factories.world())
    with read_session(engine) as session:
        drafts = [enter(session, declared.reading(), OURS, actor=OPERATOR, today=TODAY).drafts] * 2
    with write_session(engine) as session:
        feed.append(session, drafts[0], actor="a", now=NOW)
    with pytest.raises(Conflict, match="fact-changed-meanwhile"), write_session(engine) as session:
        feed.append(session, drafts[1], actor="b", now=NOW)
    with read_session(engine) as session:
        assert len(list(every(session, DECLARATION_CONTENT, point(session, TODAY)))) == 1
