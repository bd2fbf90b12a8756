"""`greenmat harvest` as an operator runs it: rehearsed, done, done again, and refused with a reason."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from frontend.cli import app
from registry.changes import feed
from registry.kit.db import open_engine, read_session
from registry.kit.settings import Settings
from tests import databases
from tests.contracts import node

COUNT = 12
Command = Callable[..., Result]


@pytest.fixture(scope="module")
def address(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("command")
    with databases.copy_of(empty_database, folder) as settings, node.running(settings, COUNT) as found:
        yield found


@pytest.fixture
def settings(new_database: Callable[[], Settings]) -> Settings:
    return new_database()


@pytest.fixture
def command(settings: Settings) -> Command:
    def run(*arguments: str, inside: str = "true") -> Result:
        harvest = {"GREENMAT_HARVEST_PER_SECOND": "0", "GREENMAT_HARVEST_INSIDE": inside}
        return CliRunner().invoke(
            app, ["harvest", *arguments], env=databases.environment_of(settings) | harvest
        )

    return run


def head(settings: Settings) -> int:
    with open_engine(settings) as engine, read_session(engine) as session:
        return feed.head(session).seq


def test_a_harvest_is_rehearsed_done_and_done_again(
    address: str, settings: Settings, command: Command
) -> None:
    rehearsed = command(address, "--dry-run")
    assert (rehearsed.exit_code, head(settings)) == (0, 0)
    assert f"{COUNT} of {COUNT}" in rehearsed.stderr
    done = command(address, "--licence", "CC BY 4.0")
    assert (done.exit_code, head(settings)) == (0, 2 * COUNT)
    assert "CC BY 4.0" in done.stderr
    again = command(address)
    assert (again.exit_code, head(settings)) == (0, 2 * COUNT)


def test_a_stock_that_is_not_there_is_refused_with_those_that_are(address: str, command: Command) -> None:
    refused = command(address, "--stock", "none")
    assert refused.exit_code == 2
    assert "register、products、data" in refused.stderr


def test_an_address_inside_is_refused_unless_the_setting_allows_it(address: str, command: Command) -> None:
    refused = command(address, inside="false")
    assert refused.exit_code == 2
    assert "127.0.0.1" in refused.stderr
