"""What was harvested is entered like every other document: by the operator, as data of no maker here."""

from uuid import UUID

from sqlmodel import Session

from registry.access.actors import OPERATOR
from registry.declarations.documents import kept_readings
from registry.declarations.documents.entering import About, enter
from registry.declarations.documents.kept_readings import File, Saving
from registry.declarations.formats.reading import Reading
from registry.declarations.harvest.taking import Fetched
from registry.kit.clock import civil_day


def keep(session: Session, reading: Reading, fetched: Fetched) -> UUID:
    """Enter one reading with its source and its terms; the id of its declaration."""
    about = About(source_sha256=fetched.sha256)
    entered = enter(session, reading, about, actor=OPERATOR, today=civil_day(fetched.at))
    file = File(fetched.file_name, fetched.sha256, "machine", fetched.url, fetched.licence or None)
    kept_readings.save(session, reading, entered, file, Saving(OPERATOR, fetched.at))
    return entered.declaration_id
