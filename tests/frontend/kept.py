"""A search kept from a test, as the form on the page keeps it and as the interface does."""

import json
import time
from typing import Any
from urllib.parse import parse_qsl

from fastapi.testclient import TestClient

from registry.changes.feed import Draft
from registry.kit.db import write_session
from tests.factories import record
from tests.frontend.reading import Page

PATIENCE = 20  # seconds until the index has followed


def press(site: TestClient, query: str = "", lang: str = "zh") -> str:
    """The button on the results page with just the fields it has there; returns the kept page's address."""
    shown = Page(site.get(f"/{lang}/products?{query}").text)
    form = next(
        one for one in shown.all("form", method="post") if one.attributes["action"].endswith("/archive")
    )
    fields = [(one.attributes["name"], one.attributes["value"]) for one in form.below("input")]
    return post(site, fields, lang)


def post(site: TestClient, fields: list[tuple[str, str]], lang: str = "zh") -> str:
    data: dict[str, list[str]] = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    answer = site.post(f"/{lang}/archive", data=data)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def ask(site: TestClient, query: str) -> Any:
    """The same over the interface, from a query string."""
    given: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        given.setdefault(name, []).append(value)
    answer = site.post("/api/v1/archive/searches", json={"parameters": given})
    assert answer.status_code == 201, answer.text
    return answer.json()


def document(site: TestClient, address: str) -> dict[str, Any]:
    """The sealed document behind a page."""
    found: dict[str, Any] = json.loads(site.get(f"{address}.json").text)
    return found


def numbers(sealed: dict[str, Any]) -> list[str]:
    return [row["number"] for row in sealed["content"]["rows"]]


def change(site: TestClient, drafts: list[Draft]) -> None:
    """Record something and wait until the search knows it."""
    with write_session(site.app.state.engine) as session:  # type: ignore[attr-defined]
        record(session, drafts)
    end = time.monotonic() + PATIENCE
    while site.get("/readyz").json()["lag"]:
        assert time.monotonic() < end, "the index does not follow"
        time.sleep(0.05)


def page(site: TestClient, address: str) -> Page:
    """A page that must be there."""
    answer = site.get(address)
    assert answer.status_code == 200, answer.text
    return Page(answer.text)
