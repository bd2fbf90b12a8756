"""Every piece of evidence of a product, each class dressed as what it is."""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import Session

from frontend.pages import looks, verdicts, verify
from frontend.pages.answer_parts import MOST_ROWS
from frontend.pages.party_links import organisation_link
from frontend.pages.reference import Reference
from frontend.pages.words import Words, certificate_tag, figure, tag
from frontend.views.parts import Badge, EvidenceKind, EvidenceTag, Fact, Link, Tone
from frontend.views.product import Paper, ScopeRow
from registry.certificates.facts import CertificateFact
from registry.certificates.kind import CERTIFICATE
from registry.certificates.states import on_day
from registry.changes.kinds import Known
from registry.changes.reading import Point, history
from registry.crosschecks.looks import Looks
from registry.declarations.facts import DeclarationFact, a1_a3
from registry.declarations.validity import validity
from registry.dossiers.dossier import Dossier
from registry.kit.known_by import KnownBy
from registry.parties.facts import OrganisationFact
from registry.reports.facts import Indicator, SelfDeclarationFact, TestReportFact


def papers(
    dossier: Dossier, known: Reference, words: Words, found: Mapping[UUID, Looks] = verdicts.NO_LOOKS
) -> tuple[Paper, ...]:
    """Certificates, then reports, then the maker's own word, then footprints; never mixed."""
    return (
        *(
            _certificate(one, found.get(one.header.key), (dossier, known), words)
            for one in dossier.certificates
        ),
        *(_report(one.fact, dossier, words) for one in dossier.reports),
        *(_self_declaration(one.fact, words) for one in dossier.self_declarations),
        *(_declaration(one.fact, dossier, words) for one in dossier.declarations),
    )


def versions(session: Session, one: Known[CertificateFact], at: Point) -> list[Known[CertificateFact]]:
    return history(session, CERTIFICATE, one.fact.id, as_of=at.as_of)


def _certificate(
    one: Known[CertificateFact], found: Looks | None, about: tuple[Dossier, Reference], words: Words
) -> Paper:
    dossier, known = about
    cert, span = one.fact, dossier.spans.get(one.header.key)
    finding = verdicts.of_certificate(one, dossier.at, found, span=span)
    state = on_day(cert, dossier.at.on)
    parties = dossier.organisations
    facts = [
        Fact(words.say("label.number"), cert.code),
        Fact(words.say("label.certificate-number"), cert.number),
        _party("label.body", parties.get(cert.body_id), words),
        Fact(words.say("label.certified-as"), known.category(cert.category, words)),
        Fact(words.say("label.standards"), words.listed(cert.standards)),
        _party("label.holder", parties.get(cert.holder_id), words),
        Fact(words.say("label.validity"), words.say("period", start=cert.valid_from, end=cert.valid_to)),
        Fact(words.say("label.source"), finding.source(words)),
        *(looks.row(found or (), finding.seen, words) if finding.seen else ()),
    ]
    if cert.contract_manufacturing:
        facts.append(Fact(words.say("label.contract-manufacturing"), words.say("value.true")))
    return Paper(
        tag=certificate_tag(cert, words),
        title=words.say("paper.certificate", number=cert.number),
        state=Badge(words.say(f"state.{state}"), verdicts.TONES.get(state, Tone.BAD)),
        facts=tuple(facts),
        scope=_scope(cert, dossier, words),
        remark=words.joined(finding.detail(words), words.say("cover.no-batch")),
        links=(
            Link(words.say("action.verdict"), verify.address(cert.code)),
            Link(words.say("action.calendar"), f"/{words.lang}/calendar/{cert.code}.ics"),
        ),
    )


def _party(label: str, fact: OrganisationFact | None, words: Words) -> Fact:
    link = organisation_link(fact, words)
    return Fact(words.say(label), link.text, href=link.href)


def _scope(cert: CertificateFact, dossier: Dossier, words: Words) -> tuple[ScopeRow, ...]:
    """Rows of this product first; a long annex is cut and the answer page of the certificate goes on."""
    mine = dossier.product.fact.id
    rows = sorted(cert.rows, key=lambda row: (mine not in row.product_ids, row.row))
    return tuple(
        ScopeRow(
            unit=row.unit_name,
            models=words.listed(row.models) or words.say("cover.every-model"),
            plant=words.name(dossier.plants[row.plant_id]) if row.plant_id in dossier.plants else "—",
            trademark=row.trademark or "—",
            covers=Badge(words.say("outcome.covered"), Tone.GOOD)
            if mine in row.product_ids
            else Badge(words.say("outcome.other-product"), Tone.QUIET),
        )
        for row in rows[:MOST_ROWS]
    )


def _report(report: TestReportFact, dossier: Dossier, words: Words) -> Paper:
    finding = verdicts.of_report(report)
    laboratory = dossier.organisations.get(report.laboratory_id)
    plant = dossier.plants.get(report.plant_id)
    short = {Tone.GOOD: "outcome.met", Tone.WARN: "outcome.incomplete", Tone.BAD: "outcome.missed"}[
        finding.tone
    ]
    return Paper(
        tag=tag(EvidenceKind.TEST_REPORT, words),
        title=words.say("paper.report", number=report.number),
        state=Badge(words.say(short), finding.tone),
        facts=(
            Fact(words.say("label.number"), report.code),
            _party("label.laboratory", laboratory, words),
            Fact(words.say("label.sample"), words.say(f"sample.{report.sample_type}")),
            Fact(words.say("label.models"), words.listed(report.models) or "—"),
            Fact(words.say("label.plant"), words.name(plant) if plant else "—"),
            Fact(words.say("label.tested-on"), words.day(report.tested_on)),
            Fact(words.say("label.demand-standard"), report.demand_standard),
            *(_indicator(item, words) for item in report.indicators),
            *_source(report.known_by, words),
        ),
        remark=words.say("cover.report-age"),
        links=(Link(words.say("action.verdict"), verify.address(report.code)),),
    )


def _indicator(item: Indicator, words: Words) -> Fact:
    sign = {">=": "≥", "<=": "≤"}.get(item.comparator, "=")
    unit = words.measure(item.unit)
    value = words.say("report.not-stated") if item.value is None else f"{figure(item.value)} {unit}".strip()
    page = words.say("report.page", page=item.page) if item.page is not None else ""
    note = words.joined(
        words.say("report.limit", sign=sign, limit=f"{figure(item.limit)} {unit}".strip()), page
    )
    return Fact(words.pick(item.name_zh, item.name_en), value, note)


def _self_declaration(claim: SelfDeclarationFact, words: Words) -> Paper:
    return Paper(
        tag=tag(EvidenceKind.SELF_DECLARATION, words),
        title=words.pick(claim.claim_zh, claim.claim_en),
        state=Badge(words.say("outcome.never"), Tone.QUIET),
        facts=(
            Fact(words.say("label.number"), claim.code),
            Fact(words.say("label.declared-on"), words.day(claim.declared_on)),
        ),
        remark=words.say("cover.self-declaration"),
        links=(Link(words.say("action.verdict"), verify.address(claim.code)),),
    )


def _declaration(stated: DeclarationFact, dossier: Dossier, words: Words) -> Paper:
    standing, total = validity(stated, dossier.at.on), a1_a3(stated)
    amount = "" if stated.declared_amount == 1 else f"{figure(stated.declared_amount)} "
    value = (
        f"{figure(total)} kgCO₂e/{amount}{words.unit(stated.declared_unit)}"
        if total is not None
        else words.say("not-declared")
    )
    document = words.say(f"document.{stated.document}")
    return Paper(
        tag=EvidenceTag(EvidenceKind.LISTING, document),
        title=f"{document} {stated.number}",
        state=Badge(words.say(f"validity.{standing}"), verdicts.validity_tone(stated, standing)),
        facts=(
            Fact(words.say("label.number"), stated.code),
            Fact(words.say("label.a1-a3"), value),
            Fact(words.say("label.standard"), stated.standard, words.indicator(stated.indicator)),
            Fact(words.say("label.data-kind"), words.say(f"data.{stated.data_kind}")),
            Fact(words.say("label.verification"), words.say(f"proof.{stated.verification}")),
            Fact(words.say("label.valid-to"), words.stated_day(stated.valid_to)),
        ),
        remark=words.say("cover.declaration"),
        links=(
            Link(words.say("action.declaration"), f"/{words.lang}/declarations/{stated.code}"),
            Link(words.say("action.verdict"), verify.address(stated.code)),
        ),
    )


def _source(known_by: KnownBy, words: Words) -> tuple[Fact, ...]:
    """How it is known, as a row of its own: the verdict above speaks for the best certificate only."""
    return (Fact(words.say("label.source"), verdicts.source(known_by, words)),)
