"""What an answer of the search may take beside the engine: one thread, one statement, one place in line."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import anyio.to_thread
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from registry.kit.clock import asked_today
from search.engine.beside import Beside
from tests.frontend import register
from tests.frontend.register import case

ADDRESS = "/api/v1/search?status=all&per_page=100"


async def _day() -> date:
    """As the site has it; the other tests' day is a plain function, which takes a thread."""
    return register.DAY


@pytest.fixture
def threads(site: TestClient, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was handed to a thread, in turn."""
    seen, run_sync = list[object](), anyio.to_thread.run_sync

    async def noting(task: Callable[..., object], *given: Any, **options: Any) -> object:
        seen.append(task)
        return await run_sync(task, *given, **options)

    monkeypatch.setitem(site.app.dependency_overrides, asked_today, _day)  # type: ignore[attr-defined]
    monkeypatch.setattr(anyio.to_thread, "run_sync", noting)
    return seen


@pytest.fixture
def statements(site: TestClient) -> Iterator[list[str]]:
    """What the database was asked, in turn, without what begins and ends a transaction."""
    seen, engine = list[str](), site.app.state.engine  # type: ignore[attr-defined]

    def note(_connection: Any, _cursor: Any, sql: str, *_rest: object) -> None:
        seen.append(sql)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_an_answer_takes_one_thread(site: TestClient, threads: list[object]) -> None:
    assert len(site.get(ADDRESS).json()["items"]) > 1
    assert len(threads) == 1


def test_an_answer_of_known_products_asks_the_database_only_where_the_register_stands(
    site: TestClient, statements: list[str]
) -> None:
    first = site.get(ADDRESS).json()
    statements.clear()
    assert site.get(ADDRESS).json() == first
    (asked,) = [sql for sql in statements if sql.startswith("SELECT")]
    assert "feed_head" in asked


def test_searches_stand_in_line_for_the_cores(site: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    entered = list[int]()
    searching = Beside.searching

    def noting(self: Beside) -> Any:
        entered.append(1)
        return searching(self)

    monkeypatch.setattr(Beside, "searching", noting)
    site.get(f"/api/v1/search?q={case(1).product.name_zh}")
    assert entered == [1]
    site.get("/api/v1/suggest?q=shui")
    assert entered == [1]
