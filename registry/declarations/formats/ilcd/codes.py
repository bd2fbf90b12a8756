"""Identifiers and words of ILCD+EPD: flow properties, compliance systems, subtypes, reviews, indicators.

UUIDs are those of the reference data of InDataWG, high confidence.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from uuid import UUID

from registry.declarations.comparable import Generation
from registry.declarations.dataset import Mark, Subtype
from registry.declarations.facts import MODULES, Verification
from registry.declarations.indicators import Row, indicators
from registry.units.convert import FactKind
from registry.units.table import Dimension

PROCESS = "http://lca.jrc.it/ILCD/Process"
COMMON = "http://lca.jrc.it/ILCD/Common"
EPD13 = "http://www.iai.kit.edu/EPD/2013"
EPD19 = "http://www.indata.network/EPD/2019"
EPD24 = "http://www.indata.network/EPD/2024"
XML = "http://www.w3.org/XML/1998/namespace"
EPD_VERSION = f"{{{EPD19}}}epd-version"

BIOGENIC = "62e503ce-544a-4599-b2ad-bcea15a7bf20"
BIOGENIC_PACKAGING = "262a541b-209e-44cc-a426-33bce30de7b1"
FORMAT = "a97a0155-0234-4b87-b4ce-a45da52f2a40"
EXTENSIONS = "a29449fd-aa2f-4de8-b5d7-4b06b43c6fde"
EXTENSIONS_11 = "cba73800-7874-11e3-981f-0800200c9a66"


@dataclass(frozen=True, slots=True)
class FlowProperty:
    """What a flow is measured in; `unit` is the label of its reference unit, `group` its unit group."""

    uuid: str
    name: str
    unit: str
    group: str
    dimension: Dimension | None = None


FLOW_PROPERTIES = (
    FlowProperty(
        "93a60a56-a3c8-11da-a746-0800200b9a66", "Mass", "kg",
        "93a60a57-a4c8-11da-a746-0800200c9a66", Dimension.MASS,
    ),
    FlowProperty(
        "7e18d0ad-e78e-47a0-8e96-1c0a581902e2", "Mass", "kg",
        "ad38d542-3fe9-439d-9b95-2f5f7752acaf", Dimension.MASS,
    ),
    # One digit from mass: …200c…, not …200b….
    FlowProperty(
        "93a60a56-a3c8-11da-a746-0800200c9a66", "Net calorific value", "MJ",
        "93a60a57-a3c8-11da-a746-0800200c9a66", Dimension.ENERGY,
    ),
    FlowProperty(
        "93a60a56-a3c8-22da-a746-0800200c9a66", "Volume", "m3",
        "93a60a57-a3c8-12da-a746-0800200c9a66", Dimension.VOLUME,
    ),
    FlowProperty(
        "93a60a56-a3c8-19da-a746-0800200c9a66", "Area", "m2",
        "93a60a57-a3c8-18da-a746-0800200c9a66", Dimension.AREA,
    ),
    FlowProperty(
        "838aaa23-0117-11db-92e3-0800200c9a66", "Length", "m",
        "838aaa22-0117-11db-92e3-0800200c9a66", Dimension.LENGTH,
    ),
    FlowProperty(
        "01846770-4cfe-4a25-8ad9-919d8d378345", "Number of pieces", "pcs",
        "5beb6eed-33a9-47b8-9ede-1dfe8f679159", Dimension.PIECE,
    ),
    FlowProperty(
        "93a60a56-a3c8-14da-a746-0800200c9a66", "Gross calorific value", "MJ",
        "93a60a57-a3c8-11da-a746-0800200c9a66",
    ),
    FlowProperty(
        "93a60a56-a3c8-21da-a746-0800200c9a66", "Area*time", "m2*a", "93a60a57-a3c8-20da-a746-0800200c9a66"
    ),
    FlowProperty(
        "b3f0f892-c5a3-4c66-a432-c09e3d1e9bd6", "Mass*time", "kg*a", "59f191d6-5dd3-4553-af88-1a32accfe308"
    ),
    FlowProperty(
        "441238a3-ba09-46ec-b35b-c30cfba746d1", "Volume*time", "m3*a", "93a60a57-a3c8-23da-a746-0800200c9a66"
    ),
    FlowProperty(
        "838aaa20-0117-11db-92e3-0800200c9a66", "Goods transport (mass*distance)", "t*km",
        "838aaa21-0117-11db-92e3-0800200c9a66",
    ),
    FlowProperty(BIOGENIC, "Carbon content (biogenic)", "kg", "93a60a57-a4c8-11da-a746-0800200c9a66"),
    FlowProperty(
        BIOGENIC_PACKAGING, "Carbon content (biogenic) - packaging", "kg",
        "93a60a57-a4c8-11da-a746-0800200c9a66",
    ),
)  # fmt: skip
BY_UUID: Mapping[str, FlowProperty] = MappingProxyType({one.uuid: one for one in FLOW_PROPERTIES})

GENERATIONS: Mapping[str, Generation] = MappingProxyType(
    {
        "b00f9ec0-7874-11e3-981f-0800200c9a66": Generation.EN15804_A1,
        "c0016b33-8cf7-415c-ac6e-deba0d21440d": Generation.EN15804_A2,
        "d4aa3ec7-b1d7-4a4a-a6cb-37af88dcc902": Generation.EN15804_A2,
        "9c1e8451-2321-4498-b459-b6568b6b6547": Generation.ISO21930,
    }
)
SYSTEMS: Mapping[Generation, tuple[str, str]] = MappingProxyType(
    {
        Generation.EN15804_A1: ("b00f9ec0-7874-11e3-981f-0800200c9a66", "EN 15804+A1"),
        Generation.EN15804_A2: ("d4aa3ec7-b1d7-4a4a-a6cb-37af88dcc902", "EN 15804+A2 (EF 3.1)"),
        Generation.ISO21930: ("9c1e8451-2321-4498-b459-b6568b6b6547", "ISO 21930"),
    }
)
# Sources that stand where rules or databases are named and are neither.
NOT_RULES = frozenset(
    {*GENERATIONS, FORMAT, EXTENSIONS, EXTENSIONS_11, "4f2eb655-6e44-4874-a95a-e28f5442cd4d"}
)

SUBTYPES: Mapping[str, Subtype] = MappingProxyType({f"{one.value} dataset": one for one in Subtype})
REVIEWS: Mapping[str, Verification] = MappingProxyType(
    {
        "Independent external review": Verification.THIRD_PARTY,
        "Accredited third party review": Verification.THIRD_PARTY,
        "Independent review panel": Verification.THIRD_PARTY,
        "Independent internal review": Verification.INTERNAL,
        "Dependent internal review": Verification.INTERNAL,
        "Not reviewed": Verification.NONE,
    }
)
REVIEW_WORDS: Mapping[Verification, str] = MappingProxyType(
    {
        Verification.THIRD_PARTY: "Independent external review",
        Verification.INTERNAL: "Independent internal review",
        Verification.NONE: "Not reviewed",
    }
)
# Names in the material data of a flow; what has no tie of ours keeps its own name.
MATERIAL: Mapping[str, FactKind] = MappingProxyType(
    {
        "gross density": FactKind.DENSITY,
        "layer thickness": FactKind.THICKNESS,
        "grammage": FactKind.AREA_MASS,
        "linear density": FactKind.LENGTH_MASS,
        "weight per unit": FactKind.PIECE_MASS,
    }
)
MATERIAL_NAMES: Mapping[str, str] = MappingProxyType({kind.value: name for name, kind in MATERIAL.items()})

MARKS: Mapping[str, Mark] = MappingProxyType(
    {
        "": Mark.MND, "-": Mark.MND, "MND": Mark.MND, "ND": Mark.ND,
        "MNR": Mark.MNR, "NR": Mark.MNR, "INA": Mark.INA, "MNA": Mark.INA,
    }
)  # fmt: skip
_KNOWN_MODULES = {module: module for module in MODULES}
_DASHES = re.compile(r"[\s‐-―−]+")


@lru_cache(maxsize=4096)
def known(text: str) -> tuple[UUID, Row] | None:
    """The UUID of a text and its known indicator."""
    row = row_of(text)
    return None if row is None else (UUID(text), row)


@lru_cache(maxsize=4096)
def row_of(uuid: str) -> Row | None:
    """The known indicator of a UUID as text."""
    try:
        return indicators().by_uuid.get(UUID(uuid))
    except ValueError:
        return None


def module_of(text: str) -> str | None:
    """A module as EN 15804 writes it; `A1 – A3` and `A1A2A3` are spellings of A1-A3, `D1` of D."""
    known = _KNOWN_MODULES.get(text)
    if known is not None:
        return known
    plain = _DASHES.sub("-", text.strip().upper()).replace("-", "")
    found = {"A1A3": "A1-A3", "A1A2A3": "A1-A3", "D1": "D"}.get(plain, plain)
    return _KNOWN_MODULES.get(found)
