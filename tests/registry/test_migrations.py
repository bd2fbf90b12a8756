"""Migrations: up, down, up again, and no difference from the tables the code imports."""

import importlib
import pkgutil
import threading
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel

import catalogue
import registry
from registry.kit import migrate, revision
from tests import databases


@pytest.fixture
def every_table() -> None:
    """Import every module that holds tables, whichever layer it is in."""
    for package in (registry, catalogue):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.endswith(".models"):
                importlib.import_module(module.name)


@pytest.fixture
def engine(new_engine: Callable[[], Engine]) -> Iterator[Engine]:
    """A migrated database as its owner sees it: the site's own account changes no table."""
    with databases.owners(new_engine()) as owner:
        yield owner


@pytest.fixture
def empty(engine: Engine) -> Engine:
    migrate.downgrade(engine)
    return engine


def test_a_migrated_database_has_exactly_the_tables_of_the_code(every_table: None, engine: Engine) -> None:
    assert migrate.drift(engine) == []
    assert set(inspect(engine).get_table_names()) == {*SQLModel.metadata.tables, "alembic_version"}


def test_a_missing_index_is_found_as_drift(every_table: None, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DROP INDEX ix_changes_line"))
    assert any("ix_changes_line" in difference for difference in migrate.drift(engine))


def test_up_down_up_ends_where_it_began(every_table: None, empty: Engine) -> None:
    assert inspect(empty).get_table_names() == ["alembic_version"]
    assert migrate.current(empty) is None
    migrate.upgrade(empty)
    assert migrate.current(empty) == migrate.newest()
    assert migrate.drift(empty) == []
    migrate.downgrade(empty)
    assert inspect(empty).get_table_names() == ["alembic_version"]
    migrate.upgrade(empty)
    assert migrate.drift(empty) == []


def test_upgrading_twice_changes_nothing(every_table: None, engine: Engine) -> None:
    migrate.upgrade(engine)
    assert migrate.current(engine) == migrate.newest()
    assert migrate.drift(engine) == []


def test_a_start_brings_a_database_up_however_old_it_is(every_table: None, empty: Engine) -> None:
    assert revision.newest() == migrate.newest()
    assert revision.stands_at(empty) is None
    revision.bring_up(empty)
    assert revision.stands_at(empty) == migrate.current(empty) == migrate.newest()
    migrate.downgrade(empty, "0001")
    assert revision.stands_at(empty) == "0001"
    revision.bring_up(empty)
    assert migrate.drift(empty) == []


def test_a_start_that_finds_nothing_to_migrate_migrates_nothing(
    every_table: None, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Engine) -> None:
        raise AssertionError("there is nothing to migrate")

    monkeypatch.setattr(migrate, "upgrade", refused)
    revision.bring_up(engine)


def test_two_starting_processes_migrate_once(every_table: None, empty: Engine) -> None:
    failures: list[BaseException] = []

    def start() -> None:
        engine = databases.second_engine(empty)
        try:
            migrate.upgrade(engine)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test reports it
            failures.append(error)
        finally:
            engine.dispose()

    starting = [threading.Thread(target=start) for _ in range(4)]
    for thread in starting:
        thread.start()
    for thread in starting:
        thread.join(30)
    assert failures == []
    assert migrate.drift(empty) == []
