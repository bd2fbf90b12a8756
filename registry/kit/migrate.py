"""Bringing a database to the tables this code expects, and back; the revisions ship inside the package."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlmodel import SQLModel

# Two starting processes must not both create tables; SQLite's BEGIN IMMEDIATE does the same there.
_ADVISORY_LOCK = 7_305_614


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Apply every missing revision in one transaction; nothing happens when there is none."""
    with _migrating(engine) as config:
        command.upgrade(config, revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Undo revisions down to one; `base` leaves no table of ours."""
    with _migrating(engine) as config:
        command.downgrade(config, revision)


def current(engine: Engine) -> str | None:
    """The revision a database stands at; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The last revision this code ships."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def drift(engine: Engine) -> list[str]:
    """What differs between a database and the imported tables, in words; empty when nothing does."""
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        return [str(difference) for difference in compare_metadata(context, SQLModel.metadata)]


def write_revision(engine: Engine, message: str) -> None:
    """For developers: write the next revision from what differs; read it before it is committed."""
    with _migrating(engine) as config:
        command.revision(config, message, autogenerate=True, rev_id=_next_number())


def _next_number() -> str:
    return f"{int(newest() or 0) + 1:04d}"


def _config() -> Config:
    config = Config()
    folder = str(resources.files("registry") / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))
    return config


@contextmanager
def _migrating(engine: Engine) -> Iterator[Config]:
    config = _config()
    with engine.execution_options(greenmat_writes=True).begin() as connection:
        _wait_for_turn(connection)
        config.attributes["connection"] = connection
        yield config


def _wait_for_turn(connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        return
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    # A migration that waits for readers makes every later reader wait behind it.
    connection.execute(text("SET LOCAL lock_timeout = '10s'"))
    connection.execute(text("SET LOCAL statement_timeout = '10min'"))
