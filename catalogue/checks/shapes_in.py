"""What machines send of a check: its rule and day, its columns, and what is decided of its lines."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from catalogue.bom.headers import ColumnRole
from catalogue.checks.service import Decision
from catalogue.checks.state import Edit, LineState

Short = Annotated[str, StringConstraints(max_length=200)]
Letter = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,2}$")]
Amount = Annotated[Decimal, Field(gt=0, max_digits=20, allow_inf_nan=False)]
MOST_DECISIONS = 2_000
MOST_SHEETS = 50


class In(BaseModel):
    """What is sent; a name we do not know is refused rather than ignored."""

    model_config = ConfigDict(extra="forbid")


class SettingsIn(In):
    """Rule, day and answers to open points; `revision` is the one that was read."""

    revision: int
    project: Annotated[str, StringConstraints(max_length=120)] = ""
    pack: Short
    day: date
    choices: dict[Short, Short] = {}


class SheetIn(In):
    """A sheet to use: roles by column letter; what is left out stays as guessed."""

    sheet: Short
    columns: dict[Letter, ColumnRole] | None = None
    header_rows: Annotated[list[Annotated[int, Field(gt=0)]], Field(max_length=5)] | None = None


class ColumnsIn(In):
    """The sheets to read; none named takes those that were guessed."""

    revision: int
    sheets: Annotated[list[SheetIn], Field(max_length=MOST_SHEETS)] = []


class DecisionIn(In):
    """What is said of one line; what is left out stays. `choice`: a product's id, none or not-a-material."""

    line: Short
    choice: Short | None = None
    plant_id: UUID | None = None
    model: Short | None = None
    material_kind: Short | None = None
    ratio_kind: Short | None = None
    name: Short | None = None
    quantity: Amount | None = None
    unit: Short | None = None
    delivery: date | None = None
    building: Short | None = None
    same_words: bool = False

    def decision(self, line: LineState) -> Decision:
        """The same in the words of the service; corrections are laid over those made before."""
        stated = self.model_dump(
            include={"name", "quantity", "unit", "delivery", "building"}, exclude_none=True
        )
        return Decision(
            line_id=self.line,
            choice=self.choice,
            plant_id=self.plant_id,
            model=self.model,
            material_kind=self.material_kind,
            ratio_kind=self.ratio_kind,
            edit=Edit.model_validate({**line.edit.model_dump(), **stated}) if stated else None,
            same_words=self.same_words,
        )


class DecisionsIn(In):
    revision: int
    decisions: Annotated[list[DecisionIn], Field(max_length=MOST_DECISIONS)]


class RevisionIn(In):
    revision: int
