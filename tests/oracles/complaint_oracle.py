"""A slow second answer about complaints: what a clerk allows who reads the whole history every time."""

from collections.abc import Sequence
from typing import NamedTuple


class Done(NamedTuple):
    """A step as a clerk would note it down; `late` says whether the time to reply was over by then."""

    act: str
    who: str
    late: bool


def may_follow(history: Sequence[Done], wanted: Done, *, concerned: set[str], party: set[str]) -> bool:
    """Whether a step may follow; `concerned` are people with an interest, `party` those who may reply."""
    acts = [one.act for one in history]
    over = {"dismiss", "withdraw"} & set(acts)
    decided = "decide" in acts
    if wanted.act == "withdraw":
        return wanted.who == "complainant" and not over and not decided
    if wanted.act == "reply":
        return wanted.who in party and "admit" in acts and "reply" not in acts and not over and not decided
    if over or wanted.who in concerned or wanted.who == "complainant":
        return False
    return _officer_may(history, wanted)


def _officer_may(history: Sequence[Done], wanted: Done) -> bool:
    acts = [one.act for one in history]
    decided = "decide" in acts
    judged = {one.who for one in history if one.act in ("admit", "decide", "revise")}
    match wanted.act:
        case "admit" | "dismiss":
            return "admit" not in acts
        case "forward":
            return "admit" in acts and "forward" not in acts
        case "decide":
            heard = "reply" in acts or wanted.late
            return "admit" in acts and not decided and heard and wanted.who not in judged
        case "revise":
            return decided and wanted.who not in judged
    return False


def state_of(history: Sequence[Done]) -> str:
    """The state by the last act that moves one."""
    moves = {
        "admit": "admitted",
        "reply": "replied",
        "decide": "decided",
        "dismiss": "inadmissible",
        "withdraw": "withdrawn",
    }
    return next((moves[one.act] for one in reversed(history) if one.act in moves), "received")
