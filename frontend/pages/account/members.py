"""Who acts for an organisation: its members, and invitations to more."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from frontend.pages.account.parts import TypedDep, Visit, VisitDep, given, organisation_names
from frontend.templating import respond
from frontend.views import formats
from frontend.views.account import InvitedView, MemberLine, MembersView, WaitingLine
from frontend.views.parts import Field, FieldError, Option
from registry.access.actors import Actor, ActorRole
from registry.access.http import May
from registry.access.permissions import Act, Target, allows, fields, may
from registry.accounts import invitations, memberships
from registry.accounts.http import FreshDep, SignedInDep
from registry.accounts.logins import LONGEST_LOGIN, LoginUnreadable
from registry.accounts.memberships import OPERATING_BODY, Place
from registry.accounts.models import AccountRow, InvitationRow, MembershipRow
from registry.changes.reading import find_code
from registry.kit.db import read_session, write_session
from registry.kit.errors import NotFound
from registry.kit.ids import parse_code

router = APIRouter(prefix="/{lang}/account/members")


@dataclass(frozen=True, slots=True)
class Typed:
    """An invitation as it was typed."""

    login: str = ""
    role: str = ""
    organisation: str = ""
    manages: bool = False


@router.get("", dependencies=[Depends(May(Act.READ_MEMBERS))])
def members(visit: VisitDep, person: SignedInDep) -> Response:
    return _page(visit, person.actor, Typed())


@router.post("/invite", dependencies=[Depends(May(Act.MANAGE_MEMBERS))])
def invite(visit: VisitDep, person: FreshDep, typed: TypedDep) -> Response:
    """Offer a role; the link is shown once, and the inviter passes it on."""
    asked = Typed(
        given(typed, "login")[:LONGEST_LOGIN],
        given(typed, "role"),
        given(typed, "organisation")[:40],
        given(typed, "manages") == "yes",
    )
    faults, place = _read(visit, person.actor, asked)
    token = ""
    if place is not None:
        try:
            with write_session(visit.site.engine) as session:
                token = invitations.invite(
                    session, asked.login, place, actor=person.actor, moment=visit.moment
                )
        except LoginUnreadable as refused:
            faults.append(FieldError("login", visit.words.say(refused.key)))
    if faults or place is None:
        return _page(visit, person.actor, asked, faults)
    base = visit.site.settings.public_url.rstrip("/") or str(visit.request.base_url).rstrip("/")
    view = InvitedView(
        login=asked.login,
        role=visit.words.say(f"actor.{place.role}"),
        address=f"{base}{visit.path('invitation')}?token={token}",
        days=invitations.DAYS,
    )
    return respond(visit.request, visit.lang, "account/invited.html", view=view)


@router.post("/{membership_id}/end", dependencies=[Depends(May(Act.MANAGE_MEMBERS))])
def end(visit: VisitDep, person: FreshDep, membership_id: UUID) -> Response:
    with write_session(visit.site.engine) as session:
        memberships.end(session, membership_id, actor=person.actor, moment=visit.moment)
    return visit.go("members")


@router.post("/invitations/{invitation_id}/withdraw", dependencies=[Depends(May(Act.MANAGE_MEMBERS))])
def withdraw(visit: VisitDep, person: FreshDep, invitation_id: UUID) -> Response:
    with write_session(visit.site.engine) as session:
        invitations.withdraw(session, invitation_id, actor=person.actor, moment=visit.moment)
    return visit.go("members")


def _read(visit: Visit, actor: Actor, asked: Typed) -> tuple[list[FieldError], Place | None]:
    words, offered = visit.words, {str(role): role for role in memberships.offered(actor)}
    faults = []
    if asked.role not in offered:
        faults.append(FieldError("role", words.say("account.role-missing")))
    organisation_id = actor.organisation_id
    if asked.organisation and may(actor, Act.MANAGE_MEMBERS):
        organisation_id = _organisation(visit, asked.organisation)
        if organisation_id is None:
            faults.append(FieldError("organisation", words.say("account.organisation-unknown")))
    if faults or organisation_id is None:
        return faults, None
    return faults, Place(organisation_id, offered[asked.role], asked.manages)


def _organisation(visit: Visit, code: str) -> UUID | None:
    printed = parse_code(code)
    with read_session(visit.site.engine) as session:
        found = find_code(session, printed) if printed else None
    return found.key if found is not None and found.kind == "organisation" else None


def _page(visit: Visit, actor: Actor, asked: Typed, faults: Sequence[FieldError] = ()) -> Response:
    if actor.organisation_id is None:
        raise NotFound
    own = Target(organisation_id=actor.organisation_id)
    shown = fields(actor, Act.READ_MEMBERS, own)
    manages = allows(actor, Act.MANAGE_MEMBERS, own)
    with read_session(visit.site.engine) as session:
        found = memberships.of_organisation(session, actor.organisation_id, now=visit.moment.now)
        waiting = invitations.open_ones(session, actor, now=visit.moment.now)
    names = organisation_names(visit, {actor.organisation_id})
    view = MembersView(
        organisation=names[actor.organisation_id],
        members=tuple(_line(visit, row, account, actor=actor, shown=shown) for row, account in found),
        waiting=tuple(
            _waiting(visit, one)
            for one in waiting
            if memberships.may_manage(actor, invitations.place_of(one))
        ),
        action=visit.path("members/invite") if manages else "",
        fields=tuple(_fields(visit, actor, asked, {one.field_id: one.text for one in faults})),
        errors=tuple(faults),
    )
    status = 422 if faults else 200
    return respond(visit.request, visit.lang, "account/members.html", status=status, view=view)


def _waiting(visit: Visit, row: InvitationRow) -> WaitingLine:
    said = visit.words.say("account.invited-line", login=row.login, role=visit.words.say(f"actor.{row.role}"))
    return WaitingLine(said, visit.path(f"members/invitations/{row.id}/withdraw"))


def _line(
    visit: Visit, row: MembershipRow, account: AccountRow, *, actor: Actor, shown: frozenset[str] | None
) -> MemberLine:
    """Only the fields that the permission table opens to the reader."""
    place = Place(row.organisation_id, ActorRole(row.role))
    return MemberLine(
        name=account.name if shown is None or "name" in shown else "—",
        login=account.login if shown is None else "",
        role=visit.words.say(f"actor.{row.role}"),
        manages=row.manages,
        since=formats.instant(row.since, visit.lang),
        end_action=visit.path(f"members/{row.id}/end") if memberships.may_manage(actor, place) else "",
    )


def _fields(visit: Visit, actor: Actor, asked: Typed, said: dict[str, str]) -> list[Field]:
    words = visit.words
    options = [
        Option(str(role), words.say(f"actor.{role}"), str(role) == asked.role)
        for role in memberships.offered(actor)
    ]
    found = [
        Field(
            "login",
            words.say("account.login"),
            asked.login,
            error=said.get("login", ""),
            kind="email",
            required=True,
            autocomplete="off",
        ),
        Field(
            "role",
            words.say("account.role"),
            error=said.get("role", ""),
            kind="select",
            options=tuple(options),
            required=True,
        ),
    ]
    if actor.organisation_id == OPERATING_BODY:
        found.append(
            Field(
                "organisation",
                words.say("account.organisation"),
                asked.organisation,
                hint=words.say("account.organisation-hint"),
                error=said.get("organisation", ""),
            )
        )
    return found
