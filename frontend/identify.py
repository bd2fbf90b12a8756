"""Who asks: a session's cookie, an API key in the Authorization header, or a visitor."""

import threading
from typing import Final

from anyio.to_thread import run_sync
from fastapi import Request, Response

from frontend.csrf import refuse_unproved_writes
from frontend.site import Site
from registry.access.actors import ANONYMOUS, Actor
from registry.accounts import keys, sessions
from registry.kit import clock
from registry.kit.db import read_session, write_session
from registry.kit.errors import NotAllowed
from registry.kit.settings import Mode

# `__Host-` binds the cookie to this host and to https; browsers refuse it without.
SECURE_NAME: Final = "__Host-greenmat"
PLAIN_NAME: Final = "greenmat-demonstration"
BEARER: Final = "bearer "
# One thread at a time waits for the writers' turn to note a use; the others note theirs next time.
_noting = threading.Lock()


class HttpsNeeded(NotAllowed):
    code = "https-needed"


async def identify(request: Request) -> Actor:
    """The actor of a request; marks the answer as private where somebody is known.

    A visitor takes no thread: most requests are a visitor's.
    """
    site: Site = request.app.state.site
    header = request.headers.get("authorization", "")
    if header[: len(BEARER)].lower() == BEARER:
        request.state.known = True  # a refused key is nobody else's business either
        return await run_sync(_by_key, site, header[len(BEARER) :].strip())
    token = request.cookies.get(cookie_name(request, site))
    return await run_sync(_by_session, request, site, token) if token else ANONYMOUS


def _by_key(site: Site, text: str) -> Actor:
    now = clock.now()
    with read_session(site.engine) as session:
        found = keys.present(session, text, now=now)
    if not found.noted_lately and _noting.acquire(blocking=False):
        try:
            with write_session(site.engine) as session:
                keys.note_use(session, found.id, now=now)
        finally:
            _noting.release()
    return found.actor


def _by_session(request: Request, site: Site, token: str) -> Actor:
    now = clock.now()
    with read_session(site.engine) as session:
        found = sessions.find(session, token, now=now, terms=site.accounts.terms)
    if found is None:
        return ANONYMOUS
    refuse_unproved_writes(request)
    request.state.known, request.state.signed_in = True, found
    if found.is_stale(now) and _noting.acquire(blocking=False):
        try:
            with write_session(site.engine) as session:
                sessions.touch(session, found.session_id, now=now)
        finally:
            _noting.release()
    return found.actor


def is_encrypted(request: Request) -> bool:
    return request.url.scheme == "https"


def cookie_name(request: Request, site: Site, suffix: str = "") -> str:
    """The demonstration also works without https, under a name that claims less."""
    plain = site.demonstration and not is_encrypted(request)
    return (PLAIN_NAME if plain else SECURE_NAME) + suffix


def require_https(request: Request, site: Site) -> None:
    """Nobody types a password into a production site over plain http."""
    if site.settings.mode is Mode.PRODUCTION and not is_encrypted(request):
        raise HttpsNeeded


def set_cookie(
    response: Response, request: Request, token: str, *, suffix: str = "", lasts: int | None = None
) -> None:
    """Hand the browser a token; without `lasts` it is gone when the browser closes."""
    site: Site = request.app.state.site
    response.set_cookie(
        cookie_name(request, site, suffix),
        token,
        max_age=lasts,
        path="/",
        secure=is_encrypted(request),
        httponly=True,
        samesite="lax",
    )


def drop_cookie(response: Response, request: Request, *, suffix: str = "") -> None:
    site: Site = request.app.state.site
    response.delete_cookie(
        cookie_name(request, site, suffix),
        path="/",
        secure=is_encrypted(request),
        httponly=True,
        samesite="lax",
    )
