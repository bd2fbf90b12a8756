"""Migrated databases for tests: one template per process, a cheap copy per test."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, Engine, create_engine, make_url

from registry.kit import migrate
from registry.kit.db import make_engine, sqlite_engine
from registry.kit.settings import Settings

POSTGRES_VARIABLE = "GREENMAT_TEST_POSTGRES"


def postgres_address() -> URL | None:
    """The PostgreSQL that tests may create databases in; None when none is named."""
    text = os.environ.get(POSTGRES_VARIABLE)
    return make_url(text) if text else None


def sqlite_template(folder: Path) -> Path:
    """A migrated SQLite file to copy from."""
    path = folder / "template.db"
    engine = sqlite_engine(str(path))
    migrate.upgrade(engine)
    engine.dispose()  # the last connection writes the WAL back into the file
    return path


def sqlite_copy(template: Path, folder: Path) -> Settings:
    """Settings of a fresh migrated SQLite database inside a folder."""
    settings = Settings(data_dir=folder / uuid4().hex)
    settings.data_dir.mkdir(parents=True)
    shutil.copyfile(template, settings.sqlite_path)
    return settings


@contextmanager
def postgres_template(server: URL) -> Iterator[str]:
    """A migrated PostgreSQL database to copy from, gone at the end."""
    with postgres_database(server) as settings:
        engine = make_engine(settings)
        migrate.upgrade(engine)
        engine.dispose()
        yield make_url(settings.database_url).database or ""


@contextmanager
def postgres_database(server: URL, *, template: str = "template0") -> Iterator[Settings]:
    """Settings of a new PostgreSQL database, gone at the end."""
    name = f"greenmat_{uuid4().hex}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    try:
        yield Settings(database_url=server.set(database=name).render_as_string(hide_password=False))
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
        return Settings(data_dir=Path(engine.url.database or "").parent)
    return Settings(database_url=engine.url.render_as_string(hide_password=False))


def environment_of(engine: Engine) -> dict[str, str]:
    """The environment in which a child process opens a test's database."""
    settings = settings_of(engine)
    return {
        **os.environ,
        "GREENMAT_DATA_DIR": str(settings.data_dir),
        "GREENMAT_DATABASE_URL": settings.database_url,
    }
