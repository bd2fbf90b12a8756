"""What we publish about a product."""

from uuid import UUID

from pydantic import Field

from registry.kit.types import NO_NUL, Exact, Fact


class SolidWaste(Fact):
    """Solid-waste content by mass, with what the figure rests on."""

    percent: Exact
    materials: tuple[str, ...]
    evidence: str


class ProductFact(Fact):
    """A product of one manufacturer 制造商, made at one or more plants 生产厂, in one or more models.

    `attributes` holds values by the names of its material kind's specification: text for closed lists and
    free text, canonical decimals for numbers, "true" / "false" for yes and no. Conversions are stated facts:
    density in kg/m³, thickness in mm, mass in kg/m² or kg per piece; None means not stated.
    """

    id: UUID
    code: str
    kind: str = Field(max_length=64, pattern=NO_NUL)
    name_zh: str
    name_en: str
    manufacturer_id: UUID
    plant_ids: tuple[UUID, ...]
    brand: str | None = None
    brand_owner_id: UUID | None = None
    models: tuple[str, ...]
    attributes: dict[str, str] = Field(default_factory=dict)
    performance: str | None = None
    unit: str
    density_kg_m3: Exact | None = None
    thickness_mm: Exact | None = None
    mass_kg_m2: Exact | None = None
    mass_kg_piece: Exact | None = None
    solid_waste: SolidWaste | None = None
    gtin: str | None = Field(None, max_length=14, pattern=NO_NUL)
    description_zh: str = ""
    description_en: str = ""
    dealers: tuple[str, ...] = ()
    removed: bool = False
    removed_reason: str | None = None
