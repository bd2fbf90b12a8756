"""How far an application is: the status of each part, what is left, and where to go on."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from frontend.pages.maker.desk import Opened
from registry.applications.application import Event
from registry.applications.fields import Part
from registry.applications.findings import Finding, errors_of
from registry.applications.parts import ASKED
from registry.applications.states import State, Step
from registry.applications.store import START
from registry.applications.typed import is_begun


class Status(StrEnum):
    DONE = "done"
    STARTED = "started"
    NOT_STARTED = "not-started"
    OPTIONAL = "optional"
    RETURNED = "returned"
    CHANGED = "changed"
    CLOSED = "closed"


_TO_DO = frozenset({Status.STARTED, Status.NOT_STARTED, Status.RETURNED})
EDITED = frozenset({State.DRAFT, State.RETURNED})


def status(opened: Opened, part: Part) -> Status:
    application = opened.application
    if opened.is_returned:
        if not is_returned(opened, part):
            return Status.CLOSED
        changed = part in changed_since_return(opened.events)
        return Status.CHANGED if changed and not faults(opened, part) else Status.RETURNED
    if part is Part.ABOUT:
        return Status.DONE
    if not is_begun(application.typed, part):
        return Status.NOT_STARTED if part in ASKED[application.subject].must else Status.OPTIONAL
    return Status.STARTED if faults(opened, part) else Status.DONE


def faults(opened: Opened, part: Part) -> tuple[Finding, ...]:
    """What keeps a part from being handed in."""
    return tuple(one for one in errors_of(opened.outcome.findings) if one.path.partition(".")[0] == part)


def elsewhere(opened: Opened) -> tuple[Finding, ...]:
    """Errors that belong to no part of this application, such as an organisation nobody has verified."""
    parts = set(ASKED[opened.application.subject].parts)
    return tuple(one for one in errors_of(opened.outcome.findings) if one.path.partition(".")[0] not in parts)


def is_returned(opened: Opened, part: Part) -> bool:
    return any(path.partition(".")[0] == part for path in opened.application.open_paths)


def changed_since_return(events: tuple[Event, ...]) -> frozenset[str]:
    """Parts in which anything was typed or pinned after the last return."""
    last = max((place for place, one in enumerate(events) if one.act == Step.RETURN), default=len(events))
    later = [one.details for one in events[last:] if one.act == Step.SAVE]
    paths = [str(one.get("part") or one.get("pinned") or one.get("unpinned") or "") for one in later]
    return frozenset(path.partition(".")[0] for path in paths)


def parts(opened: Opened) -> Iterator[tuple[Part, Status]]:
    return ((part, status(opened, part)) for part in ASKED[opened.application.subject].parts)


def to_do(opened: Opened) -> list[Part]:
    """The parts that still need somebody, in order; what may be left out is none of them."""
    return [part for part, found in parts(opened) if found in _TO_DO]


def counted(opened: Opened) -> tuple[int, int]:
    """How many of the parts that count are done."""
    found = [one for _, one in parts(opened) if one not in (Status.OPTIONAL, Status.CLOSED)]
    return sum(one in (Status.DONE, Status.CHANGED) for one in found), len(found)


def go_on(opened: Opened) -> str:
    """The page to go on at: the first open part, else the check."""
    left = to_do(opened)
    return str(left[0]) if left else "check"


def after(opened: Opened, part: Part) -> str:
    """Where to go once a part is in order: what is left, the list while parts may be added, the check."""
    if to_do(opened):
        return go_on(opened)
    order = list(Part)
    later = [
        one for one, found in parts(opened)
        if found is Status.OPTIONAL and order.index(one) > order.index(part)
    ]  # fmt: skip
    return "" if later else "check"


def saved_at(events: tuple[Event, ...]) -> datetime:
    """When anything was last kept; starting keeps the first texts."""
    return [one.at for one in events if one.act in (START, Step.SAVE)][-1]


def submitted(events: tuple[Event, ...]) -> Event | None:
    """The last time it was handed in."""
    found = [one for one in events if one.act == Step.SUBMIT]
    return found[-1] if found else None
