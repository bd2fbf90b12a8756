"""What a scanned number is answered with, for every kind of thing that carries one."""

from collections.abc import Callable, Mapping
from typing import TypeAlias
from uuid import UUID

from frontend.pages import answers_batch, firm_answers, verdicts
from frontend.pages.answer_parts import (
    EN,
    ZH,
    Ask,
    Parts,
    both,
    covered_rows,
    fact,
    given,
    names,
    party,
    uncovered_plants,
)
from frontend.pages.party_links import plant_link
from frontend.pages.verdicts import Finding
from frontend.pages.words import Words, best_tag, certificate_tag, figure, tag
from frontend.views.parts import EvidenceKind, EvidenceTag, Tone
from frontend.views.verify import Both
from registry.certificates.facts import CertificateFact
from registry.certificates.kind import CERTIFICATE
from registry.certificates.timeline import kept_states
from registry.changes.reading import get, many
from registry.crosschecks.service import looks_at
from registry.declarations.facts import DeclarationFact, a1_a3
from registry.declarations.service import DECLARATION
from registry.declarations.validity import validity
from registry.dossiers.load import load
from registry.parties.facts import PlantFact
from registry.parties.service import ORGANISATION, PLANT
from registry.products.facts import ProductFact
from registry.products.service import PRODUCT
from registry.reports.service import SELF_DECLARATION, TEST_REPORT

Answer: TypeAlias = Callable[[Ask], Parts | None]


def _certificate(ask: Ask) -> Parts | None:
    known = get(ask.session, CERTIFICATE, ask.key, ask.at)
    if known is None:
        return None
    cert = known.fact
    products = [
        k.fact
        for k in many(ask.session, PRODUCT, {p for r in cert.rows for p in r.product_ids}, ask.at).values()
    ]
    plants = _plants(ask, cert, products)
    firms = many(ask.session, ORGANISATION, {cert.body_id, cert.holder_id, cert.manufacturer_id}, ask.at)
    parties = {key: known_firm.fact for key, known_firm in firms.items()}
    category = [ask.reference.category(cert.category, words) for words in (ZH, EN)]
    seen = looks_at(ask.session, [known], ask.at)[known.header.key]
    span = kept_states(ask.session, [known], ask.at).get(known.header.key)
    return Parts(
        finding=verdicts.of_certificate(known, ask.at, seen, span=span),
        tag=_both_tag(certificate_tag(cert, ZH), certificate_tag(cert, EN)),
        facts=(
            fact("label.certificate-number", given(cert.number)),
            fact("label.certified-as", Both(*category)),
            party("label.body", parties.get(cert.body_id)),
            party("label.holder", parties.get(cert.holder_id)),
            party("label.manufacturer", parties.get(cert.manufacturer_id)),
            fact("label.validity", both("period", start=cert.valid_from, end=cert.valid_to)),
        ),
        covered=covered_rows(cert, plants),
        not_covered=(*uncovered_plants(cert, products, plants), both("cover.no-batch")),
        product=products[0] if len(products) == 1 else None,
    )


def _plants(ask: Ask, cert: CertificateFact, products: list[ProductFact]) -> Mapping[UUID, PlantFact]:
    ids = {row.plant_id for row in cert.rows} | {plant for one in products for plant in one.plant_ids}
    return {key: known.fact for key, known in many(ask.session, PLANT, ids, ask.at).items()}


def _product(ask: Ask) -> Parts | None:
    dossier = load(ask.session, [ask.key], ask.at, kinds=ask.reference.kinds).get(ask.key)
    if dossier is None:
        return None
    product, best = dossier.product.fact, dossier.best_certificate
    rows = [row for row in best.fact.rows if product.id in row.product_ids] if best else []
    cert = best.fact.model_copy(update={"rows": tuple(rows)}) if best else None
    cell = dossier.cell
    facts = [
        fact("label.product", names(product)),
        fact("label.models", given("、".join(product.models))),
        party("label.manufacturer", dossier.maker),
        *([fact("label.certificate-number", given(cert.number))] if cert else []),
        *([fact("label.report-number", given(dossier.reports[0].fact.number))] if dossier.reports else []),
    ]
    if cell is not None:
        texts = (f"{figure(cell.value)} {words.per(cell.basis.unit)}" for words in (ZH, EN))
        facts.append(fact("label.footprint", Both(*texts)))
    uncovered = uncovered_plants(cert, [product], dossier.plants) if cert else ()
    return Parts(
        finding=verdicts.of_product(dossier, looks_at(ask.session, dossier.certificates, ask.at)),
        tag=_both_tag(best_tag(dossier, ZH), best_tag(dossier, EN)),
        facts=tuple(facts),
        covered=covered_rows(cert, dossier.plants) if cert else (),
        not_covered=(*uncovered, both("cover.no-batch")) if cert else (),
        product=product,
    )


def _report(ask: Ask) -> Parts | None:
    known = get(ask.session, TEST_REPORT, ask.key, ask.at)
    if known is None:
        return None
    report = known.fact
    product = get(ask.session, PRODUCT, report.product_id, ask.at)
    laboratory = get(ask.session, ORGANISATION, report.laboratory_id, ask.at)
    plant = get(ask.session, PLANT, report.plant_id, ask.at)
    sent_in = (both("cover.sent-in"),) if report.sample_type == "sent_in" else ()
    return Parts(
        finding=verdicts.of_report(report),
        tag=_plain_tag(EvidenceKind.TEST_REPORT),
        facts=(
            fact("label.report-number", given(report.number)),
            fact("label.product", names(product.fact if product else None)),
            fact("label.models", given("、".join(report.models))),
            fact("label.plant", names(plant.fact if plant else None)),
            party("label.laboratory", laboratory.fact if laboratory else None),
            fact("label.tested-on", both("day", day=report.tested_on)),
            fact("label.sample", both(f"sample.{report.sample_type}")),
            fact("label.demand-standard", given(report.demand_standard)),
        ),
        not_covered=(*sent_in, both("cover.report-age")),
        product=product.fact if product else None,
    )


def _self_declaration(ask: Ask) -> Parts | None:
    known = get(ask.session, SELF_DECLARATION, ask.key, ask.at)
    if known is None:
        return None
    claim = known.fact
    product = get(ask.session, PRODUCT, claim.product_id, ask.at)
    return Parts(
        finding=Finding(Tone.QUIET, "verdict.self-declared", known_by=claim.known_by),
        tag=_plain_tag(EvidenceKind.SELF_DECLARATION),
        facts=(
            fact("label.product", names(product.fact if product else None)),
            fact("label.claim", Both(claim.claim_zh, claim.claim_en)),
            fact("label.declared-on", both("day", day=claim.declared_on)),
        ),
        not_covered=(both("cover.self-declaration"),),
        product=product.fact if product else None,
    )


def _declaration(ask: Ask) -> Parts | None:
    known = get(ask.session, DECLARATION, ask.key, ask.at)
    if known is None:
        return None
    stated, standing = known.fact, validity(known.fact, ask.at.on)
    products = [k.fact for k in many(ask.session, PRODUCT, stated.product_ids, ask.at).values()]
    listed = Both("、".join(p.name_zh for p in products), ", ".join(p.name_en for p in products))
    days = (ZH.stated_day(stated.valid_to), EN.stated_day(stated.valid_to))
    return Parts(
        finding=Finding(verdicts.validity_tone(stated, standing), f"verdict.declaration-{standing}"),
        tag=EvidenceTag(EvidenceKind.LISTING, _twice(f"document.{stated.document}")),
        facts=(
            fact("label.document-number", given(stated.number)),
            fact("label.product", listed),
            fact("label.a1-a3", _amount(stated)),
            fact("label.standard", given(stated.standard)),
            fact("label.data-kind", both(f"data.{stated.data_kind}")),
            fact("label.verification", both(f"proof.{stated.verification}")),
            fact("label.valid-to", Both(*days)),
        ),
        not_covered=(both("cover.declaration"),),
        product=products[0] if len(products) == 1 else None,
    )


def _amount(stated: DeclarationFact) -> Both:
    total = a1_a3(stated)
    if total is None:
        return both("not-declared")
    amount = stated.declared_amount

    def text(words: Words) -> str:
        per = (
            words.unit(stated.declared_unit)
            if amount == 1
            else f"{figure(amount)} {words.unit(stated.declared_unit)}"
        )
        return f"{figure(total)} kgCO₂e/{per}"

    return Both(text(ZH), text(EN))


def _organisation(ask: Ask) -> Parts | None:
    known = get(ask.session, ORGANISATION, ask.key, ask.at)
    if known is None:
        return None
    firm = known.fact
    roles = [words.listed(words.say(f"role.{role}") for role in firm.roles) for words in (ZH, EN)]
    places = [ask.reference.place(firm.region, words) for words in (ZH, EN)]
    return Parts(
        finding=Finding(Tone.QUIET, "verdict.organisation"),
        tag=EvidenceTag(EvidenceKind.NONE, _twice("thing.organisation")),
        facts=(
            party("label.name", firm),
            fact("label.roles", Both(*roles)),
            fact("label.credit-code", given(firm.credit_code)),
            fact("label.region", Both(*places)),
        ),
        not_covered=(both("cover.organisation"),),
    )


def _plant(ask: Ask) -> Parts | None:
    known = get(ask.session, PLANT, ask.key, ask.at)
    if known is None:
        return None
    plant = known.fact
    firm = get(ask.session, ORGANISATION, plant.organisation_id, ask.at)
    closed = plant.closed_on is not None and plant.closed_on <= ask.at.on
    places = [ask.reference.place(plant.region, words) for words in (ZH, EN)]
    return Parts(
        finding=Finding(
            Tone.WARN if closed else Tone.QUIET,
            "verdict.plant-closed" if closed else "verdict.plant",
            {"day": plant.closed_on} if closed else {},
        ),
        tag=EvidenceTag(EvidenceKind.NONE, _twice("thing.plant")),
        facts=(
            fact("label.name", names(plant), plant_link(plant, ZH).href),
            party("label.manufacturer", firm.fact if firm else None),
            fact("label.region", Both(*places)),
        ),
        not_covered=(both("cover.plant"),),
    )


def _twice(key: str) -> str:
    return f"{ZH.say(key)} {EN.say(key)}"


def _plain_tag(kind: EvidenceKind) -> EvidenceTag:
    return _both_tag(tag(kind, ZH), tag(kind, EN))


def _both_tag(zh: EvidenceTag, en: EvidenceTag) -> EvidenceTag:
    return EvidenceTag(zh.kind, f"{zh.word} {en.word}")


ANSWERS: Mapping[str, Answer] = {
    "certificate": _certificate,
    "product": _product,
    "test_report": _report,
    "self_declaration": _self_declaration,
    "declaration": _declaration,
    "organisation": _organisation,
    "plant": _plant,
    "batch": answers_batch.batch,
    "honour": lambda ask: firm_answers.honour(ask.session, ask.key, ask.at),
    "energy_record": lambda ask: firm_answers.energy(ask.session, ask.key, ask.at),
    "disclosure": lambda ask: firm_answers.disclosure(ask.session, ask.key, ask.at),
}
