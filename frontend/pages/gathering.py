"""One product search of the page with everything it finds: for a file, or to be kept."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from catalogue.searches.kept import MOST_ROWS, Found, dossiers
from frontend.forms import Pairs
from frontend.pages import criteria, nearby, searching
from frontend.pages.answered import Answer
from frontend.pages.asking import Asked, ask
from frontend.pages.compared import with_comparisons
from frontend.pages.criteria import Criteria, known_only
from frontend.pages.finding import Counts, universe
from frontend.pages.reference import Reference, reference
from frontend.pages.searching import Outcome
from frontend.pages.standpoint import Moment, bases_at, stand
from frontend.pages.words import Words
from frontend.site import Site
from registry.changes.reading import Point
from search.documents.fields import Field
from search.query.known import Attributes, unheld
from search.query.near import Circle


@dataclass(frozen=True, slots=True)
class Gathered:
    """`asked` is not yet held to the circle; `left_out` counts what a circle cannot place."""

    asked: Asked
    outcome: Outcome
    found: Found
    left_out: int

    def answer(self, words: Words) -> Answer:
        return Answer(self.outcome, {}, {}, self.found.known, words, self.found.at.on)


@dataclass(frozen=True, slots=True)
class Sought:
    """A search that was run, before anything of what it found is read."""

    asked: Asked
    circle: Circle | None
    outcome: Outcome
    known: Reference
    at: Point


def seek(site: Site, session: Session, query: Pairs, today: date) -> Sought:
    """As the page finds it, on one long page of at most `MOST_ROWS`; what goes beyond is only counted."""
    at = stand(session, Moment(today))
    known, bases = reference(session, at), bases_at(site, session, at, today)
    wanted = usable(site, criteria.read(query), known)
    asked = ask(wanted, bases.of_kind(session, wanted.kind, at) if wanted.kind else {})
    circle = nearby.circle(session, asked, at)
    outcome = searching.run(site, nearby.held(asked, circle).all_at_once(MOST_ROWS), known)
    return Sought(asked, circle, outcome, known, at)


def gather(site: Site, session: Session, query: Pairs, today: date) -> Gathered:
    """The same with the dossier of every product found."""
    sought = seek(site, session, query, today)
    asked, outcome, circle = sought.asked, sought.outcome, sought.circle
    found = Found(
        request=outcome.asked.request,
        near=asked.parsed.near if circle else None,
        result=outcome.found,
        dossiers=dossiers(session, outcome.found.hits, sought.at, sought.known),
        known=sought.known,
        at=sought.at,
    )
    return Gathered(asked, outcome, found, nearby.missing(site, asked, circle) if circle else 0)


def usable(site: Site, wanted: Criteria, known: Reference) -> Criteria:
    """With the limits its text names, without what stands in no table and on no product.

    Values of open lists stay; that no product has them is among the problems.
    """
    attributes = Attributes.of(known.kinds)
    found = known_only(with_comparisons(wanted, known.kinds), _values(universe(site), known), attributes)
    told = unheld(site.search, found.chosen, found=0)
    return replace(found, problems=(*found.problems, *told))


def _values(everything: Counts, known: Reference) -> dict[Field, Collection[str]]:
    return {
        Field.KIND: known.kinds.keys(),
        Field.GROUP: known.kinds.keys(),
        Field.PROVINCE: known.regions.keys() | {code for code, _ in everything[Field.PROVINCE]},
        Field.REGION: known.regions.keys() | {code for code, _ in everything[Field.REGION]},
    }
