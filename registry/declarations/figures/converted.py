"""The declared A1–A3 value of a product: per the unit its kind is compared in, and per kg, t, m² and m³."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from registry.declarations.comparable import Basis, Cell, Generation
from registry.declarations.figures.gwp import Answer, Asked, gwp, gwp_each
from registry.declarations.figures.modules import WHOLE
from registry.declarations.figures.stated import Stated
from registry.units.table import Unit, table

PER = ("kg", "t", "m2", "m3")  # what buyers compare by beside a kind's own unit


def figures(stated: Stated, units: Iterable[Unit]) -> Mapping[str, Decimal]:
    """In kg CO₂e per one of each unit it can be had in; a unit without a way there is left out.

    So is one whose way other stated figures contradict: an order of products has no room for the doubt.
    """
    answers = gwp_each(stated, (WHOLE,), units)
    return {
        code: answer.value
        for code, answer in answers.items()
        if isinstance(answer, Answer) and not answer.doubt
    }


def cell(
    stated: Stated, *, kind: str, performance: str | None, unit: str, indicator: str | None = None
) -> Cell | None:
    """The comparable A1–A3 value per `unit`; None when not declared or not to be had in the unit.

    Values compare within one dimension only, whatever ties are stated (decision 0008). `indicator` is what
    the record names: a part of a footprint compares with the same part.
    """
    target, declared = table().by_code.get(unit), table().by_code.get(stated.unit or "")
    if target is None or declared is None or declared.dimension is not target.dimension:
        return None
    if stated.generation is Generation.OTHER:
        return None
    named = None if stated.whole() is not None else indicator
    answer = gwp(stated, Asked((WHOLE,), target, indicator=named))
    if not isinstance(answer, Answer):
        return None
    return Cell(answer.value, Basis(kind, performance, unit, stated.generation, answer.indicator))
