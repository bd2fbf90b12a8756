"""A kept calculation as rows for a spreadsheet: what it says first, then who stands within it."""

from collections.abc import Iterator
from datetime import date

from catalogue.archive.store import Archived
from catalogue.naming import Lang, Naming
from catalogue.tables import Row
from catalogue.thresholds.kept import KeptTally, KeptThreshold
from registry.kit.clock import SHANGHAI

COLUMNS = ("maker", "number", "name", "firm", "provinces", "value")


def lines(archived: Archived, kept: KeptThreshold, lang: Lang) -> Iterator[Row]:
    """From the sealed document alone, never from what the register says today."""
    words, sealed = Naming(lang), archived.sealed
    if sealed.notice is not None:
        yield (sealed.notice.in_language(lang),)
    yield words.say("threshold.kept.title"), sealed.number
    yield (words.say("threshold.survey"),)
    yield words.say("kept.time"), f"{archived.created_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"
    yield words.say("download.on"), date.fromisoformat(sealed.on)
    yield words.say("download.as-of"), sealed.as_of
    yield words.say("kept.digest"), archived.sha256
    yield words.say("threshold.kept.basis"), kept.basis.said.in_language(lang), kept.basis.code
    yield words.say("threshold.kept.limit"), kept.limit, kept.unit.in_language(lang)
    yield words.say("threshold.kept.reached"), *_counts(kept.reached, words)
    yield words.say("threshold.kept.whole"), *_counts(kept.whole, words)
    for reason, count in kept.apart.items():
        yield words.say("threshold.kept.apart"), words.say(f"threshold.apart.{reason}", count=count)
    yield words.say("threshold.kept.rule"), kept.rule, kept.rule_version
    yield words.say("threshold.kept.clause"), kept.clause.zh
    yield (words.say("threshold.survey-names"),)
    yield ()
    yield tuple(words.say(f"threshold.column.{name}") for name in COLUMNS)
    for maker in kept.makers:
        places = words.listed(one.said.in_language(lang) for one in maker.provinces)
        for offer in maker.offers:
            firm = offer.firm.said.in_language(lang)
            name = offer.name.in_language(lang)
            yield maker.name.in_language(lang), offer.number, name, firm, places, offer.value


def _counts(tally: KeptTally, words: Naming) -> tuple[str, ...]:
    facts = {"products": tally.products, "makers": tally.makers, "provinces": tally.provinces}
    return (words.say("threshold.counted", **facts),)
