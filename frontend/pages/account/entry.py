"""Signing in with a password or as a demonstration role, and signing out."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import select
from sqlmodel import Session, col
from starlette.background import BackgroundTask

from frontend import coming_back
from frontend.csrf import refuse_cross_site_writes
from frontend.identify import cookie_name, drop_cookie, is_encrypted, require_https
from frontend.pages.account import parts
from frontend.pages.account.parts import NextQuery, TypedDep, Visit, VisitDep, given, secret
from frontend.pages.words import Words
from frontend.templating import respond
from frontend.views.account import DemonstrationLogin, SignInView
from frontend.views.parts import Field, FieldError
from registry.access.actors import ActorRole
from registry.access.http import May
from registry.access.permissions import Act
from registry.accounts import events, logins, memberships, sessions
from registry.accounts.events import Kind
from registry.accounts.limiting import TooManyTries
from registry.accounts.logins import LoginUnreadable
from registry.accounts.models import AccountRow, MembershipRow
from registry.accounts.passwords import outdated
from registry.kit import clock
from registry.kit.db import read_session, write_session
from registry.kit.errors import NotFound
from registry.kit.settings import Mode

router = APIRouter(
    prefix="/{lang}/account",
    dependencies=[Depends(May(Act.SIGN_IN)), Depends(refuse_cross_site_writes)],
)


@router.get("/sign-in")
def form(visit: VisitDep, following: NextQuery = "") -> Response:
    """The form; who is signed in already goes on, so that one link serves everybody."""
    if getattr(visit.request.state, "signed_in", None) is not None:
        return visit.go_on(following)
    return _page(visit, following, login="")


@router.post("/sign-in")
async def sign_in(visit: VisitDep, typed: TypedDep) -> Response:
    """A wrong password, an unknown login and a disabled account get one answer, equally late."""
    require_https(visit.request, visit.site)
    login, password, following = given(typed, "login"), secret(typed, "password"), given(typed, "next")
    try:
        login = logins.normal(login)
    except LoginUnreadable as refused:
        return await _again(visit, following, login, visit.words.say(refused.key))
    desk = visit.site.accounts
    try:
        async with desk.limiter.trying(account=login, source=visit.moment.address) as one:
            account = await run_sync(_usable, visit, login)
            good = await desk.hashing.matches(account.password_hash if account else None, password)
            one.failed = not good
    except TooManyTries as refused:
        said = visit.words.say(refused.key, **refused.facts)
        answer = await _again(visit, following, login, said, status=refused.status)
        answer.headers["Retry-After"] = str(refused.retry_after)
        return answer
    response = visit.go_on(following)
    if account is not None and good:
        proved = await _strengthened(visit, account, password)
        if await run_sync(_begin, visit, account.id, proved, response):
            return response
    answer = await _again(visit, following, login, visit.words.say("sign-in-refused"))
    if account is not None:  # written down after the answer, whose time would tell that the login is known
        answer.background = BackgroundTask(_note_failure, visit, account)
    return answer


@router.post("/sign-in/demonstration")
def demonstrate(visit: VisitDep, typed: TypedDep) -> Response:
    """As the demonstration account of a role, without a password; there is none of it in production."""
    with read_session(visit.site.engine) as session:
        found = {one.name: one.account_id for one in _demonstration(visit, session)}
    account_id = found.get(given(typed, "role"))
    if account_id is None:
        raise NotFound
    response = visit.go_on(given(typed, "next"))
    parts.sign_in(visit, account_id, by="demonstration", response=response)
    return response


@router.post("/sign-out")
def sign_out(visit: VisitDep, request: Request) -> Response:
    """End the session here and in the browser; harmless for who is not signed in."""
    token = request.cookies.get(cookie_name(request, visit.site))
    if token:
        with write_session(visit.site.engine) as session:
            known = sessions.find(session, token, now=visit.moment.now, terms=visit.site.accounts.terms)
            if known is not None:
                events.note(session, known.account_id, Kind.SIGNED_OUT, visit.moment)
            sessions.end_by_token(session, token)
    response = visit.go("signed-out")
    drop_cookie(response, request)
    return response


@router.get("/signed-out")
def signed_out(visit: VisitDep) -> Response:
    return respond(visit.request, visit.lang, "account/signed_out.html", view=None)


def _usable(visit: Visit, login: str) -> AccountRow | None:
    with read_session(visit.site.engine) as session:
        account = logins.by_login(session, login)
        return account if logins.is_usable(account, visit.moment.now) else None


def _note_failure(visit: Visit, account: AccountRow) -> None:
    with write_session(visit.site.engine) as session:
        events.note(session, account.id, Kind.SIGN_IN_FAILED, visit.moment)


def _begin(visit: Visit, account_id: UUID, proved: str, response: Response) -> bool:
    """Begin a session unless the password has changed, or the account has stopped, since it was compared."""
    with write_session(visit.site.engine) as session:
        account = logins.locked(session, account_id)
        if account.password_hash != proved or not logins.is_usable(account, clock.now()):
            return False
        parts.start(session, visit, account_id, by="password", response=response)
        return True


async def _strengthened(visit: Visit, account: AccountRow, password: str) -> str:
    """The hash of what was proved, made anew where it had cost less than today's."""
    old = account.password_hash or ""
    if not outdated(old):
        return old
    new = await visit.site.accounts.hashing.hashed(password)

    def keep() -> None:
        with write_session(visit.site.engine) as session:
            logins.strengthen(session, account.id, old=old, new=new)

    await run_sync(keep)
    return new


@dataclass(frozen=True, slots=True)
class _Shown:
    """A demonstration account; where a role has several, `place` tells them apart, from 1."""

    account_id: UUID
    role: str
    place: int

    @property
    def name(self) -> str:
        return self.role if self.place == 1 else f"{self.role}-{self.place}"

    def label(self, words: Words) -> str:
        role = words.say(f"actor.{self.role}")
        if self.place == 1:
            return words.say("account.demonstrate", role=role)
        return words.say("account.demonstrate-another", role=role, place=self.place)


def _demonstration(visit: Visit, session: Session) -> list[_Shown]:
    """The demonstration accounts in the order of their roles; two persons of the registry decide a case."""
    if not visit.site.demonstration:
        return []
    found = session.execute(
        select(AccountRow.id, MembershipRow.role)  # type: ignore[call-overload]
        .join(MembershipRow, col(MembershipRow.account_id) == col(AccountRow.id))
        .where(
            col(AccountRow.demonstration),
            col(AccountRow.disabled_at).is_(None),
            memberships.holds(visit.moment.now),
        )
        .order_by(col(AccountRow.login))
    )
    order, met = list(ActorRole), Counter[str]()
    shown = []
    for account_id, role in sorted(found, key=lambda one: order.index(ActorRole(one[1]))):
        met[role] += 1
        shown.append(_Shown(account_id, role, met[role]))
    return shown


async def _again(visit: Visit, following: str, login: str, said: str, *, status: int = 422) -> Response:
    """The form again with what was wrong; the password is never sent back."""
    fault = FieldError("login", said)
    return await run_sync(lambda: _page(visit, following, login=login, faults=(fault,), status=status))


def _page(
    visit: Visit, following: str, *, login: str, faults: tuple[FieldError, ...] = (), status: int = 200
) -> Response:
    words, site = visit.words, visit.site
    with read_session(site.engine) as session:
        demonstration = _demonstration(visit, session)
    view = SignInView(
        action=visit.path("sign-in"),
        following=coming_back.safe(following, visit.lang),
        fields=(
            Field(
                "login",
                words.say("account.login"),
                login,
                error=faults[0].text if faults else "",
                kind="email",
                required=True,
                autocomplete="username",
            ),
            Field(
                "password",
                words.say("account.password"),
                kind="password",
                required=True,
                autocomplete="current-password",
            ),
        ),
        errors=faults,
        provider_href=visit.path("sign-in/provider") if site.accounts.provider else "",
        demonstration=tuple(DemonstrationLogin(one.name, one.label(words)) for one in demonstration),
        refused=site.settings.mode is Mode.PRODUCTION and not is_encrypted(visit.request),
    )
    return respond(visit.request, visit.lang, "account/sign_in.html", status=status, view=view)
