"""Webhooks of an organisation: made by who manages it, given new secrets, replayed and stopped."""

from collections.abc import Sequence
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from frontend.pages.account.notices import sentence
from frontend.pages.account.parts import TypedDep, Visit, VisitDep, given
from frontend.templating import respond
from frontend.views import formats
from frontend.views.notices import DeliveryLine, ShownOnceView, WebhookLine, WebhooksView, WebhookView
from frontend.views.parts import Badge, Choice, Fact, Field, FieldError, Tone
from registry.access.actors import Actor
from registry.access.http import May
from registry.access.permissions import Act
from registry.accounts import logins
from registry.accounts.http import FreshDep, SignedInDep
from registry.accounts.sessions import SignedIn
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict, Invalid
from registry.notices import webhooks
from registry.notices.gate import LONGEST
from registry.notices.kinds import NoticeKind
from registry.notices.models import DeliveryRow, NoticeRow, WebhookRow
from registry.notices.reading import Notice
from registry.notices.store import DELIVERED, WAITING

PATH = "organisation/webhooks"
ADDRESS, KIND = "address", "kind"
LONGEST_POSITION = 15
KINDS = frozenset(map(str, NoticeKind))

router = APIRouter(prefix="/{lang}/account/" + PATH, dependencies=[Depends(May(Act.MANAGE_WEBHOOKS))])


@router.get("")
def listed(visit: VisitDep, person: SignedInDep) -> Response:
    return _page(visit, person, "", KINDS)


@router.post("")
def make(visit: VisitDep, person: FreshDep, typed: TypedDep) -> Response:
    """A new webhook; its secret is shown now and never again."""
    address = given(typed, ADDRESS)[: LONGEST + 1]
    chosen = frozenset(str(value) for value in typed.getlist(KIND)) & KINDS
    wanted = webhooks.Wanted(address, frozenset(map(NoticeKind, chosen)))
    try:
        with write_session(visit.site.engine) as session:
            _, secret = webhooks.subscribe(
                session, wanted, actor=person.actor, now=visit.moment.now, gate=visit.site.gate
            )
    except (Invalid, Conflict) as refused:
        place = KIND if refused.key == "webhook-kinds-missing" else ADDRESS
        fault = FieldError(place, visit.words.say(refused.key, **refused.facts))
        return _page(visit, person, address, chosen, (fault,))
    return _secret(visit, secret)


@router.get("/{webhook_id}")
def one(visit: VisitDep, person: SignedInDep, webhook_id: UUID) -> Response:
    return _one(visit, person.actor, webhook_id)


@router.post("/{webhook_id}/secret")
def renew(visit: VisitDep, person: FreshDep, webhook_id: UUID) -> Response:
    with write_session(visit.site.engine) as session:
        secret = webhooks.rotate(session, webhook_id, actor=person.actor, now=visit.moment.now)
    return _secret(visit, secret)


@router.post("/{webhook_id}/stop")
def stop(visit: VisitDep, person: FreshDep, webhook_id: UUID) -> Response:
    with write_session(visit.site.engine) as session:
        webhooks.stop(session, webhook_id, actor=person.actor, now=visit.moment.now)
    return visit.go(PATH)


@router.post("/{webhook_id}/replay")
def replay(visit: VisitDep, person: SignedInDep, webhook_id: UUID, typed: TypedDep) -> Response:
    text = given(typed, "after")
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_POSITION):
        fault = FieldError("after", visit.words.say("webhooks.position-unreadable"))
        return _one(visit, person.actor, webhook_id, text[:LONGEST_POSITION], (fault,))
    webhooks.spend(visit.site.accounts.limiter, actor=person.actor)
    with write_session(visit.site.engine) as session:
        webhooks.replay(session, webhook_id, int(text), actor=person.actor, now=visit.moment.now)
    return visit.go(f"{PATH}/{webhook_id}")


@router.post("/{webhook_id}/deliveries/{delivery_id}/again")
def again(visit: VisitDep, person: SignedInDep, webhook_id: UUID, delivery_id: UUID) -> Response:
    webhooks.spend(visit.site.accounts.limiter, actor=person.actor)
    with write_session(visit.site.engine) as session:
        webhooks.again(session, webhook_id, delivery_id, actor=person.actor, now=visit.moment.now)
    return visit.go(f"{PATH}/{webhook_id}")


def _secret(visit: Visit, secret: str) -> Response:
    words = visit.words
    view = ShownOnceView(
        title=words.say("webhooks.secret-made"),
        text=words.say("webhooks.secret-once"),
        secret=secret,
        back=visit.path(PATH),
        back_words=words.say("webhooks.back"),
    )
    return respond(visit.request, visit.lang, "account/shown_once.html", view=view)


def _page(
    visit: Visit, person: SignedIn, address: str, chosen: frozenset[str], faults: Sequence[FieldError] = ()
) -> Response:
    words, said = visit.words, {one.field_id: one.text for one in faults}
    with read_session(visit.site.engine) as session:
        found = webhooks.of_organisation(session, actor=person.actor)
        shared = logins.get(session, person.account_id).demonstration
    view = WebhooksView(
        lines=tuple(_line(visit, row) for row in found),
        action=visit.path(PATH),
        field=Field(
            ADDRESS,
            words.say("webhooks.address"),
            address,
            hint=words.say("webhooks.address-hint"),
            error=said.get(ADDRESS, ""),
            kind="url",
            required=True,
            autocomplete="off",
        ),
        kinds=tuple(
            Choice(kind, words.say(f"notice-kind.{kind}"), "", chosen=kind in chosen) for kind in NoticeKind
        ),
        kinds_error=said.get(KIND, ""),
        errors=tuple(faults),
        shared=shared,
    )
    status = 422 if faults else 200
    return respond(visit.request, visit.lang, "account/webhooks.html", status=status, view=view)


def _one(
    visit: Visit, actor: Actor, webhook_id: UUID, after: str = "", faults: Sequence[FieldError] = ()
) -> Response:
    words = visit.words
    with read_session(visit.site.engine) as session:
        row = webhooks.get(session, webhook_id, actor=actor)
        found = webhooks.deliveries(session, webhook_id, actor=actor)
    base, runs = visit.path(f"{PATH}/{row.id}"), row.stopped_at is None
    view = WebhookView(
        address=row.address,
        facts=(
            Fact(words.say("webhooks.kinds"), _kinds(visit, row)),
            Fact(words.say("webhooks.made"), formats.instant(row.created_at, visit.lang)),
        ),
        deliveries=tuple(_delivery(visit, base if runs else "", *pair) for pair in found),
        secret_action=f"{base}/secret" if runs else "",
        stop_action=f"{base}/stop" if runs else "",
        replay_action=f"{base}/replay" if runs else "",
        replay=Field(
            "after",
            words.say("webhooks.after"),
            after,
            hint=words.say("webhooks.after-hint"),
            error=faults[0].text if faults else "",
            input_mode="numeric",
            required=True,
        ),
        errors=tuple(faults),
    )
    status = 422 if faults else 200
    return respond(visit.request, visit.lang, "account/webhook.html", status=status, view=view)


def _kinds(visit: Visit, row: WebhookRow) -> str:
    return visit.words.listed(visit.words.say(f"notice-kind.{one}") for one in row.kinds.split())


def _line(visit: Visit, row: WebhookRow) -> WebhookLine:
    words = visit.words
    stopped = row.stopped_at is not None
    state = (
        Badge(words.say("webhooks.stopped"), Tone.QUIET)
        if stopped
        else Badge(words.say("webhooks.runs"), Tone.GOOD)
    )
    return WebhookLine(row.address, visit.path(f"{PATH}/{row.id}"), state, _kinds(visit, row))


def _delivery(visit: Visit, base: str, row: DeliveryRow, notice: NoticeRow) -> DeliveryLine:
    words = visit.words
    tone = {DELIVERED: Tone.GOOD, WAITING: Tone.QUIET}.get(row.state, Tone.BAD)
    return DeliveryLine(
        position=str(row.position),
        what=sentence(Notice.of(notice), visit.lang),
        state=Badge(words.say(f"webhooks.delivery-{row.state}"), tone),
        tries=str(row.tries),
        answer=row.answer
        if row.answer.isdigit() or not row.answer
        else words.say(f"webhooks.no-answer-{row.answer}"),
        again_action=f"{base}/deliveries/{row.id}/again" if base else "",
    )
