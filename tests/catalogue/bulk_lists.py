"""Product lists as their maker brings them: received, checked, handed in."""

from sqlmodel import Session

from catalogue.bulk import service
from catalogue.bulk.progress import Progress
from catalogue.bulk.service import Named
from catalogue.bulk.taking import LIMITS, TakenFile, taken
from registry.evidence.files import digest
from registry.kit.sheets import read
from tests.applicants import MAKER, by
from tests.product_files import KINDS


def file_of(data: bytes, name: str = "清单.csv") -> tuple[TakenFile, Named]:
    return taken(read(data, name, LIMITS), KINDS), Named(name, digest(data))


def received(session: Session, data: bytes, name: str = "清单.csv") -> Progress:
    return service.receive(session, *file_of(data, name), by(MAKER))


def checked(session: Session, data: bytes) -> Progress:
    known = received(session, data)
    while known.kept.checked < known.kept.rows:
        known = service.check_some(session, known.kept.id, by(MAKER), most=3)
    return known


def committed(session: Session, data: bytes) -> Progress:
    known = checked(session, data)
    return service.commit(session, known.kept.id, by(MAKER), rows=known.sound)
