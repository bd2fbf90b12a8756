"""延续 on its page: a new certificate that follows an earlier one, entered by the body that issues it."""

from collections.abc import Mapping
from datetime import date

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from frontend.forms import Unreadable, read_day
from frontend.pages.account.body.side import BODY, Clerk, ClerkDep, certificate
from frontend.pages.account.parts import TypedDep
from frontend.pages.check_desk import text
from frontend.templating import respond
from frontend.views.body import ActView
from frontend.views.parts import Field, FieldError, Link
from registry.access.http import May
from registry.access.permissions import Act
from registry.certificates import renewal
from registry.certificates.facts import ActKind
from registry.certificates.renewal import Renewal
from registry.changes import feed
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict, Invalid
from registry.kit.reading.folded import LONGEST

router = APIRouter(
    prefix="/{lang}/account/body/certificates/{code}/acts/renew",
    dependencies=[Depends(May(Act.RECORD_CERTIFICATE)), Depends(May(BODY.act))],
)
DAYS = ("issued_on", "valid_from", "valid_to")
PLACES = {
    "certificate-issued-ahead": "issued_on",
    "certificate-renewal-too-early": "valid_from",
    "certificate-unfit": "valid_to",
    "certificate-outside-approval": "issued_on",
}


@router.get("")
def form(clerk: ClerkDep, code: str) -> Response:
    return _page(clerk, code, {}, [])


@router.post("")
def send(clerk: ClerkDep, code: str, typed: TypedDep) -> Response:
    """Nothing is taken away by it, so it is recorded at once."""
    values = {name: text(typed, name).strip() for name in ("number", *DAYS, "reason")}
    given, faults = _read(clerk, values)
    if given is not None:
        try:
            with write_session(clerk.visit.site.engine) as session:
                known, _ = certificate(session, code, BODY, clerk)
                drafts = renewal.renew(session, known.fact.id, given, today=clerk.today, actor=clerk.actor)
                changes = feed.append(session, drafts, actor=str(clerk.actor)[:80], now=clerk.now)
        except (Conflict, Invalid) as refused:
            place = PLACES.get(refused.key, "number")
            said = clerk.visit.words.say(refused.key, **_shown(clerk, refused.facts))
            faults.append(FieldError(place, said))
        else:
            assert len(changes) == 1
            return RedirectResponse(f"{clerk.path(BODY, code)}?done={ActKind.RENEW}", status_code=303)
    return _page(clerk, code, values, faults)


def _shown(clerk: Clerk, facts: Mapping[str, object]) -> dict[str, object]:
    words, shown = clerk.visit.words, dict(facts)
    if "act" in shown:
        shown["act"] = words.say(f"body.act.{shown['act']}")
    if "state" in shown:
        shown["state"] = words.say(f"state.{shown['state']}")
    return shown


def _read(clerk: Clerk, values: Mapping[str, str]) -> tuple[Renewal | None, list[FieldError]]:
    words, faults, days = clerk.visit.words, list[FieldError](), dict[str, date]()
    for name, value in values.items():
        if not value:
            faults.append(FieldError(name, words.say("application.check.missing")))
        elif name in DAYS:
            try:
                day = read_day(value)
            except Unreadable:
                day = None
            if day is None:
                faults.append(FieldError(name, words.say("application.check.not-a-day")))
            else:
                days[name] = day
        elif len(value) > LONGEST or "\x00" in value:
            faults.append(FieldError(name, words.say("application.check.too-long", limit=LONGEST)))
    if faults:
        return None, faults
    issued_on, valid_from, valid_to = (days[name] for name in DAYS)
    return Renewal(values["number"], issued_on, valid_from, valid_to, values["reason"]), faults


def _page(clerk: Clerk, code: str, values: Mapping[str, str], faults: list[FieldError]) -> Response:
    visit, words = clerk.visit, clerk.visit.words
    with read_session(visit.site.engine) as session:
        known, _ = certificate(session, code, BODY, clerk)
    said = {one.field_id: one.text for one in faults}
    view = ActView(
        title=words.say("body.act-title", act=words.say("body.act.renew")),
        lead=words.say("body.act-text.renew"),
        number=known.fact.number,
        action=clerk.path(BODY, known.fact.code, "acts/renew"),
        fields=tuple(
            Field(
                name,
                words.say(f"body.renewal.{name}"),
                values.get(name, ""),
                error=said.get(name, ""),
                required=True,
            )
            for name in ("number", *DAYS, "reason")
        ),
        errors=tuple(faults),
        preview=None,
        back=(
            Link(words.say("body.list.body"), clerk.path(BODY)),
            Link(known.fact.number, clerk.path(BODY, known.fact.code)),
        ),
    )
    status = 422 if faults else 200
    return respond(visit.request, visit.lang, "account/body/act.html", status=status, view=view)
