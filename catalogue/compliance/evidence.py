"""Everything one bill line can be judged by on one day, as plain values loaded beforehand."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Scheme(StrEnum):
    """Graded green building-material certification, or a GB/T green-product certificate without a star."""

    GRADED = "graded"
    GREEN_PRODUCT = "green_product"
    OTHER = "other"


class CertificateState(StrEnum):
    """The certificate's state on the day judged; the register derives it."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"


class SampleType(StrEnum):
    SAMPLED = "sampled"  # 抽样
    WITNESSED = "witnessed"  # 见证取样
    SENT_IN = "sent_in"  # 送样


class Comparator(StrEnum):
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    BELOW = "below"
    ABOVE = "above"
    EQUAL = "equal"


class ItemKind(StrEnum):
    CERTIFICATE = "certificate"
    TEST_REPORT = "test_report"
    SELF_DECLARATION = "self_declaration"
    CATALOGUE_LISTING = "catalogue_listing"


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """One row of a certificate annex. `models` lists exact texts or ranges; empty restricts nothing."""

    row_id: str
    cert_unit: str
    product_ids: tuple[str, ...]
    models: tuple[str, ...]
    plant_id: str | None
    trademark: str | None = None
    annex_page: int | None = None
    plant_name: str | None = None

    @property
    def plant_shown(self) -> str:
        return self.plant_name or self.plant_id or "—"


@dataclass(frozen=True, slots=True)
class CertificateFact:
    """`body_scope_ok`: the category lies in the body's approved scope that day; None means not checked.

    `state_since` is the day of the act that led to the state, and `suspensions` are days it did not cover:
    each from its first day until the day it no longer stood, None while it stands.
    """

    id: str
    number: str
    body_name: str
    scheme: Scheme
    star: int | None
    category_codes: tuple[str, ...]
    state_on_day: CertificateState
    valid_from: date
    valid_to: date
    state_since: date | None
    state_reason: str | None
    body_scope_ok: bool | None
    dispute: bool
    standard_replaced_on: date | None
    known_by: str
    checked_on: date | None
    rows: tuple[ScopeRow, ...]
    suspensions: tuple[tuple[date, date | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of a report's matrix against the demand standard; `value` None means not tested."""

    name: str
    comparator: Comparator
    limit: Decimal
    value: Decimal | None
    unit: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class ReportFact:
    """`cma_ok`: the laboratory's 资质认定 covers the tests; None means not checked.

    `complete`: the indicators are all that the demand standard asks of the product; None means not checked.
    """

    id: str
    number: str
    lab: str
    cma_ok: bool | None
    sample_type: SampleType
    product_id: str
    models: tuple[str, ...]
    plant_id: str | None
    date: date
    demand_standard: str
    indicators: tuple[Indicator, ...]
    known_by: str
    complete: bool | None = None
    plant_name: str | None = None


@dataclass(frozen=True, slots=True)
class SelfDeclarationFact:
    id: str
    product_id: str
    declared_on: date


@dataclass(frozen=True, slots=True)
class ListingFact:
    """An entry of a promotion catalogue; `removed_on` is the first day it no longer stands."""

    id: str
    catalogue: str
    product_id: str
    plant_id: str | None
    entered_on: date
    removed_on: date | None = None


@dataclass(frozen=True, slots=True)
class LineEvidence:
    """One product of one bill line on its reference day. `product_id` None: the line is not matched.

    Plants are compared by id and shown by name, since no reader knows an id.
    """

    product_id: str | None
    model: str | None
    plant_id: str | None
    trademark: str | None
    day: date
    production_day: date | None = None
    certificates: tuple[CertificateFact, ...] = ()
    reports: tuple[ReportFact, ...] = ()
    self_declarations: tuple[SelfDeclarationFact, ...] = ()
    listings: tuple[ListingFact, ...] = ()
    plant_name: str | None = None

    @property
    def plant_shown(self) -> str:
        return self.plant_name or self.plant_id or "—"
