"""Whether certificates covered what was made, once more: every single day asked, in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a certificate of the product: from which day, in force between which, where, what."""

    since: date
    start: date
    end: date
    state: str
    plants: frozenset[str]
    models: frozenset[str]


def on(day: date, certificates: Sequence[Sequence[Version]], plant: str, model: str) -> bool:
    """Whether on one day some certificate was active for this plant and model."""
    for versions in certificates:
        standing = None
        for version in versions:
            if version.since <= day and (standing is None or version.since >= standing.since):
                standing = version
        if (
            standing is not None
            and standing.state == "active"
            and standing.start <= day <= standing.end
            and plant in standing.plants
            and model in standing.models
        ):
            return True
    return False


def answer(
    certificates: Sequence[Sequence[Version]], plant: str, model: str, *, start: date, end: date
) -> str:
    days = [start + timedelta(days=one) for one in range((end - start).days + 1)]
    answers = {on(day, certificates, plant, model) for day in days}
    if len(answers) == 2:
        return "undecided"
    return "covered" if answers == {True} else "not_covered"
