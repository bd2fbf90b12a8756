"""The format of a rule pack: one region's dated table of kinds, shares, points and accepted evidence.

A pack is data; the method that reads it is code (`catalogue.ratios.methods`). Numbers are decimals from
quoted text: a YAML float is refused, because 0.8 has no exact binary form and the bounds are inclusive.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    model_validator,
)

from registry.policies.pack_terms import (
    AnchorEvent,
    Confidence,
    DateSource,
    EvidenceKind,
    Method,
    OpenPointId,
    Precision,
    RatioBasis,
    SourceStatus,
    Tie,
    Treatment,
)


def _refuse_floats(value: object) -> object:
    if isinstance(value, bool | float):
        raise ValueError("write the number as quoted text, e.g. '0.8'")  # noqa: TRY004 - pydantic wants ValueError
    return value


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


Number = Annotated[Decimal, BeforeValidator(_refuse_floats), PlainSerializer(_plain, return_type=str)]
Share = Annotated[Number, Field(gt=0, le=1)]
Percent = Annotated[Number, Field(ge=0, le=100)]
Points = Annotated[Number, Field(gt=0)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")]
Region = Annotated[str, StringConstraints(pattern=r"^[1-8]\d{5}$")]
DatedText = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


class PackPart(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SourceDocument(PackPart):
    document: str
    clause: str | None
    dated: DatedText | None
    status: SourceStatus
    confidence: Confidence


class Remark(PackPart):
    """A limit of this pack that its reader must know; shown beside every result."""

    zh: str
    en: str
    confidence: Confidence


class AnchorRule(PackPart):
    """The event whose day fixes the edition of a project; a later pack touches new projects only."""

    default: AnchorEvent
    options: tuple[AnchorEvent, ...]
    tool_convention: bool


class ReferenceDate(PackPart):
    order: tuple[DateSource, ...] = Field(min_length=1)
    tool_convention: bool = Field(description="True prints 「本工具约定」; False: the rule names it")


class Group(PackPart):
    id: str
    name_zh: str
    name_en: str
    points: Points | None = Field(description="Full score; None where groups are not scored")


class Interpolation(PackPart):
    share_from: Share
    share_to: Share
    points_from: Points
    points_to: Points
    confidence: Confidence


class Kind(PackPart):
    id: str
    group: str
    name_zh: str
    name_en: str
    units: tuple[str, ...] = Field(description="Units of the table; empty means the table names none")
    clause: str
    is_other: bool = False
    points: Points | None = None
    interpolation: Interpolation | None = None


class MaterialMapping(PackPart):
    """Ratio kinds a material kind may belong to, likeliest first; none means not counted by this rule."""

    material: Slug
    kinds: tuple[str, ...]
    confidence: Confidence
    confirm: bool = False
    note: str | None = Field(default=None, description="Message key")


class PointsThreshold(PackPart):
    percent: Percent
    points: int = Field(gt=0)
    clause: str
    confidence: Confidence


class StarGate(PackPart):
    star: int = Field(ge=1, le=3)
    percent: Percent
    clause: str
    confidence: Confidence


class Rounding(PackPart):
    part_places: int = Field(ge=0, le=6, description="Places of a group's or item's score")
    total_places: int = Field(ge=0, le=6, description="Places of the printed total")
    tie: Tie
    basis: RatioBasis


class ReportRule(PackPart):
    demand_standard: str
    max_age_months: int | None = Field(gt=0, description="None: left to the city, so age is not judged")
    over_age: Treatment


class EvidenceRules(PackPart):
    clause: str
    accepted: tuple[EvidenceKind, ...] = Field(min_length=1)
    test_report: ReportRule | None
    self_declaration: Literal[False] = Field(description="A self-declaration enters no ratio, in any pack")
    produced_while_valid: Treatment
    body_outside_scope: Treatment
    replaced_standard: Treatment
    green_product_note: str | None = Field(default=None, description="Message key, display only")

    @model_validator(mode="after")
    def _a_report_rule_stands_where_reports_count(self) -> Self:
        if (self.test_report is not None) != (EvidenceKind.TEST_REPORT in self.accepted):
            raise ValueError("test_report must be set exactly where test reports are accepted")
        return self


class OpenPoint(PackPart):
    """A question the text leaves open, the answers we offer and the one we start from."""

    point: OpenPointId
    default: str
    options: tuple[str, ...]
    clause: str | None

    @model_validator(mode="after")
    def _default_is_an_option(self) -> Self:
        if self.default not in self.options:
            raise ValueError(f"{self.default} is not among {self.options}")
        return self


class KindsShareRule(PackPart):
    compulsory_group: str
    optional_group: str
    optional_share: Share
    confidence: Confidence


class Pack(PackPart):
    id: Slug
    edition: str
    title_zh: str
    title_en: str
    region: Region = Field(description="GB/T 2260 code; 100000 stands for the whole country")
    sources: tuple[SourceDocument, ...] = Field(min_length=1)
    remarks: tuple[Remark, ...] = ()
    valid_from: date
    valid_from_precision: Precision
    valid_from_confidence: Confidence
    valid_to: date | None = Field(description="Last day, inclusive; None: not stated")
    anchor: AnchorRule
    reference_date: ReferenceDate
    method: Method
    method_version: int = Field(ge=1)
    groups: tuple[Group, ...] = Field(min_length=1)
    kinds: tuple[Kind, ...] | None = Field(description="None: the list is not loaded, nothing can be decided")
    share_threshold: Share = Field(description="Share of a kind that must be green, inclusive")
    kinds_share: KindsShareRule | None = None
    thresholds: tuple[PointsThreshold, ...] = ()
    gates: tuple[StarGate, ...] = ()
    rounding: Rounding | None
    evidence: EvidenceRules
    open_points: tuple[OpenPoint, ...]
    mappings: tuple[MaterialMapping, ...] | None

    @model_validator(mode="after")
    def _parts_fit_together(self) -> Self:
        problems = [text for text, wrong in _problems(self).items() if wrong]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def choice(self, point: OpenPointId) -> str:
        """The answer in use for an open point; KeyError where the pack does not ask it."""
        return {item.point: item.default for item in self.open_points}[point]

    def choosing(self, choices: Mapping[OpenPointId, str]) -> "Pack":
        """The same pack with other answers; refuses a point or an answer that the pack does not offer."""
        unknown = choices.keys() - {item.point for item in self.open_points}
        if unknown:
            raise ValueError(f"not asked by this pack: {sorted(unknown)}")
        points = [
            {**item.model_dump(), "default": choices.get(item.point, item.default)}
            for item in self.open_points
        ]
        return Pack.model_validate({**self.model_dump(), "open_points": points})

    def mapping_for(self, material: str) -> MaterialMapping | None:
        return next((item for item in self.mappings or () if item.material == material), None)


def _problems(pack: Pack) -> dict[str, bool]:
    kinds = pack.kinds or ()
    groups = {group.id for group in pack.groups}
    scored = pack.method is not Method.KINDS_SHARE
    materials = [item.material for item in pack.mappings or ()]
    return {
        "kind ids must be unique": len({kind.id for kind in kinds}) != len(kinds),
        "every kind needs a known group": any(kind.group not in groups for kind in kinds),
        "a material is mapped once": len(set(materials)) != len(materials),
        "mappings name known kinds": not {k for m in pack.mappings or () for k in m.kinds}
        <= {kind.id for kind in kinds},
        "two candidate kinds need confirmation": any(
            len(m.kinds) > 1 and not m.confirm for m in pack.mappings or ()
        ),
        "a scored pack needs kinds and a rounding": scored and None in (pack.kinds, pack.rounding),
        "a kinds_share pack needs its rule": (pack.kinds_share is None) == (not scored),
        "a kinds_share rule names its groups": pack.kinds_share is not None
        and not {pack.kinds_share.compulsory_group, pack.kinds_share.optional_group} <= groups,
        "an item scores fixed points or by interpolation": pack.method is Method.POINTS_BY_ITEM
        and any((kind.points is None) == (kind.interpolation is None) for kind in kinds),
        "group points add up to 100": pack.method is Method.KINDS_PASSING
        and sum(group.points or Decimal(0) for group in pack.groups) != 100,
        "thresholds and gates rise": list(pack.thresholds) != sorted(pack.thresholds, key=lambda t: t.percent)
        or list(pack.gates) != sorted(pack.gates, key=lambda g: g.percent),
    }
