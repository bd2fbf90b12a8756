"""A search of the page as it is kept: its address, what the reader was told, and its level in words."""

from collections.abc import Iterator
from urllib.parse import urlencode

from catalogue.archive.sealed import Said
from catalogue.searches.filters import Filter
from catalogue.searches.kept import Asked, Via
from frontend.i18n import LANGS
from frontend.pages import hints, nearby, results
from frontend.pages.criteria import Level
from frontend.pages.gathering import Gathered
from frontend.pages.words import Words


def asked(gathered: Gathered) -> Asked:
    criteria = gathered.asked.criteria
    query = urlencode([pair for pair in criteria.pairs if pair[0] != "page"])
    level = criteria.level if gathered.asked.compares else None
    return Asked(Via.PAGE, query, _notices(gathered), (_level(level),) if level else ())


def _level(level: Level) -> Filter:
    """Beside the limit in figures: which share of the class that limit stood for on the day."""
    return Filter(
        name="level", value=level, label=Said.of("kept.filter.level"), said=Said.of(f"level.{level}")
    )


def _notices(gathered: Gathered) -> tuple[Said, ...]:
    """The hints of the page, in both languages."""
    zh, en = (told(gathered, Words(lang)) for lang in LANGS)
    return tuple(Said(zh=one, en=other) for one, other in zip(zh, en, strict=True))


def told(gathered: Gathered, words: Words) -> list[str]:
    """What the page says beside its list: what was not used, widened, hidden or left out."""
    answer = gathered.answer(words)
    chips = results.chips(answer)
    found = [*hints.hints(answer, chips), *hints.behind_nothing(answer, chips)]
    left_out = nearby.hint(gathered.left_out, words)
    said = [
        f"{one.title}{'：' if words.lang == 'zh' else ': '}{one.text}" if one.text else one.title
        for one in (*found, *([left_out] if left_out else ()))
    ]
    return [*said, *_beside_fields(gathered, words)]


def _beside_fields(gathered: Gathered, words: Words) -> Iterator[str]:
    """What the page says beside the field that cannot be used."""
    criteria, near = gathered.asked.criteria, gathered.asked.parsed.near
    if criteria.limit_wrong and gathered.asked.basis is not None:
        yield words.say("search.not-a-number", name="max", value=criteria.limit_text)
    if near is not None and gathered.found.near is None:
        yield words.say("search.region-without-place", name="near", value=near.region)
