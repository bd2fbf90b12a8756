"""Slow second answers about applications: what a history of steps allows, and the order of the queue."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple


class Done(NamedTuple):
    """A step as a clerk would note it down; `to` is who gets a case handed over."""

    act: str
    who: str
    of: str
    to: str = ""


def may_follow(history: Sequence[Done], wanted: Done, *, applicant: str) -> bool:
    """Whether a step may follow a history, told anew from the whole of it and without any state kept."""
    state, _, _ = told(history)
    typists = {one.who for one in history if one.act in ("save", "submit")}
    if wanted.act in ("save", "submit"):
        return wanted.of == applicant and state in ("draft", "returned")
    if wanted.act == "withdraw":
        return wanted.of == applicant and state not in ("published", "removed", "withdrawn")
    if wanted.of == applicant or wanted.who in typists:
        return False
    return _officer_may(history, wanted, typists)


def _officer_may(history: Sequence[Done], wanted: Done, typists: set[str]) -> bool:
    state, holder, first = told(history)
    holds = holder != "" if wanted.act == "put_back" else holder == wanted.who
    under_review = holds and state in ("in_review", "approved_once")
    match wanted.act:
        case "remove":
            return state == "published"
        case "take":
            return holder == "" and wanted.who != first and state in ("submitted", "approved_once")
        case "hand_over":
            return under_review and wanted.to not in {"", wanted.who, first, *typists}
        case "approve":
            return under_review and state == "in_review"
        case "publish":
            return under_review and state == "approved_once" and first != wanted.who
    return under_review


def told(history: Sequence[Done]) -> tuple[str, str, str]:
    """The state, who has the case, and who approved it first."""
    state, holder, first = "draft", "", ""
    for one in history:
        if one.act == "submit":
            state, holder, first = "submitted", "", ""
        elif one.act == "take":
            state, holder = ("in_review" if state == "submitted" else state), one.who
        elif one.act == "hand_over":
            holder = one.to
        elif one.act == "put_back":
            state, holder = ("submitted" if state == "in_review" else state), ""
        elif one.act == "return":
            state, holder, first = "returned", "", ""
        elif one.act == "approve":
            state, holder, first = "approved_once", "", one.who
        elif one.act in ("publish", "remove", "withdraw"):
            state = {"publish": "published", "remove": "removed", "withdraw": "withdrawn"}[one.act]
            holder, first = ("", "") if one.act == "withdraw" else (holder, first)
    return state, holder, first


def days_on_the_clock(steps: Sequence[tuple[str, date]], today: date) -> int:
    """Walk every single day: it counts if it is a weekday and the case was with the registry before it."""
    if not steps:
        return 0
    counted, day = 0, min(one for _, one in steps)
    while day <= today:
        running = False
        for act, at in steps:
            if at < day:
                running = act == "submit" or (running and act not in ("return", "withdraw", "publish"))
        counted += running and day.strftime("%a") not in ("Sat", "Sun")
        day += timedelta(days=1)
    return counted


class Line(NamedTuple):
    number: str
    warnings: int
    days: int
    submitted: date


def in_order(lines: Sequence[Line], *, by_risk: bool) -> list[str]:
    """Pick whoever nobody else should come before, again and again."""
    left, found = list(lines), []
    while left:
        best = next(one for one in left if not any(_before(other, one, by_risk=by_risk) for other in left))
        left.remove(best)
        found.append(best.number)
    return found


def _before(one: Line, other: Line, *, by_risk: bool) -> bool:
    if by_risk and one.warnings != other.warnings:
        return one.warnings > other.warnings
    if one.days != other.days:
        return one.days > other.days
    if one.submitted != other.submitted:
        return one.submitted < other.submitted
    return one.number < other.number
