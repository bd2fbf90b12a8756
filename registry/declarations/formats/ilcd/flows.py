"""The reference flow of a ZIP: brought into the form in which a server resolves it into the process."""

from typing import Any

from registry.declarations.formats.ilcd.taking import Node, branch, extensions, many, nodes, text


def resolve(exchange: Node, flow: Node, units: dict[str, str]) -> None:
    """Put the flow's properties and material data into its exchange; `units` by flow property's UUID."""
    information = branch(flow, "flowInformation")
    main = text(branch(information, "quantitativeReference"), "referenceToReferenceFlowProperty")
    properties: list[Node] = []
    for one in nodes(branch(flow, "flowProperties"), "flowProperty"):
        reference = branch(one, "referenceToFlowPropertyDataSet")
        found: Node = {
            "name": reference.pop("shortDescription", None),
            "uuid": reference.pop("refObjectId", None),
            "meanValue": one.pop("meanValue", None),
        }
        if str(one.get("dataSetInternalID")) == main:
            found["referenceFlowProperty"] = True
            unit = units.get(str(found["uuid"]))
            if unit:
                found["referenceUnit"] = unit
        one.pop("dataSetInternalID", None)
        properties.append(found)
    exchange["flowProperties"] = properties
    exchange["materialProperties"] = _material(branch(information, "dataSetInformation"))


def _material(information: Node) -> list[Node]:
    """MatML: values name a detail by its id, details say what they are and in which unit."""
    found: list[Node] = []
    for document in many(extensions(information).get("MatML_Doc")):
        if not isinstance(document, dict):
            continue
        details = {one.get("id"): one for one in nodes(branch(document, "Metadata"), "PropertyDetails")}
        for material in nodes(document, "Material"):
            for one in nodes(branch(material, "BulkDetails"), "PropertyData"):
                detail = details.get(one.get("property"))
                value = _value(one)
                if detail is None or value is None:
                    continue
                units = branch(detail, "Units")
                one.pop("property")
                found.append(
                    {"name": text(detail, "Name"), "value": value, "unit": text(units, "name") or "-"}
                )
    return found


def _value(node: Node) -> Any:
    data = node.pop("Data", None)
    if isinstance(data, dict):
        data.pop("format", None)
        return data.pop("value", None)
    return data
