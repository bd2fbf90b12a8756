"""A tree of ILCD+EPD to a declaration with its loss report; the same for XML, JSON and ZIP."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from registry.declarations.comparable import Generation
from registry.declarations.dataset import Dataset, Indicator, Licence, Reference, Scenario, Subtype
from registry.declarations.facts import DocumentKind
from registry.declarations.formats.ilcd import content, dates, people, results, rules, unit
from registry.declarations.formats.ilcd.codes import EPD_VERSION, NOT_RULES, SUBTYPES
from registry.declarations.formats.ilcd.rest import remains
from registry.declarations.formats.ilcd.taking import (
    Node,
    Taking,
    branch,
    extensions,
    identifier,
    many,
    nodes,
    party,
    reference,
    references,
    text,
    truth,
    words,
)
from registry.declarations.formats.reading import Reading, Source, Unreadable

_SOURCE = "source data set"
_PARTS = ("processInformation", "modellingAndValidation", "administrativeInformation", "exchanges")
_DATA = "modellingAndValidation/dataSourcesTreatmentAndRepresentativeness"
# Where each field stands; what a step of its own decides adds its origin there.
_PLACES: Mapping[str, str] = {
    "uuid": "processInformation/dataSetInformation/UUID",
    "version": "administrativeInformation/publicationAndOwnership/dataSetVersion",
    "number": "administrativeInformation/publicationAndOwnership/registrationNumber",
    "names": "processInformation/dataSetInformation/name/baseName",
    "descriptions": "processInformation/dataSetInformation/generalComment",
    "classifications": "processInformation/dataSetInformation/classificationInformation",
    "identifiers": "processInformation/dataSetInformation/other/productIds",
    "service_life_years": "processInformation/dataSetInformation/other/referenceServiceLife",
    "components": "processInformation/dataSetInformation/other/contentDeclaration",
    "scenarios": "processInformation/dataSetInformation/other/scenarios",
    "compliance": "modellingAndValidation/complianceDeclarations/compliance",
    "generation": "modellingAndValidation/complianceDeclarations/compliance",
    "pcr": "modellingAndValidation/LCIMethodAndAllocation/referenceToLCAMethodDetails",
    "background": f"{_DATA}/referenceToDataSource",
    "subtype": "modellingAndValidation/LCIMethodAndAllocation/other/subType",
    "verification": "modellingAndValidation/validation/review",
    "verifiers": "modellingAndValidation/validation/review",
    "owner": "administrativeInformation/publicationAndOwnership/referenceToOwnershipOfDataSet",
    "operator": "administrativeInformation/publicationAndOwnership/referenceToRegistrationAuthority",
    "publisher": "administrativeInformation/publicationAndOwnership/other/referenceToPublisher",
    "manufacturers": f"{_DATA}/other/manufacturers",
    "plants": f"{_DATA}/other/manufacturers",
    "location": "processInformation/geography/locationOfOperationSupplyOrProduction",
    "reference_year": "processInformation/time/referenceYear",
    "published": "processInformation/time/other/publicationDateOfEPD",
    "replaces": "administrativeInformation/publicationAndOwnership/referenceToPrecedingDataSetVersion",
    "original": f"{_DATA}/other/referenceToOriginalEPD",
    "licence": "administrativeInformation/publicationAndOwnership",
    "indicators": "LCIAResults/LCIAResult",
}


def read_tree(tree: Node, taking: Taking, member: str | None = None) -> Reading:
    """The declaration a tree states; `Unreadable` where it states none."""
    _check(tree)
    try:
        dataset = _dataset(tree, taking)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise Unreadable("declaration-value-impossible", field=where) from error
    source = Source("ilcd+epd", _epd_version(tree), member)
    remains(tree, taking)
    for name, place in _PLACES.items():
        if getattr(dataset, name):
            taking.origins.setdefault(name, taking.base + place)
    return Reading(dataset, source, tuple(taking.remarks), taking.origins, tuple(taking.persons))


def _check(tree: Node) -> None:
    for part in _PARTS:
        if not isinstance(tree.get(part), dict):
            raise Unreadable("declaration-part-missing", part=part)
    kind = branch(tree, "modellingAndValidation", "LCIMethodAndAllocation").get("typeOfDataSet")
    if kind != "EPD" and not results.has_results(tree):
        raise Unreadable("declaration-not-an-epd", kind=str(kind or "")[:60])


def _epd_version(tree: Node) -> str | None:
    """What the file says about itself; 1.1 says nothing."""
    return text(tree, "epd-version") or text(branch(tree, "otherAttributes"), EPD_VERSION)


def _dataset(tree: Node, taking: Taking) -> Dataset:
    information = branch(tree, "processInformation", "dataSetInformation")
    modelling = branch(tree, "modellingAndValidation", "LCIMethodAndAllocation")
    compliance = _compliance(tree)
    generation, by, doubtful = rules.generation_of(compliance, results.uuids(tree))
    if doubtful:
        taking.doubt("ilcd.rules-doubtful", _PLACES["compliance"], generation=generation.value)
    name = branch(information, "name")
    sentence = words(name, "functionalUnitFlowProperties")
    extension = extensions(information)
    product = unit.product(tree, taking, sentence)
    fields: dict[str, Any] = {
        "document": DocumentKind.EPD,
        "uuid": identifier(information, "UUID"),
        "names": words(name, "baseName"),
        "descriptions": words(information, "generalComment"),
        "classifications": content.classifications(information),
        "identifiers": content.identifiers(extension),
        "service_life_years": content.service_life(extension, taking),
        "components": content.components(extension, taking),
        "scenarios": content.scenarios(extension),
        "declared": product.declared,
        "properties": product.properties,
        "biogenic_carbon_kg": product.carbon,
        "biogenic_carbon_packaging_kg": product.carbon_packaging,
        "generation": generation,
        "generation_by": by,
        "compliance": compliance,
        "pcr": _pcr(modelling),
        "subtype": _subtype(extensions(modelling)),
        **_administration(tree, taking),
        **_sources(tree),
        **_times(tree, taking),
    }
    if text(modelling, "typeOfDataSet") != "EPD":
        taking.doubt("ilcd.type-not-epd", "modellingAndValidation/LCIMethodAndAllocation/typeOfDataSet")
    fields["indicators"] = _indicators(tree, taking, generation, fields["scenarios"])
    return Dataset(**fields)


def _indicators(
    tree: Node, taking: Taking, generation: Generation, scenarios: tuple[Scenario, ...]
) -> tuple[Indicator, ...]:
    found = results.rows(tree, taking, generation)
    if not found:
        taking.doubt("ilcd.no-results", "LCIAResults")
    declared = {one.name for one in scenarios}
    used = dict.fromkeys(value.scenario for row in found for value in row.values if value.scenario)
    for scenario in used:
        if scenario not in declared:
            taking.doubt("ilcd.scenario-undeclared", _PLACES["scenarios"], scenario=scenario)
    return found


def _times(tree: Node, taking: Taking) -> dict[str, Any]:
    found = dates.times(tree, extensions(branch(tree, "processInformation", "time")), taking)
    place = branch(tree, "processInformation", "geography", "locationOfOperationSupplyOrProduction")
    return {
        "reference_year": found.reference_year,
        "published": found.published,
        "valid_to": found.valid_to,
        "location": text(place, "location"),
    }


def _compliance(tree: Node) -> tuple[Reference, ...]:
    listed = nodes(branch(tree, "modellingAndValidation", "complianceDeclarations"), "compliance")
    return tuple(one for node in listed for one in references(node, "referenceToComplianceSystem", _SOURCE))


def _pcr(modelling: Node) -> Reference | None:
    """The first method source that is no standard and no format; the others stay behind."""
    for node in nodes(modelling, "referenceToLCAMethodDetails"):
        if str(node.get("refObjectId")) not in NOT_RULES:
            return reference(node, _SOURCE)
    return None


def _subtype(extension: Node) -> Subtype | None:
    for at, value in enumerate(many(extension.get("subType"))):
        found = SUBTYPES.get(value.strip()) if isinstance(value, str) else None
        if found is not None:
            extension["subType"] = many(extension["subType"])[at + 1 :]
            return found
    return None


def _sources(tree: Node) -> dict[str, Any]:
    holder = branch(tree, "modellingAndValidation", "dataSourcesTreatmentAndRepresentativeness")
    extension = extensions(holder)
    original = nodes(extension, "referenceToOriginalEPD")
    manufacturers, plants = people.manufacturers(extension)
    return {
        "background": references(holder, "referenceToDataSource", _SOURCE),
        "original": reference(original[0], _SOURCE) if original else None,
        "manufacturers": manufacturers,
        "plants": plants,
    }


def _administration(tree: Node, taking: Taking) -> dict[str, Any]:
    holder = branch(tree, "administrativeInformation", "publicationAndOwnership")
    verification, verifiers = people.verification(tree, taking)
    people.administration(tree, taking)
    publishers = nodes(extensions(holder), "referenceToPublisher")
    before = nodes(holder, "referenceToPrecedingDataSetVersion")
    licence = {
        "type": text(holder, "licenseType"),
        "copyright": truth(holder, "copyright"),
        "access": words(holder, "accessRestrictions"),
    }
    return {
        "version": text(holder, "dataSetVersion"),
        "number": text(holder, "registrationNumber"),
        "verification": verification,
        "verifiers": verifiers,
        "owner": party(branch(holder, "referenceToOwnershipOfDataSet")),
        "operator": party(branch(holder, "referenceToRegistrationAuthority")),
        "publisher": party(publishers[0]) if publishers else None,
        "replaces": reference(before[0], "process data set") if before else None,
        "licence": Licence(**licence) if any(one not in (None, {}) for one in licence.values()) else None,
    }
