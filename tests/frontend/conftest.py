"""One small seeded site for the page tests, on a fixed civil day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from frontend.app import create_app
from registry.changes import feed
from registry.kit import clock, migrate
from registry.kit.clock import today
from registry.kit.db import make_engine, write_session
from registry.kit.settings import Settings
from tests.factories import record
from tests.frontend import check_site, register, spoken


def _day() -> date:
    return register.DAY


@contextmanager
def _opened(folder: Path) -> Iterator[TestClient]:
    settings = Settings(data_dir=folder, public_url="https://greenmat.example", archives_per_day=10_000)
    engine = make_engine(settings)
    migrate.upgrade(engine)
    with write_session(engine) as session:
        feed.start(session, settings.mode)
        record(session, [*register.drafts(), *spoken.drafts()])
    engine.dispose()
    app = create_app(settings)
    app.dependency_overrides[today] = _day  # handlers hold the function; the index asks the module
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(clock, "today", _day)
        with TestClient(app, follow_redirects=False) as client:
            yield client


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A browser without scripts on the running application; it follows no redirects by itself."""
    with _opened(tmp_path_factory.mktemp("site")) as client:
        yield client


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[TestClient]:
    """The same site for one test alone, whose register may be changed."""
    with _opened(tmp_path) as client:
        yield client


@pytest.fixture(scope="session")
def checks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The whole demonstration register, whose bills can be checked; it follows no redirects by itself."""
    with check_site.opened(tmp_path_factory.mktemp("checks")) as client:
        yield client
