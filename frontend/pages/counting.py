"""What the register alone can say about being counted: evidence, scope, plants and models; never a ratio."""

from collections.abc import Iterator

from catalogue.compliance.model_match import covers
from frontend.pages import verdicts
from frontend.pages.words import Words
from frontend.views.parts import Badge, Tone
from frontend.views.product import CountCheck
from registry.certificates.facts import CertificateFact
from registry.certificates.states import StateOnDay, on_day
from registry.dossiers.dossier import Dossier
from registry.parties.service import in_scope

OUTCOMES = {
    True: ("outcome.pass", Tone.GOOD),
    False: ("outcome.fail", Tone.BAD),
    None: ("outcome.open", Tone.WARN),
}


def checks(dossier: Dossier, words: Words) -> tuple[CountCheck, ...]:
    """One line for each condition; without a certificate the other evidence is judged for what it is."""
    best = dossier.best_certificate or next(iter(dossier.certificates), None)
    found = list(_of_certificate(best.fact, dossier, words)) if best else []
    if best is None:
        found += _of_reports(dossier, words)
    if dossier.self_declarations and best is None and not dossier.reports:
        found.append(_check(False, words.say("counts.self-declaration"), words))
    if not found:
        found.append(_check(False, words.say("counts.nothing"), words))
    return (*found, _check(None, words.say("counts.project"), words))


def _of_certificate(cert: CertificateFact, dossier: Dossier, words: Words) -> Iterator[CountCheck]:
    at, product = dossier.at, dossier.product.fact
    state = on_day(cert, at.on)
    said = words.say(f"counts.state.{state}", number=cert.number, day=at.on, until=cert.valid_to)
    yield _check(state is StateOnDay.ACTIVE, said, words)
    body = dossier.organisations.get(cert.body_id)
    if body is not None:
        approved = in_scope(body.approved_scopes, scheme=cert.scheme, category=cert.category, on=at.on)
        known = bool(body.approved_scopes)
        key = (
            "counts.body-approved" if approved else "counts.body-outside" if known else "counts.body-unknown"
        )
        yield _check(True if approved else None, words.say(key, body=words.name(body)), words)
    rows = [row for row in cert.rows if product.id in row.product_ids]
    reached = {row.plant_id for row in rows}
    for plant in product.plant_ids:
        name = words.name(dossier.plants[plant]) if plant in dossier.plants else "—"
        text = words.say("counts.plant-covered" if plant in reached else "counts.plant-not", plant=name)
        yield _check(plant in reached, text, words)
    for model in product.models:
        answers = [covers(row.models, model) for row in rows]
        answer = True if True in answers else None if None in answers else False
        printed = sorted({text for row in rows for text in row.models}) or [words.say("cover.every-model")]
        yield _check(answer, words.say(f"counts.model.{_word(answer)}", model=model, printed=printed), words)


def _of_reports(dossier: Dossier, words: Words) -> Iterator[CountCheck]:
    tones = {Tone.GOOD: True, Tone.WARN: None, Tone.BAD: False}
    for known in dossier.reports:
        finding = verdicts.of_report(known.fact)
        text = words.joined(words.say("counts.report", number=known.fact.number), finding.said(words))
        yield _check(tones.get(finding.tone), text, words, words.say("counts.report-equal"))
        if known.fact.sample_type == "sent_in":
            yield _check(None, words.say("cover.sent-in"), words)
        if known.fact.within_cma_scope is not True:
            key = "counts.cma-unknown" if known.fact.within_cma_scope is None else "counts.cma-outside"
            yield _check(known.fact.within_cma_scope, words.say(key), words)


def _word(answer: bool | None) -> str:  # noqa: FBT001 - three answers, not a switch
    return {True: "covered", False: "not", None: "open"}[answer]


def _check(answer: bool | None, text: str, words: Words, clause: str = "") -> CountCheck:  # noqa: FBT001
    key, tone = OUTCOMES[answer]
    return CountCheck(Badge(words.say(key), tone), text, clause)
