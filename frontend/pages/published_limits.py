"""Published limits as tables, and a product against those of its kind."""

from collections.abc import Collection
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response
from sqlmodel import Session

from catalogue.limits import wording
from catalogue.limits.energy import KINDS
from catalogue.limits.finding import is_shown
from catalogue.limits.headroom import Headroom
from catalogue.limits.of_product import Judged, OfProduct, of_product
from catalogue.limits.tables import Edition, editions
from frontend.frame import LangPath
from frontend.pages.standpoint import MomentDep
from frontend.pages.words import Words, figure, rounded
from frontend.templating import respond
from frontend.views import formats
from frontend.views.carbon import HeadroomLine, HeadroomPart, LimitRow, LimitsView, LimitTable
from frontend.views.parts import Badge, Fact, Field, Link, Option, Tone
from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.reading import every
from registry.declarations.figures.shapes import step_said
from registry.declarations.validity import Validity, between
from registry.dossiers.dossier import Dossier
from registry.policies.service import BENCHMARK

router = APIRouter(dependencies=[Depends(May(Act.READ))])

REGIONS = ("", "US", "US-CA")  # this country alone, and the others there are tables of
_TONES = {Validity.IN_FORCE: Tone.GOOD, Validity.UNCERTAIN: Tone.WARN}


@router.get("/{lang}/limits")
def limits(request: Request, lang: LangPath, moment: MomentDep) -> Response:
    """The tables in sight; those of other countries only when asked for."""
    words, day = Words(lang), moment.on or moment.today
    region = request.query_params.get("region", "")
    asked = [region] if region in REGIONS and region else []
    shown = [one for one in editions() if is_shown(one, asked)]
    tables = tuple(_table(one, between(one.effective_from, one.effective_to, day), words) for one in shown)
    options = tuple(Option(one, words.say(f"limits.region.{one or 'CN'}"), one in asked) for one in REGIONS)
    query = urlencode([*(("region", one) for one in asked), ("on", day.isoformat())])
    view = LimitsView(
        action=f"/{lang}/limits",
        region=Field("region", words.say("limits.region"), kind="select", options=options),
        tables=tables,
        json_href=f"/api/v1/limits?{query}",
    )
    return respond(request, lang, "limits.html", view=view)


def _table(edition: Edition, standing: Validity, words: Words) -> LimitTable:
    levels = tuple(dict.fromkeys(level for cell in edition.cells for level in cell.values))
    raised = edition.raised
    return LimitTable(
        id=edition.id,
        title=wording.title(edition, words.lang),
        standing=Badge(words.say(f"limits.standing.{standing}"), _TONES.get(standing, Tone.QUIET)),
        facts=_facts(edition, words),
        levels=tuple(words.say(f"limits.level.{level}") for level in levels),
        rows=tuple(
            LimitRow(
                wording.conditions(cell.when, words.lang) or words.say("limits.every"),
                tuple(_value(cell.values.get(level)) for level in levels),
            )
            for cell in edition.cells
        ),
        raised=words.say(
            "limits.raised", when=wording.conditions(raised.when, words.lang), factor=figure(raised.factor)
        )
        if raised
        else "",
    )


def _value(value: object) -> str:
    return "" if value is None else f"{value}"


def _facts(edition: Edition, words: Words) -> tuple[Fact, ...]:
    lang, last = words.lang, wording.period(edition.effective_to)
    first = wording.period(edition.effective_from)
    return (
        Fact(words.say("limits.issuer"), wording.issuer(edition, lang)),
        Fact(words.say("limits.document"), edition.document, note=edition.clause),
        Fact(words.say("limits.period"), f"{first} – {last}"),
        Fact(words.say("limits.unit"), f"{edition.unit} · {edition.modules.replace('-', '–')}"),
        Fact(words.say("limits.confidence"), words.say(f"limits.confidence.{edition.confidence}")),
        Fact(words.say("limits.note"), wording.note(edition, lang)),
    )


def part(session: Session, dossier: Dossier, asked: Collection[str], words: Words) -> HeadroomPart | None:
    """The block of a product's page; None where no table has anything to do with its kind."""
    regions = [one for one in REGIONS if one and one in asked]
    judged_by_energy = dossier.product.fact.kind in KINDS
    benchmarks = every(session, BENCHMARK, dossier.at) if judged_by_energy else ()
    found = of_product(dossier, [known.fact for known in benchmarks], regions=regions)
    return _block(found, regions, words)


def _block(found: OfProduct, regions: Collection[str], words: Words) -> HeadroomPart | None:
    lines = (
        *(_judged(one, words) for one in found.judged),
        *(
            HeadroomLine(
                title=wording.title(one.edition, words.lang),
                limit="",
                outcome=Badge(words.say("limits.outcome.open"), Tone.QUIET),
                text=wording.still_open(one, words.lang),
            )
            for one in found.open
        ),
        *(
            HeadroomLine(
                title=words.say(f"limits.energy.{one.level}", document=one.document),
                limit=f"{one.bound.sign} {formats.number(one.bound.value)} {one.unit}",
                outcome=Badge(words.say("limits.outcome.unlike"), Tone.QUIET),
                text=wording.energy(one, words.lang),
            )
            for one in found.energy
        ),
    )
    query = f"?{urlencode([('region', one) for one in regions])}" if regions else ""
    every = Link(words.say("limits.all"), f"/{words.lang}/limits{query}")
    return HeadroomPart(lines, every) if lines else None


def _judged(one: Judged, words: Words) -> HeadroomLine:
    limit, found = one.applicable.limit, one.found
    level = words.say(f"limits.level.{limit.level}")
    title = words.joined(wording.title(limit.edition, words.lang), level)
    shown = "" if limit.value is None else f"≤ {figure(limit.value)} {words.per(limit.per.code)}"
    if not isinstance(found, Headroom):
        why = wording.why(found, words.lang)
        return HeadroomLine(title, shown, Badge(words.say("limits.outcome.unlike"), Tone.QUIET), why)
    key = "limits.outcome.within" if found.within else "limits.outcome.above"
    percent = "" if found.percent is None else f" ({formats.signed(found.percent, 1)}%)"
    text = words.say(
        "limits.margin",
        value=figure(found.answer.value),
        margin=f"{formats.signed(rounded(found.margin))}{percent}",
    )
    if found.probability is not None:
        share = f"{formats.number(found.probability * 100)}%"
        text = words.joined(text, words.say("limits.probability", share=share))
    path = tuple(step_said(step, words.lang) for step in found.answer.path)
    return HeadroomLine(
        title, shown, Badge(words.say(key), Tone.GOOD if found.within else Tone.BAD), text, path
    )
