"""The pack accepts test reports, and this one is of the right kind.

Clause: "certificate or a valid test report that meets the demand standard" (pack's evidence clause).
A sent-in sample proves only the sample. A laboratory without CMA scope proves nothing.
"""

from catalogue.compliance.evidence import ReportFact, SampleType
from catalogue.compliance.verdicts import Verdict, failed, passed, undecided
from registry.policies.pack import EvidenceRules

ID = "report-accepted"
VERSION = 1


def check(report: ReportFact, rules: EvidenceRules) -> Verdict:
    number, clause = report.number, rules.clause
    if rules.test_report is None:
        return failed("report-accepted.reports-not-accepted", clause, number=number)
    wanted = rules.test_report.demand_standard
    if report.demand_standard != wanted:
        found = report.demand_standard
        return failed("report-accepted.other-standard", clause, number=number, found=found, wanted=wanted)
    if report.cma_ok is False:
        return failed("report-accepted.laboratory-not-qualified", clause, number=number, lab=report.lab)
    if report.cma_ok is None:
        return undecided("report-accepted.laboratory-not-checked", clause, number=number, lab=report.lab)
    if report.sample_type is SampleType.SENT_IN:
        return undecided("report-accepted.sent-in-sample", clause, number=number)
    return passed("report-accepted.accepted", clause, number=number, lab=report.lab)
