"""One small seeded site for the page tests, on a fixed civil day."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from tests.frontend import check_site, small_site
from tests.seeded import Seeded


@pytest.fixture(scope="session")
def site(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A browser without scripts on the running application; it follows no redirects by itself."""
    with small_site.opened(empty_database, tmp_path_factory.mktemp("site")) as client:
        yield client


@pytest.fixture
def own_site(empty_database: Engine, tmp_path: Path) -> Iterator[TestClient]:
    """The same site for one test alone, whose register may be changed."""
    with small_site.opened(empty_database, tmp_path) as client:
        yield client


@pytest.fixture(scope="session")
def checks(seeded: Seeded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The whole demonstration register, whose bills can be checked; it follows no redirects by itself."""
    with check_site.opened(seeded, tmp_path_factory.mktemp("checks")) as client:
        yield client
