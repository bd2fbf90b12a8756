"""The version of the register that an application began from: what changed since must not be overwritten."""

from uuid import UUID

from sqlmodel import Session

from registry.applications.application import Application
from registry.applications.parts import Subject
from registry.changes.feed import head
from registry.changes.reading import find_code, history
from registry.kit.errors import Conflict
from registry.parties.service import ORGANISATION
from registry.products.service import PRODUCT


def version(session: Session, subject: Subject, organisation_id: UUID, *, about: str) -> int:
    """The last version of what this subject changes; 0 where it makes something new."""
    last = head(session).seq
    if subject is Subject.ORGANISATION:
        return len(history(session, ORGANISATION, organisation_id, as_of=last))
    found = find_code(session, about) if subject is Subject.PRODUCT_CHANGE else None
    return len(history(session, PRODUCT, found.key, as_of=last)) if found else 0


def require_unchanged(session: Session, application: Application) -> None:
    """Refuse what was filled in from a version that is no longer the last."""
    about = application.typed.get("about.product", "")
    organisation_id = application.case.organisation_id
    now = version(session, application.subject, organisation_id, about=about)
    if now != application.base_version:
        raise Conflict("application-record-changed")
