"""A kept search as rows for a spreadsheet: what it is first, then what it found."""

from collections.abc import Iterator
from datetime import date

from catalogue.archive.store import Archived
from catalogue.naming import Lang, Naming
from catalogue.searches import columns
from catalogue.searches.filters import Filter
from catalogue.searches.kept import KeptSearch
from catalogue.tables import Row
from registry.kit.clock import SHANGHAI


def instant(archived: Archived) -> str:
    """When it was kept, to the second, on the clock of China."""
    return f"{archived.created_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"


def lines(archived: Archived, kept: KeptSearch, lang: Lang) -> Iterator[Row]:
    """From the sealed document alone, never from what the register says today."""
    words, sealed = Naming(lang), archived.sealed
    if sealed.notice is not None:
        yield (sealed.notice.in_language(lang),)
    yield words.say("kept.title"), sealed.number
    yield words.say("kept.time"), instant(archived)
    yield words.say("download.on"), date.fromisoformat(sealed.on)
    yield words.say("download.as-of"), sealed.as_of
    yield words.say("kept.digest"), archived.sha256
    yield words.say("download.words"), kept.words
    yield from (named(one, lang) for one in kept.filters)
    yield words.say("kept.order"), kept.order.said.in_language(lang)
    yield words.say("kept.total"), kept.total
    for notice in kept.notices:
        yield words.say("kept.notice"), notice.in_language(lang)
    yield (words.say("kept.not-proof"),)
    yield ()
    yield columns.header(lang)
    yield from (columns.line(row, lang) for row in kept.rows)


def named(one: Filter, lang: Lang) -> Row:
    """A filter in words, and beside them as the search takes it."""
    label, said = one.label.in_language(lang), one.said.in_language(lang)
    text = f"{label}{'：' if lang == 'zh' else ': '}{said}"
    return Naming(lang).say("download.filter"), text, f"{one.name} = {one.value}"
