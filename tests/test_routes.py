"""Every route names its permission, and every route of the interface what it answers."""

from fastapi.routing import APIRoute

from frontend.app import API_ROUTERS, PAGE_ROUTERS
from registry.access.http import May


def routes() -> list[tuple[str, APIRoute]]:
    return [
        (sort, route)
        for sort, routers in (("api", API_ROUTERS), ("page", PAGE_ROUTERS))
        for router in routers
        for route in router.routes
        if isinstance(route, APIRoute)
    ]


def test_every_route_names_its_permission() -> None:
    found = routes()
    assert len(found) > 10, "the scan sees the routes"
    open_to_all = [
        f"{sorted(route.methods or ())} {route.path}"
        for _, route in found
        if not any(isinstance(dependency.dependency, May) for dependency in route.dependencies)
    ]
    assert open_to_all == []


def test_every_route_of_the_interface_names_what_it_answers() -> None:
    unnamed = [
        route.path
        for sort, route in routes()
        if sort == "api" and route.include_in_schema and route.response_model is None
    ]
    assert unnamed == []
