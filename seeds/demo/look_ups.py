"""Invented look-ups of certificates: repeated, some overdue, a few that differ, find nothing or fail."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256
from random import Random
from typing import Final

from registry.certificates.facts import CertificateFact
from registry.crosschecks.facts import CrossCheckFact, Looker, Result
from registry.kit.known_by import Source
from seeds.demo.certificates import PLATFORM, Certified
from seeds.demo.keys import key

REPEATED_SHARE: Final = 0.3
LATEST: Final = date(2026, 11, 18)
RECENT: Final = date(2026, 8, 1)
MOST_LOOKS: Final = 3
HALF_A_YEAR: Final = timedelta(days=180)
_RESULTS: Final = (Result.AGREES, Result.UNREACHABLE, Result.DIFFERS, Result.NOT_FOUND)
_WEIGHTS: Final = (82, 6, 8, 4)
DIFFERENCES: Final = "演示：平台显示的生产厂地址与登记不同"


def build(certificates: Sequence[Certified]) -> Iterator[CrossCheckFact]:
    """Look-ups after the transcription, for a part of the bulk; the named cases keep what they show."""
    for certified in certificates:
        fact = certified.fact
        draw = Random(f"look-up|{fact.id}")  # noqa: S311 - invented data, no secret
        check = fact.known_by.cross_check
        transcribed = fact.known_by.source is Source.TRANSCRIBED
        if transcribed and check and certified.handle.startswith("bulk-") and draw.random() < REPEATED_SHARE:
            yield from _looks(draw, fact, check.checked_on)


def _looks(draw: Random, fact: CertificateFact, first: date) -> Iterator[CrossCheckFact]:
    """One to three looks from the transcription on, each at least a fortnight after the one before."""
    day = first
    for place in range(draw.randint(1, MOST_LOOKS)):
        day += timedelta(days=draw.randint(14, 150))
        if day > LATEST:
            return
        yield _look(draw, fact, day, place)


def _look(draw: Random, fact: CertificateFact, day: date, place: int) -> CrossCheckFact:
    drawn = draw.choices(_RESULTS, weights=_WEIGHTS)[0]
    # a doubt is looked into within months, so the old ones agree
    result = Result.AGREES if drawn in (Result.DIFFERS, Result.NOT_FOUND) and day < RECENT else drawn
    reached = result is not Result.UNREACHABLE
    return CrossCheckFact(
        id=key("cross_check", f"{fact.code}-{place}"),
        certificate_id=fact.id,
        number=fact.number,
        platform=PLATFORM,
        checked_on=day,
        looker=Looker.SECOND_PERSON if place % 2 else Looker.TRANSCRIBER,
        result=result,
        differences=DIFFERENCES if result is Result.DIFFERS else None,
        screenshot_sha256=sha256(f"演示截图 {fact.code} {day}".encode()).hexdigest() if reached else None,
        recheck_due=day + HALF_A_YEAR if reached else None,
    )
