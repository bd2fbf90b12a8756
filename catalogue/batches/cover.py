"""Whether a registered certificate covered what was made at a plant on the days of production.

A certificate covers a unit, models and a plant, never a batch (practice, 1). So this answers for product,
model, plant and day, as recorded; it says nothing of the goods, and it is no verdict for a ratio.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from catalogue.compliance.model_match import covers
from registry.certificates.facts import CertificateFact, ScopeRow
from registry.certificates.states import StateOnDay, on_day
from registry.changes.kinds import Known

History = Sequence[Known[CertificateFact]]


class Covered(StrEnum):
    COVERED = "covered"
    NOT_COVERED = "not_covered"
    UNDECIDED = "undecided"


class Reason(StrEnum):
    """Why, the least specific first."""

    NO_CERTIFICATE = "no_certificate"
    OTHER_PLANT = "other_plant"
    OTHER_MODEL = "other_model"
    NOT_IN_FORCE = "not_in_force"
    MODEL_UNCLEAR = "model_unclear"
    DAYS_DIFFER = "days_differ"
    IN_SCOPE = "in_scope"


_STATE = {
    Reason.IN_SCOPE: Covered.COVERED,
    Reason.MODEL_UNCLEAR: Covered.UNDECIDED,
    Reason.DAYS_DIFFER: Covered.UNDECIDED,
}


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, where, and between which days; `models` are those it may be."""

    product_id: UUID
    plant_id: UUID
    models: tuple[str, ...]
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Cover:
    """The answer, why, and the certificates it rests on."""

    reason: Reason
    certificates: tuple[CertificateFact, ...] = ()

    @property
    def state(self) -> Covered:
        return _STATE.get(self.reason, Covered.NOT_COVERED)


def cover(made: Made, histories: Iterable[History]) -> Cover:
    """One answer for the whole run: where its days differ, it cannot be decided for all that was made."""
    known = list(histories)
    answers = [_on(made, day, known) for day in _days(made, known)]
    states = {answer.state for answer in answers}
    best = max(answers, key=lambda one: _RANK[one.reason])
    certificates = {one.id: one for answer in answers for one in answer.certificates}
    if len(states) > 1:
        return Cover(Reason.DAYS_DIFFER, tuple(certificates.values()))
    if best.state is Covered.COVERED:
        return Cover(best.reason, tuple(certificates.values()))
    return best


_RANK = {reason: place for place, reason in enumerate(Reason)}


def _days(made: Made, histories: Sequence[History]) -> Sequence[date]:
    """The first day and every later one on which something may have changed."""
    turns = {made.start}
    for history in histories:
        for version in history:
            fact = version.fact
            turns |= {version.header.effective_on, fact.valid_from, fact.valid_to + timedelta(days=1)}
    return sorted(day for day in turns if made.start <= day <= made.end)


def _on(made: Made, day: date, histories: Sequence[History]) -> Cover:
    """The furthest-reaching answer of any certificate on one day; several may say the same."""
    found = [one for history in histories for one in _of_certificate(made, day, history)]
    if not found:
        return Cover(Reason.NO_CERTIFICATE)
    reason = max((reason for reason, _ in found), key=lambda one: _RANK[one])
    return Cover(reason, tuple(fact for own, fact in found if own is reason))


def _of_certificate(made: Made, day: date, history: History) -> Iterator[tuple[Reason, CertificateFact]]:
    fact = _in_force(history, day)
    rows = [row for row in fact.rows if made.product_id in row.product_ids] if fact else []
    if fact is None or not rows:
        return
    here = [row for row in rows if row.plant_id == made.plant_id]
    if not here:
        yield Reason.OTHER_PLANT, fact
        return
    covered = _models(made.models, here)
    if covered is False:
        yield Reason.OTHER_MODEL, fact
    elif on_day(fact, day) is not StateOnDay.ACTIVE:
        yield Reason.NOT_IN_FORCE, fact
    else:
        yield (Reason.IN_SCOPE if covered else Reason.MODEL_UNCLEAR), fact


def _in_force(history: History, day: date) -> CertificateFact | None:
    """The version of a day: the latest that counts by then, and of one day the latest known."""
    counted = [one for one in history if one.header.effective_on <= day]
    return max(counted, key=lambda one: (one.header.effective_on, one.header.seq)).fact if counted else None


def _models(models: Sequence[str], rows: Sequence[ScopeRow]) -> bool | None:
    """Whether every model it may be is in some row; None where only some are, or the text does not say."""
    answers = {_one_model(model, rows) for model in models or (None,)}
    return answers.pop() if len(answers) == 1 else None


def _one_model(model: str | None, rows: Sequence[ScopeRow]) -> bool | None:
    answers = {covers(row.models, model) for row in rows}
    if True in answers:
        return True
    return None if None in answers else False
