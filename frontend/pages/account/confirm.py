"""Confirming that it is still the same person, before acts that could hand the account over."""

from uuid import UUID

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from frontend import coming_back
from frontend.identify import require_https
from frontend.pages.account import parts
from frontend.pages.account.parts import NextQuery, TypedDep, Visit, VisitDep, given, secret
from frontend.templating import respond
from frontend.views.account import ConfirmView, KeptView
from frontend.views.parts import Field, FieldError
from registry.access.http import May
from registry.access.permissions import Act
from registry.accounts import events, identities, kept_forms, logins, passkeys
from registry.accounts.events import Kind
from registry.accounts.http import FreshDep, SignedInDep
from registry.accounts.limiting import TooManyTries
from registry.accounts.models import AccountRow
from registry.accounts.sessions import SignedIn
from registry.kit.db import read_session, write_session
from registry.kit.errors import NotFound

router = APIRouter(prefix="/{lang}/account/confirm", dependencies=[Depends(May(Act.USE_ACCOUNT))])


@router.get("")
def form(visit: VisitDep, person: SignedInDep, following: NextQuery = "") -> Response:
    return _page(visit, person, following)


@router.post("")
async def by_password(visit: VisitDep, person: SignedInDep, typed: TypedDep) -> Response:
    """The password once more; wrong ones count like those of a sign-in."""
    require_https(visit.request, visit.site)
    following, desk = given(typed, "next"), visit.site.accounts
    account = await run_sync(_account, visit, person)
    try:
        async with desk.limiter.trying(account=person.login, source=visit.moment.address) as one:
            good = await desk.hashing.matches(account.password_hash, secret(typed, "password"))
            one.failed = not good
    except TooManyTries as refused:
        fault = FieldError("password", visit.words.say(refused.key, **refused.facts))
        status = refused.status
        answer = await run_sync(lambda: _page(visit, person, following, fault=fault, status=status))
        answer.headers["Retry-After"] = str(refused.retry_after)
        return answer
    if not good:
        await run_sync(_note_failure, visit, person)
        fault = FieldError("password", visit.words.say("password-wrong"))
        return await run_sync(lambda: _page(visit, person, following, fault=fault, status=422))
    response = visit.go_on(following)
    await run_sync(
        lambda: parts.confirm(visit, person.session_id, person.account_id, by="password", response=response)
    )
    return response


@router.post("/demonstration")
def by_button(visit: VisitDep, person: SignedInDep, typed: TypedDep) -> Response:
    """Demonstration accounts have no password; their button stands for one."""
    if not (visit.site.demonstration and _account(visit, person).demonstration):
        raise NotFound
    response = visit.go_on(given(typed, "next"))
    parts.confirm(visit, person.session_id, person.account_id, by="demonstration", response=response)
    return response


@router.get("/kept/{kept_id}")
def go_on(visit: VisitDep, person: FreshDep, kept_id: UUID) -> Response:
    """What was typed before the question, sent on by a button: nothing happens by following a link."""
    with read_session(visit.site.engine) as session:
        form = kept_forms.find(session, kept_id, person.session_id, now=visit.moment.now)
    view = KeptView(action=visit.path(f"confirm/kept/{kept_id}"), hidden=form.fields)
    return respond(visit.request, visit.lang, "account/kept.html", view=view)


@router.post("/kept/{kept_id}")
def send(visit: VisitDep, person: FreshDep, kept_id: UUID) -> Response:
    """On to where it was going, with the fields the browser brings; pressed twice, it is carried out once."""
    with write_session(visit.site.engine) as session:
        address = kept_forms.send(session, kept_id, person.session_id, now=visit.moment.now)
    return RedirectResponse(address, status_code=307)


def _account(visit: Visit, person: SignedIn) -> AccountRow:
    with read_session(visit.site.engine) as session:
        return logins.get(session, person.account_id)


def _note_failure(visit: Visit, person: SignedIn) -> None:
    with write_session(visit.site.engine) as session:
        events.note(session, person.account_id, Kind.SIGN_IN_FAILED, visit.moment)


def _page(
    visit: Visit, person: SignedIn, following: str, *, fault: FieldError | None = None, status: int = 200
) -> Response:
    with read_session(visit.site.engine) as session:
        account = logins.get(session, person.account_id)
        held = passkeys.of_account(session, person.account_id)
        linked = identities.of_account(session, person.account_id)
    field = Field(
        "password",
        visit.words.say("account.password"),
        error=fault.text if fault else "",
        kind="password",
        required=True,
        autocomplete="current-password",
    )
    view = ConfirmView(
        action=visit.path("confirm"),
        following=coming_back.safe(following, visit.lang),
        login=person.login,
        password=field if account.password_hash else None,
        errors=(fault,) if fault else (),
        passkeys=bool(held),
        provider_href=visit.path("confirm/provider") if linked and visit.site.accounts.provider else "",
        demonstration=visit.site.demonstration and account.demonstration,
    )
    return respond(visit.request, visit.lang, "account/confirm.html", status=status, view=view)
