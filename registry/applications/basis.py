"""The version of the register that an application began from: what changed since must not be overwritten."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from registry.applications.application import Application
from registry.applications.parts import Subject
from registry.changes.feed import head
from registry.changes.reading import find_code, history
from registry.declarations.service import DECLARATION
from registry.kit.errors import Conflict
from registry.parties.service import ORGANISATION
from registry.products.service import PRODUCT


@dataclass(frozen=True, slots=True)
class Base:
    """What an application changes: its subject, whose it is, the product and the declaration it names."""

    subject: Subject
    organisation_id: UUID
    about: str
    follows_id: UUID | None = None


def version(session: Session, base: Base) -> int:
    """The last version of what an application changes; 0 where it makes something new."""
    last = head(session).seq
    if base.follows_id is not None:
        return len(history(session, DECLARATION, base.follows_id, as_of=last))
    if base.subject is Subject.ORGANISATION:
        return len(history(session, ORGANISATION, base.organisation_id, as_of=last))
    found = find_code(session, base.about) if base.subject is Subject.PRODUCT_CHANGE else None
    return len(history(session, PRODUCT, found.key, as_of=last)) if found else 0


def require_unchanged(session: Session, application: Application) -> None:
    """Refuse what was filled in from a version that is no longer the last."""
    about = application.typed.get("about.product", "")
    owner = application.case.organisation_id
    base = Base(application.subject, owner, about, application.follows_id)
    if version(session, base) != application.base_version:
        raise Conflict("application-record-changed")
