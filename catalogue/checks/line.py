"""One line judged: its proofs, what speaks against the line as a whole, and the quantity that counts."""

from collections.abc import Iterator, Sequence
from datetime import date

from catalogue.bom.attributes import extract
from catalogue.checks import evidence_of
from catalogue.checks.facts import Facts
from catalogue.checks.inputs import Conflict, LineInput, PlantSource, Standing
from catalogue.checks.mending import about
from catalogue.checks.quantities import Counted, counted, unit_facts
from catalogue.checks.report import FindingOut, LineOut
from catalogue.compliance import judging
from catalogue.compliance.evidence import LineEvidence
from catalogue.compliance.verdicts import Outcome, Verdict, all_of, failed, passed, undecided
from registry.dossiers.dossier import Dossier
from registry.policies.pack import Pack


def judged(line: LineInput, day: date, pack: Pack, facts: Facts) -> LineOut:
    """The line under the pack, on its day."""
    dossier = facts.dossiers.get((day, line.product_id)) if line.product_id else None
    verdict = judging.judge(_evidence(line, day, dossier, facts), pack)
    amount = _amount(line, pack, dossier)
    remarks = tuple(_remarks(line, dossier))
    is_material = line.standing is not Standing.NOT_A_MATERIAL
    is_counted = line.ratio_kind is not None or line.ratio_kind_open or line.material_kind is None
    reasons = (*remarks, *_explained(verdict, line, amount))
    outcome = all_of([verdict.outcome, *(remark.outcome for remark in remarks)])
    if pack.kinds is None:
        reasons, outcome, is_counted = (undecided("line.list-not-loaded"), *reasons), Outcome.UNDECIDED, True
    elif not is_counted:
        reasons = (_not_counted(line, pack),)
    product = dossier.product.fact if dossier else None
    return LineOut(
        line_id=line.line_id,
        day=day,
        outcome=outcome if is_material else None,
        counted=is_counted,
        reasons=reasons if is_material else (),
        findings=tuple(_finding(found, dossier) for found in verdict.findings),
        evidence=verdict.evidence_id if outcome is Outcome.PASS else None,
        quantity=amount.value if amount else None,
        unit=amount.unit if amount else None,
        path=amount.path if amount else (),
        product_id=line.product_id,
        product_code=product.code if product else None,
        product_name=product.name_zh if product else None,
        maker=dossier.maker.name_zh if dossier else None,
        plant=_plant(line, dossier),
    )


def _not_counted(line: LineInput, pack: Pack) -> Verdict:
    """Why the rule does not count the material; what its proofs are worth does not matter then."""
    mapping = pack.mapping_for(line.material_kind) if line.material_kind else None
    note = mapping.note if mapping else None
    return failed(note or "line.kind-not-in-table", material=line.material_kind or "—")


def _remarks(line: LineInput, dossier: Dossier | None) -> Iterator[Verdict]:
    """Verdicts on the line as a whole; its outcome is the lowest of them and of its proofs."""
    if line.standing is Standing.NONE:
        yield failed("line.no-product-named")
    if line.standing is Standing.OPEN:
        yield undecided("line.unconfirmed")
    if line.material_kind is None:
        yield undecided("line.material-unknown")
    if line.ratio_kind_open:
        yield undecided("line.ratio-kind-open")
    yield from _unusable(line)
    if Conflict.MODEL_OUTSIDE in line.conflicts:
        yield failed("line.model-outside", words=f"{line.name} {line.spec}".strip())
    for one in line.differing:
        facts = {"property": one.name, "stated": one.stated, "registered": one.registered}
        yield undecided("line.attributes-differ", **facts)
    if dossier is not None and dossier.product.fact.removed:
        yield undecided("line.product-removed", why=dossier.product.fact.removed_reason or "—")
    plant = _plant(line, dossier)
    if line.plant_source is PlantSource.INFERRED and plant is not None:
        yield passed("line.plant-inferred", plant=plant)
    if line.model_inferred and line.model is not None:
        yield passed("line.model-inferred", model=line.model)


def _unusable(line: LineInput) -> Iterator[Verdict]:
    """Cells nobody mended, then figures that are simply not there."""
    for problem in line.problems:
        yield undecided(problem.key, **problem.facts)
    if line.day_unread:
        yield undecided("line.day-unread")
    told = {about(problem) for problem in line.problems}
    if line.quantity is None and not told & {"quantity", "units"}:
        yield undecided("line.quantity-missing")
    if line.quantity is not None and line.unit is None and "unit" not in told:
        yield undecided("line.unit-unknown", unit=line.unit_text or "—")


def _explained(verdict: judging.LineVerdict, line: LineInput, amount: Counted | None) -> Iterator[Verdict]:
    """Said beside the outcome: a unit foreign to the table is for the kind's share to answer."""
    if amount is not None and amount.refusal is not None:
        yield amount.refusal
    if line.product_id is not None:
        yield from verdict.remarks


def _amount(line: LineInput, pack: Pack, dossier: Dossier | None) -> Counted | None:
    if line.quantity is None or line.quantity <= 0 or line.unit is None:
        return None
    kind = next((kind for kind in pack.kinds or () if kind.id == line.ratio_kind), None)
    wanted = kind.units if kind else ()
    thickness = extract(line.name, line.spec).get("thickness")
    about = unit_facts(dossier.product.fact if dossier else None, thickness)
    return counted(line.quantity, line.unit, wanted, about)


def _plant(line: LineInput, dossier: Dossier | None) -> str | None:
    plants = dossier.plants if dossier else {}
    return plants[line.plant_id].name_zh if line.plant_id and line.plant_id in plants else None


def _evidence(line: LineInput, day: date, dossier: Dossier | None, facts: Facts) -> LineEvidence:
    if dossier is None:
        return LineEvidence(None, line.model, None, line.trademark, day, line.production_day)
    return LineEvidence(
        product_id=str(line.product_id),
        model=line.model,
        plant_id=str(line.plant_id) if line.plant_id else None,
        trademark=line.trademark,
        day=day,
        production_day=line.production_day,
        plant_name=_plant(line, dossier),
        certificates=tuple(
            evidence_of.certificate(one, dossier, facts.standards, spans=facts.timelines.get(one.fact.id, ()))
            for one in dossier.certificates
        ),
        reports=tuple(evidence_of.report(one.fact, dossier) for one in dossier.reports),
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
