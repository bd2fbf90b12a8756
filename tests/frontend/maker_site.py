"""A site with a small register to apply to, and a browser without scripts that speaks as whoever is named."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine

from frontend.app import create_app
from registry.access.actors import Actor
from registry.access.http import current_actor
from registry.accounts.models import AccountRow
from registry.applications import store
from registry.applications.application import Application, Event
from registry.changes import feed
from registry.kit.clock import asked_now, asked_today
from registry.kit.db import open_engine, read_session, write_session
from tests import applicants, databases
from tests.applicants import COLLEAGUE, MAKER, NOW, TODAY

ROOT = "/zh/account/maker"
NAMES = {MAKER.account_id: "甲经办人（虚构）", COLLEAGUE.account_id: "乙经办人（虚构）"}
SEEN = re.compile(r'name="seen" value="([0-9a-f]+)"')


class Browser:
    """One person at a time at the forms, as a browser would send them."""

    def __init__(self, client: TestClient, engine: Engine) -> None:
        self.client, self.engine = client, engine
        self.acts_as(MAKER)

    def acts_as(self, actor: Actor) -> None:
        app: Any = self.client.app
        app.dependency_overrides[current_actor] = lambda: actor

    def get(self, path: str, *, root: str = ROOT) -> Response:
        return self.client.get(root + path)

    def sends(self, path: str, typed: Mapping[str, str | list[str]], **files: Any) -> Response:
        return self.client.post(ROOT + path, data=dict(typed), files=files or None)

    def fills(self, path: str, typed: Mapping[str, str | list[str]], **files: Any) -> Response:
        """Open a part's page and send its form with these texts."""
        page = self.get(path).text
        found = SEEN.search(page)
        assert found is not None, page
        return self.sends(path.partition("?")[0], {"seen": found[1], **typed}, **files)

    def starts(self, subject: str, about: str = "") -> str:
        """The number of a new draft."""
        answer = self.sends("", {"subject": subject, "about": about})
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"]).removeprefix(ROOT + "/").partition("/")[0]

    def stored(self, number: str) -> Application:
        with databases.owners(self.engine) as owner, read_session(owner) as session:
            return store.get(session, number)

    def events(self, number: str) -> list[Event]:
        with databases.owners(self.engine) as owner, read_session(owner) as session:
            return store.events(session, store.get(session, number).id)


@contextmanager
def opened(empty: Engine, folder: Path) -> Iterator[Browser]:
    with databases.copy_of(empty, folder) as settings, open_engine(settings) as engine:
        with write_session(engine) as session:
            feed.start(session, settings.mode)
            applicants.registered(session)
            session.add_all(_account(key, name) for key, name in NAMES.items() if key is not None)
        app = create_app(settings)
        app.dependency_overrides[asked_now] = lambda: NOW
        app.dependency_overrides[asked_today] = lambda: TODAY
        with TestClient(app, follow_redirects=False) as client:
            yield Browser(client, engine)


def _account(key: UUID, name: str) -> AccountRow:
    return AccountRow(id=key, login=f"{key}@example.invalid", name=name, created_at=NOW)
