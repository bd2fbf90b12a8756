"""What we publish about organisations and plants; no person's name or contact ever stands here."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import Field, model_validator

from registry.kit.types import NO_NUL, Fact
from registry.parties.credit_code import is_valid


class Role(StrEnum):
    """The separate roles an organisation may hold; one firm may hold several."""

    MANUFACTURER = "manufacturer"
    HOLDER = "holder"
    CERTIFICATION_BODY = "certification_body"
    LABORATORY = "laboratory"
    VERIFIER = "verifier"
    BUYER = "buyer"
    DEALER = "dealer"


class ApprovedScope(Fact):
    """What a certification body may certify, by scheme and category, between two days (inclusive)."""

    scheme: str
    categories: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None


class OrganisationFact(Fact):
    """An organisation. `controller` groups firms under one controller: they count as one competitor."""

    id: UUID
    code: str
    name_zh: str = Field(max_length=200, pattern=NO_NUL)
    name_en: str
    credit_code: str = Field(max_length=18, pattern=NO_NUL)
    credit_code_note: str | None = None
    roles: tuple[Role, ...]
    region: str = Field(max_length=6, pattern=NO_NUL)
    controller: str | None = None
    approved_scopes: tuple[ApprovedScope, ...] = ()
    cma_number: str | None = None
    invented: bool = False

    @model_validator(mode="after")
    def _credit_code_checks_or_is_explained(self) -> "OrganisationFact":
        if not is_valid(self.credit_code) and not self.credit_code_note:
            raise ValueError("the credit code's check character is wrong and no note explains it")
        return self


class PlantFact(Fact):
    """A production site 生产厂 of one organisation."""

    id: UUID
    code: str
    organisation_id: UUID
    name_zh: str
    name_en: str
    region: str = Field(max_length=6, pattern=NO_NUL)
    delivery_radius_km: int | None = None
    closed_on: date | None = None
