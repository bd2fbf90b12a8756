"""A small running site with an applicant, two officers and a body, each in a browser of their own."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine, update
from sqlmodel import Session, col

from frontend.app import create_app
from frontend.identify import PLAIN_NAME
from registry.access.actors import ActorRole
from registry.accounts import logins, memberships, sessions
from registry.accounts.events import Moment
from registry.accounts.memberships import OPERATING_BODY, Place
from registry.accounts.models import SessionRow
from registry.accounts.sessions import Terms
from registry.changes import feed
from registry.kit import clock
from registry.kit.clock import asked_now, asked_today
from registry.kit.db import open_engine, write_session
from tests import applicants, databases, evidence_files
from tests.applicants import BODY, NOW, STRANGER, TODAY
from tests.factories import code, key
from tests.journeys.live import served

SECONDS = 5.0  # until what was written can be found
CASES = "/zh/account/review/cases"
LOOKED = {
    "look-certificate-platform": "演示平台（虚构）",
    "look-certificate-checked_on": TODAY.isoformat(),
    "look-certificate-result": "agrees",
}
ROLES = {
    "maker": (ActorRole.MANUFACTURER, key("organisation", 1)),
    "insider": (ActorRole.REGISTRY_OFFICER, key("organisation", 1)),
    "first": (ActorRole.REGISTRY_OFFICER, OPERATING_BODY),
    "second": (ActorRole.REGISTRY_OFFICER, OPERATING_BODY),
    "body": (ActorRole.CERTIFICATION_BODY, key("organisation", BODY)),
    "other-body": (ActorRole.CERTIFICATION_BODY, key("organisation", STRANGER)),
}
# Two rows of one plant: the product's other plant is on no certificate.
TYPED = {
    **applicants.PRODUCT_TYPED,
    **applicants.CERTIFICATE_TYPED,
    "certificate.rows.2.plant": code("P", "plant", 1),
}


@dataclass(frozen=True, slots=True)
class Office:
    """The running site, its database, and one browser for each person and one for the public."""

    engine: Engine
    tabs: dict[str, TestClient]
    public: TestClient
    tokens: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> TestClient:
        return self.tabs[name]

    def stale(self, name: str) -> None:
        """As if this person had proved who they are long ago."""
        with write_session(self.engine) as session:
            account = logins.by_login(session, f"{name}@demonstration.invalid")
            assert account is not None
            session.execute(
                update(SessionRow)
                .where(col(SessionRow.account_id) == account.id)
                .values(confirmed_at=NOW.replace(year=2020))
            )

    def account(self, name: str) -> UUID:
        with write_session(self.engine) as session:
            found = logins.by_login(session, f"{name}@demonstration.invalid")
            assert found is not None
            return found.id


@dataclass(frozen=True, slots=True)
class Prepared:
    """The application on its database, and the token of each person's browser."""

    app: FastAPI
    engine: Engine
    tokens: dict[str, str]


@contextmanager
def prepared(empty: Engine, folder: Path) -> Iterator[Prepared]:
    """Everybody has an account and is signed in; the site stands on the applicants' day."""
    with databases.copy_of(empty, folder) as settings, open_engine(settings) as engine:
        with write_session(engine) as session:
            feed.start(session, settings.mode)
            applicants.registered(session)
            tokens = {name: _signed_in(session, name) for name in ROLES}
        app = create_app(settings)
        app.dependency_overrides[asked_today] = lambda: TODAY
        app.dependency_overrides[asked_now] = lambda: NOW
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(clock, "today", lambda: TODAY)
            yield Prepared(app, engine, tokens)


@contextmanager
def office(empty: Engine, folder: Path) -> Iterator[Office]:
    """The site with its follower running, asked without a network."""
    with prepared(empty, folder) as made, TestClient(made.app, follow_redirects=False) as public:
        tabs = {name: _tab(made.app, token) for name, token in made.tokens.items()}
        yield Office(made.engine, tabs, public)


@contextmanager
def live_office(empty: Engine, folder: Path) -> Iterator[tuple[str, Office]]:
    """The same behind a real web server: its address, and the people who may also ask without a browser."""
    with prepared(empty, folder) as made, served(made.app) as address:
        yield address, _known(made)


def _known(made: Prepared) -> Office:
    """The people at a site that is served elsewhere."""
    tabs = {name: _tab(made.app, token) for name, token in made.tokens.items()}
    return Office(made.engine, tabs, TestClient(made.app, follow_redirects=False), made.tokens)


def _signed_in(session: Session, name: str) -> str:
    """An account in its role, and the token of its browser; sessions live by the real clock."""
    role, organisation = ROLES[name]
    moment = Moment(clock.now())
    account = logins.create(session, f"{name}@demonstration.invalid", f"示例 {name}（虚构）", moment=moment)
    memberships.give(session, account.id, Place(organisation, role), moment=moment)
    years = clock.now() - NOW.replace(year=2020)
    terms = Terms(idle=years, whole=years)
    return sessions.begin(session, account.id, device="test", now=moment.now, terms=terms)


def _tab(app: FastAPI, token: str) -> TestClient:
    headers = {"sec-fetch-site": "same-origin"}
    return TestClient(app, cookies={PLAIN_NAME: token}, headers=headers, follow_redirects=False)


def handed_in(tab: TestClient, typed: dict[str, str] | None = None) -> str:
    """An application with its paper, submitted over the interface; its number."""
    root = "/api/v1/applications"
    case: dict[str, Any] = tab.post(root, json={"subject": "new_product"}).json()
    here = f"{root}/{case['number']}"
    given = typed or TYPED
    for part in dict.fromkeys(path.partition(".")[0] for path in given):
        texts = {path: text for path, text in given.items() if path.partition(".")[0] == part}
        case = tab.put(f"{here}/parts/{part}", json={"revision": case["revision"], "typed": texts}).json()
    answer = tab.post(
        f"{here}/files",
        data={"path": "certificate", "revision": str(case["revision"])},
        files={"file": ("证书.pdf", evidence_files.pdf())},
    )
    assert answer.status_code == 201, answer.text
    answer = tab.post(f"{here}/submit", json={"revision": answer.json()["revision"]})
    assert answer.status_code == 200, answer.text
    return str(case["number"])


def within(seconds: float, found: Callable[[], bool]) -> float:
    """How long it took until something was so; fails where it took longer."""
    begun = time.monotonic()
    while not found():
        assert time.monotonic() - begun < seconds, f"not so within {seconds} s"
        time.sleep(0.1)
    return time.monotonic() - begun


def shown(tab: TestClient, address: str, status: int = 200) -> str:
    """A page as text with its white space single."""
    answer = tab.get(address)
    assert answer.status_code == status, answer.text
    return re.sub(r"\s+", " ", answer.text)


def post(tab: TestClient, number: str, step: str, **given: str) -> Response:
    """A form of the case page with the revision that stands in it."""
    found = re.search(r'name="revision" value="(\d+)"', tab.get(f"{CASES}/{number}").text)
    return tab.post(f"{CASES}/{number}/{step}", data={"revision": found[1] if found else "0", **given})


def agreed(site: Office) -> dict[str, str]:
    """An application that two officers agreed on: what each part of it became."""
    number = handed_in(site["maker"])
    for name, step in (("first", "approve"), ("second", "publish")):
        assert post(site[name], number, "take").status_code == 303
        assert post(site[name], number, step, **LOOKED).status_code == 303
    found = site["maker"].get(f"/api/v1/applications/{number}").json()["published"]
    return {one["part"]: one["code"] for one in found}


def issued(site: Office) -> str:
    return agreed(site)["certificate"]
