"""Both halves of a passkey's ceremony, as JSON for the script: what the device is asked, what it answers."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from frontend import coming_back
from frontend.csrf import refuse_cross_site_writes
from frontend.identify import require_https
from frontend.pages.account import parts
from frontend.pages.account.parts import Visit, VisitDep
from frontend.pages.check_desk import fits
from registry.access.http import May
from registry.access.permissions import Act
from registry.accounts import ceremonies, passkeys
from registry.accounts.ceremonies import CeremonyKind
from registry.accounts.http import FreshDep, SignedInDep
from registry.accounts.passkeys import Answer, Asked, PasskeyRefused
from registry.kit.db import write_session
from registry.kit.errors import TooLarge

ANSWER_BYTES = 64_000


def _small(request: Request) -> None:
    if not fits(request, ANSWER_BYTES):
        raise TooLarge


router = APIRouter(
    prefix="/{lang}/account", dependencies=[Depends(refuse_cross_site_writes), Depends(_small)]
)


class Brought(BaseModel):
    """What the script sends: the token of the ceremony and the device's answer."""

    model_config = ConfigDict(extra="forbid")

    token: str = Field(max_length=100)
    credential: dict[str, Any]
    name: str = Field("", max_length=200)
    following: str = Field("", max_length=coming_back.LONGEST)


BroughtDep = Annotated[Brought, Body()]


@router.post("/sign-in/passkey/options", dependencies=[Depends(May(Act.SIGN_IN))])
def ask_to_sign_in(visit: VisitDep) -> Response:
    require_https(visit.request, visit.site)
    visit.site.accounts.limiter.spend(f"ceremony:{visit.moment.address}")
    return _ask(visit, CeremonyKind.PASSKEY_SIGN_IN)


@router.post("/sign-in/passkey", dependencies=[Depends(May(Act.SIGN_IN))])
def sign_in(visit: VisitDep, brought: BroughtDep) -> Response:
    """The device says which account; no login is typed, none is revealed."""
    account_id = _prove(visit, CeremonyKind.PASSKEY_SIGN_IN, brought)
    response = _done(visit, brought.following)
    parts.sign_in(visit, account_id, by=parts.PASSKEY, response=response)
    return response


@router.post("/confirm/passkey/options", dependencies=[Depends(May(Act.USE_ACCOUNT))])
def ask_to_confirm(visit: VisitDep, person: SignedInDep) -> Response:
    return _ask(visit, CeremonyKind.PASSKEY_CONFIRM, account_id=person.account_id)


@router.post("/confirm/passkey", dependencies=[Depends(May(Act.USE_ACCOUNT))])
def confirm(visit: VisitDep, person: SignedInDep, brought: BroughtDep) -> Response:
    account_id = _prove(visit, CeremonyKind.PASSKEY_CONFIRM, brought)
    if account_id != person.account_id:
        raise PasskeyRefused
    response = _done(visit, brought.following)
    parts.confirm(visit, person.session_id, person.account_id, by=parts.PASSKEY, response=response)
    return response


@router.post("/passkeys/options", dependencies=[Depends(May(Act.USE_ACCOUNT))])
def ask_to_add(visit: VisitDep, person: FreshDep) -> Response:
    with write_session(visit.site.engine) as session:
        asked = passkeys.ask_to_add(session, person.account_id, visit.keys, moment=visit.moment)
    return _options(asked)


@router.post("/passkeys", dependencies=[Depends(May(Act.USE_ACCOUNT))])
def add(visit: VisitDep, person: FreshDep, brought: BroughtDep) -> Response:
    answer = _answer(visit, CeremonyKind.PASSKEY_ADD, brought)
    with write_session(visit.site.engine) as session:
        row = passkeys.add(session, answer, visit.keys, moment=visit.moment, name=brought.name)
        if row.account_id != person.account_id:
            raise PasskeyRefused
    return _done(visit, visit.path("security"))


def _answer(visit: Visit, kind: CeremonyKind, brought: Brought) -> Answer:
    """What was brought, with its ceremony, taken in a transaction of its own whatever comes of it."""
    with write_session(visit.site.engine) as session:
        ceremony = ceremonies.take(session, kind, brought.token, now=visit.moment.now)
    return Answer(brought.credential, ceremony)


def _prove(visit: Visit, kind: CeremonyKind, brought: Brought) -> UUID:
    answer = _answer(visit, kind, brought)
    with write_session(visit.site.engine) as session:
        return passkeys.prove(session, answer, site=visit.keys, moment=visit.moment).id


def _ask(visit: Visit, kind: CeremonyKind, *, account_id: UUID | None = None) -> Response:
    with write_session(visit.site.engine) as session:
        asked = passkeys.ask_to_prove(session, kind, visit.keys, moment=visit.moment, account_id=account_id)
    return _options(asked)


def _options(asked: Asked) -> Response:
    return JSONResponse({"publicKey": asked.options, "token": asked.token})


def _done(visit: Visit, following: str) -> Response:
    return JSONResponse({"next": coming_back.safe(following, visit.lang)})
