"""「离工地 r km 以内生产」 on the search page: the circle asked for, its fields, its chip and its hint."""

from dataclasses import replace

from sqlmodel import Session

from frontend.forms import without
from frontend.pages.asking import Asked
from frontend.pages.criteria import Criteria
from frontend.pages.finding import Counts
from frontend.pages.reference import Reference
from frontend.pages.words import Words
from frontend.site import Site
from frontend.views import formats
from frontend.views.parts import Chip, Notice, Option, Tone
from frontend.views.search import NearField, ResultCard
from registry.changes.reading import Point
from registry.dossiers.dossier import Dossier
from registry.kit.types import plain
from registry.supply.facts import RegionPointFact
from search.documents.fields import Field
from search.query import near
from search.query.near import USUAL_KM, Circle, Near

WHOLE_PROVINCE = "0000"  # the end of its code (GB/T 2260)
KEYS = {"search.near-unreadable", "search.within-unreadable", "search.within-alone"}


def circle(session: Session, asked: Asked, at: Point) -> Circle | None:
    """The circle of the address; None without one, or where its region has no point."""
    return near.located(session, asked.parsed.near, at) if asked.parsed.near else None


def held(asked: Asked, found: Circle | None) -> Asked:
    """The same search held to what is made inside the circle."""
    if found is None:
        return asked
    request = near.narrowed(asked.request, found)
    return replace(asked, parsed=replace(asked.parsed, request=request))


def missing(site: Site, asked: Asked, found: Circle) -> int:
    """Products that match but for plants nobody has placed; `asked` is not yet held to the circle."""
    return near.unplaced(site.search, asked.request, found)


def field(asked: Asked, places: dict[str, RegionPointFact], known: Reference, words: Words) -> NearField:
    """The city list and the radius; coordinates in the address stay as an option of their own."""
    criteria, wanted = asked.criteria, asked.parsed.near
    chosen = _first(criteria, "near")
    options = [Option("", words.say("near.anywhere"), not chosen)]
    options += [Option(code, known.place(code, words), code == chosen) for code in sorted(places)]
    if chosen and chosen not in places:
        options.append(Option(chosen, chosen, chosen=True))
    wrong = [problem for problem in asked.parsed.problems if problem.key in KEYS]
    error = words.say(wrong[0].key, **wrong[0].facts) if wrong else ""
    if wanted is not None and wanted.region is not None and wanted.region not in places:
        error = words.say("search.region-without-place", name="near", value=wanted.region)
    return NearField(tuple(options), _first(criteria, "within"), plain(USUAL_KM), error)


def regions(criteria: Criteria, everything: Counts, known: Reference, words: Words) -> tuple[Option, ...]:
    """The provinces that any plant stands in; another region in the address is an option of its own."""
    chosen = next(iter(criteria.chosen.get(Field.REGION, ())), "")
    codes = sorted(code for code, _ in everything[Field.REGION] if code.endswith(WHOLE_PROVINCE))
    codes += [chosen] if chosen and chosen not in codes else []
    anywhere = Option("", words.say("near.anywhere"), not chosen)
    return (anywhere, *(Option(code, known.region(code, words), code == chosen) for code in codes))


def _first(criteria: Criteria, name: str) -> str:
    return next((value.strip() for key, value in criteria.pairs if key == name), "")


def chip(criteria: Criteria, wanted: Near, path: str, texts: tuple[Reference, Words]) -> Chip:
    """What the circle is called, with the address that removes both of its parts."""
    known, words = texts
    place = known.place(wanted.region, words) if wanted.region else _first(criteria, "near")
    text = words.say("near.chip", place=place, km=formats.number(wanted.km))
    kept = [pair for pair in criteria.pairs if pair[0] != "within"]
    query = without(kept, "near")
    return Chip(text, f"{path}?{query}" if query else path)


def hint(count: int, words: Words) -> Notice | None:
    """What is left out because nobody has said where it is made."""
    if not count:
        return None
    return Notice(Tone.QUIET, words.say("near.unplaced", count=count), words.say("near.unplaced-text"))


def with_distance(card: ResultCard, dossier: Dossier, found: Circle | None, words: Words) -> ResultCard:
    """How far the nearest plant inside the circle is, as a crow flies, to the whole kilometre."""
    if found is None:
        return card
    km = found.nearest_km(tuple(map(str, dossier.product.fact.plant_ids)))
    if km is None:
        return card
    return replace(card, details=(*card.details, words.say("near.distance", km=f"{km:.0f}")))
