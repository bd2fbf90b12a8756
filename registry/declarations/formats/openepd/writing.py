"""A dataset as an openEPD document, with a report of what only our own entry under `ext` holds."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from registry.declarations.comparable import Generation
from registry.declarations.dataset import Classification, Dataset, Party, Reference
from registry.declarations.facts import PartialDay, Precision, Verification
from registry.declarations.formats.openepd import parts, terms
from registry.declarations.formats.openepd.parts import stated
from registry.declarations.formats.openepd.reading import ILCD_UUID, PATH
from registry.declarations.formats.openepd.results import laid_out
from registry.declarations.formats.reading import Remark, Weight
from registry.declarations.indicators import Kind, indicators

LONGEST_TEXT = 2000
_EF30 = UUID("c0016b33-8cf7-415c-ac6e-deba0d21440d")
_EF31 = UUID("d4aa3ec7-b1d7-4a4a-a6cb-37af88dcc902")
_LICENCES = frozenset({"CC-BY", "ODbL", "Government", "Other"})
_SERVICE_LIFE = range(1, 101)
_MOST_PLANTS = 32
# Regions of ILCD beside the areas of UN M49 that openEPD lists.
_REGIONS: Mapping[str, str] = {"GLO": "001", "RER": "150", "RAF": "002", "RNA": "021"}


def document(dataset: Dataset) -> tuple[dict[str, Any], Mapping[int, str]]:
    """The plain document, and the place of each indicator in it."""
    kind = terms.doctype_of(dataset)
    method = method_of(dataset)
    sections, slots = laid_out(dataset, method)
    if dataset.method is not None or sections.get("impacts"):
        sections.setdefault("impacts", {}).setdefault(method, {})
    plain = {
        "doctype": kind,
        "openepd_version": terms.VERSION,
        **_identity(dataset, kind),
        **_texts(dataset, kind),
        **_amounts(dataset),
        **_rules(dataset, kind),
        **_organisations(dataset, kind),
        **_days(dataset, kind),
        **sections,
    }
    return {name: value for name, value in plain.items() if value is not None}, slots


def method_of(dataset: Dataset) -> str:
    """The characterisation set: as stated, else as the rules or the indicators' UUIDs fix it."""
    named = parts.best(dataset.method.names) if dataset.method else None
    if named:
        return named
    if dataset.generation is Generation.EN15804_A1:
        return terms.METHOD_OF_A1
    uuids = {one.uuid for one in dataset.compliance}
    if _EF30 in uuids or _EF31 in uuids:
        return "EF 3.1" if _EF31 in uuids else "EF 3.0"
    return _by_indicators(dataset) or terms.UNKNOWN_METHOD


def conventions(dataset: Dataset, plain: Mapping[str, Any]) -> Iterable[Remark]:
    """What the plain document says although the dataset did not, and what its readers may take amiss."""
    method = method_of(dataset)
    if dataset.method is None and plain.get("impacts"):
        facts = {"method": method}
        yield Remark(weight=Weight.DEFAULTED, key="openepd.method-by-rules", place="/impacts", facts=facts)
    until = dataset.valid_to
    if until is not None and until.precision is not Precision.DAY:
        facts = {"day": until.last_day().isoformat(), "precision": str(until.precision)}
        yield Remark(weight=Weight.DEFAULTED, key="openepd.last-day", place="/valid_until", facts=facts)
    if "ep-fresh" in plain.get("impacts", {}).get(method, {}):
        yield Remark(weight=Weight.DOUBT, key="openepd.ep-fresh", place="/impacts", facts={})


def _by_indicators(dataset: Dataset) -> str | None:
    """EF 3.0 or 3.1 by a UUID that only one of them has."""
    for one in dataset.indicators:
        row = indicators().by_uuid.get(one.uuid) if one.uuid else None
        if row is not None and row.kind is Kind.IMPACT and row.uuid_ef30 and row.uuid != row.uuid_ef30:
            return "EF 3.0" if one.uuid == row.uuid_ef30 else "EF 3.1"
    return None


def _identity(dataset: Dataset, kind: str) -> dict[str, Any]:
    generic = kind == terms.GENERIC
    uuid = str(dataset.uuid) if dataset.uuid else None
    own = next((one.value for one in dataset.identifiers if one.scheme == "openepd"), None)
    valid = own if own and not generic and parts.is_open_xpd_uuid(own) else None
    others = {
        one.scheme: one.value
        for one in reversed(dataset.identifiers)
        if 0 < len(one.scheme) <= parts.LONGEST_NAME and (one.value != valid or one.scheme != "openepd")
    }
    sku = others.pop("sku", None) if kind == terms.PRODUCT else None
    if uuid and not generic:
        others[ILCD_UUID] = uuid
    version = dataset.version or ""
    whole = version.isascii() and version.isdigit() and str(int(version)) == version and len(version) < 10
    return stated(
        id=uuid if generic else valid,
        alt_ids=others or None,
        product_sku=parts.shortened(sku),
        version=int(version) if whole else None,
        program_operator_doc_id=None if generic else parts.shortened(dataset.number),
    )


def _texts(dataset: Dataset, kind: str) -> dict[str, Any]:
    language = terms.language_of(dataset)
    product = kind == terms.PRODUCT
    name = dataset.names.get(language or "")
    about = dataset.descriptions.get(language or "")
    return stated(
        language=language if language and len(language) == 2 else None,
        **{"product_name" if product else "name": parts.shortened(name)},
        **{"product_description" if product else "description": parts.shortened(about, LONGEST_TEXT)},
        product_classes=_classes(dataset.classifications) or None,
    )


def _classes(classifications: Iterable[Classification]) -> dict[str, Any]:
    found: dict[str, list[str]] = {}
    for one in classifications:
        if one.system and one.levels:
            found.setdefault(one.system, []).append(PATH.join(level.name for level in one.levels))
    return {system: paths if len(paths) > 1 else paths[0] for system, paths in found.items()}


def _amounts(dataset: Dataset) -> dict[str, Any]:
    declared = dataset.declared
    unit = terms.declared_written(declared)
    carbon = next((one for one in dataset.properties if one.kind == parts.WHOLE_CARBON), None)
    biogenic, life = dataset.biogenic_carbon_kg, dataset.service_life_years
    return stated(
        declared_unit=parts.amount_written(declared.amount, unit) if unit or declared.amount != 1 else None,
        kg_per_declared_unit=parts.mass_written(dataset.properties, declared),
        kg_C_per_declared_unit=None if carbon is None else parts.amount_written(carbon.value, carbon.unit),
        kg_C_biogenic_per_declared_unit=None if biogenic is None else parts.amount_written(biogenic, "kg"),
        product_service_life_years=life
        if life is not None and _SERVICE_LIFE[0] <= life <= _SERVICE_LIFE[-1]
        else None,
    )


def _rules(dataset: Dataset, kind: str) -> dict[str, Any]:
    standards = [
        stated(short_name=parts.best(one.names), link=one.uri if parts.is_url(one.uri) else None)
        for one in dataset.compliance
    ]
    pcr = dataset.pcr
    rules = None
    if pcr is not None:
        rules = stated(
            name=parts.shortened(parts.best(pcr.names)), version=parts.shortened(pcr.version, 40), doc=pcr.uri
        )
    return stated(
        compliance=[one for one in standards if one] or None,
        pcr=rules or None,
        lci_databases=_databases(dataset.background) if kind == terms.GENERIC else None,
    )


def _databases(background: Iterable[Reference]) -> list[dict[str, Any]] | None:
    found = [
        stated(
            name=parts.shortened(parts.best(one.names)),
            version=parts.shortened(one.version, 40),
            link=one.uri,
        )
        for one in background
    ]
    return [one for one in found if one] or None


def _organisations(dataset: Dataset, kind: str) -> dict[str, Any]:
    verified = dataset.verification is Verification.THIRD_PARTY or kind == terms.GENERIC
    verifier = _one(next(iter(dataset.verifiers), None)) if verified else None
    owner, publisher = _one(dataset.owner), _one(dataset.publisher)
    if kind == terms.GENERIC:
        return stated(owner=owner, publisher=publisher, reviewer=verifier)
    makers = [written for one in dataset.manufacturers if (written := _one(one))]
    common = stated(third_party_verifier=verifier, program_operator=_one(dataset.operator))
    if kind == terms.AVERAGE:
        return common | stated(manufacturers=makers or None, publishers=[publisher] if publisher else None)
    plants = [written for one in dataset.plants if (written := parts.plant_written(one))]
    return common | stated(
        manufacturer=owner or next(iter(makers), None), plants=plants[:_MOST_PLANTS] or None
    )


def _one(party: Party | None) -> dict[str, Any] | None:
    return None if party is None else parts.party_written(party) or None


def _days(dataset: Dataset, kind: str) -> dict[str, Any]:
    place = _REGIONS.get(dataset.location or "", dataset.location)
    places = [place] if place in terms.COUNTRIES or place in _REGIONS.values() else None
    original = dataset.original.uri if dataset.original else None
    generic = kind == terms.GENERIC
    year = dataset.reference_year
    licence = dataset.licence.type if dataset.licence else None
    return stated(
        date_of_issue=_exact(dataset.published),
        valid_until=parts.day_written(dataset.valid_to.last_day()) if dataset.valid_to else None,
        reference_year=year if generic and year is not None and year > 2000 else None,
        license_terms=licence if generic and licence in _LICENCES else None,
        attachments={"EPD": original} if original else None,
        **{"applicable_in" if kind == terms.PRODUCT else "geography": places},
    )


def _exact(day: PartialDay | None) -> str | None:
    """A month or a year has no place among days: it would be read as its first day."""
    return None if day is None or day.precision is not Precision.DAY else parts.day_written(day.day)
