"""Whether a database stands at the newest revision: asked at every start, without the migration library.

That library and what it draws in are a sixth of the time the site needs to start, and a start that
finds nothing to migrate is the usual one.
"""

from importlib import resources

from sqlalchemy import Engine, inspect, text

_MAY_CREATE = text("SELECT has_schema_privilege(current_user, current_schema(), 'CREATE')")
VERSIONS = resources.files("registry") / "migrations" / "versions"


class OwnerNeeded(Exception):
    """The database is to be migrated first, by the account that owns its tables."""


def newest() -> str:
    """The last revision this code ships; its number begins the name of its file."""
    return max(file.name.partition("_")[0] for file in VERSIONS.iterdir() if file.name[:1].isdigit())


def stands_at(engine: Engine) -> str | None:
    """The revision of a database; None for one without tables."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found


def bring_up(engine: Engine) -> None:
    """Migrate a database that does not stand at the newest revision, if its tables are ours to change."""
    if (found := stands_at(engine)) != newest():
        if not _may_change_tables(engine):
            raise OwnerNeeded(
                f"The database stands at {found}, this version needs {newest()}. Run `greenmat migrate` with "
                "the address of the account that owns the tables (docs/how-to/operator.md, PostgreSQL)."
            )
        from registry.kit import migrate  # noqa: PLC0415  the library is loaded where there is work for it

        migrate.upgrade(engine)


def _may_change_tables(engine: Engine) -> bool:
    if engine.dialect.name != "postgresql":
        return True
    with engine.connect() as connection:
        return bool(connection.execute(_MAY_CREATE).scalar_one())
