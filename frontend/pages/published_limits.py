"""Published limits as tables."""

from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response

from catalogue.limits import wording
from catalogue.limits.finding import is_shown
from catalogue.limits.tables import Edition, editions
from frontend.frame import LangPath
from frontend.pages.standpoint import MomentDep
from frontend.pages.words import Words, figure
from frontend.templating import respond
from frontend.views.carbon import LimitRow, LimitsView, LimitTable
from frontend.views.parts import Badge, Fact, Field, Option, Tone
from registry.access.http import May
from registry.access.permissions import Act
from registry.declarations.validity import Validity, between

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
                wording.conditions(cell.when, words.lang, named=False) or words.say("limits.every"),
                tuple(_value(cell.values.get(level)) for level in levels),
            )
            for cell in edition.cells
        ),
        raised=words.say(
            "limits.raised",
            when=wording.conditions(raised.when, words.lang, named=False),
            factor=figure(raised.factor),
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
