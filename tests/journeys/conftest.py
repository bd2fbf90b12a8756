"""The seeded site once per test process: a loaded database, its index, and a fixed day."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from registry.kit.db import make_engine
from registry.kit.settings import Settings
from search.engine.embedded import EmbeddedEngine
from search.engine.writer import EmbeddedWriter
from search.feeding import follow
from seeds import load
from tests import databases
from tests.journeys import places
from tests.journeys.driving import HEIGHT, Visitor
from tests.journeys.live import serving

NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)


@dataclass(frozen=True, slots=True)
class Seeded:
    """A demonstration register and the index that follows it; tests that write take `own`."""

    folder: Path
    engine: Engine
    search: EmbeddedEngine


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    """Read-only by agreement."""
    folder = tmp_path_factory.mktemp("seeded")
    template = databases.sqlite_template(tmp_path_factory.mktemp("journey-template"))
    engine = make_engine(databases.sqlite_copy(template, folder))
    load.load(engine, now=NOW)
    index = folder / "index"
    writer = EmbeddedWriter(index)
    follow.rebuild(engine, writer, on=TODAY)
    writer.close()
    yield Seeded(folder, engine, EmbeddedEngine(index))
    engine.dispose()


@pytest.fixture
def own(seeded: Seeded, tmp_path: Path) -> Iterator[Seeded]:
    """A copy of the seeded database that a test may change; the index is shared and read only."""
    source = Path(str(seeded.engine.url.database))
    with seeded.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    target = tmp_path / "data"
    target.mkdir()
    shutil.copy(source, target / "greenmat.db")
    engine = make_engine(Settings(data_dir=target))
    yield Seeded(target, engine, seeded.search)
    engine.dispose()


@pytest.fixture(scope="session")
def live(seeded: Seeded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the seeded site; visitors may upload, nobody else reads what they leave."""
    folder = tmp_path_factory.mktemp("live")
    with serving(seeded.engine, seeded.folder / "index", folder=folder, day=TODAY) as address:
        yield address


Where = Callable[[str, str], str]


@pytest.fixture(scope="session")
def where(browser: Any, live: str) -> Where:
    """The address of a place in a language; places of checks and kept searches lead into ones made once."""
    context = browser.new_context(service_workers="block")
    tab = context.new_page()
    made = places.make_check(tab, live) | places.keep_search(tab, live) | places.keep_limit(tab, live)
    context.close()
    named = places.PLACES | places.ANSWERS
    return lambda name, lang: live + named[name].format(lang=lang, **made)


Visits = Callable[..., Visitor]


@pytest.fixture
def visits(browser: Any, live: str) -> Iterator[Visits]:
    """Opens a tab of its own for a task; a script that fails or complains fails the test."""
    opened, said = [], []

    def visit(*, width: int, most: int, scripts: bool = True) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT}, java_script_enabled=scripts, service_workers="block"
        )
        context.set_default_timeout(20_000)  # of a busy machine
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if _complains(message, page) else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        return Visitor(page, live, most=most, scripts=scripts)

    yield visit
    for context in opened:
        context.close()
    assert said == []


def _complains(message: Any, page: Any) -> bool:
    """Chromium also reports a page that is rightly answered with 404; a missing part of a page counts."""
    return "Failed to load resource" not in message.text or message.location["url"] != page.url
