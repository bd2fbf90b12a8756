"""Where a declaration was harvested, in words: the source, its terms, the day, and if it is listed still."""

from collections.abc import Iterator, Sequence

from frontend.pages.words import Words
from frontend.views.declaration import Harvested
from frontend.views.parts import Fact, Link
from registry.declarations.harvest.origins import Origin
from registry.kit.clock import civil_day


def sources(origins: Sequence[Origin], words: Words) -> Iterator[Harvested]:
    """Each source once, with the newest that was fetched from it; `origins` come newest first."""
    seen = set()
    for one in origins:
        if one.source_id not in seen:
            seen.add(one.source_id)
            yield _source(one, words)


def _source(one: Origin, words: Words) -> Harvested:
    version = words.say("declaration.document-version", version=one.version) if one.version else ""
    gone = one.not_listed_since
    return Harvested(
        title=one.name or one.address,
        link=Link(one.url, one.url if one.url.startswith(("https://", "http://")) else ""),
        facts=(
            Fact(words.say("declaration.fetched-on"), words.day(civil_day(one.fetched_at)), version),
            Fact(words.say("declaration.terms"), one.terms or words.say("declaration.no-terms")),
            Fact(words.say("declaration.licence"), one.licence or words.say("declaration.no-licence")),
        ),
        gone=words.say("declaration.not-listed", day=gone) if gone else "",
    )
