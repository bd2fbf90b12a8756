"""A measured limit in words: counts, makers, suggestions, the clause and the recipe of the figures."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from urllib.parse import urlencode

from catalogue.comparison.percentiles import FEWEST
from catalogue.naming import Naming
from catalogue.thresholds import wording
from catalogue.thresholds.limits import (
    FEWEST_MAKERS,
    RULE,
    VERSION,
    Apart,
    Market,
    Measured,
    Offer,
    Step,
    Tally,
    by_maker,
    suggestions,
)
from frontend.pages.reference import Reference
from frontend.pages.words import Words
from frontend.views import formats
from frontend.views.parts import Fact
from frontend.views.thresholds import Clause, MakerLine, Offered, OfferLine
from registry.changes.reading import Point
from registry.kit.types import plain

PLACES = 3  # of a value in the list: more than the charts show, so that none seems to miss the limit


def exact(value: Decimal) -> str:
    """A value with the digits it was stated with, three places at most."""
    stated = Decimal(plain(value))
    places = stated.as_tuple().exponent
    return formats.number(stated, PLACES) if isinstance(places, int) and -places > PLACES else as_is(stated)


def as_is(limit: Decimal) -> str:
    """Every digit: a limit is what it is."""
    return formats.number(Decimal(plain(limit)))


def counted(tally: Tally, words: Words) -> str:
    return words.say(
        "threshold.counted", products=tally.products, makers=tally.makers, provinces=tally.provinces
    )


def headline(told: Measured, words: Words, *, unit: str, wrong: bool) -> str:
    """The line that answers the question; a limit that was not understood is never passed over."""
    if told.limit is None:
        key = "limit.reached-wrong" if wrong else "limit.reached-all"
        return words.say(key, counted=counted(told.whole, words))
    limit = f"≤ {as_is(told.limit)} {unit}"
    return words.say("limit.reached", limit=limit, counted=counted(told.reached, words))


def offered(base: Market, told: Measured, words: Words, *, here: str) -> tuple[Offered, ...]:
    """Suggested limits, the whole, and what one step looser than the asked limit would give."""
    found = [_offered(f"limit.suggest.{one.reason}", one.step, words, here=here) for one in suggestions(base)]
    if told.limit is not None and told.looser is not None:
        found.append(_offered("limit.suggest.looser", told.looser, words, here=here))
    return tuple(found)


def _offered(key: str, step: Step, words: Words, *, here: str) -> Offered:
    return Offered(
        name=words.say(key, makers=FEWEST_MAKERS),
        limit=as_is(step.limit),
        href=f"{here}&{urlencode({'max': plain(step.limit)})}",
        leaves=counted(step.tally, words),
        few=not step.tally.competes,
    )


def makers(offers: Sequence[Offer], known: Reference, words: Words) -> tuple[MakerLine, ...]:
    """One line for each independent maker, the one with the lowest value first."""
    return tuple(_maker(group, known, words) for group in by_maker(offers))


def _maker(group: Sequence[Offer], known: Reference, words: Words) -> MakerLine:
    firms = list(dict.fromkeys(words.name(offer.firm) for offer in group))
    controller = group[0].firm.controller
    provinces = sorted({province for offer in group for province in offer.provinces})
    return MakerLine(
        name=controller or firms[0],
        firms=words.say("limit.one-group", firms=words.listed(firms)) if controller else "",
        offers=tuple(_offer(offer, words, several=len(firms) > 1) for offer in group),
        places=words.listed(known.region(province, words) for province in provinces),
    )


def _offer(offer: Offer, words: Words, *, several: bool) -> OfferLine:
    return OfferLine(
        name=words.name(offer),
        href=f"/{words.lang}/products/{offer.code}",
        value=exact(offer.value),
        firm=words.name(offer.firm) if several else "",
    )


def clause(base: Market, limit: Decimal, known: Reference, words: Words) -> Clause:
    """Chinese, as the tender file is; with its meaning for readers of English."""
    meaning = "" if words.lang == "zh" else wording.clause(base.basis, limit, known, words)
    return Clause(wording.clause(base.basis, limit, known, Naming("zh")), meaning)


def recipe(base: Market, at: Point, words: Words, *, basis: str) -> tuple[Fact, ...]:
    """Base, number, day, position and rule: what somebody else needs to count again."""
    return (
        Fact(words.say("limit.base"), basis, note=words.say("limit.base-note")),
        Fact(words.say("limit.n"), str(len(base.offers)), note=words.say("limit.n-note")),
        Fact(words.say("limit.apart"), apart(base, words), note=words.say("limit.apart-note")),
        Fact(words.say("limit.day"), words.day(at.on), note=words.say("limit.position", as_of=at.as_of)),
        Fact(
            words.say("limit.rule"),
            words.say("limit.rule-name", rule=RULE, version=VERSION),
            note=words.say("limit.rule-note"),
        ),
        Fact(words.say("limit.percentiles"), words.say(f"limit.percentiles-text.{VERSION}", least=FEWEST)),
    )


def apart(base: Market, words: Words) -> str:
    """Every reason with its number; none is dropped, also where it is zero everywhere."""
    named: Iterable[str] = (
        words.say(f"threshold.apart.{reason}", count=base.apart[reason])
        for reason in Apart
        if base.apart[reason]
    )
    return words.listed(named) or words.say("limit.apart.none")
