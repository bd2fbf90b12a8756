"""Security of an account: where it is signed in, its passkeys, its password, its history."""

from uuid import UUID

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Response

from frontend.identify import require_https
from frontend.pages.account.parts import TypedDep, Visit, VisitDep, secret
from frontend.templating import respond
from frontend.views import formats
from frontend.views.account import EventLine, PasskeyLine, PasswordView, SecurityView, SessionLine
from frontend.views.parts import Field, FieldError
from registry.access.http import May
from registry.access.permissions import BINDING_ROLES, Act
from registry.accounts import events, identities, logins, passkeys, second, sessions
from registry.accounts.events import Kind
from registry.accounts.http import FreshDep, SignedInDep
from registry.accounts.models import EventRow, PasskeyRow, SessionRow
from registry.accounts.passwords import ADVISED, SHORTEST, PasswordRefused, known_of, refuse_weak
from registry.accounts.sessions import SignedIn
from registry.kit.db import read_session, write_session
from registry.kit.errors import NotFound

# The first mark that a browser's own description holds; most claim to be several.
BROWSERS = (
    ("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"),
    ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
    ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip
OF_A_ROLE = (
    Kind.ROLE_CHOSEN, Kind.JOINED, Kind.MEMBERSHIP_ENDED, Kind.INVITED, Kind.INVITATION_WITHDRAWN,
)  # fmt: skip
router = APIRouter(prefix="/{lang}/account", dependencies=[Depends(May(Act.USE_ACCOUNT))])


@router.get("/security")
def security(visit: VisitDep, person: SignedInDep) -> Response:
    now, account_id = visit.moment.now, person.account_id
    with read_session(visit.site.engine) as session:
        account = logins.get(session, account_id)
        living = sessions.of_account(session, account_id, now=now, terms=visit.site.accounts.terms)
        held = passkeys.of_account(session, account_id)
        twice = second.enrolled(session, account_id)
        linked = identities.of_account(session, account_id)
        history = events.of_account(session, account_id)
    offers_link = visit.site.accounts.provider is not None and not linked and not account.demonstration
    view = SecurityView(
        sessions=tuple(_session(visit, person, row, shared=account.demonstration) for row in living),
        passkeys=tuple(_passkey(visit, row) for row in held),
        has_password=account.password_hash is not None,
        linked=bool(linked),
        link_href=visit.path("security/provider") if offers_link else "",
        shared=account.demonstration,
        history=tuple(_event(visit, row) for row in history),
        second_required=visit.site.accounts.terms.second_factor and person.actor.role in BINDING_ROLES,
        totp_since=formats.instant(twice.since, visit.lang) if twice.since else "",
        recovery_left=twice.recovery_left,
    )
    return respond(visit.request, visit.lang, "account/security.html", view=view)


@router.post("/security/sessions/{session_id}/end")
def end_session(visit: VisitDep, person: SignedInDep, session_id: UUID) -> Response:
    """Sign one of one's own browsers out."""
    with write_session(visit.site.engine) as session:
        logins.owned(session, person.account_id)
        if not sessions.end(session, session_id, account_id=person.account_id):
            raise NotFound
        events.note(session, person.account_id, Kind.SESSION_ENDED, visit.moment)
    return visit.go("security")


@router.post("/security/sessions/end-others")
def end_other_sessions(visit: VisitDep, person: SignedInDep) -> Response:
    with write_session(visit.site.engine) as session:
        logins.owned(session, person.account_id)
        if sessions.end_others(session, person):
            events.note(session, person.account_id, Kind.SESSION_ENDED, visit.moment)
    return visit.go("security")


@router.post("/security/passkeys/{passkey_id}/remove")
def remove_passkey(visit: VisitDep, person: FreshDep, passkey_id: UUID) -> Response:
    with write_session(visit.site.engine) as session:
        passkeys.remove(session, passkey_id, account_id=person.account_id, moment=visit.moment)
    return visit.go("security")


def _own_account(visit: VisitDep, person: SignedInDep) -> None:
    """Said before anything is asked: a shared account has no password to change."""
    with read_session(visit.site.engine) as session:
        logins.owned(session, person.account_id)


OWN = [Depends(_own_account)]


@router.get("/password", dependencies=OWN)
def password_form(visit: VisitDep, person: FreshDep) -> Response:
    return _password_page(visit, person.login)


@router.post("/password", dependencies=OWN)
async def set_password(visit: VisitDep, person: FreshDep, typed: TypedDep) -> Response:
    """A new password, typed once, as managers and people paste it; every other browser is signed out."""
    require_https(visit.request, visit.site)
    password = secret(typed, "password")
    try:
        refuse_weak(password, known=known_of(person.login, person.name))
    except PasswordRefused as refused:
        return _password_page(visit, person.login, visit.words.say(refused.key, **refused.facts))
    new = await visit.site.accounts.hashing.hashed(password)

    def keep() -> None:
        with write_session(visit.site.engine) as session:
            logins.set_password(session, person.account_id, new, moment=visit.moment, keep=person.session_id)

    await run_sync(keep)
    return visit.go("security")


def password_field(visit: Visit, error: str = "") -> Field:
    words = visit.words
    return Field(
        "password",
        words.say("account.new-password"),
        hint=words.say("account.password-hint", shortest=SHORTEST, advised=ADVISED),
        error=error,
        kind="password",
        required=True,
        autocomplete="new-password",
    )


def _password_page(visit: Visit, login: str, error: str = "") -> Response:
    view = PasswordView(
        action=visit.path("password"),
        login=login,
        field=password_field(visit, error),
        errors=(FieldError("password", error),) if error else (),
    )
    return respond(
        visit.request, visit.lang, "account/password.html", status=422 if error else 200, view=view
    )


def device(agent: str) -> str:
    """A browser and its system as people call them; anything else as it called itself."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return " · ".join(part for part in (browser, system) if part) or agent[:40]


def _session(visit: Visit, person: SignedIn, row: SessionRow, *, shared: bool) -> SessionLine:
    own = row.id == person.session_id
    return SessionLine(
        device=device(row.device) or visit.words.say("account.device-unknown"),
        since=formats.instant(row.created_at, visit.lang),
        seen=formats.instant(row.seen_at, visit.lang),
        own=own,
        end_action="" if own or shared else visit.path(f"security/sessions/{row.id}/end"),
    )


def _passkey(visit: Visit, row: PasskeyRow) -> PasskeyLine:
    return PasskeyLine(
        name=row.name,
        made=formats.instant(row.created_at, visit.lang),
        used=formats.instant(row.used_at, visit.lang) if row.used_at else visit.words.say("account.never"),
        remove_action=visit.path(f"security/passkeys/{row.id}/remove"),
    )


def _event(visit: Visit, row: EventRow) -> EventLine:
    words = visit.words
    detail = row.detail
    if row.kind in (Kind.SIGNED_IN, Kind.CONFIRMED, Kind.SECOND_FACTOR_PROVED):
        detail = words.say(f"account.by.{row.detail}")
    elif row.kind in OF_A_ROLE:
        detail = words.say(f"actor.{row.detail}")
    return EventLine(
        at=formats.instant(row.at, visit.lang),
        what=words.say(f"account.event.{row.kind}"),
        detail=detail,
        source=row.source,
    )
