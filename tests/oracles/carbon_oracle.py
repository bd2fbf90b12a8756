"""A second answer for the carbon of a bill's line: fractions, hand-typed scales, rows as printed."""

from fractions import Fraction
from typing import Any

from tests.oracles import gwp_oracle

# GB/T 51366-2019, D.0.1, as printed: kg CO₂e per unit, by kind and the attribute that names the row.
PRINTED = {
    ("cement", "P·O"): (Fraction(735), "t"),
    ("concrete.ready-mixed", "C30"): (Fraction(295), "m3"),
    ("concrete.ready-mixed", "C50"): (Fraction(385), "m3"),
}


def carbon(
    quantity: Fraction | None, unit: str | None, *, told: dict[str, Any], declared: list[dict[str, Any]]
) -> tuple[str, Fraction | None]:
    """The source of a figure and the figure; `told` holds kind, type or strength, and the density."""
    if quantity is None or unit is None:
        return "none", None
    own = [one for one in declared if one["specific"] and one["in_force"]]
    if own:
        modules = {name: Fraction(value) for name, value in own[0]["modules"].items()}
        value = gwp_oracle.total(modules, {"A1", "A2", "A3"})
        amount, per = Fraction(own[0]["amount"]), own[0]["unit"]
    else:
        row = PRINTED.get((told["kind"], told["named"]))
        if row is None:
            return "none", None
        value, amount, per = row[0], Fraction(1), row[1]
    one = None if value is None else gwp_oracle.per(value, amount, per, unit, told["density"])
    if one is None:
        return "none", None
    return ("declared" if own else "stand-in"), quantity * one
