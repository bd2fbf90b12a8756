"""ILCD ZIPs: processes with the flows, units and sources they need to be understood."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from registry.declarations.formats.ilcd import flows
from registry.declarations.formats.ilcd.codes import BY_UUID
from registry.declarations.formats.ilcd.markup import parsed
from registry.declarations.formats.ilcd.reader import read_tree
from registry.declarations.formats.ilcd.rest import remains
from registry.declarations.formats.ilcd.taking import Node, Taking, branch, nodes, text
from registry.declarations.formats.reading import Reading, Unreadable
from registry.declarations.formats.zipped import Archive, opened

FOLDERS = ("processes", "flows", "flowproperties", "unitgroups", "sources", "contacts", "lciamethods")
_NAME = re.compile(
    r"(?:^|/)([a-z]+)/[^/]*?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})[^/]*\.xml$", re.IGNORECASE
)


def is_archive(names: Sequence[str]) -> bool:
    """Whether the folders of an ILCD ZIP are there."""
    return any(part in FOLDERS for name in names for part in name.lower().split("/")[:-1])


def read_zip(data: bytes | Archive, *, name: str) -> tuple[Reading, ...]:  # noqa: ARG001 - every reader is told the name
    """Every process of the ZIP that is an EPD; refused where none is."""
    folders = _Folders(opened(data))
    members = [one for one in folders.processes if one.lower().endswith(".xml")]
    if not members:
        raise Unreadable("declaration-zip-no-process")
    found: list[Reading] = []
    refused: Unreadable | None = None
    for member in members:
        try:
            found.append(_read(member, folders))
        except Unreadable as error:
            if error.key != "declaration-not-an-epd":
                raise
            refused = error
    if refused is not None and not found:
        raise refused
    return tuple(found)


def _folder(name: str) -> str:
    return next((part for part in name.lower().split("/")[:-1] if part in FOLDERS), "")


@dataclass(slots=True)
class _Folders:
    """The datasets of a ZIP by folder and UUID; `used` are those that were read, `others` no processes."""

    archive: Archive
    by_uuid: dict[tuple[str, str], str] = field(default_factory=dict)
    processes: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    used: dict[str, Node] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in self.archive.names:
            (self.processes if _folder(name) == "processes" else self.others).append(name)
            match = _NAME.search(name)
            if match:
                self.by_uuid.setdefault((match[1].lower(), match[2].lower()), name)

    def get(self, folder: str, uuid: object) -> tuple[str, Node]:
        """A dataset's file and tree; empty where the ZIP does not hold it."""
        member = self.by_uuid.get((folder, str(uuid).lower()))
        if member is None:
            return "", {}
        if member not in self.used:
            _, self.used[member] = parsed(self.archive.read(member), member)
        return member, self.used[member]


def _read(member: str, folders: _Folders) -> Reading:
    root, tree = parsed(folders.archive.read(member), member)
    if root != "processDataSet":
        raise Unreadable("declaration-not-a-process", root=root)
    folders.used.clear()
    taking = Taking(f"{member}#/{root}/")
    flow_member, flow = _resolve(tree, folders)
    _originals(tree, folders)
    reading = read_tree(tree, taking, member)
    if not flow_member:
        return reading
    rest = Taking(f"{flow_member}#/flowDataSet/")
    remains(flow, rest)
    left = Taking("")
    counts: dict[str, int] = {}
    for name in folders.others:
        if name not in folders.used:
            place = name.rpartition("/")[0]
            counts[place] = counts.get(place, 0) + 1
    for place, count in sorted(counts.items()):
        left.lost("ilcd.files-not-read", place, count=str(count))
    remarks = (*reading.remarks, *rest.remarks, *left.remarks)
    return Reading(reading.dataset, reading.source, remarks, reading.origins, reading.persons)


def _resolve(tree: Node, folders: _Folders) -> tuple[str, Node]:
    wanted = str(branch(tree, "processInformation", "quantitativeReference").get("referenceToReferenceFlow"))
    for exchange in nodes(branch(tree, "exchanges"), "exchange"):
        if str(exchange.get("dataSetInternalID")) == wanted:
            member, flow = folders.get("flows", branch(exchange, "referenceToFlowDataSet").get("refObjectId"))
            if flow:
                flows.resolve(exchange, flow, _units(flow, folders))
            return member, flow
    return "", {}


def _units(flow: Node, folders: _Folders) -> dict[str, str]:
    """Labels of the reference units of properties that the reference data do not know."""
    found: dict[str, str] = {}
    for one in nodes(branch(flow, "flowProperties"), "flowProperty"):
        uuid = branch(one, "referenceToFlowPropertyDataSet").get("refObjectId")
        if str(uuid).lower() in BY_UUID:
            continue
        _, held = folders.get("flowproperties", uuid)
        place = ("flowPropertiesInformation", "quantitativeReference", "referenceToReferenceUnitGroup")
        _, group = folders.get("unitgroups", branch(held, *place).get("refObjectId"))
        quantity = branch(group, "unitGroupInformation", "quantitativeReference")
        number = str(quantity.get("referenceToReferenceUnit"))
        for unit in nodes(branch(group, "units"), "unit"):
            if str(unit.get("dataSetInternalID")) == number and isinstance(unit.get("name"), str):
                found[str(uuid)] = unit["name"]
    return found


def _originals(tree: Node, folders: _Folders) -> None:
    """The address of the original document, which stands in its source dataset."""
    place = ("modellingAndValidation", "dataSourcesTreatmentAndRepresentativeness", "other")
    for one in branch(tree, *place).get("anies", []):
        if isinstance(one, dict) and one.get("name") == "referenceToOriginalEPD":
            node = one.get("value")
            if not isinstance(node, dict) or not isinstance(node.get("refObjectId"), str):
                continue
            _, source = folders.get("sources", node["refObjectId"])
            digital = branch(source, "sourceInformation", "dataSetInformation", "referenceToDigitalFile")
            address = text(digital, "uri")
            if address is not None:
                node["resourceURLs"] = [address]
