"""One act of a body: typed, previewed, recorded; ending a certificate asks who it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from frontend.forms import Unreadable, read_day
from frontend.pages.account.body import papers
from frontend.pages.account.body.certificates import ACTS
from frontend.pages.account.body.papers import FILE, PAPER, SHOWN, SentDep
from frontend.pages.account.body.side import Clerk, ClerkDep, Side, certificate
from frontend.pages.account.parts import organisation_names
from frontend.pages.check_desk import text
from frontend.templating import respond
from frontend.views.body import ActView, Preview
from frontend.views.parts import Field, FieldError, Link
from registry.access.http import May
from registry.accounts.http import require_fresh
from registry.certificates import effects, service
from registry.certificates.effects import Effect
from registry.certificates.facts import ActKind, CertificateFact
from registry.certificates.service import BodyAct
from registry.changes import feed
from registry.evidence.kinds import EvidenceRefused
from registry.evidence.models import EvidenceFileRow
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict, DomainError, Invalid, NotFound
from registry.kit.known_by import KnownBy, Source

# Nothing brings a certificate back from these.
SEVERE = frozenset({ActKind.WITHDRAW, ActKind.CANCEL})
APPEALED = SEVERE | {ActKind.SUSPEND}
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Typed:
    """The form of an act as it came."""

    values: Mapping[str, str] = field(default_factory=dict)
    errors: tuple[FieldError, ...] = ()
    effect: Effect | None = None
    status: int = 200
    paper: EvidenceFileRow | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Which act on which certificate, from which side."""

    side: Side
    clerk: Clerk
    code: str
    kind: ActKind


def router(side: Side) -> APIRouter:
    """The form of an act and what happens to it, for one side."""
    made = APIRouter(
        prefix=f"/{{lang}}/account/{side.name}/certificates/{{code}}/acts",
        dependencies=[Depends(May(side.act))],
    )

    @made.get("/{kind}")
    def form(clerk: ClerkDep, code: str, kind: str) -> Response:
        place = Place(side, clerk, code, _kind(kind, clerk))
        with read_session(clerk.visit.site.engine) as session:
            return _page(session, place, Typed({"on": clerk.today.isoformat()}))

    @made.post("/{kind}")
    def send(clerk: ClerkDep, code: str, kind: str, typed: SentDep) -> Response:
        """A preview first; the preview's own button records it."""
        return _send(Place(side, clerk, code, _kind(kind, clerk)), typed)

    return made


def _kind(text_: str, clerk: Clerk) -> ActKind:
    """The act of an address; for one that ends a certificate the person is asked once more who they are."""
    if text_ not in ACTS:
        raise NotFound
    kind = ActKind(text_)
    if kind in SEVERE:
        require_fresh(clerk.person, clerk.visit.site.engine, clerk.now)
    return kind


def _send(place: Place, form: FormData) -> Response:
    clerk, kind = place.clerk, place.kind
    values = {name: text(form, name).strip() for name in ("on", "reason", "evidence", "appeal", "source")}
    engine = clerk.visit.site.engine
    with read_session(engine) as session:
        _certificate(session, place)  # nobody brings papers to what is not theirs
    paper, faults = _paper(clerk, form)
    change, found = _read(place, values, paper)
    faults += found
    if change is not None and not faults and text(form, "go") == "record":
        try:
            with write_session(engine) as session:
                fact = _certificate(session, place)
                drafts = service.act(session, fact.id, change, actor=clerk.actor)
                feed.append(session, drafts, actor=str(clerk.actor)[:80], now=clerk.now)
        except (Conflict, Invalid, NotFound) as refused:
            faults.append(_fault(clerk, refused))
        else:
            return RedirectResponse(f"{clerk.path(place.side, place.code)}?done={kind}", status_code=303)
    with read_session(engine) as session:
        effect = None
        if change is not None and not faults:
            fact = _certificate(session, place)
            try:
                effect = effects.effect(session, fact.id, change, actor=clerk.actor)
            except (Conflict, Invalid, NotFound) as refused:
                faults.append(_fault(clerk, refused))
        typed = Typed(values, tuple(faults), effect, 422 if faults else 200, paper)
        return _page(session, place, typed)


def _paper(clerk: Clerk, form: FormData) -> tuple[EvidenceFileRow | None, list[FieldError]]:
    try:
        return papers.brought(clerk, form), []
    except (EvidenceRefused, NotFound) as refused:
        return None, [FieldError(FILE, clerk.visit.words.say(refused.key, **refused.facts))]


def _read(
    place: Place, values: Mapping[str, str], paper: EvidenceFileRow | None
) -> tuple[BodyAct | None, list[FieldError]]:
    words, kind, days = place.clerk.visit.words, place.kind, dict[str, date | None]()
    faults = list[FieldError]()
    for name in ("on", "appeal"):
        try:
            days[name] = read_day(values[name])
        except Unreadable:
            faults.append(FieldError(name, words.say("application.check.not-a-day")))
    needed = {"on", "reason"} | ({"evidence"} if kind in APPEALED else set())
    needed |= {"source"} if place.side.copies else set()
    faults += [
        FieldError(name, words.say("application.check.missing"))
        for name in sorted(needed)
        if not values[name]
    ]
    faults += [
        FieldError(name, words.say("application.check.too-long", limit=LONGEST))
        for name, value in values.items()
        if len(value) > LONGEST or "\x00" in value
    ]
    day = days.get("on")
    if faults or day is None:
        return None, faults
    copied = KnownBy(source=Source.TRANSCRIBED, note=values["source"]) if place.side.copies else None
    appeal = days["appeal"] if kind in APPEALED else None
    sha256 = paper.sha256 if paper is not None else None
    change = BodyAct(kind, day, values["reason"], appeal, copied, values["evidence"] or None, sha256)
    return change, faults


def _fault(clerk: Clerk, refused: DomainError) -> FieldError:
    """What the state machine refuses belongs to the day, a missing reason to the reason."""
    words, facts = clerk.visit.words, dict(refused.facts)
    if "act" in facts:
        facts["act"] = words.say(f"body.act.{facts['act']}")
    if "state" in facts:
        facts["state"] = words.say(f"state.{facts['state']}")
    if isinstance(refused, NotFound):
        return FieldError("on", words.say("body.not-yet"))
    place = {"certificate-act-without-reason": "reason", "certificate-appeal-over-before": "appeal"}
    return FieldError(place.get(refused.key, "on"), words.say(refused.key, **facts))


def _certificate(session: Session, place: Place) -> CertificateFact:
    return certificate(session, place.code, place.side, place.clerk)[0].fact


def _page(session: Session, place: Place, typed: Typed) -> Response:
    side, clerk, kind = place.side, place.clerk, place.kind
    visit, words = clerk.visit, clerk.visit.words
    fact, name = _certificate(session, place), words.say(f"body.act.{kind}")
    view = ActView(
        title=words.say("body.act-title", act=name),
        lead=words.say(f"body.act-text.{kind}"),
        number=fact.number,
        action=clerk.path(side, fact.code, f"acts/{kind}"),
        fields=tuple(_fields(place, typed)),
        errors=typed.errors,
        preview=_preview(place, typed, fact),
        back=(
            Link(words.say(f"body.list.{side.name}"), clerk.path(side)),
            Link(fact.number, clerk.path(side, fact.code)),
        ),
        file=papers.field(clerk, next((one.text for one in typed.errors if one.field_id == FILE), "")),
        hidden=_carried(typed.paper),
        paper=words.say("body.file-here", name=typed.paper.name) if typed.paper else "",
    )
    return respond(visit.request, visit.lang, "account/body/act.html", status=typed.status, view=view)


def _carried(paper: EvidenceFileRow | None) -> tuple[tuple[str, str], ...]:
    """The paper that came with a step before, by its content."""
    return ((PAPER, paper.sha256),) if paper is not None else ()


def _fields(place: Place, typed: Typed) -> list[Field]:
    words, kind = place.clerk.visit.words, place.kind
    said = {one.field_id: one.text for one in typed.errors}

    def one(name: str, *, kind_: str = "text", required: bool = False) -> Field:
        return Field(
            name,
            words.say(f"body.field.{name}"),
            typed.values.get(name, ""),
            hint=words.say(f"body.hint.{name}"),
            error=said.get(name, ""),
            kind=kind_,
            required=required,
        )

    found = [one("on", required=True), one("reason", kind_="textarea", required=True)]
    found.append(one("evidence", required=kind in APPEALED))
    if kind in APPEALED:
        found.append(one("appeal"))
    if place.side.copies:
        found.append(one("source", required=True))
    return found


def _preview(place: Place, typed: Typed, fact: CertificateFact) -> Preview | None:
    effect, words, kind = typed.effect, place.clerk.visit.words, place.kind
    if effect is None:
        return None
    day = read_day(typed.values["on"])
    lines = [
        words.say(
            "body.changes", day=day, number=fact.number, before=words.say(f"state.{effect.before}"),
            after=words.say(f"state.{effect.after}"),
        )
        if effect.before is not effect.after
        else words.say("body.changes-nothing", day=day, state=words.say(f"state.{effect.after}"))
    ]  # fmt: skip
    counted = (("lost", effect.lost), ("gained", effect.gained), ("covered", effect.covered))
    lines += [words.say(f"body.{name}", day=day, count=count) for name, count in counted if count]
    if typed.paper is not None:
        lines.append(words.say("body.file-public", name=typed.paper.name, sha256=typed.paper.sha256[:SHOWN]))
    parties = organisation_names(place.clerk.visit, {fact.holder_id, fact.manufacturer_id})
    lines += [
        words.say("body.everybody"),
        words.say("body.told", names=words.listed(sorted(parties.values()))),
    ]
    return Preview(
        lines=tuple(lines),
        hidden=(*typed.values.items(), *_carried(typed.paper)),
        button=words.say("body.record", act=words.say(f"body.act.{kind}")),
        danger=kind in SEVERE,
    )
