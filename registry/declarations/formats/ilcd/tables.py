"""Results tables and the reference flow, written as exchanges and LCIA results."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from registry.declarations.dataset import Dataset, Indicator, Mark, Value
from registry.declarations.formats.ilcd.codes import (
    BIOGENIC,
    BIOGENIC_PACKAGING,
    BY_UUID,
    FLOW_PROPERTIES,
    MATERIAL_NAMES,
    FlowProperty,
)
from registry.declarations.formats.ilcd.forms import FLOW, METHOD, UNITS, Notation, named_uuid, stated, texts
from registry.declarations.formats.ilcd.taking import Node
from registry.declarations.indicators import Kind, Row, indicators
from registry.kit.types import plain
from registry.units.table import table

ONE = Decimal(1)
EF30 = "c0016b33-8cf7-415c-ac6e-deba0d21440d"
_DIRECTIONS = {Kind.USE: "INPUT", Kind.OUTPUT: "OUTPUT"}
_SPELLED = {"kg/m³": "kg/m^3", "kg/m²": "kg/m^2"}


@dataclass(frozen=True, slots=True)
class Declared:
    """The declared unit in ILCD's own: the property it measures and the amount in its reference unit."""

    property: FlowProperty
    amount: Decimal


def declared(dataset: Dataset) -> Declared:
    """1 t is 1000 kg of mass; a unit ILCD has no property for gets one of its own."""
    unit = table().by_code.get(dataset.declared.unit or "")
    for known in FLOW_PROPERTIES if unit is not None else ():
        if unit is not None and known.dimension is unit.dimension:
            return Declared(known, dataset.declared.amount * unit.factor)
    return Declared(own_property(dataset.declared.unit or dataset.declared.stated), dataset.declared.amount)


def own_property(label: str) -> FlowProperty:
    """A property measured in a unit that the format's reference data do not know."""
    uuid, group = (
        named_uuid("flow property data set", {"": label}, None),
        named_uuid(UNITS, {"": label}, None),
    )
    return FlowProperty(str(uuid), f"Amount ({label})", label, str(group))


def flow_uuid(dataset: Dataset, process: UUID) -> UUID:
    """The product's flow, one for each process."""
    return named_uuid(FLOW, dataset.names, str(process))


def flow_properties(dataset: Dataset) -> list[tuple[FlowProperty, Decimal]]:
    """The declared unit first; carbon per declared unit, since one flow is one declared unit."""
    unit = declared(dataset)
    carbon = (
        (BIOGENIC, dataset.biogenic_carbon_kg),
        (BIOGENIC_PACKAGING, dataset.biogenic_carbon_packaging_kg),
    )
    return [(unit.property, unit.amount)] + [
        (BY_UUID[uuid], value) for uuid, value in carbon if value is not None
    ]


def material(dataset: Dataset) -> list[Node]:
    return [
        {
            "name": MATERIAL_NAMES.get(one.kind, one.kind),
            "value": plain(one.value),
            "unit": _SPELLED.get(one.unit, one.unit),
        }
        for one in dataset.properties
    ]


def exchanges(dataset: Dataset, process: UUID, notation: Notation) -> list[Node]:
    """The reference flow, then the inventory."""
    first: Node = {
        "dataSetInternalID": 0,
        "referenceToFlowDataSet": {
            "shortDescription": texts(dataset.names),
            "type": FLOW,
            "refObjectId": str(flow_uuid(dataset, process)),
        },
        "meanAmount": notation.number(ONE),
    }
    if notation.json:
        first |= _resolved(dataset, notation)
    rows = [
        (one, row) for one in dataset.indicators if (row := known(one, dataset)) and row.kind in _DIRECTIONS
    ]
    return [
        first,
        *(_exchange(one, row, number, dataset=dataset) for number, (one, row) in enumerate(rows, 1)),
    ]


def _resolved(dataset: Dataset, notation: Notation) -> Node:
    """What a server resolves from the flow's own file."""
    listed = flow_properties(dataset)
    properties = [
        {
            "name": [{"value": one.name, "lang": "en"}],
            "uuid": one.uuid,
            "meanValue": notation.number(value),
            **(
                {}
                if number
                else {"referenceFlowProperty": True, "referenceUnit": one.unit, "unitGroupUUID": one.group}
            ),
        }
        for number, (one, value) in enumerate(listed)
    ]
    return {
        "referenceFlow": True,
        "resultingflowAmount": notation.number(listed[0][1]),
        "flowProperties": properties,
        "typeOfFlow": "Product flow",
        **stated(materialProperties=material(dataset)),
    }


def _exchange(one: Indicator, row: Row, number: int, *, dataset: Dataset) -> Node:
    return {
        "dataSetInternalID": number,
        "referenceToFlowDataSet": _reference(one, row, FLOW, dataset=dataset),
        "exchange direction": _DIRECTIONS[row.kind],
        "other": {"anies": _amounts(one)},
    }


def impacts(dataset: Dataset) -> list[Node]:
    """Impacts, and every row nobody knows."""
    found = []
    for one in dataset.indicators:
        row = known(one, dataset)
        if row is None or row.kind is Kind.IMPACT:
            reference = _reference(one, row, METHOD, dataset=dataset)
            found.append({"referenceToLCIAMethodDataSet": reference, "other": {"anies": _amounts(one)}})
    return found


def known(one: Indicator, dataset: Dataset) -> Row | None:
    return indicators().of(one.code, dataset.generation) if one.code else None


def row_uuid(one: Indicator, row: Row | None, dataset: Dataset) -> UUID:
    """As stated; else the table's, by the edition of EF where it matters."""
    if one.uuid is not None:
        return one.uuid
    if row is not None and row.uuid is not None:
        return row.uuid_ef30 if row.uuid_ef30 and _is_ef30(dataset) else row.uuid
    return named_uuid(METHOD, {"": one.code or ""} if one.code else one.names, None)


def _is_ef30(dataset: Dataset) -> bool:
    method = " ".join(dataset.method.names.values()) if dataset.method else ""
    return "3.0" in method or any(str(one.uuid) == EF30 for one in dataset.compliance)


def _reference(one: Indicator, row: Row | None, kind: str, *, dataset: Dataset) -> Node:
    uuid = row_uuid(one, row, dataset)
    names = one.names or ({"en": row.name_en} if row else {})
    if row is not None and uuid not in (row.uuid, row.uuid_ef30):  # found again by the code in brackets only
        names = {
            lang: name if name.endswith(f"({row.code})") else f"{name} ({row.code})"
            for lang, name in names.items()
        }
    return {"shortDescription": texts(names), "type": kind, "refObjectId": str(uuid)}


def _amounts(one: Indicator) -> list[Node]:
    unit = {
        "shortDescription": [{"value": one.unit, "lang": "en"}],
        "type": UNITS,
        "refObjectId": str(named_uuid(UNITS, {"": one.unit}, None)),
    }
    return [*(_amount(value) for value in one.values), {"name": "referenceToUnitGroupDataSet", "value": unit}]


def _amount(value: Value) -> Node:
    """Nothing for a module not declared, which is how the format says it; other marks as they are."""
    text = plain(value.amount) if value.amount is not None else None
    if value.mark is not None and value.mark is not Mark.MND:
        text = value.mark.value
    return {"module": value.module, **stated(scenario=value.scenario), "value": text}


def row_uuids(dataset: Dataset) -> Sequence[str]:
    return [str(row_uuid(one, known(one, dataset), dataset)) for one in dataset.indicators]
