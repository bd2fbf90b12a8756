"""Every route names its permission, and every route of the interface what it answers."""

from collections.abc import Callable, Iterator, Sequence
from inspect import getsource, isgeneratorfunction
from typing import Any

from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.params import Depends
from fastapi.routing import APIRoute

from frontend.app import API_ROUTERS, ROUTERS
from registry.access.http import May
from registry.kit.db import _reading_for_request


def walk(router: APIRouter, inherited: Sequence[Depends] = ()) -> Iterator[tuple[APIRoute, list[Depends]]]:
    """Routes with all their dependencies, those of routers inside routers too."""
    for route in router.routes:
        if isinstance(route, APIRoute):
            yield route, [*inherited, *route.dependencies]
        else:
            yield from walk(route.original_router, [*inherited, *router.dependencies])  # type: ignore[attr-defined]


def test_every_route_names_its_permission() -> None:
    found = [one for router in ROUTERS for one in walk(router)]
    assert {"/{lang}/products", "/{token}/match"} <= {route.path for route, _ in found}
    open_to_all = [
        f"{sorted(route.methods or ())} {route.path}"
        for route, dependencies in found
        if not any(isinstance(dependency.dependency, May) for dependency in dependencies)
    ]
    assert open_to_all == []


def test_every_route_of_the_interface_names_what_it_answers() -> None:
    """A model, or the media types of what is no JSON."""
    found = [route for router in API_ROUTERS for route, _ in walk(router) if route.include_in_schema]
    assert len(found) > 10
    files = {route.path for route in found if route.responses.get(200, {}).get("content")}
    unnamed = [route.path for route in found if route.response_model is None and route.path not in files]
    assert unnamed == []


def test_no_dependency_keeps_a_writing_session_open() -> None:
    """Who holds the writers' turn must need no second thread to give it back, or a full pool hangs."""
    found = [route for router in ROUTERS for route, _ in walk(router)]
    yielding = {call for route in found for call in _calls(route.dependant) if isgeneratorfunction(call)}
    assert _reading_for_request in yielding, "the scan sees the sessions"
    assert [call.__qualname__ for call in yielding if "write_session" in getsource(call)] == []


def _calls(dependant: Dependant) -> Iterator[Callable[..., Any]]:
    for one in dependant.dependencies:
        if one.call is not None:
            yield one.call
        yield from _calls(one)
