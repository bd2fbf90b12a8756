"""The declared A1–A3 value of a product: per the unit its kind is compared in, and per kg, t, m² and m³."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from registry.declarations.comparable import Basis, Cell, Generation
from registry.declarations.figures.gwp import Answer, Asked, Refusal, gwp, gwp_each
from registry.declarations.figures.modules import WHOLE
from registry.declarations.figures.stated import Stated
from registry.units.table import table, unit

PER = ("kg", "t", "m2", "m3")  # what buyers compare by beside a kind's own unit


@dataclass(frozen=True)
class Spoken:
    """What one declaration says of a product of a kind: its A1–A3 value in every unit asked for, at once.

    `own_unit` is the unit that its kind compares by; `named` the indicator of a record without a document.
    """

    stated: Stated
    own_unit: str
    named: str | None = None

    @cached_property
    def _answers(self) -> Mapping[str, Answer | Refusal]:
        own = table().by_code.get(self.own_unit)
        return gwp_each(self.stated, (WHOLE,), {*map(unit, PER), *([own] if own else [])})

    @cached_property
    def figures(self) -> Mapping[str, Decimal]:
        """In kg CO₂e per kg, t, m² and m³; a unit without a way there is left out.

        So is one whose way other stated figures contradict: an order of products has no room for the doubt.
        """
        return _certain({code: self._answers[code] for code in PER})

    def cell(self, *, kind: str, performance: str | None) -> Cell | None:
        """The comparable value per the own unit; None when not declared or not to be had in it.

        Values compare within one dimension only, whatever ties are stated (decision 0008). Where no figure
        counts every gas, the part of a footprint that the record names compares with the same part.
        """
        stated = self.stated
        target, declared = table().by_code.get(self.own_unit), table().by_code.get(stated.unit or "")
        if target is None or declared is None or declared.dimension is not target.dimension:
            return None
        if stated.generation is Generation.OTHER:
            return None
        answer = self._answers[self.own_unit]
        if stated.whole() is None and self.named is not None:
            answer = gwp(stated, Asked((WHOLE,), target, indicator=self.named))
        if not isinstance(answer, Answer):
            return None
        basis = Basis(kind, performance, self.own_unit, stated.generation, answer.indicator)
        return Cell(answer.value, basis)


def _certain(answers: Mapping[str, Answer | Refusal]) -> Mapping[str, Decimal]:
    return {
        code: answer.value
        for code, answer in answers.items()
        if isinstance(answer, Answer) and not answer.doubt
    }
