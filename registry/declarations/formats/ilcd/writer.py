"""A declaration to the tree of ILCD+EPD 1.3, in the order its schema asks for."""

import re
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from registry.declarations.dataset import Component, Dataset, Plant, Reference
from registry.declarations.facts import DocumentKind, PartialDay, Precision
from registry.declarations.formats import people
from registry.declarations.formats.ilcd import rules, tables
from registry.declarations.formats.ilcd.codes import EPD_VERSION, EXTENSIONS, FORMAT, REVIEW_WORDS, SYSTEMS
from registry.declarations.formats.ilcd.forms import PROCESS, SOURCE, Notation, anies, stated, texts
from registry.declarations.formats.ilcd.taking import Node
from registry.kit.errors import Invalid
from registry.kit.types import plain

VERSION = "01.00.000"  # of a dataset that states none
_VERSIONS = re.compile(r"[0-9]{2}\.[0-9]{2}(\.[0-9]{3})?")
_CAS = re.compile(r"[0-9]{3,6}-[0-9]{2}-[0-9]")
_PLUS_CODE = re.compile(
    r"[23456789C][23456789CFGHJMPQRV][23456789CFGHJMPQRVWX]{6}\+[23456789CFGHJMPQRVWX]{2,7}"
)
_LICENCES = frozenset(
    {
        "Free of charge for all users and uses",
        "Free of charge for some user types or use types",
        "Free of charge for members only",
        "License fee",
        "Other",
    }
)
_SCHEMES = {"gtin": "GTIN", "gmn": "GMN"}


def identity(dataset: Dataset) -> UUID:
    """The dataset's UUID; where none is stated, one that follows from its content."""
    return dataset.uuid or uuid5(NAMESPACE_URL, dataset.model_dump_json())


def tree_of(dataset: Dataset, notation: Notation) -> Node:
    """Every part of the process dataset. Only EPDs: in this format anything else would pass for one."""
    if dataset.document is not DocumentKind.EPD:
        raise Invalid("declaration-only-epds", document=dataset.document.value)
    process = identity(dataset)
    return {
        "processInformation": _information(dataset, process, notation),
        "modellingAndValidation": _modelling(dataset, notation),
        "administrativeInformation": _administration(dataset, notation),
        "exchanges": {"exchange": tables.exchanges(dataset, process, notation)},
        "LCIAResults": {"LCIAResult": tables.impacts(dataset)},
        "otherAttributes": {EPD_VERSION: "1.3"},
        "version": "1.1",
    }


def _information(dataset: Dataset, process: UUID, notation: Notation) -> Node:
    name = stated(baseName=texts(dataset.names), functionalUnitFlowProperties=texts(dataset.declared.words))
    classifications = [
        {
            "name": one.system,
            "class": [
                {"value": level.name, "level": number, **stated(classId=level.id)}
                for number, level in enumerate(one.levels)
            ],
        }
        for one in dataset.classifications
    ]
    held = _product(dataset)
    information = stated(
        UUID=str(process),
        name=name,
        classificationInformation=stated(classification=classifications),
        generalComment=texts(dataset.descriptions),
        other=held if held["anies"] else None,
    )
    # lcax and what is built on it read no JSON without these two; a blank says nothing.
    place = {"location": dataset.location or ""} if dataset.location or notation.json else None
    return stated(
        dataSetInformation=information,
        quantitativeReference={"type": "Reference flow(s)", "referenceToReferenceFlow": [0]},
        time=_time(dataset, notation),
        geography=stated(locationOfOperationSupplyOrProduction=place),
    )


def _product(dataset: Dataset) -> Node:
    ids = [{"value": one.value, "type": _SCHEMES.get(one.scheme, one.scheme)} for one in dataset.identifiers]
    years = dataset.service_life_years
    held = anies(
        ("productIds", stated(productId=ids)),
        ("referenceServiceLife", stated(years=plain(years) if years is not None else None)),
        ("contentDeclaration", stated(material=[_component(one) for one in dataset.components])),
    )
    scenarios = [
        {
            "name": one.name,
            **stated(group=one.group, default=one.default or None),
            "description": texts(one.words) or [{"value": "", "lang": "en"}],
        }
        for one in dataset.scenarios
    ]
    return {"anies": [*held["anies"], *([{"scenario": scenarios}] if scenarios else [])]}


def _component(one: Component) -> Node:
    figures = {"value": one.percent, "lowerValue": one.lowest, "upperValue": one.highest}
    cas = one.cas if one.cas and _CAS.fullmatch(one.cas) else None
    return {
        "name": [{"value": one.name, "lang": "en"}],
        "weightPerc": {key: plain(value) for key, value in figures.items() if value is not None},
        **stated(CASNumber=cas, packaging=one.packaging or None),
    }


def _time(dataset: Dataset, notation: Notation) -> Node:
    until = dataset.valid_to
    held = anies(
        ("publicationDateOfEPD", _day(dataset.published, notation)),
        ("expirationDateOfEPD", _day(until, notation)),
    )
    return stated(
        referenceYear=dataset.reference_year,
        dataSetValidUntil=until.day.year if until else None,
        other=held if held["anies"] else None,
    )


def _day(day: PartialDay | None, notation: Notation) -> object:
    """Only a day is a day: the format has no months."""
    return notation.day(day.day) if day is not None and day.precision is Precision.DAY else None


def _modelling(dataset: Dataset, notation: Notation) -> Node:
    subtype = f"{dataset.subtype.value} dataset" if dataset.subtype else None
    method = stated(
        typeOfDataSet="EPD",
        referenceToLCAMethodDetails=[notation.reference(dataset.pcr, SOURCE)] if dataset.pcr else None,
        other=anies(("subType", subtype)) if subtype else None,
    )
    makers = _manufacturers(dataset, notation)
    original = notation.original(dataset.original) if dataset.original else None
    held = anies(("manufacturers", stated(manufacturer=makers)), ("referenceToOriginalEPD", original))
    sources = stated(
        referenceToDataSource=[notation.reference(one, SOURCE) for one in dataset.background],
        other=held if held["anies"] else None,
    )
    stand = (one for one in dataset.verifiers if one.names and not people.kept(one.names).persons)
    verifiers = [notation.party(one) for one in stand]
    kind = REVIEW_WORDS[dataset.verification] if dataset.verification else None
    review = stated(type=kind, referenceToNameOfReviewerAndInstitution=verifiers)
    systems = [
        {"referenceToComplianceSystem": notation.reference(one, SOURCE)} for one in _compliance(dataset)
    ]
    return stated(
        LCIMethodAndAllocation=method,
        dataSourcesTreatmentAndRepresentativeness=sources,
        validation=stated(review=[review] if review else None),
        complianceDeclarations={"compliance": systems} if systems or notation.json else None,
    )


def _compliance(dataset: Dataset) -> list[Reference]:
    """As stated; the set of rules is added where they would not tell it."""
    found = list(dataset.compliance)
    told, _, _ = rules.generation_of(found, tables.row_uuids(dataset))
    if (told is not dataset.generation or not found) and dataset.generation in SYSTEMS:
        uuid, name = SYSTEMS[dataset.generation]
        found.append(Reference(names={"en": name}, uuid=UUID(uuid)))
    return found


def _manufacturers(dataset: Dataset, notation: Notation) -> list[Node]:
    """Sites of the only manufacturer stand with it; of several, nobody says whose they are."""
    makers: list[Node] = [
        {"isProvidingData": True, "contact": notation.party(one)} for one in dataset.manufacturers
    ]
    sites = [site for one in dataset.plants if (site := _site(one))]
    if sites and len(makers) != 1:
        makers.append({"isProvidingData": True})
    if sites:
        makers[-1]["sites"] = {"site": sites}
    return makers


def _site(plant: Plant) -> Node | None:
    """The schema asks for a plus code and a place."""
    code = plant.ids.get("olc", "")
    if not _PLUS_CODE.fullmatch(code) or plant.location is None:
        return None
    return {
        "name": plant.name,
        **stated(facilityIdentifier=plant.ids.get("facility")),
        "olc": code,
        "geoCode": plant.location,
        **stated(streetAddress=plant.address),
    }


def _administration(dataset: Dataset, notation: Notation) -> Node:
    formats = (("ILCD format", FORMAT), ("EPD Data Format Extensions", EXTENSIONS))
    entry = [
        {"shortDescription": [{"value": name, "lang": "en"}], "type": SOURCE, "refObjectId": uuid}
        for name, uuid in formats
    ]
    version = dataset.version if dataset.version and _VERSIONS.fullmatch(dataset.version) else VERSION
    licence = dataset.licence
    parties: dict[str, Any] = {
        key: notation.party(one) if one is not None else None
        for key, one in (
            ("operator", dataset.operator),
            ("owner", dataset.owner),
            ("publisher", dataset.publisher),
        )
    }
    before = [notation.reference(dataset.replaces, PROCESS)] if dataset.replaces else None
    publication = stated(
        dataSetVersion=version,
        referenceToPrecedingDataSetVersion=before,
        referenceToRegistrationAuthority=parties["operator"],
        registrationNumber=dataset.number,
        referenceToOwnershipOfDataSet=parties["owner"],
        copyright=licence.copyright if licence else None,
        licenseType=licence.type if licence and licence.type in _LICENCES else None,
        accessRestrictions=texts(licence.access) if licence else None,
        other=anies(("referenceToPublisher", parties["publisher"])) if parties["publisher"] else None,
    )
    return {"dataEntryBy": {"referenceToDataSetFormat": entry}, "publicationAndOwnership": publication}
