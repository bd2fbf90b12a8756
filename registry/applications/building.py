"""From values that were found in order to the records they become; how they are known is settled later."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from registry.applications import carbon, firms
from registry.applications.builder import Builder
from registry.applications.fields import Part
from registry.applications.given import Record
from registry.applications.parts import Subject
from registry.certificates.facts import ActKind, CertificateFact, Scheme, ScopeRow, State
from registry.declarations.facts import (
    DataKind,
    DeclarationFact,
    DocumentKind,
    PartialDay,
    Verification,
)
from registry.kit.known_by import KnownBy, Source
from registry.kit.types import plain
from registry.parties.facts import OrganisationFact, PlantFact, Role
from registry.products.facts import ProductFact, SolidWaste
from registry.products.service import performance
from registry.reports.facts import (
    Comparator,
    Indicator,
    SampleType,
    SelfDeclarationFact,
    TestReportFact,
)

# Until two persons have looked, a copied document is transcribed and nothing more.
_TRANSCRIBED = KnownBy(source=Source.TRANSCRIBED)
_SELF_STATED = KnownBy(source=Source.SELF_STATED)


def records(by: Builder) -> Iterator[tuple[Part, Record]]:
    """The records in the order in which they are published: a product before what names it."""
    for part in by.given.parts():
        if part in _BUILD:
            yield part, _BUILD[part](by)


def _organisation(by: Builder) -> OrganisationFact:
    """An organisation keeps its number, its controller and what bodies were approved for."""
    before = by.reference.applicant
    fresh = OrganisationFact(
        id=by.given.organisation_id,
        code=before.code if before else by.code(Part.COMPANY),
        name_zh=by.text("company.name_zh"),
        name_en=by.text("company.name_en"),
        credit_code=by.text("company.credit_code"),
        credit_code_note=by.values.get("company.credit_code_note", str),
        roles=tuple(Role(role) for role in by.values.words("company.roles")),
        region=by.text("company.region"),
        cma_number=by.values.get("company.cma_number", str),
        invented=by.reference.demonstration,
    )
    if before is None:
        return fresh
    kept = {"controller": before.controller, "approved_scopes": before.approved_scopes}
    return fresh.model_copy(update=kept)


def _plant(by: Builder) -> PlantFact:
    return PlantFact(
        id=by.given.key(Part.PLANT),
        code=by.code(Part.PLANT),
        organisation_id=by.given.organisation_id,
        name_zh=by.text("plant.name_zh"),
        name_en=by.text("plant.name_en"),
        region=by.text("plant.region"),
        delivery_radius_km=by.values.get("plant.delivery_radius_km", int),
    )


def _product(by: Builder) -> ProductFact:
    values, before = by.values, by.known_product() if by.given.subject is Subject.PRODUCT_CHANGE else None
    kind = by.reference.kinds[by.text("product.kind")]
    attributes = {
        spec.name: _attribute(values.found[path])
        for spec in kind.attributes
        if (path := f"product.attributes.{spec.name}") in values.found
    }
    return ProductFact(
        id=before.id if before else by.given.key(Part.PRODUCT),
        code=before.code if before else by.code(Part.PRODUCT),
        kind=kind.kind,
        name_zh=by.text("product.name_zh"),
        name_en=by.text("product.name_en"),
        manufacturer_id=by.given.organisation_id,
        plant_ids=by.plants("product.plants"),
        brand=values.get("product.brand", str),
        brand_owner_id=by.optional_organisation("product.brand_owner"),
        models=values.words("product.models"),
        attributes=attributes,
        performance=performance(kind, attributes),
        unit=by.text("product.unit"),
        density_kg_m3=values.get("product.density_kg_m3", Decimal),
        thickness_mm=values.get("product.thickness_mm", Decimal),
        mass_kg_m2=values.get("product.mass_kg_m2", Decimal),
        mass_kg_piece=values.get("product.mass_kg_piece", Decimal),
        solid_waste=_waste(by),
        gtin=values.get("product.gtin", str),
        description_zh=values.get("product.description_zh", str) or "",
        description_en=values.get("product.description_en", str) or "",
        dealers=before.dealers if before else (),
    )


def _attribute(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain(value) if isinstance(value, Decimal) else str(value)


def _waste(by: Builder) -> SolidWaste | None:
    percent = by.values.get("product.waste_percent", Decimal)
    if percent is None:
        return None
    materials, evidence = by.values.words("product.waste_materials"), by.text("product.waste_evidence")
    return SolidWaste(percent=percent, materials=materials, evidence=evidence)


def _certificate(by: Builder) -> CertificateFact:
    values = by.values
    rows = tuple(_scope_row(by, row) for row in values.rows[Part.CERTIFICATE])
    maker, star = by.organisation("certificate.manufacturer"), values.get("certificate.star", str)
    renews = values.get("certificate.renews", str)
    made_by = {plant.id: plant.organisation_id for plant in by.reference.plants.values()}
    return CertificateFact(
        id=by.given.key(Part.CERTIFICATE),
        code=by.code(Part.CERTIFICATE),
        body_id=by.organisation("certificate.body"),
        number=by.text("certificate.number"),
        scheme=Scheme(by.text("certificate.scheme")),
        category=by.text("certificate.category"),
        star=int(star) if star else None,
        standards=values.words("certificate.standards"),
        holder_id=by.organisation("certificate.holder"),
        manufacturer_id=maker,
        issued_on=by.day("certificate.issued_on"),
        valid_from=by.day("certificate.valid_from"),
        valid_to=by.day("certificate.valid_to"),
        renews_id=by.reference.certificates[renews].id if renews else None,
        state=State.ACTIVE,
        act=ActKind.RENEW if renews else ActKind.ISSUE,
        contract_manufacturing=any(made_by[row.plant_id] != maker for row in rows),
        last_surveillance_on=values.get("certificate.last_surveillance_on", date),
        next_surveillance_on=values.get("certificate.next_surveillance_on", date),
        rows=rows,
        known_by=_TRANSCRIBED,
    )


def _scope_row(by: Builder, row: int) -> ScopeRow:
    path = f"certificate.rows.{row}"
    code = by.values.get(f"{path}.product", str)
    return ScopeRow(
        row=row,
        unit_name=by.text(f"{path}.unit_name"),
        product_ids=(by.reference.products[code].id if code else by.product_id(),),
        product_name=by.text(f"{path}.product_name"),
        models=by.values.words(f"{path}.models"),
        plant_id=by.plant(f"{path}.plant").id,
        trademark=by.values.get(f"{path}.trademark", str),
        annex_page=by.values.get(f"{path}.annex_page", int),
    )


def _report(by: Builder) -> TestReportFact:
    values = by.values
    return TestReportFact(
        id=by.given.key(Part.REPORT),
        code=by.code(Part.REPORT),
        number=by.text("report.number"),
        laboratory_id=by.organisation("report.laboratory"),
        within_cma_scope=values.get("report.within_cma_scope", bool),
        sample_type=SampleType(by.text("report.sample_type")),
        product_id=by.product_id(),
        models=values.words("report.models"),
        plant_id=by.plant("report.plant").id,
        tested_on=by.day("report.tested_on"),
        demand_standard=by.text("report.demand_standard"),
        indicators=tuple(_indicator(by, row) for row in values.rows[Part.REPORT]),
        complete=values.get("report.complete", bool),
        known_by=_TRANSCRIBED,
    )


def _indicator(by: Builder, row: int) -> Indicator:
    path = f"report.indicators.{row}"
    return Indicator(
        name_zh=by.text(f"{path}.name_zh"),
        name_en=by.text(f"{path}.name_en"),
        comparator=Comparator(by.text(f"{path}.comparator")),
        limit=by.values.need(f"{path}.limit", Decimal),
        value=by.values.get(f"{path}.value", Decimal),
        unit=by.text(f"{path}.unit"),
        page=by.values.get(f"{path}.page", int),
    )


def _self_declaration(by: Builder) -> SelfDeclarationFact:
    return SelfDeclarationFact(
        id=by.given.key(Part.SELF_DECLARATION),
        code=by.code(Part.SELF_DECLARATION),
        product_id=by.product_id(),
        declared_on=by.day("self_declaration.declared_on"),
        claim_zh=by.text("self_declaration.claim_zh"),
        claim_en=by.text("self_declaration.claim_en"),
        known_by=_SELF_STATED,
    )


def _carbon(by: Builder) -> DeclarationFact:
    values = by.values
    start, end = values.found["carbon.valid_from"], values.found["carbon.valid_to"]
    assert isinstance(start, PartialDay)
    assert isinstance(end, PartialDay)
    before = by.reference.followed
    return DeclarationFact(
        id=by.given.key(Part.CARBON),
        code=before.code if before else by.code(Part.CARBON),
        product_ids=(before.product_ids if before else ()) or (by.product_id(),),
        plant_ids=by.plants("carbon.plants"),
        document=DocumentKind(by.text("carbon.document")),
        number=by.text("carbon.number"),
        standard=by.text("carbon.standard"),
        pcr=values.get("carbon.pcr", str),
        indicator=by.text("carbon.indicator"),
        declared_unit=by.text("carbon.declared_unit"),
        declared_amount=values.need("carbon.declared_amount", Decimal),
        mass_kg=values.get("carbon.mass_kg", Decimal),
        modules=carbon.modules(values),
        data_kind=DataKind(by.text("carbon.data_kind")),
        verification=Verification(by.text("carbon.verification")),
        verifier_id=by.optional_organisation("carbon.verifier"),
        operator=values.get("carbon.operator", str),
        valid_from=start,
        valid_to=end,
        reference_year=values.get("carbon.reference_year", int),
    )


_BUILD: Mapping[Part, Callable[[Builder], Record]] = {
    Part.COMPANY: _organisation,
    Part.PLANT: _plant,
    Part.PRODUCT: _product,
    Part.CERTIFICATE: _certificate,
    Part.REPORT: _report,
    Part.SELF_DECLARATION: _self_declaration,
    Part.CARBON: _carbon,
    Part.HONOUR: firms.honour,
    Part.ENERGY: firms.energy_record,
    Part.DISCLOSURE: firms.disclosure,
}
