"""How probable it is that a value lies under a limit, from the uncertainty its document states."""

from decimal import Decimal
from math import log
from statistics import NormalDist

PLACES = Decimal("0.001")
# openEPD's words; of the others (uniform, triangular, max) a standard deviation alone tells too little.
NORMAL, LOGNORMAL = "normal", "lognormal"


def shape(distribution: str | None) -> str:
    """A distribution's name however it is written; empty where none is stated."""
    return (distribution or "").replace("-", "").replace("_", "").casefold()


def recipe(value: Decimal, *, rsd: Decimal | None, distribution: str | None) -> str | None:
    """Key of the sentence that says how `under` reckons, or why it gives none; None without uncertainty."""
    if rsd is None:
        return None
    told = shape(distribution)
    if rsd == 0:
        return "uncertain.exact" if told in (NORMAL, LOGNORMAL) else "uncertain.no-shape"
    if rsd > 0 and ((told == NORMAL and value != 0) or (told == LOGNORMAL and value > 0)):
        return "uncertain.normal" if told == NORMAL else "uncertain.lognormal"
    return "uncertain.no-shape" if told not in (NORMAL, LOGNORMAL) else "uncertain.no-spread"


def under(limit: Decimal, value: Decimal, *, rsd: Decimal | None, distribution: str | None) -> Decimal | None:
    """The probability to three places; None where no uncertainty is stated, or none that says enough.

    `value` is the mean. A probability is no quantity of the document, so it is worked out in floats.
    """
    told = shape(distribution)
    if rsd is None or rsd < 0 or told not in (NORMAL, LOGNORMAL):
        return None
    if rsd == 0:
        return Decimal(1) if value <= limit else Decimal(0)
    if told == NORMAL:
        return None if value == 0 else _of(limit, value, abs(value) * rsd)
    if value <= 0:
        return None  # a lognormal value is above 0
    if limit <= 0:
        return Decimal(0)
    variance = log(1 + float(rsd) ** 2)
    mean = log(value) - variance / 2
    return _rounded(NormalDist(mean, variance**0.5).cdf(log(limit)))


def _of(limit: Decimal, mean: Decimal, deviation: Decimal) -> Decimal:
    return _rounded(NormalDist().cdf(float((limit - mean) / deviation)))


def _rounded(probability: float) -> Decimal:
    return Decimal(probability).quantize(PLACES)
