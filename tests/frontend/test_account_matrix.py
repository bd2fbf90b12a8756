"""Every route × every role: what the permission table closes is refused, what it opens is reached."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from fastapi import APIRouter
from fastapi.params import Depends
from fastapi.routing import APIRoute
from sqlalchemy import Engine

from frontend.app import ROUTERS
from registry.access.actors import ANONYMOUS, GIVEN_ROLES, Actor, ActorRole
from registry.access.http import May
from registry.access.permissions import Act, may
from registry.kit.messages import say
from tests import databases
from tests.frontend.account_site import Town, opened

EVERYBODY = (ActorRole.ANONYMOUS, *GIVEN_ROLES)


def routes(
    router: APIRouter, prefix: str = "", inherited: tuple[Depends, ...] = ()
) -> Iterator[tuple[str, str, list[Act]]]:
    """Method, whole address and acts of every route, also of routers inside routers."""
    for route in router.routes:
        if isinstance(route, APIRoute):
            acts = [
                one.dependency.act
                for one in (*inherited, *route.dependencies)
                if isinstance(one.dependency, May)
            ]
            for method in sorted(route.methods or ()):
                yield method, prefix + route.path, acts
        else:
            context: Any = route.include_context  # type: ignore[attr-defined]
            inner = (*inherited, *router.dependencies, *context.dependencies)
            yield from routes(route.original_router, prefix + context.prefix, inner)  # type: ignore[attr-defined]


ALL = sorted({(method, path, tuple(acts)) for router in ROUTERS for method, path, acts in routes(router)})
CLOSED = [one for one in ALL if not all(may(ANONYMOUS, act) for act in one[2])]


@pytest.fixture(scope="module")
def town(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("matrix")
    with databases.copy_of(empty_database, folder) as settings, opened(settings) as found:
        yield found


def test_the_scan_sees_the_routes() -> None:
    assert len(ALL) > 100
    assert {"/zh", "/{lang}/account/keys", "/{lang}/check/{token}/match"} & {path for _, path, _ in ALL}
    assert len(CLOSED) > 15
    assert all(acts for _, _, acts in ALL), "a route without an act"


@pytest.mark.parametrize("role", EVERYBODY)
def test_what_is_open_to_visitors_is_open_to_everybody(role: ActorRole) -> None:
    closed = [
        (path, act)
        for _, path, acts in ALL
        for act in acts
        if may(ANONYMOUS, act) and not may(Actor(role), act)
    ]
    assert closed == []


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_closed_route_opens_to_the_roles_of_the_table_alone(town: Town, role: ActorRole) -> None:
    """A new sign-in for each route, since some of them sign out."""
    wrong = []
    for method, path, acts in CLOSED:
        browser = town.browser() if role is ActorRole.ANONYMOUS else town.person(role)
        address = path.format_map(_Filled())
        answer = browser.request(method, address)
        to_sign_in = "/account/sign-in?" in answer.headers.get("location", "")
        let_in = say("account-shared", "zh") in answer.text  # the role is, the shared account is not
        refused = (answer.status_code in (401, 403) and not let_in) or to_sign_in
        if refused is all(may(Actor(role), act) for act in acts):
            wrong.append((method, path, answer.status_code))
    assert wrong == []


class _Filled(dict[str, str]):
    """Something for every place in an address that leads to nothing of anybody's."""

    def __missing__(self, name: str) -> str:
        return "zh" if name == "lang" else str(UUID(int=7))
