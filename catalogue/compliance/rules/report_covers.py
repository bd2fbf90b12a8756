"""The report speaks of this product, this model and this plant.

Clause: pack's evidence clause; a report reaches no further than what was sampled.
"""

from catalogue.compliance.evidence import LineEvidence, ReportFact
from catalogue.compliance.model_match import covers
from catalogue.compliance.verdicts import FactValue, Verdict, failed, passed, undecided

ID = "report-covers"
VERSION = 1


def check(line: LineEvidence, report: ReportFact, *, clause: str) -> Verdict:
    number = report.number
    if report.product_id != line.product_id:
        return failed("report-covers.other-product", clause, number=number)
    model = covers(report.models, line.model)
    shown: dict[str, FactValue] = {"model": line.model or "—", "tested": report.models or "—"}
    if model is False:
        return failed("report-covers.other-model", clause, number=number, **shown)
    if report.plant_id is None or line.plant_id is None:
        return undecided("report-covers.plant-unknown", clause, number=number)
    if report.plant_id != line.plant_id:
        plants = {"plant": line.plant_shown, "tested": report.plant_name or report.plant_id}
        return failed("report-covers.other-plant", clause, number=number, **plants)
    if model is None or not report.models:
        silent = line.model is None and bool(report.models)
        key = "report-covers.model-not-stated" if silent else "report-covers.model-unknown"
        return undecided(key, clause, number=number, **shown)
    return passed("report-covers.covered", clause, number=number)
