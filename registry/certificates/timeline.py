"""How a certificate's state went: spans from one act of its body to the next, corrections merged away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from registry.certificates.facts import CertificateFact, State
from registry.certificates.kind import CERTIFICATE
from registry.changes.kinds import Known
from registry.changes.reading import history


@dataclass(frozen=True, slots=True)
class Span:
    """A stored state from its first day on, and the reason of the act that brought it about."""

    state: State
    since: date
    reason: str | None


def timeline(versions: Sequence[Known[CertificateFact]]) -> tuple[Span, ...]:
    """The spans of versions in feed order; what keeps the state, such as an objection, adds none."""
    in_force = {version.header.effective_on: version.fact for version in versions}
    spans: list[Span] = []
    for day, fact in sorted(in_force.items()):
        if not spans or spans[-1].state is not fact.state:
            spans.append(Span(fact.state, day, fact.act_reason))
    return tuple(spans)


def timelines(session: Session, ids: Iterable[UUID], *, as_of: int) -> dict[UUID, tuple[Span, ...]]:
    """The whole timeline of each certificate as known at a position."""
    return {key: timeline(history(session, CERTIFICATE, key, as_of=as_of)) for key in sorted(set(ids))}
