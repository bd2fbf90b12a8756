"""The report is not older on the day than the pack's city allows, and not younger than the day.

Clause: pack parameter `max_age_months`; a report prints no validity, and None leaves age unjudged.
"""

from calendar import monthrange
from datetime import date

from catalogue.compliance.evidence import LineEvidence, ReportFact
from catalogue.compliance.verdicts import Verdict, failed, passed, undecided
from registry.policies.pack import ReportRule
from registry.policies.pack_terms import Treatment

ID = "report-age"
VERSION = 1

_ANSWERS = {Treatment.COUNTS: passed, Treatment.UNDECIDED: undecided, Treatment.FAILS: failed}


def check(line: LineEvidence, report: ReportFact, rule: ReportRule, *, clause: str) -> Verdict:
    facts = {"number": report.number, "dated": str(report.date), "day": str(line.day)}
    if report.date > line.day:
        return undecided("report-age.after-the-day", clause, **facts)
    if rule.max_age_months is None:
        return passed("report-age.no-limit-stated", clause, **facts)
    last_day = add_months(report.date, rule.max_age_months)
    if line.day <= last_day:
        return passed("report-age.fresh", clause, **facts, last=last_day)
    answer = _ANSWERS[rule.over_age]
    key = f"report-age.stale-{rule.over_age.value}"
    return answer(key, clause, **facts, last=last_day)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last day where the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
