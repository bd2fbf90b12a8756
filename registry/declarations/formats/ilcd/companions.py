"""The datasets a process refers to, as small as their schemas allow: flows, units, sources, contacts."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from registry.declarations.formats.ilcd.codes import COMMON, XML, FlowProperty
from registry.declarations.formats.ilcd.markup_out import clean, written
from registry.declarations.formats.ilcd.taking import Node
from registry.kit.types import plain

_BASE = "http://lca.jrc.it/ILCD/"
_MATML = "http://www.matml.org/"
_VERSION = "01.00.000"


@dataclass(frozen=True, slots=True)
class Companion:
    """One file of the ZIP."""

    folder: str
    uuid: str
    content: bytes


class _Builder:
    """One dataset: its namespace, and elements one after the other."""

    def __init__(self, kind: str, root: str) -> None:
        self.space = f"{_BASE}{kind}"
        self.root = etree.Element(f"{{{self.space}}}{root}", nsmap={None: self.space, "common": COMMON})
        self.root.set("version", "1.1")

    def add(
        self, parent: etree._Element, key: str, text: str | None = None, **attributes: str
    ) -> etree._Element:
        """`common:` before a key leads into the common namespace."""
        space, _, name = key.rpartition(":")
        element = etree.SubElement(parent, f"{{{COMMON if space else self.space}}}{name}")
        for attribute, value in attributes.items():
            element.set(f"{{{XML}}}lang" if attribute == "lang" else attribute, clean(value))
        if text is not None:
            element.text = clean(text)
        return element

    def named(self, information: str, uuid: str, names: Sequence[Node], key: str) -> etree._Element:
        """The information section with UUID and names, which every dataset begins with."""
        section = self.add(self.add(self.root, information), "dataSetInformation")
        self.add(section, "common:UUID", uuid)
        for one in names:
            self.add(section, key, one["value"], lang=one["lang"])
        return section

    def reference(self, parent: etree._Element, key: str, *, kind: str, uuid: str, name: str) -> None:
        held = self.add(parent, key, type=kind, refObjectId=uuid)
        self.add(held, "common:shortDescription", name, lang="en")

    def finished(self) -> bytes:
        publication = self.add(self.add(self.root, "administrativeInformation"), "publicationAndOwnership")
        self.add(publication, "common:dataSetVersion", _VERSION)
        return written(self.root)


def source(uuid: str, names: Sequence[Node], uri: str | None) -> Companion:
    held = _Builder("Source", "sourceDataSet")
    section = held.named("sourceInformation", uuid, names, "common:shortName")
    if uri:
        held.add(section, "referenceToDigitalFile", uri=uri)
    return Companion("sources", uuid, held.finished())


def contact(uuid: str, names: Sequence[Node]) -> Companion:
    held = _Builder("Contact", "contactDataSet")
    section = held.named("contactInformation", uuid, names, "common:shortName")
    for one in names:
        held.add(section, "common:name", one["value"], lang=one["lang"])
    return Companion("contacts", uuid, held.finished())


def method(uuid: str, names: Sequence[Node]) -> Companion:
    held = _Builder("LCIAMethod", "LCIAMethodDataSet")
    section = held.named("LCIAMethodInformation", uuid, names, "common:name")
    held.add(_parent(section), "geography")
    held.add(held.root, "modellingAndValidation")
    return Companion("lciamethods", uuid, held.finished())


def units(uuid: str, label: str) -> Companion:
    """A unit group of one unit."""
    held = _Builder("UnitGroup", "unitGroupDataSet")
    section = held.named(
        "unitGroupInformation", uuid, [{"value": f"Units ({label})", "lang": "en"}], "common:name"
    )
    quantity = held.add(_parent(section), "quantitativeReference")
    held.add(quantity, "referenceToReferenceUnit", "0")
    finished = held.finished()
    root = etree.fromstring(finished)
    unit = held.add(held.add(root, "units"), "unit", dataSetInternalID="0")
    held.add(unit, "name", label)
    held.add(unit, "meanValue", "1")
    return Companion("unitgroups", uuid, written(root))


def flow_property(one: FlowProperty) -> Companion:
    held = _Builder("FlowProperty", "flowPropertyDataSet")
    names = [{"value": one.name, "lang": "en"}]
    section = held.named("flowPropertiesInformation", one.uuid, names, "common:name")
    quantity = held.add(_parent(section), "quantitativeReference")
    name = f"Units ({one.unit})"
    held.reference(
        quantity, "referenceToReferenceUnitGroup", kind="unit group data set", uuid=one.group, name=name
    )
    return Companion("flowproperties", one.uuid, held.finished())


def flow(
    uuid: str,
    names: Sequence[Node],
    properties: Sequence[tuple[FlowProperty, Decimal]],
    *,
    material: Sequence[Node],
) -> Companion:
    """A flow measured in its first property; `material` as MatML."""
    held = _Builder("Flow", "flowDataSet")
    information = held.add(held.root, "flowInformation")
    section = held.add(information, "dataSetInformation")
    held.add(section, "common:UUID", uuid)
    name = held.add(section, "name")
    for one in names:
        held.add(name, "baseName", one["value"], lang=one["lang"])
    if material:
        _add_material(held.add(section, "common:other"), material, names[0]["value"] if names else uuid)
    held.add(held.add(information, "quantitativeReference"), "referenceToReferenceFlowProperty", "0")
    method_ = held.add(held.add(held.root, "modellingAndValidation"), "LCIMethod")
    held.add(method_, "typeOfDataSet", "Product flow" if material or len(properties) > 1 else "Other flow")
    root = etree.fromstring(held.finished())
    listed = held.add(root, "flowProperties")
    for number, (known, value) in enumerate(properties):
        one_ = held.add(listed, "flowProperty", dataSetInternalID=str(number))
        held.reference(
            one_,
            "referenceToFlowPropertyDataSet",
            kind="flow property data set",
            uuid=known.uuid,
            name=known.name,
        )
        held.add(one_, "meanValue", plain(value))
    return Companion("flows", uuid, written(root))


def _add_material(other: etree._Element, material: Sequence[Node], name: str) -> None:
    def add(parent: etree._Element, key: str, text: str | None = None, **attributes: str) -> etree._Element:
        element = etree.SubElement(parent, f"{{{_MATML}}}{key}", nsmap={"mat": _MATML})
        for attribute, value in attributes.items():
            element.set(attribute, clean(value))
        element.text = None if text is None else clean(text)
        return element

    document = add(other, "MatML_Doc")
    bulk = add(add(document, "Material"), "BulkDetails")
    add(bulk, "Name", name)
    metadata = add(document, "Metadata")
    for number, one in enumerate(material, 1):
        data = add(bulk, "PropertyData", property=f"pr{number}")
        add(data, "Data", one["value"], format="float")
        details = add(metadata, "PropertyDetails", id=f"pr{number}")
        add(details, "Name", one["name"])
        label = add(details, "Units", name=one["unit"], description=one["unit"])
        add(add(label, "Unit"), "Name", one["unit"])


def _parent(element: etree._Element) -> etree._Element:
    found = element.getparent()
    assert found is not None
    return found
