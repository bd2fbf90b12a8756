"""The closed lists a rule pack is written with."""

from enum import StrEnum


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Precision(StrEnum):
    """How much of a date the source states; the rest is our convention (first day of the period)."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class SourceStatus(StrEnum):
    IN_FORCE = "in_force"
    TRIAL = "trial"
    DRAFT = "draft"
    REPLACED = "replaced"
    NOT_STATED = "not_stated"


class Method(StrEnum):
    POINTS_BY_ITEM = "points_by_item"
    KINDS_PASSING = "kinds_passing"
    KINDS_SHARE = "kinds_share"


class AnchorEvent(StrEnum):
    PROJECT_APPROVAL = "project_approval"
    DRAWING_REVIEW = "drawing_review"
    TENDER_NOTICE = "tender_notice"


class DateSource(StrEnum):
    LINE_DELIVERY = "line_delivery"
    REPORT = "report"


class Tie(StrEnum):
    HALF_UP = "half_up"
    HALF_EVEN = "half_even"


class RatioBasis(StrEnum):
    """What the total is compared by: the exact sum, or the sum of parts that were rounded first."""

    EXACT_SUM = "exact_sum"
    SUM_OF_ROUNDED_PARTS = "sum_of_rounded_parts"


class EvidenceKind(StrEnum):
    CERTIFICATE = "certificate"
    GREEN_PRODUCT_CERTIFICATE = "green_product_certificate"
    PUBLIC_LOOKUP = "public_lookup"
    TEST_REPORT = "test_report"
    CATALOGUE_LISTING = "catalogue_listing"


class Treatment(StrEnum):
    """What a pack makes of a doubtful fact."""

    COUNTS = "counts"
    UNDECIDED = "undecided"
    FAILS = "fails"


class OpenPointId(StrEnum):
    UNUSED_GROUP = "unused_group"
    MIXED_UNITS = "mixed_units"
    OTHER_KINDS = "other_kinds"
    OTHER_ITEM_POINTS = "other_item_points"
    DENOMINATOR = "denominator"
