"""API keys of an organisation: made by who manages it, shown once, revoked at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Depends, Response

from frontend.pages.account.parts import TypedDep, Visit, VisitDep, given
from frontend.templating import respond
from frontend.views import formats
from frontend.views.account import KeyLine, KeysView, NewKeyView
from frontend.views.parts import Badge, Choice, Field, FieldError, Tone
from registry.access.actors import Actor
from registry.access.http import May
from registry.access.permissions import Act, Target, require
from registry.accounts import keys
from registry.accounts.http import FreshDep, SignedInDep
from registry.accounts.keys import MOST_DAYS, Wanted
from registry.accounts.models import ApiKeyRow
from registry.kit.db import read_session, write_session
from registry.kit.errors import Invalid, NotFound

router = APIRouter(prefix="/{lang}/account/keys", dependencies=[Depends(May(Act.MANAGE_KEYS))])

USUAL_DAYS = 90


@dataclass(frozen=True, slots=True)
class Typed:
    """A key as it was asked for."""

    name: str = ""
    days: str = str(USUAL_DAYS)
    scopes: frozenset[str] = frozenset()


@router.get("")
def listed(visit: VisitDep, person: SignedInDep) -> Response:
    return _page(visit, person.actor, Typed())


@router.post("")
def make(visit: VisitDep, person: FreshDep, typed: TypedDep) -> Response:
    """A new key; what is shown now is shown never again."""
    chosen = frozenset(value for value in typed.getlist("scope") if isinstance(value, str))
    asked = Typed(given(typed, "name")[:80], given(typed, "days")[:6], chosen)
    if person.membership is None:
        raise NotFound
    try:
        with write_session(visit.site.engine) as session:
            key = keys.make(
                session, person.membership, _wanted(asked), actor=person.actor, moment=visit.moment
            )
    except Invalid as refused:
        fault = FieldError("name", visit.words.say(refused.key, **refused.facts))
        return _page(visit, person.actor, asked, (fault,))
    view = NewKeyView(name=asked.name, key=key, back=visit.path("keys"))
    return respond(visit.request, visit.lang, "account/new_key.html", view=view)


@router.post("/{key_id}/revoke")
def revoke(visit: VisitDep, person: FreshDep, key_id: str) -> Response:
    with write_session(visit.site.engine) as session:
        keys.revoke(session, key_id, actor=person.actor, moment=visit.moment)
    return visit.go("keys")


def _wanted(asked: Typed) -> Wanted:
    days = int(asked.days) if asked.days.isascii() and asked.days.isdecimal() else 0
    if not asked.scopes <= set(Act):
        raise Invalid("key-scope-unknown")
    return Wanted(asked.name, frozenset(Act(one) for one in asked.scopes), days)


def _page(visit: Visit, actor: Actor, asked: Typed, faults: Sequence[FieldError] = ()) -> Response:
    words = visit.words
    require(actor, Act.MANAGE_KEYS, Target(organisation_id=actor.organisation_id))
    with read_session(visit.site.engine) as session:
        found = keys.of_organisation(session, actor)
    said = faults[0].text if faults else ""
    view = KeysView(
        lines=tuple(_line(visit, row) for row in found),
        action=visit.path("keys"),
        fields=(
            Field("name", words.say("account.key-name"), asked.name, error=said, required=True),
            Field(
                "days",
                words.say("account.key-days"),
                asked.days,
                hint=words.say("account.key-days-hint", most=MOST_DAYS),
                input_mode="numeric",
                required=True,
            ),
        ),
        scopes=tuple(
            Choice(act, words.say(f"act.{act}"), "", chosen=act in asked.scopes)
            for act in keys.grantable(actor)
        ),
        errors=tuple(faults),
    )
    status = 422 if faults else 200
    return respond(visit.request, visit.lang, "account/keys.html", status=status, view=view)


def _line(visit: Visit, row: ApiKeyRow) -> KeyLine:
    words, scopes = visit.words, row.scopes.split()
    if row.revoked_at is not None:
        state = Badge(words.say("account.key-revoked"), Tone.BAD)
    elif row.expires_at <= visit.moment.now:
        state = Badge(words.say("account.key-expired"), Tone.QUIET)
    else:
        state = Badge(words.say("account.key-works"), Tone.GOOD)
    return KeyLine(
        name=row.name,
        id=f"gm_{row.id}",
        state=state,
        scopes=words.listed(words.say(f"act.{one}") for one in scopes) or words.say("account.key-reads"),
        expires=formats.instant(row.expires_at, visit.lang),
        used=formats.instant(row.used_at, visit.lang) if row.used_at else words.say("account.never"),
        revoke_action="" if row.revoked_at else visit.path(f"keys/{row.id}/revoke"),
    )
