"""The application on a small invented register, on a fixed civil day, in a database of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from frontend.app import create_app
from registry.changes import feed
from registry.kit import clock
from registry.kit.clock import asked_today
from registry.kit.db import open_engine, write_session
from tests import databases
from tests.factories import record
from tests.frontend import register, spoken


@contextmanager
def opened(empty: Engine, folder: Path) -> Iterator[TestClient]:
    """A browser without scripts; it follows no redirects by itself."""
    with databases.copy_of(empty, folder) as settings:
        with open_engine(settings) as engine, write_session(engine) as session:
            feed.start(session, settings.mode)
            record(session, [*register.drafts(), *spoken.drafts()])
        changes = {"public_url": "https://greenmat.example", "archives_per_day": 10_000}
        app = create_app(settings.model_copy(update=changes))
        app.dependency_overrides[asked_today] = _day  # handlers hold the function; the index asks the module
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(clock, "today", _day)
            with TestClient(app, follow_redirects=False) as client:
                yield client


def _day() -> date:
    return register.DAY
