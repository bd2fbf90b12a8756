"""The service clock: working days with the registry, pausing while an application lies with its applicant.

Working days are Monday to Friday. Public holidays and the weekends worked in exchange are not known to the
register, so a due day beside a holiday is early by that holiday and never late.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from registry.applications.states import Step

_WEEK, _WORKING = 7, 5
_STARTS = frozenset({Step.SUBMIT})
_STOPS = frozenset({Step.RETURN, Step.WITHDRAW, Step.PUBLISH})


@dataclass(frozen=True, slots=True)
class Span:
    """Days with the registry, the first not counted as its day is; `until` None: still there."""

    since: date
    until: date | None


def spans(steps: Iterable[tuple[str, date]]) -> tuple[Span, ...]:
    """When the clock ran, from the steps of an application and their civil days."""
    found: list[Span] = []
    for act, day in steps:
        running = bool(found) and found[-1].until is None
        if act in _STARTS and not running:
            found.append(Span(day, None))
        elif act in _STOPS and running:
            found[-1] = Span(found[-1].since, day)
    return tuple(found)


def elapsed(running: Sequence[Span], today: date) -> int:
    """Working days counted up to and including today."""
    return sum(working_days(span.since, span.until or today) for span in running)


def working_days(after: date, last: date) -> int:
    """Monday to Friday after one day, up to and including another."""
    if last <= after:
        return 0
    weeks, rest = divmod((last - after).days, _WEEK)
    tail = sum((after + timedelta(days=n)).weekday() < _WORKING for n in range(1, rest + 1))
    return weeks * _WORKING + tail


def due_on(running: Sequence[Span], limit: int) -> date | None:
    """The last day in time while the clock runs; None while it stands."""
    if not running or running[-1].until is not None:
        return None
    left = limit - sum(working_days(span.since, span.until) for span in running if span.until is not None)
    day = running[-1].since
    while left > 0:
        day += timedelta(days=1)
        left -= day.weekday() < _WORKING
    return day
