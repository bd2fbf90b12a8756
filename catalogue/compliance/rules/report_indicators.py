"""Every indicator of the demand standard is present in the report and met.

Clause: pack's evidence clause with its demand standard; one missing indicator leaves the answer open. The
standard's own lists of indicators are not loaded, so whoever transcribes a report states whether it is
complete; until somebody has, the answer is open.
"""

from catalogue.compliance.evidence import Comparator, Indicator, ReportFact
from catalogue.compliance.verdicts import Verdict, failed, passed, undecided

ID = "report-indicators"
VERSION = 1


def check(report: ReportFact, *, clause: str) -> Verdict:
    number = report.number
    missed = [item for item in report.indicators if item.value is not None and not _met(item)]
    if missed:
        return failed(
            "report-indicators.not-met", clause, number=number, missed=tuple(_shown(item) for item in missed)
        )
    missing = tuple(sorted(item.name for item in report.indicators if item.value is None))
    if missing:
        return undecided("report-indicators.missing", clause, number=number, missing=missing)
    if not report.indicators:
        return undecided("report-indicators.none", clause, number=number)
    if report.complete is not True:
        known = "unchecked" if report.complete is None else "incomplete"
        return undecided(f"report-indicators.{known}", clause, number=number, count=len(report.indicators))
    return passed("report-indicators.all-met", clause, number=number, count=len(report.indicators))


def _met(item: Indicator) -> bool:
    if item.value is None:
        return False
    return {
        Comparator.AT_MOST: item.value <= item.limit,
        Comparator.AT_LEAST: item.value >= item.limit,
        Comparator.BELOW: item.value < item.limit,
        Comparator.ABOVE: item.value > item.limit,
        Comparator.EQUAL: item.value == item.limit,
    }[item.comparator]


_SIGNS = {
    Comparator.AT_MOST: "≤",
    Comparator.AT_LEAST: "≥",
    Comparator.BELOW: "<",
    Comparator.ABOVE: ">",
    Comparator.EQUAL: "=",
}


def _shown(item: Indicator) -> str:
    page = f" (p. {item.page})" if item.page is not None else ""
    return f"{item.name} {item.value} {item.unit}, {_SIGNS[item.comparator]} {item.limit}{page}"
