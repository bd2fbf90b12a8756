"""What the forms of one calculation unit are filled from: its result, its lines, their proofs and names."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from catalogue.checks import judge
from catalogue.checks.facts import facts_for
from catalogue.checks.inputs import LineInput
from catalogue.checks.report import WHOLE_BILL, LineOut, Report
from catalogue.forms.layouts import Layouts
from catalogue.forms.model import TO_FILL, UNUSED
from catalogue.forms.proofs import Proof, ProofKind, proof_of
from catalogue.ratios.ledger import UnitResult
from registry.categories import service as categories
from registry.changes.reading import Point
from registry.policies import service as policies
from registry.policies.pack import Pack
from registry.units.table import table


@dataclass(frozen=True, slots=True)
class Line:
    """One material of the unit: as the bill states it, as it was judged, and its proof."""

    given: LineInput
    out: LineOut
    proof: Proof | None

    @property
    def model(self) -> str:
        return self.given.model or self.given.spec or TO_FILL

    @property
    def maker(self) -> str:
        """Maker and plant; a plant that carries its maker's name says both."""
        maker, plant = self.out.maker, self.out.plant
        if maker and plant and not plant.startswith(maker):
            return f"{maker}（{plant}）"
        return plant or maker or TO_FILL


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything is read at the stored position of the report, so a form comes out the same again."""

    report: Report
    unit: UnitResult
    pack: Pack
    layouts: Layouts
    lines: Mapping[str, Line]
    materials: Mapping[str, str]

    def level(self, proof: Proof | None) -> str:
        """The star of a certificate; without one a green-product certificate as the rule's note takes it."""
        if proof is None:
            return UNUSED
        if proof.star is not None:
            return self.layouts.words[f"star_{proof.star}"]
        noted = proof.kind is ProofKind.GREEN_PRODUCT and self.pack.evidence.green_product_note
        return self.layouts.words["as_three_star"] if noted else TO_FILL

    def unit_name(self) -> str:
        whole = self.unit.unit_id == WHOLE_BILL
        return self.layouts.words["whole_bill"] if whole else self.unit.unit_id


def pack_of(session: Session, report: Report) -> Pack:
    given = report.input
    found = policies.pack(session, given.pack_id, Point(given.report_day, given.as_of))
    return judge.chosen_pack(found, given.choices)


def basis(session: Session, report: Report, unit: UnitResult, pack: Pack, *, layouts: Layouts) -> Basis:
    """One unit of a report with what the register knew at the report's position."""
    given = report.input
    at = Point(given.report_day, given.as_of)
    inside = [
        (line, out)
        for line, out in zip(given.lines, report.lines, strict=True)
        if out.outcome is not None and (line.building or WHOLE_BILL) == unit.unit_id
    ]
    own = given.model_copy(update={"lines": tuple(line for line, _ in inside)})
    dossiers = facts_for(session, own, pack).dossiers
    return Basis(
        report=report,
        unit=unit,
        pack=pack,
        layouts=layouts,
        lines={line.line_id: Line(line, out, proof_of(out, dossiers)) for line, out in inside},
        materials={code: kind.name_zh for code, kind in categories.kinds(session, at).items()},
    )


def symbol(unit: str) -> str:
    """The unit as it is written; of an unknown one its own word."""
    known = table().by_code.get(unit)
    return known.symbol_zh if known else unit
