"""The working state of a check between upload and report, as it is kept."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from catalogue.bom.columns import Columns
from catalogue.bom.confidence import Match
from catalogue.bom.lines import BomLine, SkippedRow
from catalogue.bom.reasons import Reason
from catalogue.checks.inputs import Conflict, Difference, Lack, PlantSource, Standing
from registry.kit.sheets import Note


class StatePart(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Settings(StatePart):
    """What the ratio is asked under; `choices` answers the pack's open points."""

    project: str
    pack_id: str
    report_day: date
    choices: dict[str, str]


class Edit(StatePart):
    """What the user typed for a line where the file was wrong or silent; None leaves the file's word."""

    name: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    delivery: date | None = None
    building: str | None = None


class Candidate(StatePart):
    """A product offered for a line, as the page shows it."""

    match: Match
    product_code: str
    product_name: str
    maker: str
    plant_names: dict[str, str]


class LineState(StatePart):
    """One line with what was found for it and what the user decided.

    `against` is what the file's words say against the product taken, `conflicts` what they say among others.
    """

    line_id: str
    line: BomLine
    material_kinds: tuple[str, ...]
    material_kind: str | None
    kind_confidence: Decimal
    candidates: tuple[Candidate, ...]
    unlisted: Reason | None = None
    conflicts: tuple[Reason, ...] = ()
    ratio_kinds: tuple[str, ...]
    ratio_kind: str | None
    ratio_kind_note: str | None
    ratio_kind_open: bool
    standing: Standing
    product_id: UUID | None = None
    plant_id: UUID | None = None
    model: str | None = None
    tier: str | None = None
    plant_source: PlantSource | None = None
    against: tuple[Conflict, ...] = ()
    model_inferred: bool = False
    differing: tuple[Difference, ...] = ()
    lacks: tuple[Lack, ...] = ()
    edit: Edit = Edit()

    @property
    def told(self) -> BomLine:
        """The line as it is read: in the file's words, with the name that the user gave it."""
        return replace(self.line, name=self.edit.name) if self.edit.name else self.line

    def without_product(self, standing: Standing) -> "LineState":
        """The line with whatever was taken for it given back."""
        cleared = dict.fromkeys(("product_id", "plant_id", "plant_source", "model", "tier"))
        none = {"against": (), "differing": (), "lacks": (), "model_inferred": False}
        return self.model_copy(update={**cleared, **none, "standing": standing})


class CheckState(StatePart):
    """Everything a check remembers; `sheets` is the read file in its packed form."""

    file_name: str
    file_sha256: str
    settings: Settings
    sheets: dict[str, Any]
    columns: tuple[Columns, ...]
    columns_confirmed: bool = False
    notes: tuple[Note, ...] = ()
    lines: tuple[LineState, ...] = ()
    skipped: tuple[SkippedRow, ...] = ()
    matched_as_of: int | None = None
    reports: tuple[str, ...] = ()
