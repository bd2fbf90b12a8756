"""How a certificate's state went: spans from one act of its body to the next, corrections merged away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from sqlmodel import Session

from registry.certificates.facts import ActKind, CertificateFact, State
from registry.certificates.kind import CERTIFICATE
from registry.certificates.states import TRANSITIONS
from registry.changes.kinds import Known
from registry.changes.reading import Point, history


@dataclass(frozen=True, slots=True)
class Span:
    """A stored state from its first day on, and the reason of the act that brought it about."""

    state: State
    since: date
    reason: str | None


def timeline(versions: Sequence[Known[CertificateFact]]) -> tuple[Span, ...]:
    """The spans of versions in feed order; what keeps the state, such as an objection, adds none."""
    days = groupby(sorted(versions, key=_day), key=_day)  # the sort keeps the feed's order within a day
    spans: list[Span] = []
    for day, group in days:
        facts = [version.fact for version in group]
        state = facts[-1].state
        if not spans or spans[-1].state is not state:
            spans.append(Span(state, day, _reason(facts)))
    return tuple(spans)


def _day(version: Known[CertificateFact]) -> date:
    return version.header.effective_on


def _reason(facts: Sequence[CertificateFact]) -> str | None:
    """Of the acts of one day, the reason of the last that moved the state."""
    moved = [fact for fact in facts if not _kept(fact.act)]
    return (moved or facts)[-1].act_reason


def kept_states(session: Session, versions: Iterable[Known[CertificateFact]], at: Point) -> dict[UUID, Span]:
    """Since when and why those are not valid whose last act, such as an objection, left the state."""
    asked = [one.header.key for one in versions if one.fact.state is not State.ACTIVE and _kept(one.fact.act)]
    found = timelines(session, asked, as_of=at.as_of)
    return {key: [span for span in spans if span.since <= at.on][-1] for key, spans in found.items()}


def _kept(act: ActKind) -> bool:
    return act in TRANSITIONS and TRANSITIONS[act][1] is None


def timelines(session: Session, ids: Iterable[UUID], *, as_of: int) -> dict[UUID, tuple[Span, ...]]:
    """The whole timeline of each certificate as known at a position."""
    return {key: timeline(history(session, CERTIFICATE, key, as_of=as_of)) for key in sorted(set(ids))}
