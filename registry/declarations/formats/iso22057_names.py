"""The names an ISO 22057 file gives its indicators, each with our code in its set of rules."""

from collections.abc import Mapping
from types import MappingProxyType

from registry.declarations.comparable import Generation

_A1 = {
    "global warming potential": "GWP",
    "depletion potential of the stratospheric ozone layer": "ODP",
    "acidification potential of soil and water": "AP",
    "eutrophication potential": "EP",
    "formation potential of tropospheric ozone": "POCP",
    "abiotic depletion potential for non-fossil resources": "ADPE",
    "abiotic depletion potential for fossil resources": "ADPF",
}
_A2 = {
    "global warming potential - total": "GWP-total",
    "global warming potential - fossil fuels": "GWP-fossil",
    "global warming potential - biogenic": "GWP-biogenic",
    "global warming potential - land use and land use change": "GWP-luluc",
    "depletion potential of the stratospheric ozone layer": "ODP",
    "acidification potential, accumulated exceedance": "AP",
    "eutrophication potential, fraction of nutrients reaching freshwater end compartment": "EP-freshwater",
    "eutrophication potential, fraction of nutrients reaching marine end compartment": "EP-marine",
    "eutrophication potential, accumulated exceedance": "EP-terrestrial",
    "tropospheric ozone concentration increase": "POCP",
    "abiotic depletion potential for non-fossil resources - minerals and metals": "ADPE",
    "abiotic depletion potential for fossil resources": "ADPF",
    "water (user) deprivation potential, deprivation-weighted water consumption": "WDP",
    "potential incidence of disease due to pm emissions": "PM",
    "potential human exposure efficiency relative to u235": "IRP",
    "potential comparative toxic unit for ecosystems": "ETP-fw",
    "potential comparative toxic unit for humans - cancer effects": "HTP-c",
    "potential comparative toxic unit for humans - non-cancer effects": "HTP-nc",
    "potential soil quality index": "SQP",
}
_INVENTORY = {
    "renewable primary resources used as an energy carrier (fuel)": "PERE",
    "renewable primary resources with energy content used as material": "PERM",
    "non-renewable primary resources used as an energy carrier (fuel)": "PENRE",
    "non-renewable primary resources with energy content used as material": "PENRM",
    "secondary materials": "SM",
    "renewable secondary fuels": "RSF",
    "non-renewable secondary fuels": "NRSF",
    "net use of freshwater according to iso 14046": "FW",
    "hazardous waste disposed": "HWD",
    "non-hazardous waste disposed": "NHWD",
    "total radioactive waste disposed (mass)": "RWD",
    "components for re-use": "CRU",
    "materials for recycling": "MFR",
    "materials for energy recovery": "MER",
    "exported electrical energy": "EEE",
    "exported thermal energy": "EET",
}
CODES: Mapping[Generation | None, Mapping[str, str]] = MappingProxyType(
    {Generation.EN15804_A1: _A1, Generation.EN15804_A2: _A2, None: _INVENTORY}
)


def code_of(name: str, generation: Generation | None) -> str | None:
    """The code of a row; `generation` is None in the groups of the inventory."""
    return CODES.get(generation, {}).get(" ".join(name.casefold().split()))
