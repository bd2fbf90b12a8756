"""What every account page asks of its request, and how a browser is signed in."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from frontend import coming_back
from frontend.frame import LangPath
from frontend.i18n import Lang
from frontend.identify import cookie_name, set_cookie
from frontend.pages.check_desk import fits, text
from frontend.pages.standpoint import Moment as Standing
from frontend.pages.standpoint import stand
from frontend.pages.words import Words
from frontend.site import Site, SiteDep
from registry.accounts import events, sessions
from registry.accounts.events import Kind, Moment
from registry.accounts.memberships import OPERATING_BODY
from registry.accounts.passkeys import Site as KeySite
from registry.changes.reading import many
from registry.kit.clock import NowDep, civil_day
from registry.kit.db import read_session, write_session
from registry.kit.errors import TooLarge
from registry.kit.senders import sender
from registry.parties.service import ORGANISATION

FORM_BYTES = 16_000
PASSKEY = "passkey"  # both factors in one: the device is had, and asks for its owner


@dataclass(frozen=True, slots=True)
class Visit:
    """One request to an account page: in which language, when, from where, to which site."""

    request: Request
    lang: Lang
    site: Site
    moment: Moment

    @property
    def words(self) -> Words:
        return Words(self.lang)

    @property
    def keys(self) -> KeySite:
        """For whom passkeys are made: the address the operator gives, else the one asked for."""
        base = self.site.settings.public_url or str(self.request.base_url)
        scheme, _, rest = base.partition("://")
        host = rest.split("/")[0]
        return KeySite(host.split(":")[0], f"{scheme}://{host}")

    def path(self, rest: str = "") -> str:
        return f"/{self.lang}/account{'/' if rest else ''}{rest}"

    def go(self, rest: str = "") -> RedirectResponse:
        return RedirectResponse(self.path(rest), status_code=303)

    def go_on(self, address: str) -> RedirectResponse:
        """To an address the browser brought along, where it is one of ours."""
        return RedirectResponse(coming_back.safe(address, self.lang), status_code=303)


def _visit(request: Request, lang: LangPath, site: SiteDep, now: NowDep) -> Visit:
    return Visit(request, lang, site, moment_of(request, now))


VisitDep = Annotated[Visit, Depends(_visit)]
NextQuery = Annotated[str, Query(alias="next", max_length=coming_back.LONGEST)]


def moment_of(request: Request, now: NowDep) -> Moment:
    return Moment(now, sender(request))


async def _typed(request: Request) -> FormData:
    """The form as typed; its size is known before anything of it is read."""
    if not fits(request, FORM_BYTES):
        raise TooLarge
    return await request.form(max_files=0, max_fields=40)


TypedDep = Annotated[FormData, Depends(_typed)]


def given(typed: FormData, name: str) -> str:
    """A value as it is kept: without the spaces around it."""
    return text(typed, name).strip()


def secret(typed: FormData, name: str) -> str:
    """A password exactly as it was typed."""
    value = typed.get(name, "")
    return value if isinstance(value, str) else ""


def sign_in(visit: Visit, account_id: UUID, *, by: str, response: Response) -> None:
    """Begin a session in a browser; one that it had is void from now on."""
    with write_session(visit.site.engine) as session:
        start(session, visit, account_id, by=by, response=response)


def start(session: Session, visit: Visit, account_id: UUID, *, by: str, response: Response) -> None:
    """The same inside a transaction of the caller's."""
    request, now = visit.request, visit.moment.now
    old = request.cookies.get(cookie_name(request, visit.site))
    if old:
        sessions.end_by_token(session, old)
    device = request.headers.get("user-agent", "")
    token = sessions.begin(session, account_id, device=device, now=now, terms=visit.site.accounts.terms)
    if by == PASSKEY:
        sessions.note_second(session, token, now=now)
    events.note(session, account_id, Kind.SIGNED_IN, visit.moment, detail=by)
    set_cookie(response, request, token)


def confirm(visit: Visit, session_id: UUID, account_id: UUID, *, by: str, response: Response) -> None:
    """The person has proved who they are again: a new token for the same session."""
    with write_session(visit.site.engine) as session:
        token = sessions.renew(session, session_id, now=visit.moment.now)
        if by == PASSKEY:
            sessions.note_second(session, token, now=visit.moment.now)
        events.note(session, account_id, Kind.CONFIRMED, visit.moment, detail=by)
    set_cookie(response, visit.request, token)


def organisation_names(visit: Visit, ids: set[UUID]) -> dict[UUID, str]:
    """What organisations are called; the registry's own staff belong to none of the register."""
    words, site = visit.words, visit.site
    with read_session(site.engine) as session:
        at = stand(session, Standing(civil_day(visit.moment.now)))
        known = many(session, ORGANISATION, ids, at)
    found = {key: words.name(one.fact) for key, one in known.items()}
    return {
        one: found.get(one, words.say("account.operator" if one == OPERATING_BODY else "account.unlisted"))
        for one in ids
    }
