"""Signing in at the identity provider: there and back, bound to one browser by a short-lived cookie."""

import hmac
from enum import StrEnum
from uuid import UUID

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from frontend import coming_back
from frontend.i18n import language
from frontend.identify import cookie_name, drop_cookie, require_https, set_cookie
from frontend.pages.account import parts
from frontend.pages.account.parts import NextQuery, Visit, VisitDep, moment_of
from frontend.site import Site, SiteDep
from registry.access.http import May
from registry.access.permissions import Act
from registry.accounts import ceremonies, identities
from registry.accounts.ceremonies import LASTS, Ceremony, CeremonyKind, CeremonyOver
from registry.accounts.http import FreshDep, SignedInDep, require_fresh
from registry.accounts.oidc import Identity, Provider, ProviderRefused
from registry.accounts.sessions import SignedIn
from registry.kit.clock import NowDep
from registry.kit.db import read_session, write_session
from registry.kit.errors import NotAllowed, NotFound

there = APIRouter(prefix="/{lang}/account")
router = APIRouter()

BACK = "/account/provider/back"
COOKIE = "-provider"


class Purpose(StrEnum):
    SIGN_IN = "sign-in"
    CONFIRM = "confirm"
    LINK = "link"


class IdentityUnknown(NotAllowed):
    code = "identity-unknown"


@there.get("/sign-in/provider", dependencies=[Depends(May(Act.SIGN_IN))])
async def sign_in(visit: VisitDep, following: NextQuery = "") -> Response:
    visit.site.accounts.limiter.spend(f"ceremony:{visit.moment.address}")
    return await _go(visit, Purpose.SIGN_IN, following, None)


@there.get("/confirm/provider", dependencies=[Depends(May(Act.USE_ACCOUNT))])
async def confirm(visit: VisitDep, person: SignedInDep, following: NextQuery = "") -> Response:
    return await _go(visit, Purpose.CONFIRM, following, person.account_id)


@there.get("/security/provider", dependencies=[Depends(May(Act.USE_ACCOUNT))])
async def link(visit: VisitDep, person: FreshDep) -> Response:
    return await _go(visit, Purpose.LINK, visit.path("security"), person.account_id)


@router.get(BACK, dependencies=[Depends(May(Act.SIGN_IN))])
async def back(request: Request, site: SiteDep, now: NowDep) -> Response:
    """What the browser brings back from the provider, whatever it went there for."""
    provider = _provider(site)
    held = request.cookies.get(cookie_name(request, site, COOKIE), "")
    moment = moment_of(request, now)

    def take() -> Ceremony:
        with write_session(site.engine) as session:
            return ceremonies.take(session, CeremonyKind.PROVIDER, held, now=now)

    ceremony = await run_sync(take)
    lang = language(ceremony.data["lang"])
    request.state.lang = lang  # this address names none, and refusals speak it as well
    stated = request.query_params.get("state", "")
    if not hmac.compare_digest(ceremony.data["state"].encode(), stated.encode("utf-8", "surrogatepass")):
        raise CeremonyOver
    answer = dict(request.query_params)
    identity = await run_sync(provider.finish, answer, ceremony.data, limiter=site.accounts.calls)
    visit = Visit(request, lang, site, moment)
    response = await run_sync(_arrive, visit, ceremony, identity)
    drop_cookie(response, request, suffix=COOKIE)
    return response


async def _go(visit: Visit, purpose: Purpose, following: str, account_id: UUID | None) -> Response:
    require_https(visit.request, visit.site)
    provider = _provider(visit.site)
    base = visit.site.settings.public_url.rstrip("/") or str(visit.request.base_url).rstrip("/")
    again = purpose is Purpose.CONFIRM
    begun = await run_sync(
        lambda: provider.start(f"{base}{BACK}", again=again), limiter=visit.site.accounts.calls
    )
    kept = begun.kept | {
        "state": begun.state,
        "purpose": str(purpose),
        "lang": visit.lang,
        "next": coming_back.safe(following, visit.lang),
    }

    def begin() -> str:
        with write_session(visit.site.engine) as session:
            return ceremonies.begin(
                session, CeremonyKind.PROVIDER, kept, now=visit.moment.now, account_id=account_id
            )

    token = await run_sync(begin)
    response = RedirectResponse(begun.address, status_code=303)
    set_cookie(response, visit.request, token, suffix=COOKIE, lasts=int(LASTS.total_seconds()))
    return response


def _arrive(visit: Visit, ceremony: Ceremony, identity: Identity) -> Response:
    response = visit.go_on(ceremony.data["next"])
    purpose = Purpose(ceremony.data["purpose"])
    if purpose is Purpose.LINK:
        _link(visit, ceremony, identity)
        return response
    with read_session(visit.site.engine) as session:
        account = identities.account_of(session, identity, moment=visit.moment)
    if account is None:
        raise IdentityUnknown
    if purpose is Purpose.SIGN_IN:
        parts.sign_in(visit, account.id, by="provider", response=response)
        return response
    person = _person(visit, ceremony)
    if account.id != person.account_id:
        raise ProviderRefused
    parts.confirm(visit, person.session_id, person.account_id, by="provider", response=response)
    return response


def _link(visit: Visit, ceremony: Ceremony, identity: Identity) -> None:
    person = _person(visit, ceremony)
    require_fresh(person, visit.site.engine, visit.moment.now)
    with write_session(visit.site.engine) as session:
        identities.link(session, person.account_id, identity, moment=visit.moment)


def _person(visit: Visit, ceremony: Ceremony) -> SignedIn:
    """Whoever began this must still be signed in, in this browser."""
    person: SignedIn | None = getattr(visit.request.state, "signed_in", None)
    if person is None or person.account_id != ceremony.account_id:
        raise CeremonyOver
    return person


def _provider(site: Site) -> Provider:
    if site.accounts.provider is None:
        raise NotFound
    return site.accounts.provider
