"""openEPD's words beside ours: units, methods, modules, kinds of document."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from registry.declarations.comparable import Generation
from registry.declarations.dataset import Dataset, DeclaredUnit, Subtype
from registry.declarations.facts import MODULES
from registry.declarations.formats.labels import fits
from registry.declarations.indicators import Kind, Row
from registry.units.parse import normal, parse_unit

FORMAT = "openEPD"
VERSION = "0.1"
MEDIA_TYPE = "application/json"

PRODUCT, AVERAGE, GENERIC = "openEPD", "openIndustryEpd", "openGenericEstimate"
SUBTYPES: Mapping[str, Subtype] = MappingProxyType(
    {PRODUCT: Subtype.SPECIFIC, AVERAGE: Subtype.AVERAGE, GENERIC: Subtype.GENERIC}
)
DOCTYPES: Mapping[Subtype | None, str] = MappingProxyType(
    {
        None: PRODUCT,
        Subtype.SPECIFIC: PRODUCT,
        Subtype.AVERAGE: AVERAGE,
        Subtype.REPRESENTATIVE: AVERAGE,
        Subtype.GENERIC: GENERIC,
        Subtype.TEMPLATE: GENERIC,
    }
)

SECTIONS: Mapping[Kind, str] = MappingProxyType(
    {Kind.IMPACT: "impacts", Kind.USE: "resource_uses", Kind.OUTPUT: "output_flows"}
)
# Keys of the format whose indicator is in none of our sets of rules.
OTHER_KEYS: Mapping[str, str] = MappingProxyType(
    {"re": "resource_uses", "twd": "output_flows", "hlrw": "output_flows", "illrw": "output_flows"}
)
SCOPES: Mapping[str, str] = MappingProxyType({"A1A2A3": "A1-A3"} | {one: one for one in MODULES[:3]}
                                            | {one: one for one in MODULES[4:]})  # fmt: skip
KEYS: Mapping[str, str] = MappingProxyType({module: key for key, module in SCOPES.items()})
END_OF_LIFE = ("C1", "C2", "C3", "C4", "D")  # what an entry of C_scenarios can hold
DISTRIBUTIONS = frozenset({"log-normal", "normal", "uniform", "triangular", "max"})

# The unit openEPD asks for beside the unit of an indicator; the same quantity under another spelling.
_UNITS: Mapping[str, str] = {
    "kg CO2 eq": "kgCO2e", "kg CFC 11 eq": "kgCFC11e", "mol H+ eq": "molHe", "kg SO2 eq": "kgSO2e",
    "kg N eq": "kgNe", "mol N eq": "molNe", "kg P eq": "kgPe", "kg PO4 eq": "kgPO4e",
    "kg NMVOC eq": "kgNMVOCe", "kg O3 eq": "kgO3e", "kg ethene eq": "kgC2H4e", "kg Sb eq": "kgSbe",
    "m3 world eq": "m3AWARE", "disease incidence": "AnnualPerCapita", "kBq U235 eq": "kBqU235e",
    "1": "Point", "MJ": "MJ", "kg": "kg", "m3": "m3", "CTUe": "CTUe", "CTUh": "CTUh",
}  # fmt: skip
# The characterisation sets openEPD names, and the rules that prescribe them.
_METHODS: tuple[tuple[str, Generation], ...] = (
    ("EF 3.1", Generation.EN15804_A2), ("EF 3.0", Generation.EN15804_A2),
    ("TRACI 2.2", Generation.ISO21930), ("TRACI 2.1", Generation.ISO21930),
    ("TRACI 2.0", Generation.ISO21930), ("TRACI 1.0", Generation.ISO21930),
    ("CML 2016", Generation.EN15804_A1), ("CML 2012", Generation.EN15804_A1),
    ("CML 2007", Generation.EN15804_A1), ("CML 2001", Generation.EN15804_A1),
)  # fmt: skip
RULES_OF: Mapping[str, Generation] = MappingProxyType(dict(_METHODS))
UNKNOWN_METHOD = "Unknown LCIA"
# EN 15804:2012+A1:2013 prescribes the factors of CML-IA 4.1 of October 2012.
METHOD_OF_A1 = "CML 2012"

# "ton" is a short ton of 907 kg to one reader and a tonne to another: it is not in this table.
_DECLARED: Mapping[str, str] = {
    "item": "piece", "items": "piece", "unit": "piece", "metricton": "t", "metrictons": "t",
}  # fmt: skip
_WRITTEN: Mapping[str, str] = {"piece": "item"}

# ISO 3166-1 alpha-2, as openEPD's list of places has it.
_COUNTRIES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS "
    "BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE "
    "EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM "
    "HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC "
    "LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA "
    "NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW "
    "SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO "
    "TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)
COUNTRIES = frozenset(_COUNTRIES.split())


def order(method: str, generation: Generation | None) -> int:
    """Which of several methods a declaration is taken by: its rules' own first, the newest edition first."""
    names = [name for name, _ in _METHODS]
    place = names.index(method) if method in names else len(names) + (method == UNKNOWN_METHOD)
    fits = generation is None or RULES_OF.get(method) is generation
    return place + (0 if fits else 2 * len(names))


def unit_written(label: str, row: Row | None) -> str:
    """The unit as openEPD spells it; a label that is not the indicator's unit stays as it is."""
    return _UNITS[row.unit] if row is not None and row.unit in _UNITS and fits(label, row.unit) else label


def declared_unit(text: str) -> tuple[str | None, Decimal, str]:
    """The code of a unit, how many of it one written unit is, and what stood in brackets behind it."""
    known = _DECLARED.get(normal(text))
    if known is not None:
        return known, Decimal(1), ""
    found = parse_unit(text)
    if found is None or found.unit.code == "item":
        return None, Decimal(1), ""
    return found.unit.code, found.multiplier, found.qualifier


def declared_written(declared: DeclaredUnit) -> str:
    return declared.stated if declared.unit is None else _WRITTEN.get(declared.unit, declared.unit)


def doctype_of(dataset: Dataset) -> str:
    return DOCTYPES[dataset.subtype]


def language_of(dataset: Dataset) -> str | None:
    """The one language the document is written in: English, else Chinese, else the first."""
    texts = dataset.names or dataset.descriptions
    return next((one for one in ("en", "zh") if one in texts), next(iter(texts), None))
