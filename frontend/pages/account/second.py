"""The second factor: setting up an authenticator, and proving it, or a recovery code, once a session."""

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Response

from frontend import coming_back
from frontend.csrf import refuse_cross_site_writes
from frontend.identify import require_https, set_cookie
from frontend.pages.account.parts import NextQuery, TypedDep, Visit, VisitDep, given
from frontend.templating import respond
from frontend.views.account import RecoveryView, SecondView, TotpView
from frontend.views.parts import Field, FieldError
from frontend.views.qr import picture
from registry.access.http import May
from registry.access.permissions import Act
from registry.accounts import ceremonies, events, logins, second, sessions, totp
from registry.accounts.ceremonies import CeremonyKind
from registry.accounts.events import Kind
from registry.accounts.http import FreshDep, SignedInDep
from registry.accounts.limiting import TooManyTries
from registry.accounts.second import SecondFactorRefused
from registry.accounts.sessions import SignedIn
from registry.kit.db import read_session, write_session

router = APIRouter(
    prefix="/{lang}/account",
    dependencies=[Depends(May(Act.USE_ACCOUNT)), Depends(refuse_cross_site_writes)],
)


@router.get("/second")
def form(visit: VisitDep, person: SignedInDep, following: NextQuery = "") -> Response:
    """Asks for what the account has; who has nothing is shown the way to set it up."""
    return _page(visit, person, following)


@router.post("/second")
async def prove(visit: VisitDep, person: SignedInDep, typed: TypedDep) -> Response:
    """A code of the authenticator or a recovery code; wrong ones are counted and delay the next."""
    require_https(visit.request, visit.site)
    following = given(typed, "next")
    try:
        async with visit.site.accounts.limiter.trying(
            account=f"second:{person.login}", source=visit.moment.address
        ) as one:
            token = await run_sync(_proved, visit, person, given(typed, "code")[:64])
            one.failed = token is None
    except TooManyTries as refused:
        fault = FieldError("code", visit.words.say(refused.key, **refused.facts))
        answer = await run_sync(lambda: _page(visit, person, following, fault=fault, status=429))
        answer.headers["Retry-After"] = str(refused.retry_after)
        return answer
    if token is None:
        fault = FieldError("code", visit.words.say("second-factor-refused"))
        return await run_sync(lambda: _page(visit, person, following, fault=fault, status=422))
    response = visit.go_on(following)
    set_cookie(response, visit.request, token)
    return response


@router.get("/totp")
def set_up(visit: VisitDep, person: FreshDep) -> Response:
    """A secret as a QR code; nothing is kept of it until its first code is typed."""
    with read_session(visit.site.engine) as session:
        logins.owned(session, person.account_id)
    return _set_up(visit, person, totp.new_secret())


@router.post("/totp")
def keep(visit: VisitDep, person: FreshDep, typed: TypedDep) -> Response:
    """The authenticator has shown its code: recovery codes, once, and this session is proved."""
    require_https(visit.request, visit.site)
    visit.site.accounts.limiter.spend(f"ceremony:{visit.moment.address}")
    now, account_id = visit.moment.now, person.account_id
    with write_session(visit.site.engine) as session:
        ceremony = ceremonies.take(session, CeremonyKind.TOTP_ADD, given(typed, "token"), now=now)
    secret = ceremony.data["secret"] if ceremony.account_id == account_id else ""
    if not secret:
        raise ceremonies.CeremonyOver
    try:
        with write_session(visit.site.engine) as session:
            made = second.enrol(session, account_id, secret, given(typed, "code")[:64], moment=visit.moment)
            token = sessions.prove_second(session, person.session_id, now=now)
    except SecondFactorRefused as refused:
        return _set_up(visit, person, secret, fault=FieldError("code", visit.words.say(refused.key)))
    view = RecoveryView(codes=tuple(made), back=visit.path("security"))
    response = respond(visit.request, visit.lang, "account/recovery.html", view=view)
    set_cookie(response, visit.request, token)
    return response


@router.post("/totp/remove")
def remove(visit: VisitDep, person: FreshDep) -> Response:
    with write_session(visit.site.engine) as session:
        second.remove(session, person.account_id, moment=visit.moment)
    return visit.go("security")


def _proved(visit: Visit, person: SignedIn, typed: str) -> str | None:
    """A new token for the session, or None where the code is refused."""
    moment = visit.moment
    try:
        with write_session(visit.site.engine) as session:
            by = second.prove(session, person.account_id, typed, moment=moment)
            events.note(session, person.account_id, Kind.SECOND_FACTOR_PROVED, moment, detail=by)
            return sessions.prove_second(session, person.session_id, now=moment.now)
    except SecondFactorRefused:
        with write_session(visit.site.engine) as session:
            events.note(session, person.account_id, Kind.SECOND_FACTOR_FAILED, moment)
        return None


def _code_field(visit: Visit, hint: str, error: str) -> Field:
    return Field(
        "code",
        visit.words.say("account.code"),
        hint=visit.words.say(hint),
        error=error,
        required=True,
        autocomplete="one-time-code",
    )


def _page(
    visit: Visit, person: SignedIn, following: str, *, fault: FieldError | None = None, status: int = 200
) -> Response:
    with read_session(visit.site.engine) as session:
        held = second.enrolled(session, person.account_id)
        shared = logins.get(session, person.account_id).demonstration
    error = fault.text if fault else ""
    view = SecondView(
        action=visit.path("second"),
        following=coming_back.safe(following, visit.lang),
        passkey_action=visit.path("confirm") if held.passkeys else "",
        field=_code_field(visit, "account.code-hint", error) if held.since else None,
        errors=(fault,) if fault else (),
        set_up_href="" if held or shared else visit.path("security"),
    )
    return respond(visit.request, visit.lang, "account/second.html", status=status, view=view)


def _set_up(visit: Visit, person: SignedIn, secret: str, *, fault: FieldError | None = None) -> Response:
    with write_session(visit.site.engine) as session:
        token = ceremonies.begin(
            session,
            CeremonyKind.TOTP_ADD,
            {"secret": secret},
            now=visit.moment.now,
            account_id=person.account_id,
        )
    view = TotpView(
        action=visit.path("totp"),
        token=token,
        picture=picture(totp.address(secret, person.login)),
        secret=" ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
        field=_code_field(visit, "account.code-first", fault.text if fault else ""),
        errors=(fault,) if fault else (),
    )
    return respond(visit.request, visit.lang, "account/totp.html", status=422 if fault else 200, view=view)
