"""Classes of a histogram: the same round bounds in every engine, from the least and the greatest value."""

from decimal import ROUND_FLOOR, Context, Decimal

from registry.kit.types import plain

MOST_CLASSES = 20
_ROUND = (Decimal(1), Decimal(2), Decimal(5))
_CONTEXT = Context(prec=40, rounding=ROUND_FLOOR)


def bounds(least: Decimal, greatest: Decimal) -> tuple[Decimal, ...]:
    """Edges of at most 20 classes of one round width (1, 2 or 5 times a power of ten) that hold both values.

    Every class reaches from its edge up to the next, without it, so the last edge lies above the greatest.
    """
    power = _start(greatest - least, greatest)
    while True:
        for digit in _ROUND:
            width = digit.scaleb(power)
            first, last = _class(least, width), _class(greatest, width)
            if last - first < MOST_CLASSES:
                return tuple(Decimal(plain(width * number)) for number in range(first, last + 2))
        power += 1


def _start(spread: Decimal, greatest: Decimal) -> int:
    """A power of ten that is surely too fine for the spread; a single value is one class."""
    measure = spread or abs(greatest) or Decimal(1)
    return measure.adjusted() - 2 if spread else measure.adjusted() - 1


def _class(value: Decimal, width: Decimal) -> int:
    return int(_CONTEXT.divide(value, width).to_integral_value(rounding=ROUND_FLOOR))
