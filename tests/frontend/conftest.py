"""One small seeded site for the page tests, on a fixed civil day."""

from collections.abc import Iterator
from datetime import date

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from frontend.app import create_app
from registry.changes import feed
from registry.kit import clock
from registry.kit.clock import today
from registry.kit.db import open_engine, write_session
from tests import databases
from tests.factories import record
from tests.frontend import check_site, register, spoken
from tests.seeded import Seeded


def _day() -> date:
    return register.DAY


@pytest.fixture(scope="session")
def site(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A browser without scripts on the running application; it follows no redirects by itself."""
    with databases.copy_of(empty_database, tmp_path_factory.mktemp("site")) as settings:
        with open_engine(settings) as engine, write_session(engine) as session:
            feed.start(session, settings.mode)
            record(session, [*register.drafts(), *spoken.drafts()])
        app = create_app(settings.model_copy(update={"public_url": "https://greenmat.example"}))
        app.dependency_overrides[today] = _day  # handlers hold the function; the index asks the module
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(clock, "today", _day)
            with TestClient(app, follow_redirects=False) as client:
                yield client


@pytest.fixture(scope="session")
def checks(seeded: Seeded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The whole demonstration register, whose bills can be checked; it follows no redirects by itself."""
    with check_site.opened(seeded, tmp_path_factory.mktemp("checks")) as client:
        yield client
