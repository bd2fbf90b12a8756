"""Who may open a file of an application: its organisation, the reviewer who has it, the body concerned."""

from dataclasses import replace
from uuid import UUID

from sqlmodel import Session

from registry.access import walls
from registry.access.permissions import Act, allows, require_some
from registry.applications import store
from registry.applications.application import Application
from registry.applications.numbers import LONGEST, parse_number
from registry.applications.store import By
from registry.changes.reading import find_code
from registry.evidence import service as evidence
from registry.evidence.models import EvidenceFileRow
from registry.kit.errors import NotFound
from registry.kit.ids import parse_code
from registry.parties.service import ORGANISATION


def pinned_file(session: Session, number: str, file_id: UUID, *, by: By) -> EvidenceFileRow:
    """The file, while it is pinned to the application; to everybody else neither exists."""
    require_some(by.actor, Act.READ_EVIDENCE)
    walls.stand_for(session, by.actor, asked=parse_number(number) or "")
    application = store.get(session, number, levels=by.levels)
    target = replace(application.target(), issuer_id=_body(session, application))
    if not allows(by.actor, Act.READ_EVIDENCE, target):
        raise NotFound("application-not-found", number=number[:LONGEST])
    if not any(one.file_id == file_id for one in application.pinned):
        raise NotFound("evidence-not-found")
    return evidence.get(session, file_id)


def copied_from_elsewhere(session: Session, application: Application) -> tuple[str, ...]:
    """Paths whose file another organisation has brought too; for reviewers, since it names nobody."""
    mine = {application.case.organisation_id}
    return tuple(
        sorted(
            {one.path for one in application.pinned if evidence.owners_of_content(session, one.sha256) - mine}
        )
    )


def _body(session: Session, application: Application) -> UUID | None:
    code = parse_code(application.typed.get("certificate.body", ""))
    found = find_code(session, code) if code else None
    return found.key if found is not None and found.kind == ORGANISATION.name else None
