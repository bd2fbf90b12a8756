"""A maker's batches: the products, the batches of one with the form for another, and taking one back."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from sqlmodel import Session

from frontend.pages import batch_files
from frontend.pages.account.parts import Visit, VisitDep, organisation_names
from frontend.pages.batch_parts import Lines, batch_href
from frontend.pages.check_desk import TypedDep, text
from frontend.pages.maker.batch_form import About, Typed, blank, faults_of, fields, statement
from frontend.pages.paging import PER_PAGE, cut, pager, spot
from frontend.pages.words import Words
from frontend.templating import respond
from frontend.views.batch import MakerBatchesView, OwnBatchesView, OwnProduct, Withdrawing
from frontend.views.parts import Field, FieldError, Link, Notice, Tone
from registry.access.actors import Actor
from registry.access.http import ActorDep, May
from registry.access.permissions import Act, require
from registry.batches import service
from registry.batches.facts import BatchFact
from registry.batches.kind import BATCH
from registry.batches.listing import counts, of_product
from registry.batches.service import By, target
from registry.batches.stating import KEY
from registry.changes import feed
from registry.changes.codes import by_code
from registry.changes.kinds import Known
from registry.changes.reading import Point, many, point
from registry.kit.clock import TodayDep, civil_day
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict, Invalid, NotFound
from registry.kit.tokens import new_token
from registry.parties.service import PLANT
from registry.products.service import PRODUCT, of_maker

router = APIRouter(prefix="/{lang}/account/maker/batches", dependencies=[Depends(May(Act.RECORD_BATCH))])
KEY_BYTES = 18


@dataclass(frozen=True, slots=True)
class Bench:
    """One request to these pages."""

    visit: Visit
    actor: Actor
    page: str
    done: str

    def path(self, *rest: str) -> str:
        return self.visit.path("/".join(("maker", "batches", *rest)))


def _bench(
    visit: VisitDep,
    actor: ActorDep,
    page: Annotated[str, Query(max_length=9)] = "",
    done: Annotated[str, Query(max_length=40)] = "",
) -> Bench:
    return Bench(visit, actor, page, done)


BenchDep = Annotated[Bench, Depends(_bench)]


@router.get("")
def own(bench: BenchDep, today: TodayDep) -> Response:
    visit, words, organisation = bench.visit, bench.visit.words, bench.actor.organisation_id
    with read_session(visit.site.engine) as session:
        at = point(session, today)
        every = of_maker(session, organisation, at) if organisation else []
        made = cut([one for one in every if not one.fact.removed], bench.page)
        count = counts(session, [one.fact.id for one in made.items], at)
        products = tuple(
            OwnProduct(
                name=Link(words.name(one.fact), bench.path(one.fact.code)),
                code=one.fact.code,
                count=words.say("batch.count", count=count[one.fact.id]),
            )
            for one in made.items
        )
    names = organisation_names(visit, {organisation} if organisation else set())
    pages = pager(made.page, made.pages, lambda n: f"{bench.path()}?page={n}")
    view = OwnBatchesView(names[organisation] if organisation else "", products, pages)
    return respond(visit.request, visit.lang, "maker/batches.html", view=view)


@router.get("/{code}")
def of_one(bench: BenchDep, code: str, today: TodayDep) -> Response:
    with read_session(bench.visit.site.engine) as session:
        opened = _open(session, bench, code, today)
        return _page(opened, blank(opened.about, new_token(KEY_BYTES)))


@router.post("/{code}")
def state(bench: BenchDep, code: str, form: TypedDep) -> Response:
    """Record what the form states; sent twice, it is recorded once."""
    visit, words, typed = bench.visit, bench.visit.words, Typed.of(form)
    now = visit.moment.now
    today = civil_day(now)
    read = statement(typed, words)
    faults = read if isinstance(read, list) else []
    if not isinstance(read, list):
        try:
            with write_session(visit.site.engine) as session:
                stated = service.state(session, code, read, By(bench.actor, today, _key(typed)))
                feed.append(session, stated.drafts, actor=str(bench.actor), now=now)
            return visit.go(f"maker/batches/{code}?done={stated.fact.code}")
        except (Conflict, Invalid) as refused:
            faults = faults_of(refused, words)
    with read_session(visit.site.engine) as session:
        return _page(_open(session, bench, code, today), typed, faults)


@router.post("/{code}/{batch}/withdraw")
def withdraw(bench: BenchDep, code: str, batch: str, form: TypedDep) -> Response:
    """Take a statement back, with a reason that everybody sees."""
    visit, reason = bench.visit, text(form, f"reason-{batch}").strip()[:200]
    now = visit.moment.now
    today = civil_day(now)
    try:
        with write_session(visit.site.engine) as session:
            drafts = service.withdraw(session, batch, reason=reason, actor=bench.actor, today=today)
            feed.append(session, drafts, actor=str(bench.actor), now=now)
        return visit.go(f"maker/batches/{code}?done={batch}")
    except Invalid as refused:
        fault = FieldError(f"reason-{batch}", visit.words.say(refused.key, **refused.facts))
    with read_session(visit.site.engine) as session:
        opened = _open(session, bench, code, today)
        return _page(opened, blank(opened.about, new_token(KEY_BYTES)), [fault])


def _key(typed: Typed) -> str:
    """The key that the page was made with; a form sent without one is no form of ours."""
    if not re.fullmatch(KEY, typed.key):
        raise Invalid("batch-key-missing")
    return typed.key


@dataclass(frozen=True, slots=True)
class _Opened:
    """The batches of a product, open to somebody who may state more of them."""

    session: Session
    bench: Bench
    at: Point
    about: About


def _open(session: Session, bench: Bench, code: str, today: date) -> _Opened:
    at = point(session, today)
    product = by_code(session, code, PRODUCT, at).fact
    require(bench.actor, Act.RECORD_BATCH, target(product))
    plants = many(session, PLANT, product.plant_ids, at)
    made_at = [plants[key].fact for key in product.plant_ids if key in plants]
    return _Opened(session, bench, at, About(product, made_at, bench.visit.words))


def _page(opened: _Opened, typed: Typed, faults: Sequence[FieldError] = ()) -> Response:
    session, bench, at, about = opened.session, opened.bench, opened.at, opened.about
    visit, words, product = bench.visit, bench.visit.words, about.product
    count = counts(session, [product.id], at)[product.id]
    place = spot(count, bench.page)
    shown = of_product(session, product.id, at, most=PER_PAGE, skip=place.skip)
    here = bench.path(product.code)
    lines = Lines.of(session, shown, at, words)
    told = {one.field_id: one.text for one in faults}
    view = MakerBatchesView(
        product=words.name(product),
        code=product.code,
        back=(
            Link(words.say("body.account"), visit.path()),
            Link(words.say("batch.own"), bench.path()),
        ),
        action=here,
        key=typed.key,
        fields=fields(typed, about, faults),
        errors=tuple(faults),
        notices=tuple(_done(session, bench, at)),
        batches=tuple(_withdrawing(one, lines, here, told, words) for one in shown),
        count=words.say("batch.count", count=count),
        files=batch_files.links(product, count, words),
        pager=pager(place.page, place.pages, lambda n: f"{here}?page={n}"),
    )
    status = 422 if faults else 200
    return respond(visit.request, visit.lang, "maker/product_batches.html", status=status, view=view)


def _done(session: Session, bench: Bench, at: Point) -> Iterator[Notice]:
    """What was just done, read off the register itself."""
    words = bench.visit.words
    try:
        batch = by_code(session, bench.done, BATCH, at).fact
    except NotFound:
        return
    key = "batch.taken-back" if batch.withdrawn else "batch.done"
    link = Link(words.say("batch.title", number=batch.number), batch_href(batch.code, words))
    yield Notice(Tone.GOOD, words.say(key, number=batch.number, code=batch.code), links=(link,))


def _withdrawing(
    known: Known[BatchFact], lines: Lines, here: str, told: Mapping[str, str], words: Words
) -> Withdrawing:
    """A line, and the reason that taking it back needs."""
    batch = known.fact
    if batch.withdrawn:
        return Withdrawing(lines.line(batch), "", None)
    name = f"reason-{batch.code}"
    field = Field(name, words.say("batch.field.reason"), error=told.get(name, ""), required=True)
    return Withdrawing(lines.line(batch), f"{here}/{batch.code}/withdraw", field)
