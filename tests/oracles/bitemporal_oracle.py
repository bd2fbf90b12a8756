"""A slow second answer to reading on two time axes: say every record again, day by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Said:
    """One record: what was said of a key, from which day it counts, at which position of the feed."""

    seq: int
    key: str
    effective_on: date
    text: str


def fact_on(records: Iterable[Said], key: str, *, on: date, as_of: int, earliest: date) -> Said | None:
    """Paint a calendar in the order things were said, then walk back from the day to a painted one."""
    calendar: dict[date, Said] = {}
    for said in records:
        if said.key == key and said.seq <= as_of:
            calendar[said.effective_on] = said
    day = on
    while day >= earliest:
        if day in calendar:
            return calendar[day]
        day -= timedelta(days=1)
    return None
