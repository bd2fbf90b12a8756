"""What a check answers: every line's verdict and every unit's ratio, in a form that serialises exactly."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from catalogue.checks.inputs import CheckInput
from catalogue.compliance.verdicts import Outcome, Verdict
from catalogue.ratios.ledger import UnitResult
from registry.changes.record import canonical_json
from registry.kit.types import Exact

WHOLE_BILL = "—"


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FindingOut(Part):
    """One proof looked at, by its 登记号, and the verdicts on it."""

    evidence: str
    kind: str
    number: str
    outcome: Outcome
    verdicts: tuple[Verdict, ...]


class LineOut(Part):
    """One line judged; `outcome` None: no material. `quantity` and `unit` are what entered the ratio."""

    line_id: str
    day: date
    outcome: Outcome | None
    counted: bool
    reasons: tuple[Verdict, ...]
    findings: tuple[FindingOut, ...]
    evidence: str | None
    quantity: Exact | None
    unit: str | None
    path: tuple[str, ...]
    product_id: UUID | None
    product_code: str | None
    product_name: str | None
    maker: str | None
    plant: str | None


class Report(Part):
    """The whole answer; `input` is everything it was made from, the versions are what made it.

    `notice` says that the data are invented, since a stored report leaves the site as a file.
    """

    input: CheckInput
    pack_title_zh: str
    pack_title_en: str
    clause: str
    lines: tuple[LineOut, ...]
    units: tuple[UnitResult, ...]
    judging_version: int
    rules: dict[str, int]
    notice: str = ""


def dump(report: Report) -> str:
    """The report as canonical JSON: equal inputs give equal bytes."""
    return canonical_json(report.model_dump(mode="json"))


def load(text: str) -> Report:
    return Report.model_validate_json(text)
