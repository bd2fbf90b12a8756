"""A small site with the demonstration logins, and people in front of it: each with a browser of their own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from frontend.app import create_app
from frontend.identify import PLAIN_NAME, SECURE_NAME
from frontend.site import Site
from registry.access.actors import ActorRole
from registry.accounts import logins, memberships, passwords
from registry.accounts.events import Moment
from registry.accounts.memberships import Place
from registry.kit import clock
from registry.kit.db import write_session
from registry.kit.settings import Settings
from seeds.demo import accounts as demo
from seeds.demo.parties import firm_id

NewDatabase = Callable[[], Settings]
PASSWORD = "ruby otter under seven bridges"
LOGIN = "li@example.com"
SAME = {"Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True, slots=True)
class Town:
    """The running application; `browser` opens a new browser without cookies in front of it."""

    app: FastAPI
    scheme: str

    @property
    def site(self) -> Site:
        found: Site = self.app.state.site
        return found

    def browser(self, *, scheme: str = "", **headers: str) -> TestClient:
        address = f"{scheme or self.scheme}://testserver"
        return TestClient(self.app, address, follow_redirects=False, headers=SAME | headers)

    def person(self, role: str) -> TestClient:
        """A browser that is signed in as the demonstration account of a role, by its button's value."""
        browser = self.browser()
        answer = browser.post("/zh/account/sign-in/demonstration", data={"role": role})
        assert answer.status_code == 303, answer.text
        return browser

    def employ(self, login: str = LOGIN, *, role: ActorRole = ActorRole.MANUFACTURER) -> None:
        """An account with a password that manages an organisation."""
        moment = Moment(clock.now())
        with write_session(self.site.engine) as session:
            made = logins.create(
                session, login, "李四（虚构）", moment=moment, password_hash=passwords.hashed(PASSWORD)
            )
            place = Place(firm_id(17), role, manages=True)
            memberships.give(session, made.id, place, moment=moment)


@contextmanager
def opened(settings: Settings, *, scheme: str = "http", **changes: Any) -> Iterator[Town]:
    """The application with an empty register; demonstration logins only where the mode allows them."""
    app = create_app(settings.model_copy(update=changes))
    with TestClient(app):
        town = Town(app, scheme)
        if town.site.demonstration:
            with write_session(town.site.engine) as session:
                demo.write(session, now=clock.now())
        yield town


def sign_in(browser: TestClient, login: str = LOGIN, password: str = PASSWORD, **more: str) -> Response:
    return browser.post("/zh/account/sign-in", data={"login": login, "password": password, **more})


def token(browser: TestClient) -> str:
    """The session's token in a browser; empty where it has none."""
    return browser.cookies.get(PLAIN_NAME) or browser.cookies.get(SECURE_NAME) or ""


def is_in(browser: TestClient) -> bool:
    """Whether the site knows who is there."""
    return browser.get("/zh/account").status_code == 200
