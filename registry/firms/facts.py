"""Honours 荣誉, energy records 单位产品能耗 and disclosures 碳信息披露 of organisations and their plants.

None of them speaks for a product, and none enters a ratio. What a document does not state is None, never 0.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from registry.declarations.facts import PartialDay, Verification
from registry.kit.known_by import KnownBy
from registry.kit.types import NO_NUL, Exact, Fact

Words = Annotated[str, Field(min_length=1, max_length=400, pattern=NO_NUL)]
Tonnes = Annotated[Exact, Field(ge=0)]


class HonourKind(StrEnum):
    """绿色工厂, 绿色供应链管理企业, 示范企业, 示范基地."""

    GREEN_FACTORY = "green_factory"
    GREEN_SUPPLY_CHAIN = "green_supply_chain"
    DEMONSTRATION_FIRM = "demonstration_firm"
    DEMONSTRATION_BASE = "demonstration_base"


class HonourLevel(StrEnum):
    NATIONAL = "national"
    PROVINCIAL = "provincial"
    MUNICIPAL = "municipal"


class EnergyProduct(StrEnum):
    """The products for which the loaded tables hold figures."""

    CLINKER = "clinker"
    FLAT_GLASS = "flat_glass"
    PV_GLASS = "pv_glass"
    CERAMIC_TILE = "ceramic_tile"
    SANITARY_CERAMICS = "sanitary_ceramics"


class EnergyUnit(StrEnum):
    """Coal equivalent per amount of product; a weight case 重量箱 of flat glass is 50 kg."""

    KGCE_PER_T = "kgce/t"
    TCE_PER_T = "tce/t"
    KGCE_PER_WEIGHT_CASE = "kgce/weight case"
    KGCE_PER_M2 = "kgce/m2"


class FirmFact(Fact):
    """Of an organisation as a whole (`plant_id` None) or of a plant; what is taken out stays readable."""

    id: UUID
    code: str
    organisation_id: UUID
    plant_id: UUID | None = None
    known_by: KnownBy
    removed: bool = False
    removed_reason: str | None = None


class HonourFact(FirmFact):
    """What an authority awarded, in which document; a term that the document does not state is None."""

    kind: HonourKind
    level: HonourLevel
    authority: Words
    document: Words
    document_number: Words | None = None
    awarded_on: PartialDay
    valid_from: date | None = None
    valid_to: date | None = None
    address: Words | None = None

    @model_validator(mode="after")
    def _days_run_forward(self) -> "HonourFact":
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("the term runs backwards")
        return self


class EnergyRecordFact(FirmFact):
    """Energy per unit of one product of a plant in a period; `size` is what benchmarks are graded by."""

    product: EnergyProduct
    size: Annotated[Exact, Field(ge=0)] | None = None
    value: Annotated[Exact, Field(ge=0)] | None = None
    unit: EnergyUnit
    period_from: date
    period_to: date
    boundary: Words
    method: Words
    source: Words

    @model_validator(mode="after")
    def _of_one_plant_and_forward(self) -> "EnergyRecordFact":
        if self.plant_id is None:
            raise ValueError("energy is measured at a plant")
        if self.period_to < self.period_from:
            raise ValueError("the period runs backwards")
        return self


class DisclosureFact(FirmFact):
    """A carbon report of a firm or plant for one year; t CO₂e, and the digest of the published document."""

    title: Words
    year: Annotated[int, Field(ge=1990, le=2100)]
    boundary: Words
    standard: Words
    scope1_t: Tonnes | None = None
    scope2_t: Tonnes | None = None
    verification: Verification
    verifier_id: UUID | None = None
    document_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    address: Words | None = None
    published_on: date | None = None
