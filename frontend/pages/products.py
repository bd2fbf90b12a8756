"""The product search: page, fragment, downloads and suggestions."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from catalogue.comparison.base import Bases
from catalogue.searches.kept import dossiers as loaded
from catalogue.searches.kept import filters as named
from catalogue.tables import Form
from frontend.frame import LangPath
from frontend.pages import (
    cards,
    criteria,
    downloads,
    hints,
    keeping,
    nearby,
    results,
    searching,
    suggesting,
    typed,
    verify,
)
from frontend.pages.answered import Answer
from frontend.pages.asking import Asked, ask
from frontend.pages.figure_counts import with_figures
from frontend.pages.finding import universe
from frontend.pages.gathering import gather, usable
from frontend.pages.reference import Reference, reference
from frontend.pages.standpoint import Moment, bases_at, stand
from frontend.pages.words import Words
from frontend.site import Site, SiteDep
from frontend.templating import respond, wants_partial
from frontend.views.parts import Link, Notice, Tone
from frontend.views.search import ResultCard
from registry.access.http import May
from registry.access.permissions import Act
from registry.dossiers.dossier import Dossier
from registry.kit.clock import TodayDep
from registry.kit.db import read_session
from registry.supply.service import points
from search.documents.fields import Field

router = APIRouter(dependencies=[Depends(May(Act.READ))])

MOST_KINDS = 3


@router.get("/{lang}/products")
def products(request: Request, lang: LangPath, site: SiteDep, today: TodayDep) -> Response:
    """The page, or its changing part where a script asks for that."""
    partial = wants_partial(request)
    words, wanted = Words(lang), criteria.read(request.query_params.multi_items())
    with read_session(site.engine) as session:
        at = stand(session, Moment(today))
        known, bases = reference(session, at), bases_at(site, session, at, today)
        whole_number = bool(wanted.text) and verify.is_number(session, wanted.text, at)
        if whole_number and not partial and wanted.pairs == (("q", wanted.text),):
            return RedirectResponse(verify.address(wanted.text.strip()), status_code=303)
        wanted = usable(site, wanted, known)
        comparable = bases.of_kind(session, wanted.kind, at) if wanted.kind else {}
        asked = ask(wanted, comparable)
        made_near = nearby.circle(session, asked, at)
        left_out = nearby.missing(site, asked, made_near) if made_near else 0
        outcome = searching.run(site, nearby.held(asked, made_near), known)
        dossiers = loaded(session, outcome.found.hits, at, known)
        shown = tuple(
            nearby.with_distance(card, one, made_near, words)
            for card, one in zip(
                _cards(session, dossiers, bases, known=known, words=words), dossiers, strict=True
            )
        )
        counts = with_figures(site, outcome, searching.counts(site, outcome), comparable)
        answer = Answer(outcome, counts, universe(site), known, words, at.on)
        view = results.view(answer, shown, lambda field: _count_without(site, outcome.asked, field))
        shown_facets = typed.with_facets(site, answer, view.facets)
        view = replace(
            view,
            facets=shown_facets,
            kept=(*view.kept, *typed.unshown(answer, shown_facets)),
            regions=nearby.regions(outcome.asked.criteria, answer.everything, known, words),
            near=nearby.field(asked, points(session, at), known, words),
            left_out=nearby.hint(left_out, words),
            spread=results.spread(answer, searching.spread(site, outcome)),
        )
    if whole_number:
        link = Link(words.say("search.to-verdict"), verify.address(wanted.text.strip()))
        number = Notice(Tone.QUIET, words.say("search.is-number"), links=(link,))
        view = replace(view, hints=(number, *view.hints))
    elif (unknown := hints.no_such_number(answer)) is not None:
        view = replace(view, empty=unknown)
    template = "products_part.html" if partial else "products.html"
    return respond(request, lang, template, also_partial=True, view=view)


@router.get("/{lang}/products.{form}")
def download(request: Request, lang: LangPath, form: Form, site: SiteDep, today: TodayDep) -> Response:
    """Everything the filters find, with the filters in the head of the file."""
    words = Words(lang)
    with read_session(site.engine) as session:
        found = gather(site, session, request.query_params.multi_items(), today)
        filters = named(session, found.found, keeping.asked(found).levels)
        told, rows = keeping.told(found, words), found.found.rows()
        head = downloads.head(found.found, filters, words, demonstration=site.demonstration, told=told)
    return downloads.respond(form, lang, head, rows)


@router.get("/{lang}/suggest")
def suggest(
    lang: LangPath, site: SiteDep, today: TodayDep, q: Annotated[str, Query(max_length=200)] = ""
) -> dict[str, Any]:
    """Words that continue what is typed; a kind leads to its products, a number to its verdict."""
    with read_session(site.engine) as session:
        at = stand(session, Moment(today))
        return {"suggestions": suggesting.lines(site, session, q, at, Words(lang))}


def _cards(
    session: Session, dossiers: Sequence[Dossier], bases: Bases, *, known: Reference, words: Words
) -> tuple[ResultCard, ...]:
    """With their places where the page shows few kinds: classes are read whole, and not for a mixed list."""
    kinds = {one.product.fact.kind: one.at for one in dossiers if one.cell is not None}
    few = kinds if len(kinds) <= MOST_KINDS else {}
    found = {kind: bases.of_kind(session, kind, at) for kind, at in few.items()}
    return tuple(cards.card(one, cards.places(found, one), known, words) for one in dossiers)


def _count_without(site: Site, asked: Asked, field: Field | str) -> int:
    changes: Any = results.request_without(asked, field)
    return site.search.search(
        replace(asked.request.uncounted(), **changes, offset=0, limit=1, relax=False)
    ).total
