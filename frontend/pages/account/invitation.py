"""Accepting an invitation: with a new account and its password, or with the account that is signed in."""

from dataclasses import dataclass
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Query, Response

from frontend.csrf import refuse_cross_site_writes
from frontend.identify import require_https
from frontend.pages.account import parts
from frontend.pages.account.parts import TypedDep, Visit, VisitDep, given, organisation_names, secret
from frontend.pages.account.security import password_field
from frontend.templating import respond
from frontend.views.account import InvitationView
from frontend.views.parts import Field, FieldError
from registry.access.http import May
from registry.access.permissions import Act
from registry.accounts import invitations, logins
from registry.accounts.logins import LONGEST_NAME
from registry.accounts.models import InvitationRow
from registry.accounts.passwords import PasswordRefused, known_of, refuse_weak
from registry.accounts.sessions import SignedIn
from registry.kit.db import read_session, write_session

router = APIRouter(
    prefix="/{lang}/account/invitation",
    dependencies=[Depends(May(Act.SIGN_IN)), Depends(refuse_cross_site_writes)],
)
LONGEST_TOKEN = 100


@dataclass(frozen=True, slots=True)
class Offer:
    """An invitation, and whether its login has an account already."""

    token: str
    row: InvitationRow
    known: bool


@router.get("")
def form(visit: VisitDep, token: Annotated[str, Query(max_length=LONGEST_TOKEN)] = "") -> Response:
    return _page(visit, _offer(visit, token))


@router.post("")
async def accept(visit: VisitDep, typed: TypedDep) -> Response:
    """A new account needs a name and a password; an existing one must be signed in, which proves it."""
    require_https(visit.request, visit.site)
    offer = await run_sync(_offer, visit, given(typed, "token")[:LONGEST_TOKEN])
    if offer.known:
        return await run_sync(_join, visit, offer)
    name, password = given(typed, "name"), secret(typed, "password")
    faults = _faults(visit, offer, name, password)
    if faults:
        return await run_sync(lambda: _page(visit, offer, name, faults))
    hashed = await visit.site.accounts.hashing.hashed(password)
    return await run_sync(lambda: _begin(visit, offer, name, hashed))


def _offer(visit: Visit, token: str) -> Offer:
    with read_session(visit.site.engine) as session:
        row = invitations.find(session, token, now=visit.moment.now)
        return Offer(token, row, logins.by_login(session, row.login) is not None)


def _join(visit: Visit, offer: Offer) -> Response:
    """Add the role to the account that is signed in, if it is the invited one."""
    person: SignedIn | None = getattr(visit.request.state, "signed_in", None)
    if person is None or person.login != offer.row.login:
        return _page(visit, offer, status=403)
    with write_session(visit.site.engine) as session:
        account = logins.get(session, person.account_id)
        invitations.accept(session, offer.token, account, moment=visit.moment)
    return visit.go()


def _begin(visit: Visit, offer: Offer, name: str, hashed: str) -> Response:
    response = visit.go()
    with write_session(visit.site.engine) as session:
        account = logins.create(session, offer.row.login, name, moment=visit.moment, password_hash=hashed)
        invitations.accept(session, offer.token, account, moment=visit.moment)
        parts.start(session, visit, account.id, by="password", response=response)
    return response


def _faults(visit: Visit, offer: Offer, name: str, password: str) -> list[FieldError]:
    words, faults = visit.words, []
    if not 1 <= len(name) <= LONGEST_NAME:
        faults.append(FieldError("name", words.say("account-name-missing", longest=LONGEST_NAME)))
    try:
        refuse_weak(password, known=known_of(offer.row.login, name))
    except PasswordRefused as refused:
        faults.append(FieldError("password", words.say(refused.key, **refused.facts)))
    return faults


def _page(
    visit: Visit, offer: Offer, name: str = "", faults: list[FieldError] | None = None, *, status: int = 200
) -> Response:
    words, said = visit.words, {fault.field_id: fault.text for fault in faults or ()}
    person: SignedIn | None = getattr(visit.request.state, "signed_in", None)
    names = organisation_names(visit, {offer.row.organisation_id})
    here = f"{visit.path('invitation')}?token={offer.token}"
    view = InvitationView(
        action=visit.path("invitation"),
        token=offer.token,
        login=offer.row.login,
        organisation=names[offer.row.organisation_id],
        role=words.say(f"actor.{offer.row.role}"),
        known=offer.known,
        signed_in=person is not None and person.login == offer.row.login,
        here=here,
        fields=()
        if offer.known
        else (
            Field(
                "name",
                words.say("account.name"),
                name,
                hint=words.say("account.name-hint"),
                error=said.get("name", ""),
                required=True,
                autocomplete="name",
            ),
            password_field(visit, said.get("password", "")),
        ),
        errors=tuple(faults or ()),
    )
    status = 422 if faults else status
    return respond(visit.request, visit.lang, "account/invitation.html", status=status, view=view)
