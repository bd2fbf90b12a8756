"""The one place where tests get a database: SQLite, or the PostgreSQL that the environment names."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, Engine, NullPool, create_engine, make_url

from registry.kit import migrate
from registry.kit.db import make_engine, open_engine
from registry.kit.settings import Settings

POSTGRES_VARIABLE = "GREENMAT_TEST_POSTGRES"
# What the site acts as, without rights of its own: row-level security binds it, and the tables are not its.
SITE_ROLE = "greenmat_test_site"
# Sorted as Chinese readers sort, so that nothing passes which leans on the order of bytes that SQLite has.
EMPTY = "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'zh'"


def server() -> URL | None:
    """The PostgreSQL that this run creates its databases in; None when it runs on SQLite."""
    named = os.environ.get(POSTGRES_VARIABLE)
    return make_url(named) if named else None


@contextmanager
def migrated(folder: Path) -> Iterator[Engine]:
    """An empty database of this version's tables, to copy from."""
    with _created(folder, like=EMPTY) as settings, open_engine(settings) as engine:
        with owners(engine) as owner:
            _let_the_site_in(owner)
            migrate.upgrade(owner)
        yield engine


@contextmanager
def owners(engine: Engine) -> Iterator[Engine]:
    """An engine on the same database as the tables' owner, who migrates them."""
    if engine.dialect.name == "sqlite":
        yield engine
        return
    owner = create_engine(engine.url.difference_update_query(["options"]))
    try:
        yield owner
    finally:
        owner.dispose()


def _let_the_site_in(owner: Engine) -> None:
    """The role for everything but changes of tables, as docs/how-to/operator.md has it."""
    if (address := server()) is None:
        return
    # Roles belong to the server, advisory locks to one database: the role is made in the one all share.
    shared = create_engine(address, poolclass=NullPool)
    with shared.begin() as connection:
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7305615)")
        known = connection.exec_driver_sql(f"SELECT 1 FROM pg_roles WHERE rolname = '{SITE_ROLE}'").first()
        if known is None:
            connection.exec_driver_sql(f"CREATE ROLE {SITE_ROLE}")
    with owner.begin() as connection:
        connection.exec_driver_sql(
            f"ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {SITE_ROLE}"
        )


@contextmanager
def copy_of(engine: Engine, folder: Path) -> Iterator[Settings]:
    """Settings of a copy with a data folder of its own inside the one given; nobody may be writing."""
    engine.dispose()  # PostgreSQL copies no database in use, and SQLite's last connection empties the WAL
    with _created(folder, like=f'TEMPLATE "{engine.url.database}"') as settings:
        if not settings.database_url:
            shutil.copyfile(str(engine.url.database), settings.sqlite_path)
        yield settings


@contextmanager
def copied(engine: Engine, folder: Path) -> Iterator[Engine]:
    """An engine on a copy."""
    with copy_of(engine, folder) as settings, open_engine(settings) as copy:
        yield copy


@contextmanager
def _created(folder: Path, *, like: str) -> Iterator[Settings]:
    """Settings of a database that is gone at the end; SQLite makes its file by itself."""
    data_dir = folder / uuid4().hex
    data_dir.mkdir(parents=True)
    if (address := server()) is None:
        yield Settings(data_dir=data_dir, database_url="")
        return
    name = f"greenmat_{data_dir.name}"
    admin = create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}" {like} STRATEGY FILE_COPY')
    try:
        url = address.set(database=name).update_query_dict({"options": f"-c role={SITE_ROLE}"})
        yield Settings(data_dir=data_dir, database_url=url.render_as_string(hide_password=False))
    finally:
        with admin.connect() as connection:
            connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
        admin.dispose()


def second_engine(engine: Engine) -> Engine:
    """Another engine on the same database, as another process would have."""
    return make_engine(settings_of(engine))


def settings_of(engine: Engine) -> Settings:
    """The settings that lead to a test's database."""
    if engine.dialect.name == "sqlite":
        return Settings(data_dir=Path(engine.url.database or "").parent, database_url="")
    return Settings(database_url=engine.url.render_as_string(hide_password=False))


def environment_of(settings: Settings) -> dict[str, str]:
    """The environment in which a child process opens a test's database."""
    return {
        **os.environ,
        "GREENMAT_DATA_DIR": str(settings.data_dir),
        "GREENMAT_DATABASE_URL": settings.database_url,
    }
