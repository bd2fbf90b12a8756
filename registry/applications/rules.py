"""What the fields of an application must be to each other and to the register: errors, and softer hints."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

from registry.applications.fields import FieldKind, Part
from registry.applications.findings import Finding, error, warning
from registry.applications.given import Given
from registry.applications.parts import Subject
from registry.applications.reference import Reference
from registry.applications.typed import asked_fields
from registry.applications.values import Values
from registry.certificates.facts import Scheme
from registry.declarations.facts import PartialDay
from registry.kit.reading.folded import fold
from registry.parties.credit_code import is_valid, organisation_part_agrees
from registry.parties.facts import Role
from registry.parties.service import in_scope
from registry.reports.facts import Comparator

# Papers stand behind these parts; a maker's own word needs none.
WITH_PAPERS = (
    Part.COMPANY, Part.CERTIFICATE, Part.REPORT, Part.CARBON, Part.HONOUR, Part.ENERGY, Part.DISCLOSURE,
)  # fmt: skip


def whole(given: Given, values: Values, reference: Reference) -> Iterator[Finding]:
    """What concerns no single part: the applicant, its product, its plants, its papers."""
    if given.subject is not Subject.ORGANISATION and reference.applicant is None:
        yield error("company", "organisation-not-verified")
    if given.subject is Subject.PRODUCT_LIST:
        yield error("rows", "missing")  # its rows are checked one by one, by lists.py
    yield from _about(given, values, reference)
    yield from _plants(given, values, reference)
    for part in WITH_PAPERS:
        begun = part in given.parts()
        if begun and not any(path.partition(".")[0] == part for path in given.evidence):
            yield error(part, "evidence-missing")


def _about(given: Given, values: Values, reference: Reference) -> Iterator[Finding]:
    code = values.get("about.product", str)
    if code is not None and reference.products[code].manufacturer_id != given.organisation_id:
        yield error("about.product", "product-of-another")


def _plants(given: Given, values: Values, reference: Reference) -> Iterator[Finding]:
    """A plant of somebody else is contract manufacturing 委托生产, which is shown by papers."""
    made_at = set(values.words("product.plants"))
    for part in given.parts():
        for path, asked in asked_fields(given.typed, part):
            if asked.kind not in (FieldKind.PLANT, FieldKind.PLANTS):
                continue
            one = values.get(path, str)
            named = (one,) if one else values.words(path)
            for plant in (reference.plants[code] for code in named):
                if plant.closed_on is not None and plant.closed_on <= reference.today:
                    yield error(path, "plant-closed", plant=plant.name_zh, day=plant.closed_on.isoformat())
                elif plant.organisation_id != given.organisation_id and path not in given.evidence:
                    yield error(path, "contract-papers-missing", plant=plant.name_zh)
            if made_at and part is not Part.PRODUCT and not made_at.issuperset(named):
                yield warning(path, "plant-not-of-product")


def company(given: Given, values: Values, reference: Reference) -> Iterator[Finding]:
    code = values.get("company.credit_code", str)
    if code is None:
        return
    if not is_valid(code) and not values.get("company.credit_code_note", str):
        yield error("company.credit_code", "credit-code-wrong")
    elif not organisation_part_agrees(code):
        yield warning("company.credit_code", "credit-code-doubtful")
    owner, record = reference.credit_codes.get(code, (None, ""))
    if owner not in (None, given.organisation_id):
        yield error("company.credit_code", "already-recorded", record=record)
    if Role.LABORATORY in values.words("company.roles") and not values.get("company.cma_number", str):
        yield warning("company.cma_number", "cma-number-missing")


def product(given: Given, values: Values, reference: Reference) -> Iterator[Finding]:
    gtin = values.get("product.gtin", str)
    record = reference.gtins.get(gtin or "")
    if record is not None and record != values.get("about.product", str):
        yield error("product.gtin", "already-recorded", record=record)
    code = values.get("about.product", str)
    kind = values.get("product.kind", str)
    if given.subject is Subject.PRODUCT_CHANGE and code and kind and reference.products[code].kind != kind:
        yield error("product.kind", "kind-never-changes")
    waste = [f"product.{name}" for name in ("waste_percent", "waste_materials", "waste_evidence")]
    stated = [path for path in waste if values.found.get(path) not in (None, ())]
    if stated:
        yield from (error(path, "missing") for path in waste if path not in stated)


def certificate(given: Given, values: Values, reference: Reference) -> Iterator[Finding]:
    body = values.get("certificate.body", str)
    number = values.get("certificate.number", str)
    if body and number:
        record = reference.certificates_named.get((reference.organisations[body].id, fold(number)))
        if record is not None:
            yield error("certificate.number", "already-recorded", record=record)
    yield from _approved(values, reference)
    yield from _certificate_days(values, reference)
    yield from _holders(given, values, reference)
    star = values.get("certificate.star", str)
    if star is not None and values.get("certificate.scheme", str) == Scheme.GREEN_PRODUCT:
        yield error("certificate.star", "star-without-grading")


def _approved(values: Values, reference: Reference) -> Iterator[Finding]:
    """批准范围: on the day of issue, and today, since a lapsed approval takes no new entries."""
    body, scheme = values.get("certificate.body", str), values.get("certificate.scheme", str)
    category, issued = values.get("certificate.category", str), values.get("certificate.issued_on", date)
    if scheme and category and reference.categories[category].scheme != scheme:
        yield error("certificate.category", "category-of-another-scheme")
    if not (body and scheme and category):
        return
    scopes = reference.organisations[body].approved_scopes
    for day in (issued, reference.today):
        if day is None:
            continue
        approved = in_scope(scopes, scheme=scheme, category=category, on=day)
        if approved is None:
            yield error("certificate.body", "approval-unknown")
            return
        if not approved:
            name = reference.categories[category].name_zh
            yield error("certificate.body", "body-out-of-scope", category=name, day=day.isoformat())
            return


def _certificate_days(values: Values, reference: Reference) -> Iterator[Finding]:
    issued, start, end = (
        values.get(f"certificate.{name}", date) for name in ("issued_on", "valid_from", "valid_to")
    )
    if issued and issued > reference.today:
        yield error("certificate.issued_on", "day-ahead", today=reference.today.isoformat())
    if start and end and end < start:
        yield error("certificate.valid_to", "ends-before-it-starts")
    elif end and end < reference.today:
        yield warning("certificate.valid_to", "already-over")
    if issued and start and issued > start:
        yield warning("certificate.issued_on", "issued-after-start")


def _holders(given: Given, values: Values, reference: Reference) -> Iterator[Finding]:
    """The applicant holds it or makes it, and every product named is that manufacturer's."""
    holder, maker = (
        _organisation(given, values, reference, path=f"certificate.{name}")
        for name in ("holder", "manufacturer")
    )
    if given.organisation_id not in (holder, maker):
        yield error("certificate.holder", "certificate-of-another")
    for row in values.rows.get(Part.CERTIFICATE, ()):
        path = f"certificate.rows.{row}.product"
        code = values.get(path, str)
        if code is not None and reference.products[code].manufacturer_id != maker:
            yield error(path, "product-of-another")


def _organisation(given: Given, values: Values, reference: Reference, *, path: str) -> UUID:
    """The organisation a field names; the applicant where it is blank, since nothing is asked twice."""
    code = values.get(path, str)
    return given.organisation_id if code is None else reference.organisations[code].id


def report(_given: Given, values: Values, reference: Reference) -> Iterator[Finding]:
    laboratory, number = values.get("report.laboratory", str), values.get("report.number", str)
    if laboratory and number:
        record = reference.reports_named.get((reference.organisations[laboratory].id, fold(number)))
        if record is not None:
            yield error("report.number", "already-recorded", record=record)
    tested = values.get("report.tested_on", date)
    if tested and tested > reference.today:
        yield error("report.tested_on", "day-ahead", today=reference.today.isoformat())
    if values.get("report.complete", bool) is None:
        yield warning("report.complete", "completeness-not-stated")
    for row in values.rows.get(Part.REPORT, ()):
        yield from _indicator(values, f"report.indicators.{row}")


def _indicator(values: Values, path: str) -> Iterator[Finding]:
    limit, value = values.get(f"{path}.limit", Decimal), values.get(f"{path}.value", Decimal)
    comparator = values.get(f"{path}.comparator", str)
    if limit is None or comparator is None:
        return
    if value is None:
        yield warning(f"{path}.value", "value-not-stated")
        return
    met = {
        Comparator.AT_LEAST: value >= limit,
        Comparator.AT_MOST: value <= limit,
        Comparator.EQUALS: value == limit,
    }[Comparator(comparator)]
    if not met:
        yield warning(f"{path}.value", "limit-not-met")


def self_declaration(_given: Given, values: Values, reference: Reference) -> Iterator[Finding]:
    day = values.get("self_declaration.declared_on", date)
    if day and day > reference.today:
        yield error("self_declaration.declared_on", "day-ahead", today=reference.today.isoformat())


def validity(values: Values, reference: Reference) -> Iterator[Finding]:
    """Of a carbon declaration, whose document may state a month or a year only."""
    start, end = values.found.get("carbon.valid_from"), values.found.get("carbon.valid_to")
    if not isinstance(start, PartialDay) or not isinstance(end, PartialDay):
        return
    if end.last_day() < start.day:
        yield error("carbon.valid_to", "ends-before-it-starts")
    elif end.last_day() < reference.today:
        yield warning("carbon.valid_to", "already-over")
