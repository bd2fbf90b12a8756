"""Every route names its permission, and every route of the interface what it answers."""

from collections.abc import Iterator, Sequence

from fastapi import APIRouter
from fastapi.params import Depends
from fastapi.routing import APIRoute

from frontend.app import API_ROUTERS, PAGE_ROUTERS
from registry.access.http import May


def walk(router: APIRouter, inherited: Sequence[Depends] = ()) -> Iterator[tuple[APIRoute, list[Depends]]]:
    """Routes with all their dependencies, those of routers inside routers too."""
    for route in router.routes:
        if isinstance(route, APIRoute):
            yield route, [*inherited, *route.dependencies]
        else:
            yield from walk(route.original_router, [*inherited, *router.dependencies])  # type: ignore[attr-defined]


def test_every_route_names_its_permission() -> None:
    found = [one for router in (*API_ROUTERS, *PAGE_ROUTERS) for one in walk(router)]
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
