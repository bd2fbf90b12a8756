"""The account's first page: who is signed in, as what, and where to go from here."""

from uuid import UUID

from fastapi import APIRouter, Depends, Response

from frontend.pages.account import doors
from frontend.pages.account.parts import TypedDep, VisitDep, given, organisation_names
from frontend.templating import respond
from frontend.views.account import AccountView, DoorCard, RoleChoice
from frontend.views.parts import Fact
from registry.access.http import May
from registry.access.permissions import Act
from registry.accounts import events, memberships, sessions
from registry.accounts.events import Kind
from registry.accounts.http import SignedInDep
from registry.kit.db import read_session, write_session
from registry.kit.errors import NotFound

router = APIRouter(prefix="/{lang}/account", dependencies=[Depends(May(Act.USE_ACCOUNT))])


@router.get("")
def home(visit: VisitDep, person: SignedInDep) -> Response:
    words, actor = visit.words, person.actor
    with read_session(visit.site.engine) as session:
        held = memberships.current(session, person.account_id, now=visit.moment.now)
    names = organisation_names(visit, {one.organisation_id for one in held})
    facts = [
        Fact(words.say("account.login"), person.login),
        Fact(words.say("account.acting-as"), words.say(f"actor.{actor.role}")),
    ]
    if actor.organisation_id is not None:
        facts.append(Fact(words.say("account.organisation"), names[actor.organisation_id]))
    view = AccountView(
        name=person.name,
        facts=tuple(facts),
        roles=tuple(
            RoleChoice(
                value=str(one.id),
                label=words.say(
                    "account.role-in",
                    role=words.say(f"actor.{one.role}"),
                    organisation=names[one.organisation_id],
                ),
                current=person.membership is not None and one.id == person.membership.id,
            )
            for one in held
        ),
        doors=tuple(
            DoorCard(words.say(door.key), words.say(f"{door.key}-text"), f"/{visit.lang}/{door.path}")
            for door in doors.open_to(actor)
        ),
    )
    return respond(visit.request, visit.lang, "account/home.html", view=view)


@router.post("/role")
def choose_role(visit: VisitDep, person: SignedInDep, typed: TypedDep) -> Response:
    """Act in another of one's roles from now on, in this browser."""
    try:
        wanted = UUID(given(typed, "membership"))
    except ValueError as wrong:
        raise NotFound from wrong
    with write_session(visit.site.engine) as session:
        held = sessions.choose(session, person.session_id, wanted, now=visit.moment.now)
        events.note(session, person.account_id, Kind.ROLE_CHOSEN, visit.moment, detail=held.role)
    return visit.go()
