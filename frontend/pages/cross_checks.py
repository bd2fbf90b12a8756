"""The desk's list of look-ups: which certificates somebody has to look at (again), the most urgent first."""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlmodel import Session

from frontend.frame import LangPath
from frontend.pages import verify
from frontend.pages.kept import Kept
from frontend.pages.looks import said
from frontend.pages.paging import cut, pager
from frontend.pages.standpoint import Moment, stand
from frontend.pages.words import Words
from frontend.site import SiteDep
from frontend.templating import respond
from frontend.views import formats
from frontend.views.desk import Choice, CrossChecksView, DueLine
from frontend.views.parts import Badge, Link, Tone
from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.reading import Point, many
from registry.crosschecks.looks import Attention
from registry.crosschecks.service import Standing, living
from registry.kit.clock import TodayDep
from registry.kit.db import read_session
from registry.parties.service import ORGANISATION

router = APIRouter(dependencies=[Depends(May(Act.READ))])

POINTS = 2  # today, and what was known before the last change
TONES = {
    Attention.NEVER: Tone.QUIET,
    Attention.OVERDUE: Tone.WARN,
    Attention.DIFFERS: Tone.BAD,
    Attention.NOT_FOUND: Tone.BAD,
}


_due: Kept[list[Standing]] = Kept(POINTS)


def _attentive(session: Session, at: Point) -> list[Standing]:
    return [one for one in living(session, at) if one.checked.attention is not None]


def _asked(
    why: Annotated[str, Query(max_length=20)] = "", page: Annotated[str, Query(max_length=9)] = ""
) -> tuple[str, str]:
    return why, page


AskedDep = Annotated[tuple[str, str], Depends(_asked)]


@router.get("/{lang}/desk/cross-checks")
def cross_checks(
    request: Request, lang: LangPath, site: SiteDep, today: TodayDep, asked: AskedDep
) -> Response:
    """Everything that asks for attention, or one reason only; an unknown reason asks for all."""
    words, here, (why, page) = Words(lang), f"/{lang}/desk/cross-checks", asked
    chosen = Attention(why) if why in tuple(Attention) else None
    with read_session(site.engine) as session:
        at = stand(session, Moment(today))
        due = _due.at(site.engine, at, lambda: _attentive(session, at))
        listed = [one for one in due if chosen is None or one.checked.attention is chosen]
        part = cut(listed, page)
        lines = _lines(session, part.items, at, words)

    def href(number: int) -> str:
        kept = {"why": chosen or "", "page": str(number) if number > 1 else ""}
        query = urlencode([(name, value) for name, value in kept.items() if value])
        return f"{here}?{query}" if query else here

    view = CrossChecksView(
        count=words.say("desk.looks-count", count=formats.number(len(listed))),
        choices=_choices(due, chosen, here, words),
        lines=lines,
        pager=pager(part.page, part.pages, href),
        links=(Link("JSON", "/api/v1/cross-checks?overdue=1"),),
    )
    return respond(request, lang, "desk/cross_checks.html", view=view)


def _choices(
    due: Sequence[Standing], chosen: Attention | None, here: str, words: Words
) -> tuple[Choice, ...]:
    counted = {one: sum(found.checked.attention is one for found in due) for one in Attention}
    first = Choice(words.say("desk.looks-all", count=formats.number(len(due))), here, current=chosen is None)
    return (
        first,
        *(
            Choice(
                words.say("desk.looks-why", why=words.say(f"attention.{one}"), count=formats.number(count)),
                f"{here}?why={one}",
                current=one is chosen,
            )
            for one, count in counted.items()
        ),
    )


def _lines(session: Session, found: Sequence[Standing], at: Point, words: Words) -> tuple[DueLine, ...]:
    holders = many(session, ORGANISATION, (one.certificate.fact.holder_id for one in found), at)
    lines = []
    for one in found:
        fact, last, why = one.certificate.fact, one.checked.last, one.checked.attention
        if why is None:
            continue
        holder = holders.get(fact.holder_id)
        last_words = (
            words.say("look.line", day=last.checked_on, platform=last.platform, result=said(last, words))
            if last
            else words.say("source.unchecked")
        )
        lines.append(
            DueLine(
                number=fact.number,
                href=verify.address(fact.code),
                holder=words.name(holder.fact) if holder else "—",
                why=Badge(words.say(f"attention.{why}"), TONES[why]),
                last=last_words,
                due=words.day(one.checked.due) if one.checked.due else "—",
            )
        )
    return tuple(lines)
