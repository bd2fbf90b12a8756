"""The tree back to XML: which names are attributes and which namespace each stands in."""

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from registry.declarations.formats.ilcd.codes import COMMON, EPD13, EPD19, EPD24, EPD_VERSION, PROCESS, XML
from registry.declarations.formats.ilcd.taking import Node

_COMMON = frozenset(
    {
        "UUID", "classification", "class", "generalComment", "shortDescription", "other", "referenceYear",
        "dataSetValidUntil", "referenceToComplianceSystem", "referenceToNameOfReviewerAndInstitution",
        "referenceToDataSetFormat", "dataSetVersion", "referenceToPrecedingDataSetVersion",
        "referenceToRegistrationAuthority", "registrationNumber", "referenceToOwnershipOfDataSet",
        "copyright", "licenseType", "accessRestrictions",
    }
)  # fmt: skip
_EXTENSIONS: Mapping[str, str] = {
    "amount": EPD13, "scenarios": EPD13, "subType": EPD13, "referenceToUnitGroupDataSet": EPD13,
    "contentDeclaration": EPD19, "publicationDateOfEPD": EPD19, "referenceToOriginalEPD": EPD19,
    "referenceToPublisher": EPD19, "productIds": EPD24, "referenceServiceLife": EPD24, "manufacturers": EPD24,
    "expirationDateOfEPD": EPD24,
}  # fmt: skip
_REFERENCE = frozenset({"type", "refObjectId", "version", "uri"})
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "class": frozenset({"level", "classId"}),
    "classification": frozenset({"name"}),
    "quantitativeReference": frozenset({"type"}),
    "locationOfOperationSupplyOrProduction": frozenset({"location"}),
    "review": frozenset({"type"}),
    "exchange": frozenset({"dataSetInternalID"}),
    "contact": _REFERENCE,
    "amount": frozenset({"module", "scenario"}),
    "scenario": frozenset({"name", "group", "default"}),
    "productId": frozenset({"type"}),
    "referenceServiceLife": frozenset({"years"}),
    "manufacturer": frozenset({"isProvidingData"}),
    "weightPerc": frozenset({"value", "lowerValue", "upperValue"}),
    "material": frozenset({"CASNumber", "packaging"}),
}
# What a server adds to JSON from the flow's own file.
_RESOLVED = frozenset(
    {"flowProperties", "materialProperties", "referenceFlow", "resultingflowAmount", "typeOfFlow"}
)
_NAMESPACES = {None: PROCESS, "common": COMMON, "epd": EPD13, "epd2": EPD19, "epd24": EPD24}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def process_xml(tree: Node) -> bytes:
    """The process dataset of a written tree."""
    root = etree.Element(f"{{{PROCESS}}}processDataSet", nsmap=_NAMESPACES)
    root.set("version", tree["version"])
    root.set(EPD_VERSION, tree["otherAttributes"][EPD_VERSION])
    for key in (
        "processInformation",
        "modellingAndValidation",
        "administrativeInformation",
        "exchanges",
        "LCIAResults",
    ):
        _add(root, key, tree[key], PROCESS)
    return written(root)


def written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def clean(text: object) -> str:
    """A text as XML can hold it: control characters have no place there."""
    if isinstance(text, bool):
        return "true" if text else "false"
    return _NOT_XML.sub("", str(text))


def _add(parent: etree._Element, key: str, value: Any, space: str) -> None:
    if isinstance(value, list):
        for one in value:
            _add(parent, key, one, space)
        return
    if key in _RESOLVED:
        return
    if key == "exchange direction":
        key, value = "exchangeDirection", str(value).capitalize()
    inner = COMMON if key in _COMMON and (space == PROCESS or key == "shortDescription") else space
    element = etree.SubElement(parent, f"{{{inner}}}{key}")
    if not isinstance(value, dict):
        element.text = clean(value)
        return
    if key == "other":
        _add_extensions(element, value["anies"])
        return
    _fill(element, key, value, space)


def _fill(element: etree._Element, key: str, value: Node, space: str) -> None:
    is_reference = "shortDescription" in value
    attributes = _REFERENCE if is_reference else _ATTRIBUTES.get(key, frozenset())
    qualified = space if space not in (PROCESS, COMMON) and not is_reference else None
    for name, one in value.items():
        if name == "lang":
            element.set(f"{{{XML}}}lang", one)
        elif name in attributes:
            element.set(f"{{{qualified}}}{name}" if qualified else name, clean(one))
        elif name == "value":
            element.text = clean("" if one is None else one)
        else:
            _add(element, name, one, space)


def _add_extensions(other: etree._Element, listed: list[Node]) -> None:
    for one in listed:
        if "module" in one:
            _add(other, "amount", one, EPD13)
        elif "scenario" in one:
            _add(other, "scenarios", one, EPD13)
        else:
            _add(other, one["name"], one["value"], _EXTENSIONS[one["name"]])
