"""Honours, energy records and disclosures as they are applied for: what must hold, and their records."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

from registry.applications.builder import Builder
from registry.applications.fields import Part
from registry.applications.findings import Finding, error, warning
from registry.applications.given import Given
from registry.applications.reference import Reference
from registry.applications.values import Values
from registry.declarations.facts import PartialDay, Verification
from registry.firms.benchmarks import UNITS
from registry.firms.facts import (
    DisclosureFact,
    EnergyProduct,
    EnergyRecordFact,
    EnergyUnit,
    HonourFact,
    HonourKind,
    HonourLevel,
)
from registry.kit.known_by import KnownBy, Source
from registry.kit.messages import Listed

_DIGEST = re.compile(r"[0-9a-f]{64}")
_ADDRESS = re.compile(r"https?://[^\s/]+\S*")
_TRANSCRIBED = KnownBy(source=Source.TRANSCRIBED)
_SELF_STATED = KnownBy(source=Source.SELF_STATED)
_LONGEST_PERIOD = 366


def check_honour(_given: Given, values: Values, reference: Reference) -> Iterator[Finding]:
    awarded = values.found.get("honour.awarded_on")
    start, end = values.get("honour.valid_from", date), values.get("honour.valid_to", date)
    if isinstance(awarded, PartialDay) and awarded.day > reference.today:
        yield _ahead("honour.awarded_on", reference)
    if start and end and end < start:
        yield error("honour.valid_to", "ends-before-it-starts")
    elif end and end < reference.today:
        yield warning("honour.valid_to", "already-over")
    yield from _address("honour.address", values)
    plant = _plant("honour.plant", values, reference)
    year = awarded.day.year if isinstance(awarded, PartialDay) else None
    stated = (values.get("honour.kind", str), values.get("honour.level", str), plant, year)
    for one in reference.firm_facts:
        same = isinstance(one, HonourFact) and (
            stated == (one.kind, one.level, one.plant_id, one.awarded_on.day.year)
        )
        if same:
            yield error("honour.kind", "already-recorded", record=one.code)


def check_energy(_given: Given, values: Values, reference: Reference) -> Iterator[Finding]:
    product, unit = values.get("energy.product", str), values.get("energy.unit", str)
    if product and unit and EnergyUnit(unit) not in UNITS[EnergyProduct(product)]:
        allowed = Listed(UNITS[EnergyProduct(product)])
        yield error("energy.unit", "unit-of-another-product", units=allowed)
    yield from _not_negative(values, "energy.size", "energy.value")
    if values.get("energy.value", Decimal) is None:
        yield warning("energy.value", "value-not-stated")
    start, end = values.get("energy.period_from", date), values.get("energy.period_to", date)
    if end and end > reference.today:
        yield _ahead("energy.period_to", reference)
    if start and end and end < start:
        yield error("energy.period_to", "ends-before-it-starts")
    elif start and end and (end - start).days >= _LONGEST_PERIOD:
        yield warning("energy.period_to", "longer-than-a-year")
    plant = _plant("energy.plant", values, reference)
    stated = (plant, product, start, end)
    for one in reference.firm_facts:
        same = isinstance(one, EnergyRecordFact) and (
            stated == (one.plant_id, one.product, one.period_from, one.period_to)
        )
        if same:
            yield error("energy.period_to", "already-recorded", record=one.code)


def check_disclosure(_given: Given, values: Values, reference: Reference) -> Iterator[Finding]:
    year, published = values.get("disclosure.year", int), values.get("disclosure.published_on", date)
    if year is not None and not 1990 <= year <= reference.today.year:
        yield error("disclosure.year", "no-such-year", today=str(reference.today.year))
    if published and published > reference.today:
        yield _ahead("disclosure.published_on", reference)
    digest = values.get("disclosure.document_sha256", str)
    if digest is not None and _DIGEST.fullmatch(digest.lower()) is None:
        yield error("disclosure.document_sha256", "not-a-digest")
    yield from _not_negative(values, "disclosure.scope1_t", "disclosure.scope2_t")
    yield from _address("disclosure.address", values)
    plant = _plant("disclosure.plant", values, reference)
    for one in reference.firm_facts:
        if isinstance(one, DisclosureFact) and (one.year, one.plant_id) == (year, plant):
            yield error("disclosure.year", "already-recorded", record=one.code)


def _ahead(path: str, reference: Reference) -> Finding:
    return error(path, "day-ahead", today=reference.today.isoformat())


def _not_negative(values: Values, *paths: str) -> Iterator[Finding]:
    """0 is a figure; below it nothing is."""
    for path in paths:
        value = values.get(path, Decimal)
        if value is not None and value < 0:
            yield error(path, "below-zero")


def _address(path: str, values: Values) -> Iterator[Finding]:
    text = values.get(path, str)
    if text is not None and _ADDRESS.fullmatch(text) is None:
        yield error(path, "not-an-address")


def _plant(path: str, values: Values, reference: Reference) -> UUID | None:
    code = values.get(path, str)
    return reference.plants[code].id if code else None


def honour(by: Builder) -> HonourFact:
    values, awarded = by.values, by.values.found["honour.awarded_on"]
    assert isinstance(awarded, PartialDay)
    return HonourFact(
        id=by.given.key(Part.HONOUR),
        code=by.code(Part.HONOUR),
        organisation_id=by.given.organisation_id,
        plant_id=_plant("honour.plant", values, by.reference),
        known_by=_TRANSCRIBED,
        kind=HonourKind(by.text("honour.kind")),
        level=HonourLevel(by.text("honour.level")),
        authority=by.text("honour.authority"),
        document=by.text("honour.document"),
        document_number=values.get("honour.document_number", str),
        awarded_on=awarded,
        valid_from=values.get("honour.valid_from", date),
        valid_to=values.get("honour.valid_to", date),
        address=values.get("honour.address", str),
    )


def energy_record(by: Builder) -> EnergyRecordFact:
    values = by.values
    return EnergyRecordFact(
        id=by.given.key(Part.ENERGY),
        code=by.code(Part.ENERGY),
        organisation_id=by.given.organisation_id,
        plant_id=by.plant("energy.plant").id,
        known_by=_SELF_STATED,
        product=EnergyProduct(by.text("energy.product")),
        size=values.get("energy.size", Decimal),
        value=values.get("energy.value", Decimal),
        unit=EnergyUnit(by.text("energy.unit")),
        period_from=by.day("energy.period_from"),
        period_to=by.day("energy.period_to"),
        boundary=by.text("energy.boundary"),
        method=by.text("energy.method"),
        source=by.text("energy.source"),
    )


def disclosure(by: Builder) -> DisclosureFact:
    values, digest = by.values, by.values.get("disclosure.document_sha256", str)
    return DisclosureFact(
        id=by.given.key(Part.DISCLOSURE),
        code=by.code(Part.DISCLOSURE),
        organisation_id=by.given.organisation_id,
        plant_id=_plant("disclosure.plant", values, by.reference),
        known_by=_SELF_STATED,
        title=by.text("disclosure.title"),
        year=values.need("disclosure.year", int),
        boundary=by.text("disclosure.boundary"),
        standard=by.text("disclosure.standard"),
        scope1_t=values.get("disclosure.scope1_t", Decimal),
        scope2_t=values.get("disclosure.scope2_t", Decimal),
        verification=Verification(by.text("disclosure.verification")),
        verifier_id=by.optional_organisation("disclosure.verifier"),
        document_sha256=digest.lower() if digest else None,
        address=values.get("disclosure.address", str),
        published_on=values.get("disclosure.published_on", date),
    )
