"""A second answer for A1–A3 per a unit: from the payloads as recorded, in fractions, by walking every way."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

# In base units typed by hand: kg, m², m³, m, piece.
MEASURES: dict[str, tuple[str, Fraction]] = {
    "kg": ("mass", Fraction(1)), "t": ("mass", Fraction(1000)), "g": ("mass", Fraction(1, 1000)),
    "m2": ("area", Fraction(1)), "m3": ("volume", Fraction(1)), "l": ("volume", Fraction(1, 1000)),
    "m": ("length", Fraction(1)), "piece": ("piece", Fraction(1)), "set": ("set", Fraction(1)),
}  # fmt: skip
# Which base unit a stated figure leads from and to, in the order in which equal ways are preferred.
ENDS = {
    "density": ("volume", "mass"),
    "thickness": ("area", "volume"),
    "area-mass": ("area", "mass"),
    "length-mass": ("length", "mass"),
    "piece-mass": ("piece", "mass"),
}
IN_BASE = {
    ("density", "kg/m3"): Fraction(1), ("density", "kg/m³"): Fraction(1),
    ("density", "g/cm3"): Fraction(1000),
    ("thickness", "mm"): Fraction(1, 1000), ("thickness", "cm"): Fraction(1, 100),
    ("area-mass", "kg/m2"): Fraction(1), ("area-mass", "kg/m²"): Fraction(1),
    ("area-mass", "g/m2"): Fraction(1, 1000), ("length-mass", "kg/m"): Fraction(1),
    ("piece-mass", "kg/piece"): Fraction(1),
}  # fmt: skip
WHOLE = {
    "EN 15804+A1": ("gwp", "gwp-total"),
    "EN 15804+A2": ("gwp-total",),
    "ISO 21930": ("gwp", "gwp-total"),
    "ISO 14067": ("carbon-footprint", "cfp", "gwp", "gwp-total"),
    "GB/T 24067": ("carbon-footprint", "cfp", "gwp", "gwp-total"),
}
PRODUCT = {
    "density_kg_m3": ("density", Fraction(1)),
    "thickness_mm": ("thickness", Fraction(1, 1000)),
    "mass_kg_m2": ("area-mass", Fraction(1)),
    "mass_kg_piece": ("piece-mass", Fraction(1)),
}
Ties = dict[str, set[Fraction]]


class Found(NamedTuple):
    value: Fraction
    is_doubted: bool


def figure(
    record: Mapping[str, Any],
    document: Mapping[str, Any] | None,
    products: Sequence[Mapping[str, Any]],
    per: str,
) -> Found | None:
    """From the payload of a declaration, of its document if there is one, and of products."""
    total = _total(record, document)
    if document is None:
        amount, unit, own = record["declared_amount"], record["declared_unit"], _of_record(record)
    else:
        declared = document["declared"]
        amount, unit, own = declared["amount"], declared["unit"], _of_document(document)
    if total is None or unit not in MEASURES:
        return None
    (start, scale), (end, one) = MEASURES[unit], MEASURES[per]
    if start == end:
        return Found(total / (Fraction(amount) * scale / one), is_doubted=False)
    ties: Ties = {kind: set(values) for kind, values in own.items()}
    for product in products:
        for name, (kind, base) in PRODUCT.items():
            if product.get(name) is not None and kind not in own:
                ties.setdefault(kind, set()).add(Fraction(product[name]) * base)
    if any(len(values) > 1 for values in ties.values()):
        return None
    edges = [(*ENDS[kind], next(iter(ties[kind]))) for kind in ENDS if kind in ties]
    ways = sorted(_ways(start, end, edges, (start,)), key=lambda way: way[0])
    if not ways:
        return None
    ratios = [ratio for _, ratio in ways]
    contradict = max(ratios) > min(ratios) * Fraction(105, 100)
    if contradict and ways[0][0] > 1:
        return None
    return Found(total / (Fraction(amount) * scale * ratios[0] / one), contradict)


def _ways(
    at: str, end: str, edges: Sequence[tuple[str, str, Fraction]], been: tuple[str, ...]
) -> Iterator[tuple[int, Fraction]]:
    if at == end:
        yield len(been) - 1, Fraction(1)
    for one, other, factor in edges if at != end else ():
        for here, there, ratio in ((one, other, factor), (other, one, 1 / factor)):
            if here == at and there not in been:
                yield from ((steps, ratio * rest) for steps, rest in _ways(there, end, edges, (*been, there)))


def _total(record: Mapping[str, Any], document: Mapping[str, Any] | None) -> Fraction | None:
    """The stated sum or all three parts; a module of which several figures may stand has none."""
    if document is None:
        names, held = WHOLE.get(_rules(record["standard"]), ()), record["indicator"].casefold()
        cells = [{"module": name, "amount": value} for name, value in record["modules"].items()]
        rows = {held: cells} if held in names else {}
        defaults: set[str] = set()
    else:
        names = WHOLE.get(document["generation"], ())
        rows = {str(row["code"]).casefold(): row["values"] for row in document["indicators"]}
        rows = {name: rows[name] for name in rows if name in names}
        defaults = {one["name"] for one in document["scenarios"] if one["default"]}
    if not rows:
        return None
    cells = next(iter(rows.values()))
    found = {module: _cell(cells, module, defaults) for module in ("A1-A3", "A1", "A2", "A3")}
    if any(len(values) > 1 for values in found.values()):
        return None
    stated, *parts = (Fraction(values[0]) if values else None for values in found.values())
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return stated
    if stated is None:
        return sum(known, Fraction(0))
    largest = max(abs(one) for one in (stated, *known))
    halves = sum((_half(values[0]) for values in found.values()), Fraction(0))
    return stated if abs(stated - sum(known)) <= largest / 100 + halves else None


def _half(text: str) -> Fraction:
    """Half of the last figure as written; a plain 0 has none."""
    places = len(text.partition(".")[2])
    return Fraction(0) if Fraction(text) == 0 else Fraction(1, 2 * 10**places)


def _cell(cells: Sequence[Mapping[str, Any]], module: str, defaults: set[str]) -> list[str]:
    numbers = [one for one in cells if one["module"] == module and one["amount"] is not None]
    plain = [one["amount"] for one in numbers if one.get("scenario") is None]
    usual = [one["amount"] for one in numbers if one.get("scenario") in defaults]
    return plain or usual or [one["amount"] for one in numbers]


def _rules(standard: str) -> str:
    text = standard.upper().replace(" ", "")
    if "15804" in text:
        return next((f"EN 15804+{one}" for one in ("A2", "A1") if one in text), "other")
    named = {"21930": "ISO 21930", "24067": "GB/T 24067", "14067": "ISO 14067"}
    return next((name for mark, name in named.items() if mark in text), "other")


def _of_record(record: Mapping[str, Any]) -> Ties:
    dimension, scale = MEASURES.get(record["declared_unit"], ("", Fraction(1)))
    for kind, (start, end) in ENDS.items():
        if record["mass_kg"] is not None and (start, end) == (dimension, "mass"):
            return {kind: {Fraction(record["mass_kg"]) / (Fraction(record["declared_amount"]) * scale)}}
    return {}


def _of_document(document: Mapping[str, Any]) -> Ties:
    declared = document["declared"]
    dimension, scale = MEASURES.get(declared["unit"], ("", Fraction(1)))
    found: Ties = {}
    for one in document["properties"]:
        kind, value = one["kind"], Fraction(one["value"])
        if kind == "mass-per-declared-unit":
            kind = next((name for name, ends in ENDS.items() if ends == (dimension, "mass")), "")
            value, factor = value / Fraction(declared["amount"]) / scale, Fraction(1)
        else:
            factor = IN_BASE.get((kind, one["unit"]), Fraction(0))
        if kind and factor and value > 0:
            found.setdefault(kind, set()).add(value * factor)
    return found
