"""What the look-ups of a certificate say on a day: the last that saw the platform speaks, others are told.

The look inside a certificate's own record (`KnownBy.cross_check`, made when it was transcribed) is the first
of the line; look-ups recorded since follow it as facts of their own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from registry.crosschecks.facts import CrossCheckFact, Looker, Result
from registry.kit.known_by import CrossCheck, KnownBy, Source


@dataclass(frozen=True, slots=True)
class Look:
    """One look from either place; `said` holds words where the record has no closed result."""

    platform: str
    checked_on: date
    result: Result | None
    said: str | None
    looker: Looker | None
    screenshot_sha256: str | None
    recheck_due: date | None


class Attention(StrEnum):
    """Why somebody has to look (again), the most urgent first."""

    DIFFERS = "differs"
    NOT_FOUND = "not_found"
    NEVER = "never"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Checked:
    """`last` is the newest look that saw the platform, `tried` a later one that did not."""

    last: Look | None
    tried: Look | None
    attention: Attention | None
    due: date | None


Looks: TypeAlias = tuple[Look, ...]


def line(known_by: KnownBy, recorded: Iterable[CrossCheckFact], day: date) -> Looks:
    """Every look up to a day, first to last; of two on one day the one recorded later stands later."""
    first = [_of_transcription(known_by.cross_check)] if known_by.cross_check else []
    found = [*first, *(_of_fact(fact) for fact in recorded)]
    return tuple(sorted((look for look in found if look.checked_on <= day), key=lambda look: look.checked_on))


def checked(known_by: KnownBy, looks: Looks, day: date) -> Checked:
    """What stands on a day; the last day of a due date is inclusive, so one is overdue from the next."""
    seen = [look for look in looks if look.result is not Result.UNREACHABLE]
    last = seen[-1] if seen else None
    newest = looks[-1] if looks else None
    tried = newest if newest is not last else None
    return Checked(last, tried, _attention(known_by, last, day), last.recheck_due if last else None)


def _attention(known_by: KnownBy, last: Look | None, day: date) -> Attention | None:
    """What a body signed or its interface gave needs no look; what was copied by hand does."""
    if last is None:
        return Attention.NEVER if known_by.source is Source.TRANSCRIBED else None
    if last.result in (Result.DIFFERS, Result.NOT_FOUND):
        return Attention(last.result)
    return Attention.OVERDUE if last.recheck_due is not None and day > last.recheck_due else None


def _of_transcription(check: CrossCheck) -> Look:
    return Look(
        platform=check.platform,
        checked_on=check.checked_on,
        result=None,
        said=check.result,
        looker=None,
        screenshot_sha256=check.screenshot_sha256,
        recheck_due=check.recheck_due,
    )


def _of_fact(fact: CrossCheckFact) -> Look:
    return Look(
        platform=fact.platform,
        checked_on=fact.checked_on,
        result=fact.result,
        said=fact.differences,
        looker=fact.looker,
        screenshot_sha256=fact.screenshot_sha256,
        recheck_due=fact.recheck_due,
    )
