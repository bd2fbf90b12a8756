"""The flat record of one product as every search engine indexes it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Status(StrEnum):
    """State of the best certificate on the day; expired is derived from that day."""

    VALID = "valid"
    NONE = "none"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


class Evidence(StrEnum):
    CERTIFICATE = "certificate"
    TEST_REPORT = "test_report"
    SELF_DECLARATION = "self_declaration"
    GREEN_PRODUCT = "green_product"


class DataKind(StrEnum):
    """What the carbon figure describes."""

    SPECIFIC = "specific"
    AVERAGE = "average"
    GENERIC = "generic"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductDocument:
    """None and empty mean "not stated"; `version` is the feed position the record was read at."""

    id: str
    number: str
    version: int
    name_zh: str
    name_en: str = ""
    kind: str = ""
    kind_path: tuple[str, ...] = ()  # ancestors and itself
    kind_names: tuple[str, ...] = ()
    kind_words: tuple[str, ...] = ()  # what people call the kind: a query that says just this means the kind
    category: tuple[str, ...] = ()
    category_names: tuple[str, ...] = ()
    maker: str = ""
    maker_id: str = ""
    maker_code: str = ""
    plants: tuple[str, ...] = ()  # ids of the plants it is made at
    brand: str = ""
    models: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()  # with the evaluation standards of its category
    category_standards: tuple[str, ...] = ()  # these alone: they say less than what stands on its own papers
    certificate_numbers: tuple[str, ...] = ()
    paper_numbers: tuple[str, ...] = ()  # 登记号 of its certificates, and every number of the other papers
    paper_standards: tuple[str, ...] = ()  # what its declarations and reports were made by
    province: str = ""  # GB/T 2260
    province_name: str = ""
    city: str = ""
    places: tuple[str, ...] = ()  # provinces and cities of all its plants, in both languages
    evidence: tuple[Evidence, ...] = ()
    status: Status = Status.NONE
    star: int | None = None
    body: str = ""
    data_kind: DataKind = DataKind.NONE
    performance: str = ""
    gwp: Decimal | None = None  # A1-A3 per unit of comparison, only where comparable
    gwp_basis: str | None = None
    unit: str = ""
    waste_content: Decimal | None = None  # percent
    valid_from: date | None = None
    valid_to: date | None = None
    description: str = ""
    tags: tuple[str, ...] = ()
    values: tuple[str, ...] = ()  # what sort of its kind it is: attribute values as people say them
    next_change_on: date | None = None  # first day on which its derived state differs

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("a product document needs an id")
        for name in ("gwp", "waste_content"):
            value: Decimal | None = getattr(self, name)
            if value is not None and not value.is_finite():  # NaN would sort after every number
                raise ValueError(f"{name} must be a finite number")
        if self.gwp is not None and self.gwp_basis is None:
            raise ValueError("a carbon figure needs the basis it is comparable on")
