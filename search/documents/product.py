"""The flat record of one product as every search engine indexes it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from registry.certificates.facts import Scheme
from registry.declarations.facts import Verification

# Names of typed attributes go into engines' own query languages: nothing else may stand in them.
ATTRIBUTE_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)


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


class GwpUnit(StrEnum):
    """What a carbon figure may be stated for beside the unit of comparison."""

    KG = "kg"
    T = "t"
    M2 = "m2"
    M3 = "m3"


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
    group: str = ""  # the outermost kind above it
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
    regions: tuple[str, ...] = ()  # GB/T 2260 codes of all its plants, with the provinces and cities above
    places: tuple[str, ...] = ()  # provinces and cities of all its plants, in both languages
    evidence: tuple[Evidence, ...] = ()
    schemes: tuple[Scheme, ...] = ()  # of all its certificates
    status: Status = Status.NONE
    star: int | None = None
    body: str = ""
    data_kind: DataKind = DataKind.NONE
    verification: Verification | None = None  # of the declaration that speaks for it
    performance: str = ""
    attributes: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({})
    )  # closed, text, yes/no
    quantities: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    gwp: Decimal | None = None  # A1-A3 per unit of comparison, only where comparable
    gwp_basis: str | None = None
    gwp_standard: str = ""  # family of the rules the figures below were worked out by
    gwp_per: Mapping[GwpUnit, Decimal] = field(
        default_factory=lambda: MappingProxyType({})
    )  # where convertible
    unit: str = ""
    waste_content: Decimal | None = None  # percent
    valid_from: date | None = None  # of the best certificate, as is valid_to
    valid_to: date | None = None
    description: str = ""
    tags: tuple[str, ...] = ()
    values: tuple[str, ...] = ()  # what sort of its kind it is: attribute values as people say them
    next_change_on: date | None = None  # first day on which its derived state differs

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("a product document needs an id")
        numbers = (self.gwp, self.waste_content, *self.quantities.values(), *self.gwp_per.values())
        if any(value is not None and not value.is_finite() for value in numbers):
            raise ValueError("must be a finite number")  # NaN would sort after every number
        for name in (*self.attributes, *self.quantities):
            if not ATTRIBUTE_NAME.fullmatch(name):
                raise ValueError("an attribute's name is small letters, digits and low lines")
        if self.gwp is not None and self.gwp_basis is None:
            raise ValueError("a carbon figure needs the basis it is comparable on")
        if self.gwp_per and not self.gwp_standard:
            raise ValueError("a carbon figure needs the rules it was worked out by")
