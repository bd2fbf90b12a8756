"""A kept calculation in the words it was kept with, in either language; nothing here reads the register."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from urllib.parse import quote, urlencode

from catalogue.archive.store import Archived
from catalogue.comparison.percentiles import FEWEST
from catalogue.searches.files import instant
from catalogue.tables import Form
from catalogue.thresholds.kept import KeptMaker, KeptOffer, KeptTally, KeptThreshold
from frontend.pages.limit_words import as_is, exact
from frontend.pages.words import Words, rounded
from frontend.views import marks
from frontend.views.charts import Caption, Cuts
from frontend.views.marks import Marked
from frontend.views.parts import Fact, Link, Notice, Tone
from frontend.views.thresholds import Clause, KeptThresholdView, MakerLine, OfferLine
from registry.kit.clock import civil_day
from registry.kit.types import plain


def view(archived: Archived, kept: KeptThreshold, words: Words, *, path: str) -> KeptThresholdView:
    """The whole of it on one page; `path` is the address of the kept calculation."""
    sealed, lang = archived.sealed, words.lang
    limit = f"≤ {as_is(kept.limit)} {kept.unit.in_language(lang)}"
    return KeptThresholdView(
        number=archived.number,
        stamp=sealed.notice.in_language(lang) if sealed.notice else "",
        title=words.say("limit.title", material=kept.material.in_language(lang)),
        head=tuple(_head(archived, kept, words)),
        count=words.say("limit.reached", limit=limit, counted=_counted(kept.reached, words)),
        few=words.say("limit.few-title") if not kept.competes else "",
        chart=_chart(archived, kept, words),
        makers=tuple(_maker(one, archived, words) for one in kept.makers),
        clause=Clause(kept.clause.zh, "" if lang == "zh" else kept.clause.en),
        recipe=tuple(_recipe(kept, words)),
        digest=archived.sha256,
        kept_until=words.day(civil_day(archived.kept_until)),
        files=tuple(Link(name.upper(), f"{path}.{name}") for name in (*Form, "json")),
        again_href=_again(kept, words),
        broken=None if archived.is_whole else _broken(words),
    )


def _head(archived: Archived, kept: KeptThreshold, words: Words) -> Iterator[Fact]:
    day = date.fromisoformat(archived.sealed.on)
    position = str(archived.sealed.as_of)
    yield Fact(words.say("archive.number"), archived.number, copy=True)
    yield Fact(words.say("kept.time"), instant(archived))
    yield Fact(words.say("archive.data"), words.say("archive.point", day=day, position=position))
    yield Fact(words.say("threshold.kept.basis"), kept.basis.said.in_language(words.lang))
    limit = f"{as_is(kept.limit)} {kept.unit.in_language(words.lang)}"
    yield Fact(words.say("threshold.kept.limit"), limit)
    yield Fact(words.say("threshold.kept.whole"), _counted(kept.whole, words))


def _recipe(kept: KeptThreshold, words: Words) -> Iterator[Fact]:
    yield Fact(words.say("limit.n"), str(len(kept.values)), note=words.say("limit.n-note"))
    yield Fact(words.say("limit.apart"), _apart(kept, words), note=words.say("limit.apart-note"))
    name = words.say("limit.rule-name", rule=kept.rule, version=kept.rule_version)
    yield Fact(words.say("limit.rule"), name, note=words.say("limit.rule-note"))
    percentiles = words.say(f"limit.percentiles-text.{kept.rule_version}", least=FEWEST)
    yield Fact(words.say("limit.percentiles"), percentiles)
    for step in kept.steps:
        key = f"limit.suggest.{step.reason}" if step.reason else "limit.suggest.looser"
        yield Fact(words.say(key), f"≤ {as_is(step.limit)}", note=_counted(step.leaves, words))


def _counted(tally: KeptTally, words: Words) -> str:
    return words.say("threshold.counted", **tally.model_dump())


def _apart(kept: KeptThreshold, words: Words) -> str:
    named = [words.say(f"threshold.apart.{reason}", count=n) for reason, n in kept.apart.items() if n]
    return words.listed(named) or words.say("limit.apart.none")


def _chart(archived: Archived, kept: KeptThreshold, words: Words) -> Marked:
    _, _, _, family, indicator = kept.basis.code.split("|")
    year = archived.sealed.on.partition("-")[0]
    note = words.say(
        "chart.base", n=len(kept.values), year=year, family=family, indicator=words.indicator(indicator)
    )
    title = words.say("chart.class", name=kept.material.in_language(words.lang))
    caption = Caption("class", title, kept.unit.in_language(words.lang), note)
    values = [rounded(value) for value in kept.values]
    return marks.limited(
        values, caption, cuts=_cuts(kept), limit=(words.say("limit.mark"), Decimal(plain(kept.limit)))
    )


def _cuts(kept: KeptThreshold) -> Cuts | None:
    if kept.p20 is None or kept.p50 is None or kept.p80 is None:
        return None
    return Cuts(rounded(kept.p20), rounded(kept.p50), rounded(kept.p80))


def _maker(maker: KeptMaker, archived: Archived, words: Words) -> MakerLine:
    lang = words.lang
    firms = list(dict.fromkeys(offer.firm.said.in_language(lang) for offer in maker.offers))
    return MakerLine(
        name=maker.name.in_language(lang),
        firms=words.say("limit.one-group", firms=words.listed(firms)) if maker.is_group else "",
        offers=tuple(_offer(one, archived, words, several=len(firms) > 1) for one in maker.offers),
        places=words.listed(one.said.in_language(lang) for one in maker.provinces),
    )


def _offer(offer: KeptOffer, archived: Archived, words: Words, *, several: bool) -> OfferLine:
    """The product as it was known when it was counted."""
    at = urlencode({"on": archived.sealed.on, "as_of": archived.sealed.as_of})
    return OfferLine(
        name=offer.name.in_language(words.lang),
        href=f"/{words.lang}/products/{offer.number}?{at}",
        value=exact(offer.value),
        firm=offer.firm.said.in_language(words.lang) if several else "",
    )


def _again(kept: KeptThreshold, words: Words) -> str:
    """The same limit on the same basis today."""
    query = urlencode({"basis": kept.basis.code, "max": plain(kept.limit)})
    return f"/{words.lang}/thresholds/{quote(kept.kind)}?{query}"


def _broken(words: Words) -> Notice:
    return Notice(Tone.BAD, words.say("archive.broken"), words.say("archive.broken-text"))
