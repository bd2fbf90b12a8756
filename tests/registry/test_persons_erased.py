"""Persons named in files are erased wherever they are kept, by the operator alone; nothing public changes."""

import json
from uuid import UUID

import pytest
from sqlmodel import Session, select

from registry.access.actors import ANONYMOUS, OPERATOR, Actor
from registry.applications import documented, erasing
from registry.applications.documents import Document, of_application
from registry.applications.erasing import Found, Kept, Wanted
from registry.changes import feed
from registry.declarations.documents import kept_readings, persons, uploads
from registry.declarations.documents.entering import About, enter
from registry.declarations.documents.kept_readings import File, Saving
from registry.declarations.documents.uploads import Looked
from registry.declarations.formats.reading import Person, Reading
from registry.declarations.models import DeclarationCheckRow, PersonErasureRow
from registry.kit.errors import Invalid, NotAllowed
from tests import applicants, declared, factories
from tests.applicants import FIRST, MAKER, NOW, TODAY, by

ASKING = Person(role="verifier", name="示例核查员甲（虚构）", place="/a")
OTHER = Person(role="data-entry", name="示例录入员乙（虚构）", place="/b")
SHA = "a" * 64


def reading(n: int) -> Reading:
    return declared.reading(n, persons=(ASKING, OTHER))


def entered(session: Session, n: int) -> UUID:
    about = About((factories.product().id,), (), factories.organisation().id)
    made = enter(session, reading(n), about, actor=OPERATOR, today=TODAY)
    saving = Saving(OPERATOR, NOW, about.maker_id)
    kept_readings.save(session, reading(n), made, File("x", SHA, "machine"), saving)
    return made.declaration_id


@pytest.fixture
def key(session: Session) -> UUID:
    """One recorded, one in a maker's draft, one file only looked at: each names the same two people."""
    applicants.registered(session)
    first = entered(session, 1)
    product = factories.product().code
    documented.start(session, Document(reading(2), "示例.xml", "b" * 64), product, by(MAKER))
    uploads.create(session, Looked("示例.xml", SHA, (reading(3), reading(4))), now=NOW, days=30)
    return first


def named(found: list[Found]) -> list[tuple[Kept, str]]:
    return [(one.kept, one.name) for one in found]


def test_a_name_is_found_everywhere_and_only_that_name_goes(session: Session, key: UUID) -> None:
    wanted = Wanted(name=f"　{ASKING.name} ")
    mentions = [(Kept.DECLARATION, ASKING.name), (Kept.APPLICATION, ASKING.name)]
    mentions += [(Kept.UPLOAD, ASKING.name)] * 2
    assert named(erasing.find(session, wanted, actor=OPERATOR)) == mentions
    assert named(erasing.find(session, wanted, actor=OPERATOR)) == mentions, "looking changes nothing"
    before = [one.payload for one in feed.every(session)]
    done = erasing.erase(session, wanted, reason="2026-17 号申请", actor=OPERATOR, now=NOW)
    assert named(done) == mentions
    assert erasing.find(session, wanted, actor=OPERATOR) == []
    assert persons.of_declaration(session, key, actor=OPERATOR) == (OTHER,)
    assert len(erasing.find(session, Wanted(name=OTHER.name), actor=OPERATOR)) == 4
    assert [one.payload for one in feed.every(session)] == before
    assert feed.verify(feed.every(session)) == len(before)


def test_what_else_was_read_of_a_file_stays(session: Session, key: UUID) -> None:
    erasing.erase(session, Wanted(key), reason="x", actor=OPERATOR, now=NOW)
    (row,) = session.exec(select(DeclarationCheckRow)).all()
    packed = json.loads(row.readings)
    assert [one["persons"] for one in packed] == [[], []]
    assert packed[0]["dataset"]["number"] == "演示-EPD-9003"


def test_everybody_of_a_declarations_files_goes_and_nobody_elses(session: Session, key: UUID) -> None:
    done = erasing.erase(session, Wanted(key), reason="x", actor=OPERATOR, now=NOW)
    # The upload is the same file; the draft was begun from another one.
    assert [one.kept for one in done] == [Kept.DECLARATION] * 2 + [Kept.UPLOAD] * 4
    left = erasing.find(session, Wanted(name=ASKING.name), actor=OPERATOR)
    assert named(left) == [(Kept.APPLICATION, ASKING.name)]


def test_name_and_declaration_together_narrow(session: Session, key: UUID) -> None:
    found = erasing.find(session, Wanted(key, OTHER.name), actor=OPERATOR)
    assert {one.name for one in found} == {OTHER.name}


def test_the_act_is_noted_without_names(session: Session, key: UUID) -> None:
    erasing.erase(session, Wanted(key, ASKING.name), reason=" 2026-17 号申请 ", actor=OPERATOR, now=NOW)
    (noted,) = erasing.erasures(session)
    assert (noted.at, noted.actor, noted.reason, noted.declaration_id) == (
        NOW,
        str(OPERATOR),
        "2026-17 号申请",
        key,
    )
    assert (noted.declarations, noted.applications, noted.uploads) == (1, 0, 2)
    assert ASKING.name not in str(noted.model_dump())
    assert erasing.erase(session, Wanted(key, ASKING.name), reason="x", actor=OPERATOR, now=NOW) == []
    assert len(session.exec(select(PersonErasureRow)).all()) == 1, "where nobody is found nothing is noted"


@pytest.mark.parametrize("actor", [ANONYMOUS, MAKER, FIRST])
def test_nobody_but_the_operator_erases_or_looks(session: Session, key: UUID, actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        erasing.find(session, Wanted(key), actor=actor)
    with pytest.raises(NotAllowed):
        erasing.erase(session, Wanted(key), reason="x", actor=actor, now=NOW)
    assert len(persons.of_declaration(session, key, actor=OPERATOR)) == 2


def test_a_reason_and_somebody_are_needed(session: Session, key: UUID) -> None:
    with pytest.raises(Invalid, match="persons-nobody-named"):
        erasing.find(session, Wanted(name=" "), actor=OPERATOR)
    with pytest.raises(Invalid, match="persons-reason-missing"):
        erasing.erase(session, Wanted(key), reason=" ", actor=OPERATOR, now=NOW)


def test_a_draft_whose_persons_went_keeps_its_document(session: Session, key: UUID) -> None:
    assert key
    begun = documented.start(
        session, Document(reading(2), "示例.xml", "b" * 64), factories.product().code, by(MAKER)
    )
    erasing.erase(session, Wanted(name=ASKING.name), reason="x", actor=OPERATOR, now=NOW)
    erasing.erase(session, Wanted(name=OTHER.name), reason="x", actor=OPERATOR, now=NOW)
    kept = of_application(session, begun.id)
    assert kept is not None
    assert (kept.reading.persons, kept.reading.dataset) == ((), reading(2).dataset)
