"""Every engine of the contract, filled once for reading and afresh for writing."""

from collections.abc import Iterator

import pytest

from search.engine.ports import SearchEngine
from tests.search import corpus
from tests.search.contract import ENGINES, Installed


@pytest.fixture(scope="session", params=sorted(ENGINES))
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchEngine]:
    """The whole corpus, for reading only."""
    with ENGINES[request.param](tmp_path_factory.mktemp("search")) as installed:
        installed.writer.rebuild(corpus.documents(), position=1)
        yield installed.engine


@pytest.fixture(params=sorted(ENGINES))
def installed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installed]:
    """The first ten documents at feed position 10, for writing."""
    with ENGINES[request.param](tmp_path_factory.mktemp("written")) as fresh:
        fresh.writer.rebuild(corpus.documents()[:10], position=10)
        yield fresh
