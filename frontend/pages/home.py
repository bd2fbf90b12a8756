"""The front page: what is in the register, common searches, and the newest rules."""

from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response
from sqlmodel import Session

from frontend.i18n import language
from frontend.pages.finding import universe
from frontend.pages.reference import Reference, reference
from frontend.pages.standpoint import Moment, stand
from frontend.pages.words import Words
from frontend.site import Site, SiteDep
from frontend.templating import respond
from frontend.views import formats
from frontend.views.home import HomeView, Tally, Update
from frontend.views.parts import Link
from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.reading import Point
from registry.kit.clock import TodayDep
from registry.kit.db import read_session
from registry.policies import service as policies
from search.documents.fields import Field
from search.engine.ports import SearchRequest

router = APIRouter(dependencies=[Depends(May(Act.READ))])

EXAMPLES = 4
UPDATES = 3


@router.get("/zh/")
@router.get("/en/")
def home(request: Request, site: SiteDep, today: TodayDep) -> Response:
    """Named for each language: a pattern would take `/robots.txt` for a language without its slash."""
    lang = language(request.url.path.strip("/"))
    words = Words(lang)
    with read_session(site.engine) as session:
        at = stand(session, Moment(today))
        known = reference(session, at)
        view = HomeView(
            examples=_examples(site, known, words),
            tallies=_tallies(site, words),
            updates=_updates(session, at, words),
        )
    return respond(request, lang, "home.html", view=view)


def _examples(site: Site, known: Reference, words: Words) -> tuple[Link, ...]:
    """The kinds with the most products, as searches."""
    filed = {kind.kind for kind in known.leaves()} - {kind.parent for kind in known.leaves()}
    most = [kind for kind, _ in universe(site)[Field.KIND] if kind in filed][:EXAMPLES]
    return tuple(_example(site, kind, known, words=words) for kind in most)


def _example(site: Site, kind: str, known: Reference, *, words: Words) -> Link:
    """Narrowed to the commonest class where one attribute makes it, so that C30 leads to a comparison."""
    text, query = known.kind(kind, words), {"kind": kind}
    if len(known.kinds[kind].performance) == 1:
        request = SearchRequest(filters={Field.KIND: (kind,)}, facets=(Field.PERFORMANCE,), limit=1)
        for grade, _ in site.search.search(request).facets[Field.PERFORMANCE][:1]:
            text, query = f"{text} {known.grade(kind, grade, words)}", query | {"performance": grade}
    return Link(text, f"/{words.lang}/products?{urlencode(query)}")


def _tallies(site: Site, words: Words) -> tuple[Tally, ...]:
    counts = universe(site)
    valid = dict(counts[Field.STATUS]).get("valid", 0)
    declared = sum(count for kind, count in counts[Field.DATA_KIND] if kind != "none")
    figures = (
        (valid, "home.valid-products"),
        (len(counts[Field.MAKER_ID]), "home.makers"),
        (declared, "home.with-footprint"),
        (len(counts[Field.PROVINCE]), "home.provinces"),
    )
    return tuple(Tally(formats.number(count), words.say(key)) for count, key in figures if count)


def _updates(session: Session, at: Point, words: Words) -> tuple[Update, ...]:
    packs = sorted(policies.packs(session, at), key=lambda pack: (pack.valid_from, pack.id), reverse=True)
    return tuple(
        Update(
            day=_month(pack.valid_from, words),
            day_iso=pack.valid_from.isoformat(),
            title=words.pick(pack.title_zh, pack.title_en),
            href=f"/{words.lang}/rules/{pack.id}",
            note=words.say("home.rule-edition", edition=pack.edition),
        )
        for pack in packs[:UPDATES]
    )


def _month(day: date, words: Words) -> str:
    """Most rules are dated by month only; the day would say more than is known."""
    month = formats.MONTHS[day.month - 1] if words.lang == "en" else str(day.month)
    return words.say("day.month", year=str(day.year), month=month)
