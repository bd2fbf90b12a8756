"""A certificate: its parties, its scope rows, its stored state and how we know it.

Stored states are 有效, 暂停, 撤销 and 注销; 过期 follows from the day. 恢复, 变更换证 and 延续 are acts;
异议 is a flag beside the state. A certificate covers rows (unit × models × plant × trademark), never a batch.
"""

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import Field, model_validator

from registry.kit.known_by import KnownBy
from registry.kit.types import NO_NUL, Fact


class Scheme(StrEnum):
    """Certification schemes; a green-product certificate has no star."""

    GRADED = "graded"
    GREEN_PRODUCT = "green_product"


class State(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


class ActKind(StrEnum):
    """What brought a version about."""

    ISSUE = "issue"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"
    REISSUE = "reissue"
    RENEW = "renew"
    OBJECT = "object"
    SETTLE = "settle"
    CORRECT = "correct"


class ScopeRow(Fact):
    """One row of the annex: models of products from one plant under one trademark.

    `models` holds exact models or ranges as printed ("C15–C60"); empty means every model of the products.
    """

    row: int
    unit_name: str
    product_ids: tuple[UUID, ...]
    product_name: str
    models: tuple[str, ...]
    plant_id: UUID
    trademark: str | None = None
    annex_page: int | None = None


class CertificateFact(Fact):
    """One version of a certificate; `act` with its reason and paper says what brought it about.

    The paper itself is private; its SHA-256 proves later which one it was.
    """

    id: UUID
    code: str
    body_id: UUID
    number: str = Field(max_length=120, pattern=NO_NUL)
    scheme: Scheme
    category: str
    star: int | None = None
    standards: tuple[str, ...]
    holder_id: UUID
    manufacturer_id: UUID
    issued_on: date
    valid_from: date
    valid_to: date
    reissued_on: date | None = None
    renews_id: UUID | None = None
    state: State
    act: ActKind
    act_reason: str | None = None
    act_evidence: str | None = Field(None, max_length=400, pattern=NO_NUL)
    act_evidence_sha256: str | None = Field(None, pattern="^[0-9a-f]{64}$")
    appeal_until: date | None = None
    disputed: bool = False
    contract_manufacturing: bool = False
    last_surveillance_on: date | None = None
    next_surveillance_on: date | None = None
    rows: tuple[ScopeRow, ...]
    known_by: KnownBy

    @model_validator(mode="after")
    def _parts_agree(self) -> "CertificateFact":
        if self.valid_to < self.valid_from:
            raise ValueError("the validity runs backwards")
        if self.scheme is Scheme.GREEN_PRODUCT and self.star is not None:
            raise ValueError("a green-product certificate has no star")
        if self.star is not None and self.star not in (1, 2, 3):
            raise ValueError("stars are 1, 2 or 3")
        if len({row.row for row in self.rows}) != len(self.rows):
            raise ValueError("two scope rows have the same number")
        return self
