"""The interface alone on a test's own database, on a fixed civil day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from frontend import errors, openapi
from frontend.app import API_ROUTERS
from registry.dump.keep import Dumps
from registry.kit.clock import asked_today

DAY = date(2026, 6, 1)


@contextmanager
def interface(engine: Engine, folder: Path, *, dump_minutes: int = 0) -> Iterator[TestClient]:
    """A client of every route that needs no search index."""
    app = FastAPI(title="GreenMat", generate_unique_id_function=openapi.operation_name)
    for router in API_ROUTERS:
        app.include_router(router)
    errors.install(app)
    openapi.install(app)
    app.dependency_overrides[asked_today] = lambda: DAY
    app.state.engine, app.state.keep_days = engine, 30
    app.state.dumps = Dumps(engine, folder / "dumps", minutes=dump_minutes)
    with TestClient(app) as client:
        yield client
    app.state.dumps.close()


def walk(client: TestClient, address: str) -> Iterator[dict[str, Any]]:
    """Every page of a list, following `next`; each page is checked to stand at the first one's point."""
    point = None
    following: str | None = address
    asked = set[str]()
    while following is not None:
        assert following not in asked, "the list goes round in circles"
        asked.add(following)
        answer = client.get(following)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        point = point or page["point"]
        assert page["point"] == point
        yield page
        following = page["next"]


def items(client: TestClient, address: str) -> list[dict[str, Any]]:
    return [item for page in walk(client, address) for item in page["items"]]
