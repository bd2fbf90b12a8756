"""Independent reading of an openEPD document's results, and of its structure, by plain dictionaries."""

import re
from collections import Counter
from decimal import Decimal
from typing import Any

SECTIONS = ("impacts", "resource_uses", "output_flows")
_SCOPES = "A1A2A3 A1 A2 A3 A4 A5 B1 B2 B3 B4 B5 B6 B7 C1 C2 C3 C4 D"
PLAIN_SCOPES = _SCOPES.split()
SCENARIO_SCOPES = PLAIN_SCOPES[-5:]
FIELDS = {
    "openEPD": {
        "id", "product_name", "product_sku", "product_description", "manufacturer", "plants", "applicable_in",
        "third_party_verifier", "program_operator", "program_operator_doc_id",
    },
    "openIndustryEpd": {
        "id", "name", "description", "geography", "manufacturers", "publishers", "third_party_verifier",
        "program_operator", "program_operator_doc_id",
    },
    "openGenericEstimate": {
        "id", "name", "description", "geography", "publisher", "reviewer", "owner", "reference_year",
        "lci_databases", "license_terms",
    },
}  # fmt: skip
COMMON = {
    "doctype", "openepd_version", "ext", "alt_ids", "attachments", "date_of_issue", "valid_until", "version",
    "declared_unit", "kg_per_declared_unit", "kg_C_per_declared_unit", "kg_C_biogenic_per_declared_unit",
    "compliance", "product_classes", "language", "pcr", "product_service_life_years", *SECTIONS,
}  # fmt: skip
_DAY = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")


def figures(document: dict[str, Any]) -> Counter[tuple[str, str | None, Decimal]]:
    """Every number of the results with its module and scenario, however often it stands."""
    found: Counter[tuple[str, str | None, Decimal]] = Counter()
    for section in SECTIONS:
        sets = document.get(section, {})
        groups = list(sets.values()) if section == "impacts" else [sets]
        for scopes in (one for group in groups for one in group.values()):
            for key, inside in scopes.items():
                if key == "C_scenarios":
                    for entry in inside:
                        found.update((k, entry["name"], v["mean"]) for k, v in entry.items() if k != "name")
                else:
                    found["A1-A3" if key == "A1A2A3" else key, None, inside["mean"]] += 1
    return found


def faults(document: dict[str, Any]) -> list[str]:
    """What openEPD's own models let pass: unknown fields, wrong shapes, mixed units, days that are none."""
    found = [f"field {name}" for name in set(document) - COMMON - FIELDS[document["doctype"]]]
    days = [document[name] for name in ("date_of_issue", "valid_until") if name in document]
    found += [f"day {one}" for one in days if not _DAY.fullmatch(one)]
    for section in SECTIONS:
        sets = document.get(section, {})
        for group in list(sets.values()) if section == "impacts" else [sets]:
            found += [f"{key}: {fault}" for key, scopes in group.items() for fault in _faults(scopes)]
    return found


def _faults(scopes: dict[str, Any]) -> list[str]:
    entries = scopes.get("C_scenarios", [])
    found = [f"scope {key}" for key in scopes if key not in (*PLAIN_SCOPES, "C_scenarios")]
    found += [f"scenario {key}" for one in entries for key in one if key not in (*SCENARIO_SCOPES, "name")]
    measures = [inside for key, inside in scopes.items() if key != "C_scenarios"]
    measures += [inside for one in entries for key, inside in one.items() if key != "name"]
    if len({one.get("unit") for one in measures}) > 1:
        found.append("mixed units")
    found += [f"measure {one}" for one in measures if not isinstance(one["mean"], (int, Decimal))]
    found += [f"rsd {one}" for one in measures if "rsd" in one and one["rsd"] <= 0]
    return found
