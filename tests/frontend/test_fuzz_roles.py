"""Anything at all sent to the interface by each role, in a browser and with a key: answered as documented."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.schemas import OpenApiSchema
from sqlmodel import col, select

from registry.access.actors import GIVEN_ROLES, ActorRole
from registry.accounts import keys, sessions
from registry.accounts.events import Moment
from registry.accounts.keys import Wanted
from registry.applications.models import ApplicationFileRow, ApplicationRow
from registry.kit import clock
from registry.kit.db import read_session, write_session
from tests import databases
from tests.frontend.account_site import SAME, Town, opened, token
from tests.frontend.test_account_matrix import CLOSED
from tests.frontend.test_fuzz import CHECKS, of_running, operations
from tests.seeded import Seeded

NOWHERE = "D-2026-000000-0000-0"
PROTECTED = sorted(
    {one for one in operations() if one in {(method, path) for method, path, _ in CLOSED}}
    | {("GET", "/api/v1/caller")}
)
WAYS = ("cookie", "key")


@dataclass(frozen=True, slots=True)
class Callers:
    """Every role at the demonstration register: by its cookie, and by a key that may what keys may."""

    interface: OpenApiSchema
    by_cookie: dict[ActorRole, dict[str, str]]
    by_key: dict[ActorRole, dict[str, str]]
    numbers: tuple[str, ...]
    files: tuple[str, ...]

    def headers(self, role: ActorRole, way: str) -> dict[str, str]:
        return (self.by_cookie if way == "cookie" else self.by_key)[role]


@pytest.fixture(scope="module")
def callers(seeded: Seeded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callers]:
    with seeded.copy(tmp_path_factory.mktemp("roles")) as given_, opened(given_) as town:
        with databases.owners(town.site.engine) as owner, read_session(owner) as session:
            numbers = tuple(session.scalars(select(col(ApplicationRow.number))))
            files = tuple(str(one) for one in session.scalars(select(col(ApplicationFileRow.file_id))))
        assert len(numbers) >= 3
        yield Callers(
            of_running(town.browser()),
            {role: _cookie(town, role) for role in GIVEN_ROLES},
            {role: _key(town, role) for role in GIVEN_ROLES},
            (*numbers, NOWHERE),
            (*files, "00000000-0000-7000-8000-000000000000"),
        )


def _cookie(town: Town, role: ActorRole) -> dict[str, str]:
    browser = town.person(role)
    return SAME | {"Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items())}


def _key(town: Town, role: ActorRole) -> dict[str, str]:
    """A key of the demonstration account of a role, with every scope that it may carry."""
    now = clock.now()
    browser = town.person(role)
    with read_session(town.site.engine) as session:
        held = sessions.find(session, token(browser), now=now, terms=town.site.accounts.terms)
    assert held is not None
    assert held.membership is not None
    wanted = Wanted("fuzz", frozenset(keys.grantable(held.actor)), 30)
    with write_session(town.site.engine) as session:
        made = keys.make(session, held.membership, wanted, actor=held.actor, moment=Moment(now))
    return {"Authorization": f"Bearer {made}"}


def test_the_scan_sees_what_only_roles_may() -> None:
    assert ("POST", "/api/v1/applications/{number}/publish") in PROTECTED
    assert len(PROTECTED) > 20


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("role", GIVEN_ROLES)
def test_what_needs_a_role_answers_as_documented(callers: Callers, role: ActorRole, way: str) -> None:
    _ask(callers, role, way, asked=PROTECTED, times=30)


@pytest.mark.full
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("role", GIVEN_ROLES)
def test_everything_answers_as_documented_to_every_role(callers: Callers, role: ActorRole, way: str) -> None:
    _ask(callers, role, way, asked=operations(), times=600)


def _ask(callers: Callers, role: ActorRole, way: str, *, asked: list[tuple[str, str]], times: int) -> None:
    """No fault, no status, media type or shape that the description does not name, and nobody unknown."""
    headers = callers.headers(role, way)
    cases = st.one_of(*(callers.interface[path][method].as_strategy() for method, path in asked))

    @settings(max_examples=times, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        case=cases,
        number=st.sampled_from(callers.numbers),
        file=st.sampled_from(callers.files),
        data=st.data(),
    )
    def answers(case: schemathesis.Case[Any], number: str, file: str, data: st.DataObject) -> None:
        _where_something_stands(case, number, file, data)
        answer = case.call_and_validate(headers=headers, checks=CHECKS)
        assert answer.status_code != 401, "whoever sends this is known"

    answers()


def _where_something_stands(
    case: schemathesis.Case[Any], number: str, file: str, data: st.DataObject
) -> None:
    """Half of the cases go to something that is there, at a revision that may be its own."""
    if not data.draw(st.booleans()):
        return
    known = {"number": number, "file_id": file}
    if "applications" in case.path:
        case.path_parameters.update(
            {name: value for name, value in known.items() if name in case.path_parameters}
        )
    if isinstance(case.body, dict) and "revision" in case.body:
        case.body["revision"] = data.draw(st.integers(0, 9))
