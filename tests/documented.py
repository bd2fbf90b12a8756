"""Applications begun from documents with invented figures, and documents entered without one."""

from typing import Any
from uuid import UUID

from sqlmodel import Session

from registry.access.actors import OPERATOR
from registry.applications import documented, service
from registry.applications.application import Application
from registry.applications.documents import Document
from registry.applications.fields import Part
from registry.applications.typed import of_part
from registry.declarations.documents import kept_readings
from registry.declarations.documents.entering import About, enter
from registry.declarations.documents.kept_readings import File, Saving
from registry.declarations.formats.reading import Person, Reading
from tests import applicants, declared, factories
from tests.applicants import MAKER, NOW, TODAY, VERIFIER, by
from tests.factories import code

PRODUCT = factories.product().code
NEWER: dict[str, Any] = {"version": "01.01.000", "reference_year": 2026}


def begun(session: Session, n: int = 1, *, persons: tuple[Person, ...] = (), **fields: Any) -> Application:
    """A draft from a document, with the verifier's number and a paper."""
    reading = declared.reading(n, persons=persons, **fields)
    given = Document(reading, "示例.xml", f"{len(str(fields)):064d}")
    application = documented.start(session, given, PRODUCT, by(MAKER))
    texts = {
        **of_part(application.typed, Part.CARBON),
        "carbon.verifier": code("O", "organisation", VERIFIER),
    }
    saved = service.save_part(session, application.number, Part.CARBON, texts, by=by(MAKER, application))
    return service.pin(session, application.number, Part.CARBON, applicants.scanned(), by=by(MAKER, saved))


def handed_in(session: Session, draft: Application) -> Application:
    return service.submit(session, draft.number, by(MAKER, draft))


def entered(session: Session, reading: Reading, about: About) -> UUID:
    """Entered by the operator; the declaration's id."""
    made = enter(session, reading, about, actor=OPERATOR, today=TODAY)
    saving = Saving(OPERATOR, NOW, about.maker_id)
    kept_readings.save(session, reading, made, File("x", "d" * 64, "machine"), saving)
    return made.declaration_id
