"""What each part of an application asks, and which parts each subject has: data, no code."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from registry.access.actors import GIVEN_ROLES, ActorRole
from registry.applications.fields import Field, FieldKind, Part, Rows, Section, When
from registry.certificates.facts import Scheme
from registry.declarations.facts import MODULES, DataKind, DocumentKind, Verification
from registry.firms.facts import EnergyProduct, EnergyUnit, HonourKind, HonourLevel
from registry.parties.facts import Role
from registry.reports.facts import Comparator, SampleType

_K = FieldKind
_PER_UNIT = "kgCO2e"


def _values(closed: type[StrEnum]) -> tuple[str, ...]:
    return tuple(member.value for member in closed)


COMPANY = Section(
    Part.COMPANY,
    (
        Field("name_zh", required=True, longest=200),
        Field("name_en", required=True, longest=200),
        Field("credit_code", _K.CREDIT_CODE, required=True),
        Field("credit_code_note"),
        Field("region", _K.REGION, required=True),
        Field("roles", _K.CHOICES, required=True, options=_values(Role)),
        Field("cma_number", longest=60),
    ),
)
PLANT = Section(
    Part.PLANT,
    (
        Field("name_zh", required=True, longest=200),
        Field("name_en", required=True, longest=200),
        Field("region", _K.REGION, required=True),
        Field("delivery_radius_km", _K.WHOLE, unit="km", positive=True),
    ),
)
ABOUT = Section(Part.ABOUT, (Field("product", _K.PRODUCT, required=True),))
PRODUCT = Section(
    Part.PRODUCT,
    (
        Field("kind", _K.MATERIAL, required=True),
        Field("name_zh", required=True, longest=200),
        Field("name_en", required=True, longest=200),
        Field("plants", _K.PLANTS, required=True),
        Field("models", _K.LINES, required=True),
        Field("brand", longest=120),
        Field("brand_owner", _K.ORGANISATION),
        Field("unit", _K.UNIT, required=True),
        Field("density_kg_m3", _K.NUMBER, unit="kg/m3", positive=True),
        Field("thickness_mm", _K.NUMBER, unit="mm", positive=True),
        Field("mass_kg_m2", _K.NUMBER, unit="kg/m2", positive=True),
        Field("mass_kg_piece", _K.NUMBER, unit="kg", positive=True),
        Field("waste_percent", _K.NUMBER, unit="%"),
        Field("waste_materials", _K.LINES),
        Field("waste_evidence"),
        Field("gtin", _K.GTIN),
        Field("description_zh", longest=2000),
        Field("description_en", longest=2000),
    ),
    attributes=True,
)
CERTIFICATE = Section(
    Part.CERTIFICATE,
    (
        Field("body", _K.ORGANISATION, required=True, role=Role.CERTIFICATION_BODY),
        Field("number", required=True, longest=120),
        Field("scheme", _K.CHOICE, required=True, options=_values(Scheme)),
        Field("category", _K.CATEGORY, required=True),
        Field("star", _K.CHOICE, required=When("scheme", (Scheme.GRADED,)), options=("1", "2", "3")),
        Field("standards", _K.LINES, required=True),
        Field("holder", _K.ORGANISATION),
        Field("manufacturer", _K.ORGANISATION),
        Field("issued_on", _K.DAY, required=True),
        Field("valid_from", _K.DAY, required=True),
        Field("valid_to", _K.DAY, required=True),
        Field("renews", _K.CERTIFICATE),
        Field("last_surveillance_on", _K.DAY),
        Field("next_surveillance_on", _K.DAY),
    ),
    rows=Rows(
        "rows",
        (
            Field("unit_name", required=True, longest=200),
            Field("product", _K.PRODUCT),
            Field("product_name", required=True, longest=200),
            Field("models", _K.LINES),
            Field("plant", _K.PLANT, required=True),
            Field("trademark", longest=120),
            Field("annex_page", _K.WHOLE, positive=True),
        ),
    ),
)
REPORT = Section(
    Part.REPORT,
    (
        Field("laboratory", _K.ORGANISATION, required=True, role=Role.LABORATORY),
        Field("number", required=True, longest=120),
        Field("within_cma_scope", _K.YES_NO),
        Field("sample_type", _K.CHOICE, required=True, options=_values(SampleType)),
        Field("models", _K.LINES, required=True),
        Field("plant", _K.PLANT, required=True),
        Field("tested_on", _K.DAY, required=True),
        Field("demand_standard", required=True, longest=200),
        Field("complete", _K.YES_NO),
    ),
    rows=Rows(
        "indicators",
        (
            Field("name_zh", required=True, longest=200),
            Field("name_en", required=True, longest=200),
            Field("comparator", _K.CHOICE, required=True, options=_values(Comparator)),
            Field("limit", _K.NUMBER, required=True),
            Field("value", _K.NUMBER),
            Field("unit", required=True, longest=40),
            Field("page", _K.WHOLE, positive=True),
        ),
    ),
)
SELF_DECLARATION = Section(
    Part.SELF_DECLARATION,
    (
        Field("declared_on", _K.DAY, required=True),
        Field("claim_zh", required=True, longest=2000),
        Field("claim_en", required=True, longest=2000),
    ),
)
CARBON = Section(
    Part.CARBON,
    (
        Field("document", _K.CHOICE, required=True, options=_values(DocumentKind)),
        Field("number", required=True, longest=120),
        Field("standard", required=True, longest=120),
        Field("pcr", longest=200),
        Field("indicator", required=True, longest=60),
        Field("declared_unit", _K.UNIT, required=True),
        Field("declared_amount", _K.NUMBER, required=True, positive=True),
        Field("mass_kg", _K.NUMBER, unit="kg", positive=True),
        Field("plants", _K.PLANTS),
        *(Field(f"modules.{module}", _K.NUMBER, unit=_PER_UNIT) for module in MODULES),
        Field("data_kind", _K.CHOICE, required=True, options=_values(DataKind)),
        Field("verification", _K.CHOICE, required=True, options=_values(Verification)),
        Field(
            "verifier",
            _K.ORGANISATION,
            required=When("verification", (Verification.THIRD_PARTY,)),
            role=Role.VERIFIER,
        ),
        Field("operator", longest=200),
        Field("valid_from", _K.PARTIAL_DAY, required=True),
        Field("valid_to", _K.PARTIAL_DAY, required=True),
        Field("reference_year", _K.WHOLE, positive=True),
    ),
)
HONOUR = Section(
    Part.HONOUR,
    (
        Field("kind", _K.CHOICE, required=True, options=_values(HonourKind)),
        Field("level", _K.CHOICE, required=True, options=_values(HonourLevel)),
        Field("authority", required=True),
        Field("document", required=True),
        Field("document_number", longest=200),
        Field("awarded_on", _K.PARTIAL_DAY, required=True),
        Field("valid_from", _K.DAY),
        Field("valid_to", _K.DAY),
        Field("plant", _K.PLANT),
        Field("address"),
    ),
)
ENERGY = Section(
    Part.ENERGY,
    (
        Field("plant", _K.PLANT, required=True),
        Field("product", _K.CHOICE, required=True, options=_values(EnergyProduct)),
        Field("size", _K.NUMBER),
        Field("value", _K.NUMBER),
        Field("unit", _K.CHOICE, required=True, options=_values(EnergyUnit)),
        Field("period_from", _K.DAY, required=True),
        Field("period_to", _K.DAY, required=True),
        Field("boundary", required=True),
        Field("method", required=True),
        Field("source", required=True),
    ),
)
DISCLOSURE = Section(
    Part.DISCLOSURE,
    (
        Field("title", required=True),
        Field("year", _K.WHOLE, required=True, positive=True),
        Field("plant", _K.PLANT),
        Field("boundary", required=True),
        Field("standard", required=True),
        Field("scope1_t", _K.NUMBER, unit="tCO2e"),
        Field("scope2_t", _K.NUMBER, unit="tCO2e"),
        Field("verification", _K.CHOICE, required=True, options=_values(Verification)),
        Field(
            "verifier",
            _K.ORGANISATION,
            required=When("verification", (Verification.THIRD_PARTY,)),
            role=Role.VERIFIER,
        ),
        Field("document_sha256", longest=64),
        Field("address"),
        Field("published_on", _K.DAY),
    ),
)
SECTIONS: Mapping[Part, Section] = {
    section.part: section
    for section in (
        COMPANY,
        PLANT,
        ABOUT,
        PRODUCT,
        CERTIFICATE,
        REPORT,
        SELF_DECLARATION,
        CARBON,
        HONOUR,
        ENERGY,
        DISCLOSURE,
    )
}


class Subject(StrEnum):
    """What an application is about."""

    NEW_PRODUCT = "new_product"
    PRODUCT_CHANGE = "product_change"
    CERTIFICATE = "certificate"
    REPORT = "report"
    SELF_DECLARATION = "self_declaration"
    CARBON = "carbon"
    ORGANISATION = "organisation"
    PLANT = "plant"
    PRODUCT_LIST = "product_list"
    HONOUR = "honour"
    ENERGY = "energy"
    DISCLOSURE = "disclosure"


@dataclass(frozen=True, slots=True)
class Asked:
    """The parts a subject must have and may have, and who may start it; an empty part is left out."""

    must: tuple[Part, ...]
    may: tuple[Part, ...] = ()
    roles: tuple[ActorRole, ...] = (ActorRole.MANUFACTURER, ActorRole.AGENT)

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(part for part in Part if part in (*self.must, *self.may))


_EVIDENCE = (Part.CERTIFICATE, Part.REPORT, Part.SELF_DECLARATION, Part.CARBON)
ASKED: Mapping[Subject, Asked] = {
    Subject.NEW_PRODUCT: Asked((Part.PRODUCT,), _EVIDENCE),
    Subject.PRODUCT_CHANGE: Asked((Part.ABOUT, Part.PRODUCT), _EVIDENCE),
    Subject.CERTIFICATE: Asked((Part.ABOUT, Part.CERTIFICATE)),
    Subject.REPORT: Asked((Part.ABOUT, Part.REPORT)),
    Subject.SELF_DECLARATION: Asked((Part.ABOUT, Part.SELF_DECLARATION)),
    Subject.CARBON: Asked((Part.ABOUT, Part.CARBON)),
    # Whoever works for an organisation may have it verified.
    Subject.ORGANISATION: Asked((Part.COMPANY,), roles=GIVEN_ROLES),
    Subject.PLANT: Asked((Part.PLANT,)),
    # Nothing is typed: its rows came from a file and stand in lists.py.
    Subject.PRODUCT_LIST: Asked(()),
    Subject.HONOUR: Asked((Part.HONOUR,)),
    Subject.ENERGY: Asked((Part.ENERGY,)),
    Subject.DISCLOSURE: Asked((Part.DISCLOSURE,)),
}
