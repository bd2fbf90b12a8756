"""What machines read of a check: its state, its columns, its lines with their candidates, its reports."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Self
from uuid import UUID

from pydantic import BaseModel

from catalogue.bom.columns import Columns
from catalogue.bom.confidence import Tier
from catalogue.bom.headers import ColumnRole
from catalogue.checks import service
from catalogue.checks.inputs import Standing
from catalogue.checks.spoken import Kinds, spoken
from catalogue.checks.state import Candidate, CheckState, LineState
from catalogue.checks.store import Kept
from registry.kit.messages import say
from registry.kit.sheets import Sheet


class CheckOut(BaseModel):
    """Where a check stands; `revision` goes with every change, so that nobody overwrites another's."""

    token: str
    revision: int
    expires_at: datetime
    project: str
    pack: str
    day: date
    choices: dict[str, str]
    file_name: str
    file_sha256: str
    notes: list[str]
    columns_settled: bool
    lines: dict[Standing, int]
    reports: list[str]
    href: str

    @classmethod
    def of(cls, kept: Kept, token: str, lang: str) -> Self:
        state, settings = kept.state, kept.state.settings
        return cls(
            token=token,
            revision=kept.revision,
            expires_at=kept.expires_at,
            project=settings.project,
            pack=settings.pack_id,
            day=settings.report_day,
            choices=settings.choices,
            file_name=state.file_name,
            file_sha256=state.file_sha256,
            notes=[say(note.key, lang, note.facts) for note in state.notes],
            columns_settled=state.columns_confirmed,
            lines=dict(service.summary(state)),
            reports=list(state.reports),
            href=f"/api/v1/checks/{token}",
        )


class ColumnOut(BaseModel):
    column: str
    header: str
    role: ColumnRole
    confidence: Decimal


class SheetOut(BaseModel):
    """A sheet as it will be read; `missing` roles must be pointed out before it can be."""

    sheet: str
    hidden: bool
    rows: int
    used: bool
    header_rows: list[int]
    columns: list[ColumnOut]
    missing: list[ColumnRole]

    @classmethod
    def of(cls, sheet: Sheet, columns: Columns, *, used: bool) -> Self:
        return cls(
            sheet=sheet.name,
            hidden=sheet.hidden,
            rows=len(sheet.rows),
            used=used,
            header_rows=list(columns.header_rows),
            columns=[
                ColumnOut(column=one.letter, header=one.header, role=one.role, confidence=one.confidence)
                for one in columns.choices
            ],
            missing=list(columns.missing),
        )


class SheetsOut(BaseModel):
    revision: int
    sheets: list[SheetOut]


class CandidateOut(BaseModel):
    """A product that may stand behind a line, and why; `proven` ones need nobody's word."""

    product_id: str
    code: str
    name_zh: str
    maker: str
    plants: dict[str, str]
    plant_id: str | None
    model: str | None
    tier: Tier
    score: Decimal
    proven: bool
    reasons: list[str]

    @classmethod
    def of(cls, found: Candidate, lang: str, kinds: Kinds) -> Self:
        match = found.match
        return cls(
            product_id=match.product_id,
            code=found.product_code,
            name_zh=found.product_name,
            maker=found.maker,
            plants=found.plant_names,
            plant_id=match.plant_id,
            model=match.model,
            tier=match.tier,
            score=match.score,
            proven=match.proven,
            reasons=[say(one.key, lang, spoken(one.facts, lang, kinds)) for one in match.reasons],
        )


class LineOut(BaseModel):
    """A line in the bill's words with the corrections over them, and what was found for it."""

    line: str
    sheet: str
    row: int
    name: str
    spec: str
    quantity: Decimal | None
    unit: str | None
    building: str
    delivery: date | None
    problems: list[str]
    standing: Standing
    material_kind: str | None
    material_kinds: list[str]
    ratio_kind: str | None
    ratio_kinds: list[str]
    ratio_kind_open: bool
    product_id: UUID | None
    plant_id: UUID | None
    model: str | None
    candidates: list[CandidateOut]

    @classmethod
    def of(cls, line: LineState, lang: str, kinds: Kinds) -> Self:
        given = service.line_input(line)
        shared: Mapping[str, object] = given.model_dump(
            include={"sheet", "row", "name", "spec", "quantity", "unit", "building", "delivery", "standing",
                     "material_kind", "ratio_kind", "ratio_kind_open", "product_id", "plant_id", "model"}
        )  # fmt: skip
        return cls.model_validate(
            {
                **shared,
                "line": line.line_id,
                "problems": [say(one.key, lang, one.facts) for one in line.line.problems],
                "material_kinds": line.material_kinds,
                "ratio_kinds": line.ratio_kinds,
                "candidates": [CandidateOut.of(one, lang, kinds) for one in line.candidates],
            }
        )


class LinesOut(BaseModel):
    revision: int
    total: int
    page: int
    per_page: int
    lines: list[LineOut]


class ReportMade(BaseModel):
    number: str
    revision: int
    sha256: str
    href: str


class ReplayOut(BaseModel):
    """`same`: read again at the stored position, the register gives the stored report byte for byte."""

    number: str
    same: bool
    sha256: str


class DeletedOut(BaseModel):
    """How many reports went with the check."""

    reports: int


def sheets_out(kept: Kept, guesses: Mapping[str, Columns]) -> SheetsOut:
    """Every sheet with rows; those in use as they were settled or guessed."""
    state: CheckState = kept.state
    in_use = {columns.sheet: columns for columns in state.columns}
    return SheetsOut(
        revision=kept.revision,
        sheets=[
            SheetOut.of(sheet, in_use.get(sheet.name) or guesses[sheet.name], used=sheet.name in in_use)
            for sheet in service.sheets_of(state).sheets
            if sheet.rows
        ],
    )
