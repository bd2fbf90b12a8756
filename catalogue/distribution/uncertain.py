"""How probable it is that a value lies under a limit, from the uncertainty its document states."""

from decimal import Decimal
from math import log
from statistics import NormalDist

PLACES = Decimal("0.001")
# openEPD's words; of the others (uniform, triangular, max) a standard deviation alone tells too little.
NORMAL, LOGNORMAL = "normal", "lognormal"


def under(limit: Decimal, value: Decimal, *, rsd: Decimal | None, distribution: str | None) -> Decimal | None:
    """The probability to three places; None where no uncertainty is stated, or none that says enough.

    `value` is the mean. A probability is no quantity of the document, so it is worked out in floats.
    """
    shape = (distribution or "").replace("-", "").replace("_", "").casefold()
    if rsd is None or rsd < 0 or shape not in (NORMAL, LOGNORMAL):
        return None
    if rsd == 0:
        return Decimal(1) if value <= limit else Decimal(0)
    if shape == NORMAL:
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
