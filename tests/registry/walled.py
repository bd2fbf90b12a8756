"""Two organisations with something in every private table, and the services' statements without a WHERE."""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, Row, Select, event
from sqlmodel import Session

from registry.access import walls
from registry.access.actors import Actor, ActorRole
from registry.access.permissions import Act
from registry.accounts import keys
from registry.accounts.keys import Wanted
from registry.applications import documents, reviewing, service
from registry.applications.application import Application
from registry.applications.documents import Document
from registry.applications.models import ApplicationRow, ListedProductRow, ProductListRow
from registry.applications.parts import Subject
from registry.declarations.models import DeclarationPersonRow
from registry.kit import migrate
from registry.kit.db import write_session
from registry.kit.errors import DomainError
from registry.kit.ids import new
from tests import applicants, declared
from tests.applicants import FIRST, MAKER, OTHER_MAKER, by
from tests.registry.accounts import at, member

VERSIONS = Path(migrate.__file__).parents[1] / "migrations" / "versions"


def tables() -> set[str]:
    """The tables that some migration built a wall around."""
    modules = [
        importlib.import_module(f"registry.migrations.versions.{one.name}")
        for one in pkgutil.iter_modules([str(VERSIONS)])
    ]
    return {table for module in modules for table in getattr(module, "WALLS", {})}


def may_see(actor: Actor, row: ApplicationRow, asked: str = "") -> bool:
    """What the wall is for, said once more: one's own, what officers without a part review, what is asked."""
    if row.organisation_id == actor.organisation_id:
        return True
    if actor.role is ActorRole.REGISTRY_OFFICER:
        return row.round > 0 and row.organisation_id not in actor.belongs_to
    return row.number == asked and row.round > 0


def forgetful(session: Session, asks: Iterable[Callable[[], Any]]) -> list[Select[Any]]:
    """What the services ask of the private tables, each statement without its WHERE; nothing of it stays.

    Services that open sessions of their own are heard as well.
    """
    seen: dict[str, Select[Any]] = {}
    private = re.compile(rf"\b({'|'.join(tables())})\b")

    def collect(state: Any) -> None:
        if state.is_select and isinstance(state.statement, Select) and private.search(str(state.statement)):
            seen[str(state.statement)] = state.statement

    event.listen(Session, "do_orm_execute", collect)
    try:
        for ask in asks:
            try:
                ask()
            except DomainError:
                session.expunge_all()
    finally:
        event.remove(Session, "do_orm_execute", collect)
    session.rollback()
    return [_without_where(one) for one in seen.values()]


def _without_where(statement: Select[Any]) -> Select[Any]:
    copy = statement._generate()
    copy._where_criteria = ()
    return copy


def cases(rows: Iterable[Row[Any]], everything: Sequence[ApplicationRow]) -> set[UUID]:
    """The applications that these rows are or belong to."""
    named: dict[object, UUID] = {value: one.id for one in everything for value in (one.id, one.number)}
    keys = {
        value.id
        if isinstance(value, ApplicationRow)
        else getattr(value, "application_id", value if isinstance(value, (str, UUID)) else None)
        for row in rows
        for value in row
    }
    return {named[key] for key in keys if key in named}


def write(engine: Engine) -> None:
    """Two organisations, each with a draft, a case handed in with papers and a remark, a list and a key."""
    with write_session(engine) as session:
        applicants.registered(session)
        for n, actor in enumerate((MAKER, OTHER_MAKER)):
            typed = {**applicants.PRODUCT_TYPED, "product.plants": ""}
            applicants.typed_in(session, typed, actor=actor)
            handed_in = _handed_in(session, actor)
            officer = by(FIRST, handed_in)
            taken = reviewing.take(session, handed_in.number, officer)
            reviewing.remark(session, taken.number, by(FIRST, taken), path="plant", text="请核对")
            _, held = member(session, f"{n}@example.com", organisation_id=UUID(str(actor.organisation_id)))
            manager = Actor(actor.role, "", None, actor.organisation_id, manages=True)
            wanted = Wanted("erp", frozenset({Act.RECORD_SUPPLY}), 30)
            keys.make(session, held, wanted, actor=manager, moment=at())
            _listed(session, actor)
            _named(session, actor)
            _documented(session, actor, handed_in.id)


def _documented(session: Session, actor: Actor, application_id: UUID) -> None:
    """The document that an application was filled from."""
    walls.stand_for(session, actor)
    documents.add(session, application_id, Document(declared.reading(), "x.xml", "d" * 64))


def _named(session: Session, actor: Actor) -> None:
    """A person whom a declaration's document names."""
    walls.stand_for(session, actor)
    row = DeclarationPersonRow(
        id=new(), declaration_id=new(), organisation_id=actor.organisation_id,
        role="verifier", name="示例核查员（虚构）", place="/x",
    )  # fmt: skip
    session.add(row)
    session.flush()


def _listed(session: Session, actor: Actor) -> None:
    """A product list of one row that is not handed in yet."""
    walls.stand_for(session, actor)
    kept = ProductListRow(
        id=new(), organisation_id=UUID(str(actor.organisation_id)), account_id=new(), sha256="a" * 64,
        name="list.csv", rows=1, received_at=applicants.NOW,
    )  # fmt: skip
    session.add(kept)
    session.flush()
    session.add(ListedProductRow(list_id=kept.id, place=1, row=2, typed="{}", identity="b" * 64))
    session.flush()


def _handed_in(session: Session, actor: Actor) -> Application:
    """A plant with a paper: the smallest case that can be handed in."""
    typed = applicants.PLANT_TYPED
    drafted = applicants.typed_in(session, typed, subject=Subject.PLANT, actor=actor)
    pinned = service.pin(session, drafted.number, "plant", applicants.scanned(7), by=by(actor, drafted))
    return service.submit(session, pinned.number, by(actor, pinned))
