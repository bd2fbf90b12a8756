"""Two organisations with something in every private table, as the services write it."""

from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from registry.access import walls
from registry.access.actors import Actor
from registry.access.permissions import Act
from registry.accounts import keys
from registry.accounts.keys import Wanted
from registry.applications import reviewing, service
from registry.applications.application import Application
from registry.applications.models import ListedProductRow, ProductListRow
from registry.applications.parts import Subject
from registry.kit.db import write_session
from registry.kit.ids import new
from tests import applicants
from tests.applicants import FIRST, MAKER, OTHER_MAKER, by
from tests.registry.accounts import at, member


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
