"""One line judged: any accepted proof is enough, and every proof looked at is explained."""

from dataclasses import dataclass

from catalogue.compliance.evidence import (
    CertificateFact,
    ItemKind,
    LineEvidence,
    ListingFact,
    ReportFact,
    SelfDeclarationFact,
)
from catalogue.compliance.rules import (
    body_in_scope,
    catalogue_listing,
    certificate_in_force,
    renewal_gap,
    report_accepted,
    report_age,
    report_covers,
    report_indicators,
    scheme_accepted,
    scope_row,
    self_declaration,
    standard_current,
)
from catalogue.compliance.verdicts import Outcome, Verdict, all_of, any_of, failed, undecided
from registry.policies.pack import Pack


@dataclass(frozen=True, slots=True)
class Finding:
    """One proof and the verdicts on it; all must pass for the proof to count."""

    evidence_id: str
    kind: ItemKind
    outcome: Outcome
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class LineVerdict:
    """`remarks` are verdicts on the line as a whole: not matched, nothing found, a gap between renewals."""

    outcome: Outcome
    findings: tuple[Finding, ...]
    remarks: tuple[Verdict, ...]
    evidence_id: str | None
    clause: str

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        return (*(verdict for found in self.findings for verdict in found.verdicts), *self.remarks)


def judge(line: LineEvidence, pack: Pack) -> LineVerdict:
    """Pass if any proof passes, else undecided if any is undecided, else fail; the pack's clause is cited."""
    clause = pack.evidence.clause
    if line.product_id is None:
        remark = undecided("line.product-unknown", clause)
        return LineVerdict(Outcome.UNDECIDED, (), (remark,), None, clause)
    findings = _findings(line, pack)
    outcome = any_of(found.outcome for found in findings)
    winner = next((found.evidence_id for found in findings if found.outcome is Outcome.PASS), None)
    remarks = _remarks(line, findings, pack) if outcome is not Outcome.PASS else ()
    return LineVerdict(outcome, findings, remarks, winner, clause)


def _findings(line: LineEvidence, pack: Pack) -> tuple[Finding, ...]:
    """Certificates first, then reports, listings and declarations, each by id: the input order is nothing."""
    clause = pack.evidence.clause
    return (
        *(_certificate(line, item, pack) for item in sorted(line.certificates, key=lambda c: c.id)),
        *(_report(line, item, pack) for item in sorted(line.reports, key=lambda r: r.id)),
        *(_listing(line, item, pack) for item in sorted(line.listings, key=lambda entry: entry.id)),
        *(_declaration(item, clause) for item in sorted(line.self_declarations, key=lambda d: d.id)),
    )


def _certificate(line: LineEvidence, item: CertificateFact, pack: Pack) -> Finding:
    rules = pack.evidence
    return _found(
        item.id,
        ItemKind.CERTIFICATE,
        scheme_accepted.check(item, rules),
        scope_row.check(line, item, clause=rules.clause),
        certificate_in_force.check(
            line, item, produced_while_valid=rules.produced_while_valid, clause=rules.clause
        ),
        body_in_scope.check(item, outside=rules.body_outside_scope, clause=rules.clause),
        standard_current.check(line, item, replaced=rules.replaced_standard, clause=rules.clause),
    )


def _report(line: LineEvidence, item: ReportFact, pack: Pack) -> Finding:
    rules = pack.evidence
    accepted = report_accepted.check(item, rules)
    if rules.test_report is None:
        return _found(item.id, ItemKind.TEST_REPORT, accepted)
    return _found(
        item.id,
        ItemKind.TEST_REPORT,
        accepted,
        report_covers.check(line, item, clause=rules.clause),
        report_indicators.check(item, clause=rules.clause),
        report_age.check(line, item, rules.test_report, clause=rules.clause),
    )


def _listing(line: LineEvidence, item: ListingFact, pack: Pack) -> Finding:
    return _found(item.id, ItemKind.CATALOGUE_LISTING, catalogue_listing.check(line, item, pack.evidence))


def _declaration(item: SelfDeclarationFact, clause: str) -> Finding:
    return _found(item.id, ItemKind.SELF_DECLARATION, self_declaration.check(item, clause=clause))


def _found(evidence_id: str, kind: ItemKind, *verdicts: Verdict) -> Finding:
    return Finding(evidence_id, kind, all_of(verdict.outcome for verdict in verdicts), verdicts)


def _remarks(line: LineEvidence, findings: tuple[Finding, ...], pack: Pack) -> tuple[Verdict, ...]:
    clause = pack.evidence.clause
    if not findings:
        return (failed("line.no-evidence", clause, day=line.day),)
    covering = [
        item
        for item in line.certificates
        if scope_row.check(line, item, clause=clause).outcome is Outcome.PASS
    ]
    gap = renewal_gap.check(line, covering, clause=clause)
    return (gap,) if gap is not None else ()
