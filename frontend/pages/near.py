"""The nearest numbers that exist, for a number that does not: bounded look-ups, never a scan."""

import re
from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from frontend.site import Site
from registry.changes.models import PublicCode
from registry.changes.reading import Point
from registry.dossiers.load import load
from registry.kit.ids import ALPHABET, parse_code
from search.engine.ports import SearchRequest, SearchUnavailable, SuggestionKind
from search.text.analyze import key
from search.text.highlight import is_near

MOST = 5
LENGTH = 14  # of our numbers, without their dashes
STEM = 3  # prefix and kind letter: never mistyped alone
SLIPS = 2
SHORTEST = 4


def nearest(site: Site, session: Session, text: str, at: Point) -> tuple[str, ...]:
    """Our own numbers one slip away, else a body's with other signs in it, else one that begins alike."""
    compact = re.sub(r"[^0-9A-Z]", "", text.upper())
    ours = _ours(session, compact)
    try:
        return ours or _signed(site, session, text, at) or tuple(_bodies(site, text.strip()))[:MOST]
    except SearchUnavailable:  # the answer does not wait for what is only a help
        return ()


def _ours(session: Session, compact: str) -> tuple[str, ...]:
    """The check character leaves about one in 36 neighbours standing; those are looked up by key."""
    if not LENGTH - 1 <= len(compact) <= LENGTH + 1:
        return ()
    codes = {code for one in _neighbours(compact) if (code := parse_code(one)) is not None}
    found = session.scalars(select(col(PublicCode.code)).where(col(PublicCode.code).in_(codes)))
    return tuple(sorted(found))[:MOST]


def _neighbours(typed: str) -> Iterator[str]:
    """Every text one slip away that could be a number: changed, swapped, lost or doubled characters."""
    letters = sorted({*ALPHABET, *"ILOU"})
    for place in range(STEM - 1, len(typed) + 1):
        head, tail = typed[:place], typed[place:]
        if len(typed) == LENGTH:
            yield from (head + letter + tail[1:] for letter in letters if tail)
            if len(tail) > 1:
                yield head + tail[1] + tail[0] + tail[2:]
        elif len(typed) < LENGTH:
            yield from (head + letter + tail for letter in letters)
        elif tail:
            yield head + tail[1:]


def _signed(site: Site, session: Session, text: str, at: Point) -> tuple[str, ...]:
    """Certificate numbers of the same letters and digits: dashes and blanks are what people leave out."""
    if len(key(text)) < SHORTEST:
        return ()
    found = site.search.search(SearchRequest(text=text, relax=False, limit=MOST))
    dossiers = load(session, [UUID(hit.id) for hit in found.hits], at)
    numbers = (known.fact.number for one in dossiers.values() for known in one.certificates)
    return tuple(dict.fromkeys(number for number in numbers if key(number) == key(text)))[:MOST]


def _bodies(site: Site, text: str) -> Iterator[str]:
    """Certificate numbers that share the beginning and differ by a slip or two."""
    if len(text) < SHORTEST:
        return
    for cut in (1, 2, 3):
        for found in site.search.suggest(text[:-cut], 3 * MOST):
            alike = is_near(text.upper(), found.text.upper(), SLIPS, is_prefix=False)
            if found.kind is SuggestionKind.NUMBER and alike:
                yield found.text
