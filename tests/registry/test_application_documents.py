"""A carbon declaration applied for with its document: filled from it, held to it, published with it, once."""

from typing import Any

import pytest
from sqlmodel import Session

from registry.access.actors import OPERATOR
from registry.applications import documented, documents, service
from registry.applications.application import Application
from registry.applications.document_doubts import FIELDS, REST
from registry.applications.documents import Document
from registry.applications.fields import Part
from registry.applications.findings import Severity
from registry.applications.states import State
from registry.applications.typed import field_at, of_part
from registry.changes import feed
from registry.changes.reading import get, point
from registry.declarations.dataset import Subtype
from registry.declarations.documents import kept_readings, persons
from registry.declarations.documents.content import content_of
from registry.declarations.documents.entering import About, enter
from registry.declarations.documents.kept_readings import File, Saving
from registry.declarations.formats.reading import Person, Reading
from registry.declarations.service import DECLARATION
from registry.kit.errors import Conflict, Faulty, Invalid, NotAllowed
from tests import applicants, declared, factories
from tests.applicants import BODY_OFFICER, MAKER, NOW, OTHER_MAKER, TODAY, VERIFIER, by
from tests.factories import code
from tests.frontend.declaration_site import footprint

PRODUCT = factories.product().code
PERSON = Person(role="verifier", name="示例核查员（虚构）", place="/x")


@pytest.fixture(autouse=True)
def _register(session: Session) -> None:
    applicants.registered(session)


def document(reading: Reading | None = None, **fields: Any) -> Document:
    return Document(reading or declared.reading(persons=(PERSON,), **fields), "示例.xml", "c" * 64)


def begun(session: Session, given: Document | None = None) -> Application:
    """A draft from a document, with what only the maker can say: the verifier's number, and a paper."""
    application = documented.start(session, given or document(), PRODUCT, by(MAKER))
    return said(session, application)


def said(session: Session, application: Application, **more: str) -> Application:
    texts = {
        **of_part(application.typed, Part.CARBON),
        "carbon.verifier": code("O", "organisation", VERIFIER),
    }
    texts |= {f"carbon.{name}": text for name, text in more.items()}
    number = application.number
    saved = service.save_part(session, number, Part.CARBON, texts, by=by(MAKER, application))
    return service.pin(session, number, Part.CARBON, applicants.scanned(), by=by(MAKER, saved))


def test_the_form_is_filled_and_the_document_is_published_with_its_declaration(session: Session) -> None:
    draft = begun(session)
    assert draft.typed["carbon.modules.A1-A3"] == "243.5"
    assert draft.typed["carbon.number"] == "演示-EPD-9001"
    assert "carbon.modules.B1" not in draft.typed, "not declared is blank"
    assert PERSON.name not in "".join(one.payload for one in feed.every(session))
    before = feed.head(session).seq
    handed_in = service.submit(session, draft.number, by(MAKER, draft))
    assert feed.head(session).seq == before, "nothing is public before it is published"
    application = applicants.published(session, handed_in)
    assert application.state is State.PUBLISHED
    at, key = point(session, TODAY), application.given().key(Part.CARBON)
    declaration, content = get(session, DECLARATION, key, at), content_of(session, key, at)
    assert declaration is not None
    assert content is not None
    assert content.fact.dataset == declared.dataset()
    assert [one.code for one in application.published] == [declaration.fact.code]
    kept = kept_readings.reading_of(session, content.header.seq)
    assert kept is not None
    assert (kept.file.name, kept.file.read_by) == ("示例.xml", "person")
    assert persons.of_declaration(session, key, actor=MAKER) == (PERSON,)
    assert persons.of_declaration(session, key, actor=OTHER_MAKER) == ()


def test_the_documents_doubts_are_hints_at_their_fields_and_the_product_gives_the_kind(
    session: Session,
) -> None:
    heavy = declared.values(A1_A3="1880000", A4="8.25", B1="MND", C1="0", C4="0.9", D="-6.125")
    table = (declared.row("GWP-total", heavy),)
    draft = begun(session, document(declared.reading(indicators=table)))
    found = service.findings(session, draft, today=TODAY).findings
    hints = {(one.path, one.key) for one in found if one.severity is Severity.WARNING}
    assert ("carbon.modules.A1-A3", "preflight.slip-thousand-too-much.says") in hints
    assert service.submit(session, draft.number, by(MAKER, draft)).state is State.SUBMITTED
    light = service.findings(session, begun(session, document(declared.reading(2))), today=TODAY).findings
    assert "preflight.slip-thousand-too-much.says" not in {one.key for one in light}


def test_the_table_of_another_declaration_is_a_hint_to_both_sides(session: Session) -> None:
    applicants.published(session, service.submit(session, (one := begun(session)).number, by(MAKER, one)))
    found = service.findings(session, begun(session, document(declared.reading(2))), today=TODAY).findings
    copied = [one for one in found if one.key == "preflight.table-copied.says"]
    assert [one.path for one in copied] == ["carbon.modules.A1-A3"]
    assert "演示-EPD-9001" in copied[0].facts["known"]


@pytest.mark.parametrize("path", [REST, *FIELDS.values()])
def test_every_place_of_a_hint_is_a_field_of_the_form(path: str) -> None:
    assert field_at(path) is not None


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("modules.A1-A3", "200"),
        ("modules.A4", ""),
        ("number", "演示-EPD-1"),
        ("valid_to", "2027"),
        ("declared_amount", "2"),
    ],
)
def test_figures_must_stay_as_in_the_document(session: Session, field: str, text: str) -> None:
    draft = said(session, begun(session), **{field: text})
    with pytest.raises(Faulty) as refused:
        service.submit(session, draft.number, by(MAKER, draft))
    (fault,) = [one for one in refused.value.faults if one.key == "application.check.document-differs"]
    assert fault.where == f"carbon.{field}"


def test_words_may_be_put_better_than_in_the_document(session: Session) -> None:
    draft = said(session, begun(session), pcr="示例规则第二版（虚构）")
    assert service.submit(session, draft.number, by(MAKER, draft)).state is State.SUBMITTED


def test_stages_of_their_own_need_no_modules(session: Session) -> None:
    draft = begun(session, document(footprint()))
    application = applicants.published(session, service.submit(session, draft.number, by(MAKER, draft)))
    content = content_of(session, application.given().key(Part.CARBON), point(session, TODAY))
    assert content is not None
    assert content.fact.dataset.footprint is not None


def test_the_same_document_for_the_same_product_is_one_draft(session: Session) -> None:
    first = documented.start(session, document(), PRODUCT, by(MAKER))
    assert documented.start(session, document(), PRODUCT, by(MAKER)).number == first.number
    other = documented.start(session, document(declared.reading(2)), PRODUCT, by(MAKER))
    assert other.number != first.number


def test_a_document_that_is_on_record_is_not_published_again(session: Session) -> None:
    about = About((factories.product().id,), (), factories.organisation().id)
    entered = enter(session, declared.reading(), about, actor=OPERATOR, today=TODAY)
    saving = Saving(OPERATOR, NOW)
    draft = begun(session)
    kept_readings.save(session, declared.reading(), entered, File("x", "d" * 64, "machine"), saving)
    with pytest.raises(Conflict, match="declaration-on-record"):
        documented.start(session, document(), PRODUCT, by(MAKER))
    with pytest.raises(Faulty) as refused:
        service.submit(session, draft.number, by(MAKER, draft))
    keys = {one.key for one in refused.value.faults}
    assert keys == {"application.check.already-recorded"}  # by its number, before anybody looks at the UUID
    renamed = said(session, draft, number="演示-EPD-X")
    with pytest.raises(Faulty) as again:
        service.submit(session, renamed.number, by(MAKER, renamed))
    assert "application.check.document-on-record" in {one.key for one in again.value.faults}


def test_only_a_maker_begins_and_only_with_a_document_of_a_product_of_its_own(session: Session) -> None:
    for kind in (Subtype.GENERIC, Subtype.AVERAGE):
        with pytest.raises(Invalid, match="declaration-not-of-a-product"):
            documented.start(session, document(subtype=kind), PRODUCT, by(MAKER))
    with pytest.raises(Faulty):
        documented.start(session, document(valid_to=None), PRODUCT, by(MAKER))
    for actor in (OTHER_MAKER, BODY_OFFICER):
        with pytest.raises(NotAllowed):
            documented.start(session, document(), PRODUCT, by(actor))
    assert documents.of_application(session, factories.key("nobody")) is None
