"""What a scanned number of supervision is answered with, and what supervision adds to every other answer."""

from collections.abc import Mapping
from itertools import islice

from sqlmodel import Session

from frontend.pages.answer_parts import EN, ZH, Ask, Parts, both, fact, given, names, party
from frontend.pages.answers import Answer
from frontend.pages.supervision import told
from frontend.pages.verdicts import Finding
from frontend.views.parts import EvidenceKind, EvidenceTag, Tone
from frontend.views.verify import Both, BothFact
from registry.changes.models import PublicCode
from registry.changes.reading import Point, get
from registry.parties.service import ORGANISATION
from registry.products.service import PRODUCT
from registry.supervision import reading
from registry.supervision.facts import RecognitionState, RoundState
from registry.supervision.kinds import FINDING, RECOGNITION, ROUND

MOST = 3  # the answer stays within its 6 kB; the page of the thing shows every line


def lines(session: Session, record: PublicCode, at: Point) -> tuple[BothFact, ...]:
    """Findings, outcomes and recognition of what the number names, the newest of each first."""
    found = reading.of_record(session, record.kind, record.key, at)
    pairs = zip(told.lines(found, ZH), told.lines(found, EN), strict=True)
    return tuple(
        BothFact(
            both("label.supervision"),
            Both(*(f"{one.brief} · {one.day}" for one in pair)),
            pair[0].href,
        )
        for pair in islice(pairs, MOST)
    )


def _finding(ask: Ask) -> Parts | None:
    known = get(ask.session, FINDING, ask.key, ask.at)
    if known is None:
        return None
    found = known.fact
    firm = get(ask.session, ORGANISATION, found.organisation_id, ask.at)
    measures = [
        words.listed(words.say(f"finding.measure.{one}") for one in found.measures)
        or words.say("finding.none")
        for words in (ZH, EN)
    ]
    replied = "finding.replied" if found.replied_on else "finding.silent"
    days = [
        fact("complaint.received", both("day", day=found.received_on)),
        fact("finding.decided", both("day", day=found.decided_on)),
    ]
    if found.revised_on:
        days.append(fact("finding.revised", both("day", day=found.revised_on)))
    if found.appeal_until:
        days.append(fact("finding.appeal-until", both("day", day=found.appeal_until)))
    return Parts(
        finding=Finding(told.OUTCOMES[found.outcome], f"verdict.finding.{found.outcome}"),
        tag=_tag("thing.finding"),
        facts=(
            fact("complaint.about", given(found.subject_code), told.verify_href(found.subject_code)),
            party("finding.party", firm.fact if firm else None),
            fact("complaint.field.allegation", both(f"complaint.allegation.{found.allegation}")),
            *([fact("complaint.field.lot", given(found.lot))] if found.lot else []),
            fact("finding.heard", both(replied)),
            fact("finding.measures-label", Both(*measures)),
            *days,
        ),
        not_covered=(both("cover.finding"),),
    )


def _round(ask: Ask) -> Parts | None:
    known = get(ask.session, ROUND, ask.key, ask.at)
    if known is None:
        return None
    one = known.fact
    tone = Tone.WARN if one.state is RoundState.ANNULLED else Tone.QUIET
    return Parts(
        finding=Finding(tone, f"verdict.round.{one.state}", {"size": one.size, "count": len(one.candidates)}),
        tag=_tag("thing.round"),
        facts=(
            fact("label.name", names(one), told.round_href(one.code, ZH)),
            fact("round.digest", given(one.candidates_sha256)),
            fact("round.seed-source", given(one.seed_source)),
            fact("round.seed", given(one.seed or "")),
        ),
        not_covered=(both("cover.round"),),
    )


def _recognition(ask: Ask) -> Parts | None:
    known = get(ask.session, RECOGNITION, ask.key, ask.at)
    if known is None:
        return None
    one = known.fact
    product = get(ask.session, PRODUCT, one.product_id, ask.at)
    entered = one.state is RecognitionState.ENTERED
    return Parts(
        finding=Finding(
            Tone.GOOD if entered else Tone.QUIET, f"verdict.recognition.{one.state}", {"day": one.since}
        ),
        tag=_tag("thing.recognition"),
        facts=(
            fact("label.product", names(product.fact if product else None)),
            fact("recognition.catalogue", Both(one.catalogue_zh, one.catalogue_en)),
            fact("recognition.field.evidence", given(one.evidence_code), told.verify_href(one.evidence_code)),
            fact("recognition.notice", both("period", start=one.notice_from, end=one.notice_until)),
            fact(
                "recognition.basis",
                given(one.notice_basis) if one.notice_basis else both("recognition.convention"),
            ),
            *([fact("recognition.reason", given(one.reason))] if one.reason else []),
        ),
        not_covered=(both("cover.recognition"),),
        product=product.fact if product else None,
    )


def _tag(key: str) -> EvidenceTag:
    return EvidenceTag(EvidenceKind.NONE, f"{ZH.say(key)} {EN.say(key)}")


ANSWERS: Mapping[str, Answer] = {
    FINDING.name: _finding,
    ROUND.name: _round,
    RECOGNITION.name: _recognition,
}
