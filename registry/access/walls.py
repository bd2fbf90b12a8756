"""The second wall: on PostgreSQL a transaction sees private rows only of whoever it says it stands for.

The conditions stand in the database (migration 0012) and hold for every statement, also for one that forgets
whose rows it may read. Services say for whom, at the place where they ask the permission table. SQLite has
no such rules and one process in front of it; there the services are the only wall.
"""

from sqlalchemy import Engine, text
from sqlmodel import Session

from registry.access.actors import Actor

_SAY = text(
    "SELECT set_config('greenmat.role', :role, true), set_config('greenmat.organisation', :own, true),"
    " set_config('greenmat.organisations', :every, true), set_config('greenmat.asked', :asked, true)"
)
_BINDS = text("SELECT NOT (rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname = current_user")


class WallMissing(Exception):
    """The database account is one that row-level security does not bind."""


def stand_for(session: Session, actor: Actor, *, asked: str = "") -> None:
    """Until the transaction ends: this actor's rows, in place of whoever it stood for before.

    `asked` is the one number that somebody without an organisation's right named; it opens nothing else.
    """
    own = str(actor.organisation_id) if actor.organisation_id else ""
    every = "{" + ",".join(sorted(map(str, actor.belongs_to))) + "}"
    _say(session, role=str(actor.role), own=own, every=every, asked=asked)


def stand_for_key(session: Session, key_id: str) -> None:
    """Until the transaction ends: the one API key of this id, whose holder is not known yet."""
    _say(session, role="", own="", every="{}", asked=key_id)


def require(engine: Engine) -> None:
    """Refuse a database account that passes through the wall: a superuser's, or one with BYPASSRLS."""
    if engine.dialect.name != "postgresql":
        return
    with engine.connect() as connection:
        if not connection.execute(_BINDS).scalar_one():
            raise WallMissing(
                "The PostgreSQL account is a superuser or has BYPASSRLS: row-level security does not bind "
                "it. Serve the site with an account of its own (docs/how-to/operator.md, PostgreSQL)."
            )


def _say(session: Session, **settings: str) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_SAY, settings)
