"""The certificates that a body issued, or those of a number for an officer, and the page of one of them."""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Response
from sqlmodel import Session

from frontend.pages import verify
from frontend.pages.account.body import papers
from frontend.pages.account.body.side import BODY, Clerk, ClerkDep, Side, certificate
from frontend.pages.paging import cut, pager
from frontend.pages.reference import reference
from frontend.pages.verdicts import TONES
from frontend.templating import respond
from frontend.views import formats
from frontend.views.body import ActLine, CertificateLine, CertificatesView, CertificateView, Offer
from frontend.views.parts import Badge, Fact, Field, Link, Notice, Option, Tone
from registry.access.http import May
from registry.certificates import queries
from registry.certificates.facts import ActKind, CertificateFact
from registry.certificates.kind import CERTIFICATE
from registry.certificates.states import Refusal, StateOnDay, on_day, refusal
from registry.changes.kinds import Known
from registry.changes.reading import Point, get, history, many, point
from registry.kit.db import read_session
from registry.parties.service import ORGANISATION

ACTS = (
    ActKind.SUSPEND, ActKind.REINSTATE, ActKind.WITHDRAW, ActKind.CANCEL, ActKind.REISSUE, ActKind.OBJECT,
    ActKind.SETTLE,
)  # fmt: skip
DONE = frozenset({*map(str, ACTS), str(ActKind.RENEW)})


def router(side: Side) -> APIRouter:
    """The list and the page of a certificate for one side."""
    made = APIRouter(
        prefix=f"/{{lang}}/account/{side.name}/certificates", dependencies=[Depends(May(side.act))]
    )

    @made.get("")
    def certificates(
        clerk: ClerkDep,
        q: Annotated[str, Query(max_length=120)] = "",
        state: Annotated[str, Query(max_length=20)] = "",
        page: Annotated[str, Query(max_length=9)] = "",
    ) -> Response:
        return _list(side, clerk, {"q": q.strip(), "state": state}, page)

    @made.get("/{code}")
    def one(clerk: ClerkDep, code: str, done: Annotated[str, Query(max_length=20)] = "") -> Response:
        return _one(side, clerk, code, done)

    return made


def _list(side: Side, clerk: Clerk, asked: dict[str, str], page: str) -> Response:
    visit, words, here = clerk.visit, clerk.visit.words, clerk.path(side)
    with read_session(visit.site.engine) as session:
        at = point(session, clerk.today)
        found = [
            one
            for one in _found(session, side, clerk, asked["q"], at)
            if asked["state"] in ("", on_day(one.fact, at.on))
        ]
        part = cut(found, page)
        lines = _lines(session, part.items, side, clerk, at)
        notices = _scope_notices(session, clerk, at) if side is BODY else ()

    def href(number: int) -> str:
        kept = {**asked, "page": str(number) if number > 1 else ""}
        query = urlencode([(name, value) for name, value in kept.items() if value])
        return f"{here}?{query}" if query else here

    states = (
        Option("", words.say("review.every"), not asked["state"]),
        *(Option(str(one), words.say(f"state.{one}"), asked["state"] == one) for one in StateOnDay),
    )
    view = CertificatesView(
        title=words.say(f"body.list.{side.name}"),
        lead=words.say(f"body.list.{side.name}-text"),
        action=here,
        fields=(
            Field("q", words.say("label.certificate-number"), asked["q"], kind="search"),
            Field("state", words.say("review.filter-state"), kind="select", options=states, required=True),
        ),
        count=words.say("body.count", count=formats.number(len(found))),
        lines=lines,
        pager=pager(part.page, part.pages, href),
        notices=notices,
        back=(Link(words.say("body.account"), visit.path()),),
    )
    return respond(visit.request, visit.lang, "account/body/certificates.html", view=view)


def _found(
    session: Session, side: Side, clerk: Clerk, number: str, at: Point
) -> Sequence[Known[CertificateFact]]:
    """A body sees what it issued; an officer asks by number."""
    if side is not BODY:
        return queries.by_number(session, number, at)
    if clerk.organisation_id is None:
        return []
    wanted = number.casefold()
    issued = queries.of_body(session, clerk.organisation_id, at)
    return [one for one in issued if wanted in one.fact.number.casefold()]


def _lines(
    session: Session, found: Sequence[Known[CertificateFact]], side: Side, clerk: Clerk, at: Point
) -> tuple[CertificateLine, ...]:
    words, known = clerk.visit.words, reference(session, at)
    holders = many(session, ORGANISATION, (one.fact.holder_id for one in found), at)
    return tuple(
        CertificateLine(
            number=one.fact.number,
            href=clerk.path(side, one.fact.code),
            holder=words.name(holders[one.fact.holder_id].fact) if one.fact.holder_id in holders else "—",
            category=known.category(one.fact.category, words),
            until=words.day(one.fact.valid_to),
            state=state_badge(one.fact, clerk),
            disputed=_disputed(one.fact, clerk),
        )
        for one in found
    )


def _scope_notices(session: Session, clerk: Clerk, at: Point) -> tuple[Notice, ...]:
    """An approval that ended: nothing new is entered, nothing entered is touched."""
    body = get(session, ORGANISATION, clerk.organisation_id, at) if clerk.organisation_id else None
    lapsed = [
        scope
        for scope in (body.fact.approved_scopes if body else ())
        if scope.valid_to is not None and scope.valid_to < at.on
    ]
    words, known = clerk.visit.words, reference(session, at)
    return tuple(
        Notice(
            Tone.WARN,
            words.say(
                "body.scope-lapsed",
                day=scope.valid_to,
                categories=[known.category(one, words) for one in scope.categories],
            ),
            words.say("body.scope-lapsed-text"),
        )
        for scope in lapsed
    )


def _one(side: Side, clerk: Clerk, code: str, done: str) -> Response:
    visit, words = clerk.visit, clerk.visit.words
    with read_session(visit.site.engine) as session:
        known, at = certificate(session, code, side, clerk)
        versions = history(session, CERTIFICATE, known.fact.id, as_of=at.as_of)
        parties = many(session, ORGANISATION, (known.fact.holder_id, known.fact.body_id), at)
    fact = known.fact
    names = {key: words.name(one.fact) for key, one in parties.items()}
    products = {product for row in fact.rows for product in row.product_ids}
    view = CertificateView(
        number=fact.number,
        state=state_badge(fact, clerk),
        disputed=_disputed(fact, clerk),
        facts=(
            Fact(words.say("label.number"), fact.code),
            Fact(words.say("label.body"), names.get(fact.body_id, "—")),
            Fact(words.say("label.holder"), names.get(fact.holder_id, "—")),
            Fact(words.say("label.validity"), words.say("period", start=fact.valid_from, end=fact.valid_to)),
            Fact(
                words.say("body.scope"),
                words.say("body.scope-n", rows=len(fact.rows), products=len(products)),
            ),
        ),
        offers=tuple(_offers(fact, side, clerk)),
        acts=_acts(versions, side, clerk),
        links=(Link(words.say("action.verdict"), verify.address(fact.code)),),
        notices=(Notice(Tone.GOOD, words.say(f"body.done.{done}")),) if done in DONE else (),
        back=(
            Link(words.say("body.account"), visit.path()),
            Link(words.say(f"body.list.{side.name}"), clerk.path(side)),
        ),
    )
    return respond(visit.request, visit.lang, "account/body/certificate.html", view=view)


def state_badge(fact: CertificateFact, clerk: Clerk) -> Badge:
    state = on_day(fact, clerk.today)
    return Badge(clerk.visit.words.say(f"state.{state}"), TONES.get(state, Tone.BAD))


def _disputed(fact: CertificateFact, clerk: Clerk) -> Badge | None:
    return Badge(clerk.visit.words.say("body.disputed"), Tone.WARN) if fact.disputed else None


def _offers(fact: CertificateFact, side: Side, clerk: Clerk) -> Sequence[Offer]:
    """Every act: open, or why it is not."""
    words = clerk.visit.words

    def offer(kind: ActKind, why: Refusal | None) -> Offer:
        href = clerk.path(side, fact.code, f"acts/{kind}") if why is None else ""
        return Offer(words.say(f"body.act.{kind}"), href, words.say(f"body.why-not.{why}") if why else "")

    found = [offer(kind, refusal(kind, fact, clerk.today)) for kind in ACTS]
    if side is BODY:
        ended = on_day(fact, clerk.today) in (StateOnDay.WITHDRAWN, StateOnDay.CANCELLED)
        found.append(offer(ActKind.RENEW, Refusal.ENDED if ended else None))
    return found


def _acts(versions: Sequence[Known[CertificateFact]], side: Side, clerk: Clerk) -> tuple[ActLine, ...]:
    """Every act in the order of the days; versions that only restate or mend one tell it once."""
    words = clerk.visit.words
    told = {
        (one.header.effective_on, one.fact.act, one.fact.act_reason, one.fact.act_evidence): one.fact
        for one in versions
    }
    return tuple(
        ActLine(
            words.day(key[0]),
            words.say(f"act.{fact.act}"),
            tuple(_details(fact, clerk)),
            papers.link(fact, side, clerk),
        )
        for key, fact in sorted(told.items(), key=lambda one: one[0][0])
    )


def _details(fact: CertificateFact, clerk: Clerk) -> Sequence[str]:
    words = clerk.visit.words
    said = (
        ("body.reason", fact.act_reason),
        ("body.evidence", fact.act_evidence),
        ("body.appeal", fact.appeal_until),
        ("body.source", fact.known_by.note),
    )
    return [words.say(key, value=value) for key, value in said if value]
