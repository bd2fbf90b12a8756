"""Natural persons whom declarations' files name: kept apart from the feed, behind a wall, and erasable."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update
from sqlmodel import Session, col

from registry.access import walls
from registry.access.actors import Actor, ActorRole
from registry.declarations.formats.reading import Person
from registry.declarations.models import DeclarationPersonRow
from registry.kit.ids import new

_LENGTHS = (80, 400, 2000)
# Besides the organisation whose declaration it is.
_OFFICE = frozenset({ActorRole.LOADER, ActorRole.OPERATOR, ActorRole.REGISTRY_OFFICER})


@dataclass(frozen=True, slots=True)
class Owner:
    """A declaration, and the organisation whose it is; None where it is data of nobody here."""

    declaration_id: UUID
    organisation_id: UUID | None


def fitting(text: str | None, longest: int) -> str | None:
    """As a column can hold it: no character that is not printed, and cut to its length from the front."""
    if text is None:
        return None
    return "".join(one for one in text if one.isprintable())[-longest:] or None


def keep(session: Session, owner: Owner, named: Sequence[Person], *, actor: Actor) -> None:
    """The newest document's persons take the place of the earlier ones."""
    forget(session, owner.declaration_id, actor=actor)
    for one in dict.fromkeys((one.role, one.name, one.place) for one in named):
        role, name, place = (
            fitting(text, longest) or "–" for text, longest in zip(one, _LENGTHS, strict=True)
        )
        session.add(
            DeclarationPersonRow(
                id=new(),
                declaration_id=owner.declaration_id,
                organisation_id=owner.organisation_id,
                role=role,
                name=name,
                place=place,
            )
        )


def of_declaration(session: Session, declaration_id: UUID, *, actor: Actor) -> tuple[Person, ...]:
    """The persons a declaration's document names, for its owner and the registry; nobody else finds any."""
    walls.stand_for(session, actor)
    asked = select(DeclarationPersonRow).where(*_of(declaration_id, actor))
    rows = session.scalars(asked.order_by(col(DeclarationPersonRow.id)))
    return tuple(Person(role=row.role, name=row.name, place=row.place) for row in rows)


def forget(session: Session, declaration_id: UUID, *, actor: Actor) -> int:
    """Forget the persons of a declaration; how many there were."""
    walls.stand_for(session, actor)
    done = session.execute(delete(DeclarationPersonRow).where(*_of(declaration_id, actor)))
    return int(done.rowcount)  # type: ignore[attr-defined]


def hand(session: Session, owner: Owner, *, actor: Actor) -> None:
    """The persons of a declaration are from now on another's to see and to erase, or nobody's here."""
    walls.stand_for(session, actor)
    session.execute(
        update(DeclarationPersonRow)
        .where(*_of(owner.declaration_id, actor))
        .values(organisation_id=owner.organisation_id)
    )


def _of(declaration_id: UUID, actor: Actor) -> Iterator[ColumnElement[bool]]:
    yield col(DeclarationPersonRow.declaration_id) == declaration_id
    if actor.role not in _OFFICE:
        yield col(DeclarationPersonRow.organisation_id) == actor.organisation_id
