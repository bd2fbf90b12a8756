"""A bill quantity in the unit its ratio kind is counted in, with the path taken or the refusal."""

from dataclasses import dataclass
from decimal import Decimal

from catalogue.compliance.verdicts import Verdict, undecided
from registry.products import conversions
from registry.products.facts import ProductFact
from registry.units.convert import Converted, FactKind, Refused, Step, convert
from registry.units.convert import ProductFact as UnitFact
from registry.units.table import table

BILL = "bill"  # where a thickness was stated, in the path of a conversion


@dataclass(frozen=True, slots=True)
class Counted:
    """The quantity that enters the ratio; `refusal` says why it stayed in the bill's own unit."""

    value: Decimal
    unit: str
    path: tuple[str, ...] = ()
    refusal: Verdict | None = None


def unit_facts(product: ProductFact | None, thickness: Decimal | None = None) -> tuple[UnitFact, ...]:
    """What ties one unit to another: a thickness that the bill states, then what the product states."""
    stated = conversions.unit_facts(product) if product else ()
    if not thickness:
        return stated
    others = (fact for fact in stated if fact.kind is not FactKind.THICKNESS)
    return (UnitFact(FactKind.THICKNESS, thickness, BILL), *others)


def counted(value: Decimal, unit: str, wanted: tuple[str, ...], facts: tuple[UnitFact, ...] = ()) -> Counted:
    """The quantity in the first wanted unit it reaches without product facts, else with them."""
    known = table().by_code
    start = known[unit]
    if not wanted or unit in wanted:
        return Counted(value, unit)
    refused: Refused | None = None
    for given in ((), facts):
        for code in wanted:
            answer = convert(value, start, known[code], facts=given)
            if isinstance(answer, Converted):
                return Counted(answer.value, code, tuple(_step(step) for step in answer.path))
            refused = answer
    # Verdicts are kept with their keys: what no fact can tie is told there as before.
    key = refused.key if refused and refused.key != "units.unlike" else "units.no-path"
    reason = undecided(key, **dict(refused.facts if refused else {}))
    return Counted(value, unit, refusal=reason)


def _step(step: Step) -> str:
    """One step as a reader checks it: `m² × 9.5 ÷ 1000 → m³ (thickness, YS-P…)`."""
    factor = "" if step.multiply == 1 else f" × {step.multiply:f}"
    factor += "" if step.divide == 1 else f" ÷ {step.divide:f}"
    why = f" ({step.fact}, {step.source})" if step.fact else ""
    return f"{step.from_unit.symbol_en}{factor} → {step.to_unit.symbol_en}{why}"
