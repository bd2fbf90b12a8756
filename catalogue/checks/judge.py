"""A check judged: facts loaded once per day, rules applied per line, ratios per calculation unit."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session

from catalogue.checks import evidence_of
from catalogue.checks.inputs import CheckInput, LineInput, Standing
from catalogue.checks.quantities import Counted, counted
from catalogue.checks.report import WHOLE_BILL, FindingOut, LineOut, Report
from catalogue.compliance import judging
from catalogue.compliance.evidence import LineEvidence
from catalogue.compliance.verdicts import Outcome, Verdict, failed, undecided
from catalogue.ratios import ledger
from catalogue.ratios.model import LineShare
from registry.changes.reading import Point, every
from registry.dossiers.dossier import Dossier
from registry.dossiers.load import load
from registry.policies import service as policies
from registry.policies.pack import Pack
from registry.policies.pack_terms import OpenPointId
from registry.standards.facts import StandardFact
from registry.standards.service import STANDARD

Dossiers = Mapping[tuple[date, UUID], Dossier]
Standards = Mapping[str, StandardFact]


def judge(session: Session, given: CheckInput) -> Report:
    """The report of a check; reads nothing but the register at the stored position."""
    at = Point(given.report_day, given.as_of)
    pack = chosen_pack(policies.pack(session, given.pack_id, at), given.choices)
    standards = {known.fact.number: known.fact for known in every(session, STANDARD, at)}
    return compute(given, pack, dossiers_for(session, given), standards)


def chosen_pack(pack: Pack, choices: Mapping[str, str]) -> Pack:
    return pack.choosing({OpenPointId(point): answer for point, answer in choices.items()})


def day_of(line: LineInput, given: CheckInput) -> date:
    """The line's delivery day; without one, the report's day (a convention of this tool)."""
    return line.delivery or given.report_day


def dossiers_for(session: Session, given: CheckInput) -> Dossiers:
    """Every matched product on each of its delivery days, one load per day."""
    wanted: dict[date, set[UUID]] = {}
    for line in given.lines:
        if line.product_id is not None:
            wanted.setdefault(day_of(line, given), set()).add(line.product_id)
    return {
        (day, key): dossier
        for day, keys in sorted(wanted.items())
        for key, dossier in load(session, keys, Point(day, given.as_of)).items()
    }


def compute(given: CheckInput, pack: Pack, dossiers: Dossiers, standards: Standards) -> Report:
    """The report from plain values; the same values give the same report."""
    lines = tuple(_line(line, given, pack, dossiers, standards) for line in given.lines)
    shares: dict[str, list[LineShare]] = {}
    for line, out in zip(given.lines, lines, strict=True):
        if out.outcome is not None:
            shares.setdefault(line.building or WHOLE_BILL, []).append(_share(line, out, out.outcome, pack))
    return Report(
        input=given,
        pack_title_zh=pack.title_zh,
        pack_title_en=pack.title_en,
        clause=pack.evidence.clause,
        lines=lines,
        units=ledger.compute(pack, {unit: shares[unit] for unit in sorted(shares)}),
        judging_version=judging.VERSION,
    )


def _share(line: LineInput, out: LineOut, outcome: Outcome, pack: Pack) -> LineShare:
    """The line as the ratio takes it; nothing that stands in the bill is left out."""
    return LineShare(
        line_id=line.line_id,
        kind=line.ratio_kind,
        sub_kind=line.material_kind,
        quantity=out.quantity,
        unit=out.unit or "",
        outcome=outcome,
        options=_options(line, pack),
    )


def _options(line: LineInput, pack: Pack) -> tuple[str, ...]:
    """The ratio kinds a line may be of while nobody chose."""
    mapping = pack.mapping_for(line.material_kind) if line.ratio_kind_open and line.material_kind else None
    return mapping.kinds if mapping and line.ratio_kind is None else ()


def _line(
    line: LineInput, given: CheckInput, pack: Pack, dossiers: Dossiers, standards: Standards
) -> LineOut:
    day = day_of(line, given)
    dossier = dossiers.get((day, line.product_id)) if line.product_id else None
    verdict = judging.judge(_evidence(line, day, dossier, standards), pack)
    amount = _amount(line, pack, dossier)
    reasons = _reasons(line, verdict, amount)
    outcome = _outcome(line, verdict, amount)
    return LineOut(
        line_id=line.line_id,
        day=day,
        outcome=outcome,
        counted=line.ratio_kind is not None or line.ratio_kind_open or line.material_kind is None,
        reasons=reasons,
        findings=tuple(_finding(found, dossier) for found in verdict.findings),
        evidence=verdict.evidence_id if outcome is Outcome.PASS else None,
        quantity=amount.value if amount else None,
        unit=amount.unit if amount else None,
        path=amount.path if amount else (),
        product_id=line.product_id,
        product_code=dossier.product.fact.code if dossier else None,
        product_name=dossier.product.fact.name_zh if dossier else None,
        maker=dossier.maker.name_zh if dossier else None,
        plant=dossier.plants[line.plant_id].name_zh
        if dossier and line.plant_id and line.plant_id in dossier.plants
        else None,
    )


def _outcome(line: LineInput, verdict: judging.LineVerdict, amount: Counted | None) -> Outcome | None:
    """A line nobody confirmed, whose kind is open or whose quantity is unknown, is never green.

    A unit foreign to the table is no doubt about the proof: the share of the kind answers for it.
    """
    if line.standing is Standing.NOT_A_MATERIAL:
        return None
    if line.standing is Standing.NONE:
        return Outcome.FAIL
    if line.standing is Standing.OPEN or line.ratio_kind_open or amount is None:
        return Outcome.UNDECIDED
    return verdict.outcome


def _reasons(line: LineInput, verdict: judging.LineVerdict, amount: Counted | None) -> tuple[Verdict, ...]:
    if line.standing is Standing.NOT_A_MATERIAL:
        return ()
    found: list[Verdict] = []
    if line.standing is Standing.NONE:
        found.append(failed("line.no-product-named"))
    if line.standing is Standing.OPEN:
        found.append(undecided("line.unconfirmed"))
    if line.ratio_kind_open:
        found.append(undecided("line.ratio-kind-open"))
    if line.quantity is None:
        found.append(undecided("line.quantity-missing"))
    elif line.unit is None:
        found.append(undecided("line.unit-unknown", unit=line.unit_text or "—"))
    if amount is not None and amount.refusal is not None:
        found.append(amount.refusal)
    remarks = verdict.remarks if line.product_id is not None else ()
    return (*found, *remarks)


def _amount(line: LineInput, pack: Pack, dossier: Dossier | None) -> Counted | None:
    if line.quantity is None or line.quantity <= 0 or line.unit is None:
        return None
    kind = next((kind for kind in pack.kinds or () if kind.id == line.ratio_kind), None)
    wanted = kind.units if kind else ()
    return counted(line.quantity, line.unit, wanted, dossier.product.fact if dossier else None)


def _evidence(line: LineInput, day: date, dossier: Dossier | None, standards: Standards) -> LineEvidence:
    if dossier is None:
        return LineEvidence(None, line.model, None, line.trademark, day, line.production_day)
    return LineEvidence(
        product_id=str(line.product_id),
        model=line.model,
        plant_id=str(line.plant_id) if line.plant_id else None,
        trademark=line.trademark,
        day=day,
        production_day=line.production_day,
        certificates=tuple(evidence_of.certificate(one, dossier, standards) for one in dossier.certificates),
        reports=tuple(evidence_of.report(one.fact, dossier, line.model) for one in dossier.reports),
        self_declarations=tuple(evidence_of.claim(one.fact) for one in dossier.self_declarations),
    )


def _finding(found: judging.Finding, dossier: Dossier | None) -> FindingOut:
    records: Sequence[tuple[str, str]] = ()
    if dossier is not None:
        records = [
            *((one.fact.code, one.fact.number) for one in dossier.certificates),
            *((one.fact.code, one.fact.number) for one in dossier.reports),
        ]
    return FindingOut(
        evidence=found.evidence_id,
        kind=str(found.kind),
        number=dict(records).get(found.evidence_id, ""),
        outcome=found.outcome,
        verdicts=found.verdicts,
    )
