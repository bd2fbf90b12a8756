"""What a limit leaves: pure counting over the offers of one basis, nothing read, nothing rounded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from catalogue.comparison.percentiles import FEWEST, percentile

# Fewer independent suppliers are no competition: three is the fewest that answer a tender (decision 0021).
FEWEST_MAKERS = 3
SIGNIFICANT = 4  # digits of a suggested limit, as far as they change nobody's place
# Named in every answer and every kept calculation; a change of meaning raises the version.
RULE, VERSION = "independent-makers", 2  # 2: interpolated percentiles, specific data only


class Apart(StrEnum):
    """Why a public product of the class has no value in the base; it is counted, never dropped."""

    OTHER_BASIS = "other-basis"
    NOT_DECLARED = "not-declared"
    GENERIC = "generic"
    NO_CERTIFICATE = "no-certificate"


class Reason(StrEnum):
    """Why a limit is suggested."""

    THREE_MAKERS = "three-makers"
    P20 = "p20"
    P50 = "p50"


@dataclass(frozen=True, slots=True)
class Firm:
    """A maker 制造商; firms under one controller are one competitor."""

    code: str
    name_zh: str
    name_en: str
    controller: str | None

    @property
    def competitor(self) -> tuple[str, str]:
        """The controller's group, or the firm itself; a group's name is never taken for a firm's code."""
        return ("group", self.controller) if self.controller else ("firm", self.code)


@dataclass(frozen=True, slots=True)
class Offer:
    """One counting product with its value (kg CO₂e per basis unit) and the provinces it is made in."""

    code: str
    name_zh: str
    name_en: str
    firm: Firm
    provinces: frozenset[str]
    value: Decimal


@dataclass(frozen=True, slots=True)
class Market:
    """Every offer of one basis, lowest first, and the products of its class that stand apart."""

    basis: str
    offers: tuple[Offer, ...]
    apart: Mapping[Apart, int]

    @property
    def values(self) -> tuple[Decimal, ...]:
        return tuple(offer.value for offer in self.offers)


@dataclass(frozen=True, slots=True)
class Tally:
    """`makers` counts independent ones."""

    products: int
    makers: int
    provinces: int

    @property
    def competes(self) -> bool:
        return self.makers >= FEWEST_MAKERS


@dataclass(frozen=True, slots=True)
class Step:
    """A limit, and what it would leave."""

    limit: Decimal
    tally: Tally


@dataclass(frozen=True, slots=True)
class Suggestion:
    reason: Reason
    step: Step


@dataclass(frozen=True, slots=True)
class Measured:
    """One limit against one market; without a limit everything is within it."""

    limit: Decimal | None
    within: tuple[Offer, ...]
    reached: Tally
    whole: Tally
    looser: Step | None


def market(basis: str, offers: Sequence[Offer], apart: Mapping[Apart, int]) -> Market:
    """A market in its one order: by value, then by code."""
    return Market(basis, tuple(sorted(offers, key=lambda one: (one.value, one.code))), dict(apart))


def tally(offers: Sequence[Offer]) -> Tally:
    """Products, independent makers and provinces of some offers."""
    return Tally(
        len(offers),
        len({offer.firm.competitor for offer in offers}),
        len({province for offer in offers for province in offer.provinces}),
    )


def measure(base: Market, limit: Decimal | None) -> Measured:
    """What a limit leaves of a market, and what the next looser limit would."""
    within = base.offers if limit is None else _within(base, limit)
    beyond = base.offers[len(within) :]
    looser = _step(base, beyond[0].value) if beyond else None
    return Measured(limit, within, tally(within), tally(base.offers), looser)


def suggestions(base: Market) -> tuple[Suggestion, ...]:
    """The strictest limit that leaves three independent makers; P20 and P50 where there are ten values."""
    return tuple(Suggestion(reason, _step(base, value)) for reason, value in _suggested(base))


def by_maker(offers: Sequence[Offer]) -> tuple[tuple[Offer, ...], ...]:
    """Offers grouped by independent maker, in the order of each group's lowest value."""
    found: dict[tuple[str, str], list[Offer]] = {}
    for offer in offers:
        found.setdefault(offer.firm.competitor, []).append(offer)
    return tuple(map(tuple, found.values()))


def _within(base: Market, limit: Decimal) -> tuple[Offer, ...]:
    return tuple(offer for offer in base.offers if offer.value <= limit)


def _suggested(base: Market) -> Iterator[tuple[Reason, Decimal]]:
    makers = set()
    for offer in base.offers:
        makers.add(offer.firm.competitor)
        if len(makers) == FEWEST_MAKERS:
            yield Reason.THREE_MAKERS, offer.value
            break
    if len(base.offers) >= FEWEST:
        yield Reason.P20, percentile(base.values, 20)
        yield Reason.P50, percentile(base.values, 50)


def _step(base: Market, value: Decimal) -> Step:
    """The step at a value, with its limit written as short as it may be."""
    following = next((offer.value for offer in base.offers if offer.value > value), None)
    return Step(written(value, below=following), tally(_within(base, value)))


def written(value: Decimal, *, below: Decimal | None) -> Decimal:
    """The shortest limit not under `value` that still stays under the next value: it lets nobody else in.

    Rounding the other way would shut out the product that the limit was read from.
    """
    exponent = value.as_tuple().exponent
    exact = max(-exponent, 0) if isinstance(exponent, int) else 0
    first = max(0, SIGNIFICANT - 1 - value.adjusted()) if value else 0
    for places in range(min(first, exact), exact):
        short = value.quantize(Decimal(1).scaleb(-places), ROUND_CEILING)
        if below is None or short < below:
            return short
    return value
