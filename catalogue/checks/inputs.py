"""What a check is a function of: the pack, the day, the feed position and every confirmed line."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from registry.kit.types import Exact, Fact


class Standing(StrEnum):
    """How a line came to its product."""

    PROVEN = "proven"
    CONFIRMED = "confirmed"
    OPEN = "open"
    NONE = "none"
    NOT_A_MATERIAL = "not_a_material"


class PlantSource(StrEnum):
    """How the plant of a line is known: the file names it, the user did, or the product has no other."""

    STATED = "stated"
    CONFIRMED = "confirmed"
    INFERRED = "inferred"


class Conflict(StrEnum):
    """What the file's own words say against the product taken for a line."""

    MODEL_OUTSIDE = "model-outside"


class Lack(StrEnum):
    """What a line still needs of the product taken for it, so that its proofs can be judged."""

    PLANT = "plant"
    MODEL = "model"


class Difference(Fact):
    """One property, by its name in the tree of material kinds, that the file and the product state unlike."""

    name: str
    stated: str
    registered: str


class CellProblem(Fact):
    """A cell that could not be used and that nobody mended: a message key and its facts."""

    key: str
    facts: dict[str, str]


class LineInput(Fact):
    """One line as the user confirmed it. `quantity` None means the file does not state a usable one.

    `ratio_kind` is the kind of the pack the user or an unambiguous mapping chose; None means not counted.
    `model_inferred`: the file names no model and the product, which a person confirmed, has no other.
    `day_unread`: the file states a delivery day that nobody could read, so the report's day is none either.
    """

    line_id: str
    row: int
    sheet: str
    name: str
    spec: str
    unit_text: str
    unit: str | None
    quantity: Exact | None
    building: str
    delivery: date | None
    production_day: date | None
    supplied_by: str | None
    material_kind: str | None
    ratio_kind: str | None
    ratio_kind_open: bool
    standing: Standing
    product_id: UUID | None
    plant_id: UUID | None
    model: str | None
    trademark: str | None
    match_tier: str | None
    plant_source: PlantSource | None = None
    model_inferred: bool = False
    conflicts: tuple[Conflict, ...] = ()
    differing: tuple[Difference, ...] = ()
    problems: tuple[CellProblem, ...] = ()
    day_unread: bool = False


class CheckInput(Fact):
    """The whole input of a report; the same input gives the same report, byte for byte."""

    number: str
    made_at: datetime
    project: str
    file_name: str
    file_sha256: str
    pack_id: str
    pack_edition: str
    choices: dict[str, str]
    report_day: date
    as_of: int
    feed: str
    lines: tuple[LineInput, ...]
