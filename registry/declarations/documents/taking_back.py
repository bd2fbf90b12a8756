"""Taking one version of a declaration back: the version before it counts again, a first one is withdrawn.

Nothing is edited: what counts again is recorded anew, from the day on, under the same key and 登记号.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from registry.access.actors import Actor
from registry.access.permissions import Act, Target, require
from registry.changes.feed import Draft, head
from registry.changes.reading import amendments
from registry.changes.record import Change
from registry.declarations import service
from registry.declarations.documents import kept_readings, persons
from registry.declarations.documents.content import DECLARATION_CONTENT, ContentFact, contents
from registry.declarations.documents.persons import Owner
from registry.declarations.documents.versions import Versions
from registry.declarations.facts import DeclarationState
from registry.declarations.figures.restated import restated
from registry.declarations.service import DECLARATION
from registry.kit.errors import Conflict


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a declaration by its number in the record, 1 the first, and the maker that declares."""

    declaration_id: UUID
    number: int
    owner_id: UUID


def take_back(session: Session, version: Version, *, from_day: date, actor: Actor) -> list[Draft]:
    """Drafts after which what stood before this version counts again; none where it is withdrawn already.

    Conflict where a later version stands: of this one nothing counts then, and the later goes first.
    """
    key = version.declaration_id
    versions = Versions.of(session, key, as_of=head(session).seq)
    now, taken = (versions.stated(one) for one in (len(versions.declarations), version.number))
    if now.fact.state is DeclarationState.WITHDRAWN:
        return []
    if now != taken:
        raise Conflict("declaration-later-version-stands", code=now.fact.code)
    if version.number == 1:
        return service.withdraw(session, key, from_day=from_day, actor=actor, owner_id=version.owner_id)
    require(actor, Act.RECORD_DECLARATION, Target(organisation_id=version.owner_id))
    before = versions.stated(version.number - 1)
    drafts = amendments(session, DECLARATION, key, from_day=from_day, patch=lambda _: before.fact)
    if now.content is not None and now.content != before.content:
        # What had no document says again what its record alone says.
        content = before.content or ContentFact(declaration_id=key, dataset=restated(before.fact))
        drafts += amendments(session, DECLARATION_CONTENT, key, from_day=from_day, patch=lambda _: content)
    return drafts


def settle(session: Session, changes: Sequence[Change], *, actor: Actor) -> None:
    """After such drafts were recorded: the reading stands beside the document again, its persons do not.

    A declaration that names no product again is nobody's here, and so are the persons of its document.
    """
    for change in changes:
        key = change.header.key
        if change.header.kind == DECLARATION_CONTENT.name:
            fact = DECLARATION_CONTENT.known(change).fact
            same = [one for one in contents(session, key, as_of=change.header.seq - 1) if one.fact == fact]
            if same:
                kept_readings.carry(session, same[-1].header.seq, change)
            persons.forget(session, key, actor=actor)
        elif change.header.kind == DECLARATION.name and not DECLARATION.known(change).fact.product_ids:
            persons.hand(session, Owner(key, None), actor=actor)
