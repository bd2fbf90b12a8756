"""The declared unit and what the reference flow states about the product: masses, densities, carbon.

The amount stays as declared (1000 kg is 1000 kg); dividing is for whoever calculates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from registry.declarations.dataset import DeclaredUnit, Property, Words
from registry.declarations.formats.ilcd.codes import (
    BIOGENIC,
    BIOGENIC_PACKAGING,
    BY_UUID,
    MATERIAL,
    FlowProperty,
)
from registry.declarations.formats.ilcd.taking import Node, Taking, nodes, text
from registry.declarations.formats.reading import Unreadable
from registry.units.convert import TIES
from registry.units.parse import normal, parse_unit
from registry.units.table import Dimension, table

# Labels of the reference units of real nodes that our table reads otherwise or not at all; `item` is a
# piece here and a lump sum in a bill.
_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "qm": "m2", "lfm": "m", "p": "piece", "pcs.": "piece", "stk": "piece", "stk.": "piece",
        "stück": "piece", "stuck": "piece", "item": "piece", "items": "piece", "item(s)": "piece",
    }
)  # fmt: skip
_TIES = {(tie.source, tie.target): (kind.value, tie.symbol) for kind, tie in TIES.items() if tie.scale == 1}
# The units of material data that are our ties' in another spelling.
_SYMBOLS: Mapping[str, str] = MappingProxyType(
    {
        "kg/m^3": "kg/m³", "kg/m3": "kg/m³", "kg/m^2": "kg/m²", "kg/m2": "kg/m²", "kg/qm": "kg/m²",
        "kg/stk": "kg/piece", "kg/pcs": "kg/piece", "kg/pcs.": "kg/piece", "kg/item": "kg/piece",
    }
)  # fmt: skip
_CLOSE = Decimal("1E-9")


@dataclass(frozen=True, slots=True)
class Product:
    """What the reference flow says."""

    declared: DeclaredUnit
    properties: tuple[Property, ...] = ()
    carbon: Decimal | None = None
    carbon_packaging: Decimal | None = None


def product(tree: Node, taking: Taking, sentence: Words) -> Product:
    """The reference flow's unit and facts; `sentence` is the functional unit in the document's words."""
    number, node = _reference_exchange(tree)
    place = f"exchanges/exchange[{number}]"
    stated = nodes(node, "flowProperties")
    main = next((one for one in stated if one.get("referenceFlowProperty") in (True, "true")), None)
    per_flow = taking.figure(main.get("meanValue")) if main else None
    times = taking.figure(node.get("meanAmount"))
    amount = _amount(node, taking, place, times=times, per_flow=per_flow)
    if main is None:
        taking.doubt("ilcd.unit-not-in-file", place)
        declared = DeclaredUnit(amount=amount, unit=None, stated="", words=sentence)
        return Product(declared, _material(node, taking, place))
    property_ = BY_UUID.get(str(main.get("uuid")).casefold())
    label = text(main, "referenceUnit") or (property_.unit if property_ else "")
    unit = _unit(label, property_, taking, place=place)
    for key in ("referenceFlowProperty", "meanValue", *(["uuid", "name"] if property_ else [])):
        main.pop(key, None)
    taking.origins["declared"] = taking.base + place
    facts = _Facts(taking, place, unit, times or Decimal(1))
    facts.read([one for one in stated if one is not main], per_flow)
    declared = DeclaredUnit(amount=amount, unit=unit, stated=label, words=sentence)
    return Product(declared, (*facts.found, *_material(node, taking, place)), facts.carbon, facts.packaging)


def _reference_exchange(tree: Node) -> tuple[int, Node]:
    holder = tree.get("exchanges")
    listed = nodes(holder, "exchange") if isinstance(holder, dict) else []
    information = tree.get("processInformation")
    quantity = information.get("quantitativeReference") if isinstance(information, dict) else None
    wanted = text(quantity, "referenceToReferenceFlow") if isinstance(quantity, dict) else None
    marked = [(at, one) for at, one in enumerate(listed) if one.get("referenceFlow") is True]
    named = [(at, one) for at, one in enumerate(listed) if str(one.get("dataSetInternalID")) == wanted]
    for at, one in (*named, *marked):
        one.pop("referenceFlow", None)
        if wanted is not None:
            one.pop("dataSetInternalID", None)
        return at, one
    raise Unreadable("declaration-part-missing", part="quantitativeReference")


def _amount(
    node: Node, taking: Taking, place: str, *, times: Decimal | None, per_flow: Decimal | None
) -> Decimal:
    """Mean amount × the reference property's mean value; what a server worked out is only compared."""
    stated = taking.figure(node.get("resultingflowAmount"))
    worked = None if times is None else times * (Decimal(1) if per_flow is None else per_flow)
    found = stated if worked is None else worked
    if found is None:
        raise Unreadable("declaration-part-missing", part="meanAmount")
    if stated is not None and worked is not None and abs(stated - worked) > abs(worked) * _CLOSE:
        taking.doubt("ilcd.amounts-differ", place, first=str(worked), second=str(stated))
        found = stated
    if found <= 0:
        taking.doubt("ilcd.amount-not-positive", place, amount=str(found))
    resulting = taking.figure(node.get("resultingAmount"))
    if resulting is not None and resulting == times:
        del node["resultingAmount"]
    for key, value in (("meanAmount", times), ("resultingflowAmount", stated)):
        if value is not None:
            del node[key]
    return found


def _unit(label: str, known: FlowProperty | None, taking: Taking, *, place: str) -> str | None:
    """The code of a label; the flow property's own unit decides where the two do not fit."""
    found = unit_code(label)
    expected = unit_code(known.unit) if known else None
    if expected is None or found == expected:
        return found
    if found is None or table().by_code[found].dimension is not known.dimension:  # type: ignore[union-attr]
        taking.doubt("ilcd.declared-unit-doubtful", place, unit=label, expected=expected)
        return expected
    return found


def unit_code(label: str) -> str | None:
    """Our code for a unit's label; None where nobody knows it: no guess, no parser."""
    plain = normal(label)
    alias = _LABELS.get(plain) or _LABELS.get(label.strip().casefold())
    if alias is not None:
        return alias
    read = parse_unit(label)
    return read.unit.code if read is not None and read.multiplier == 1 and not read.qualifier else None


class _Facts:
    """The other properties of the reference flow, each stated per unit of it."""

    def __init__(self, taking: Taking, place: str, unit: str | None, times: Decimal) -> None:
        self._taking = taking
        self._place = place + "/flowProperties"
        self._dimension = table().by_code[unit].dimension if unit else None
        self._times = times
        self.found: list[Property] = []
        self.carbon: Decimal | None = None
        self.packaging: Decimal | None = None

    def read(self, stated: list[Node], per_flow: Decimal | None) -> None:
        for one in stated:
            known = BY_UUID.get(str(one.get("uuid")).casefold())
            value = self._taking.figure(one.get("meanValue"))
            if known is None or value is None:
                continue  # stays behind and is reported
            if known.uuid == BIOGENIC and self.carbon is None:
                self.carbon = self._carbon(value, known)
            elif known.uuid == BIOGENIC_PACKAGING and self.packaging is None:
                self.packaging = self._carbon(value, known)
            else:
                self.found.append(self._property(known, value, per_flow))
            for key in (
                "uuid",
                "name",
                "meanValue",
                "referenceUnit",
                "unitGroupUUID",
                "referenceFlowProperty",
            ):
                one.pop(key, None)

    def _carbon(self, value: Decimal, known: FlowProperty) -> Decimal:
        if value == 1:
            self._taking.doubt("ilcd.placeholder", self._place, name=known.name)
        return value * self._times

    def _property(self, known: FlowProperty, value: Decimal, per_flow: Decimal | None) -> Property:
        """Mass of a flow in m³ is its density, and so on; else the property keeps its own name."""
        doubtful = known.dimension is Dimension.MASS and value == 1
        if doubtful:
            self._taking.doubt("ilcd.placeholder", self._place, name=known.name)
        if self._dimension is not None and known.dimension is not None and per_flow == 1 and value > 0:
            kind, symbol = _TIES.get((self._dimension, known.dimension), ("", ""))
            if kind and not doubtful:
                return Property(kind=kind, value=value, unit=symbol)
        if per_flow != 1:
            self._taking.doubt("ilcd.per-flow", self._place, name=known.name, flow=str(per_flow))
        return Property(kind=known.name.casefold(), value=value, unit=known.unit)


def _material(node: Node, taking: Taking, place: str) -> tuple[Property, ...]:
    """Material data beside the flow properties, in the units they are stated in."""
    found = []
    for one in nodes(node, "materialProperties"):
        name, value = one.get("name"), taking.figure(one.get("value"))
        unit = one.get("unit")
        if not isinstance(name, str) or value is None or not isinstance(unit, str) or not name.strip():
            continue
        kind = MATERIAL.get(name.strip().casefold())
        symbol = _SYMBOLS.get(unit.strip().casefold(), unit) if kind else unit
        found.append(Property(kind=kind.value if kind else name, value=value, unit=symbol))
        for key in ("name", "value", "unit"):
            del one[key]
    if found:
        taking.origins["properties"] = f"{taking.base}{place}/materialProperties"
    return tuple(found)
