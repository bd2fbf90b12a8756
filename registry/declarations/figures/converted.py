"""A declared A1–A3 value for units it was not declared in, by what the papers themselves state."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from registry.declarations.facts import DeclarationFact
from registry.declarations.figures.gwp import Answer, Asked, gwp
from registry.declarations.figures.modules import WHOLE
from registry.declarations.figures.stated import of_fact
from registry.units.convert import ProductFact
from registry.units.table import Unit

PER = ("kg", "t", "m2", "m3")  # what buyers compare by beside a kind's own unit


def figures(
    fact: DeclarationFact, units: Iterable[Unit], stated: Sequence[ProductFact]
) -> Mapping[str, Decimal]:
    """In kg CO₂e per one of each unit it can be had in; a unit without a way there is left out.

    So is one whose way other stated figures contradict: an order of products has no room for the doubt.
    """
    document = of_fact(fact, stated)
    answers = {unit.code: gwp(document, Asked((WHOLE,), unit)) for unit in units}
    return {
        code: answer.value
        for code, answer in answers.items()
        if isinstance(answer, Answer) and not answer.doubt
    }
