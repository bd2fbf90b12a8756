"""What supervision has made public, in words: one line each, for every page that shows some of it."""

from urllib.parse import quote

from frontend.pages.words import Words
from frontend.views.parts import Badge, Tone
from frontend.views.supervision import Told
from registry.supervision.facts import (
    FindingFact,
    Outcome,
    OutcomeFact,
    RecognitionFact,
    RecognitionState,
    Result,
    RoundState,
    SubjectKind,
)
from registry.supervision.reading import Supervised
from registry.supervision.states import State

OUTCOMES = {Outcome.UPHELD: Tone.BAD, Outcome.PARTLY: Tone.WARN, Outcome.NOT_UPHELD: Tone.QUIET}
RESULTS = {
    Result.PASS: Tone.GOOD,
    Result.FAIL: Tone.BAD,
    Result.NOT_FOUND: Tone.WARN,
    Result.REFUSED: Tone.BAD,
}
ROUNDS = {RoundState.DRAWN: Tone.WARN, RoundState.CLOSED: Tone.GOOD}
RECOGNITIONS = {
    RecognitionState.NOTICE: Tone.WARN,
    RecognitionState.ENTERED: Tone.GOOD,
    RecognitionState.REMOVED: Tone.BAD,
}
COMPLAINTS = {State.RECEIVED: Tone.WARN, State.ADMITTED: Tone.WARN, State.REPLIED: Tone.WARN}
FOLDERS = {SubjectKind.PRODUCT: "products", SubjectKind.ORGANISATION: "organisations"}


def subject_href(kind: SubjectKind, code: str, words: Words) -> str:
    folder = FOLDERS.get(kind)
    return f"/{words.lang}/{folder}/{quote(code)}" if folder else verify_href(code)


def verify_href(code: str) -> str:
    return f"/v/{quote(code, safe='')}"


def round_href(code: str, words: Words) -> str:
    return f"/{words.lang}/supervision/rounds/{quote(code)}"


def outcome_badge(fact: FindingFact, words: Words) -> Badge:
    return Badge(words.say(f"finding.outcome.{fact.outcome}"), OUTCOMES[fact.outcome])


def result_badge(result: Result, words: Words) -> Badge:
    return Badge(words.say(f"round.result.{result}"), RESULTS[result])


def recognition_badge(state: RecognitionState, words: Words) -> Badge:
    return Badge(words.say(f"recognition.state.{state}"), RECOGNITIONS.get(state, Tone.QUIET))


def round_badge(state: RoundState, words: Words) -> Badge:
    return Badge(words.say(f"round.state.{state}"), ROUNDS.get(state, Tone.QUIET))


def complaint_badge(state: State, words: Words) -> Badge:
    return Badge(words.say(f"complaint.state.{state}"), COMPLAINTS.get(state, Tone.QUIET))


def finding_line(fact: FindingFact, words: Words) -> Told:
    lot = words.say("finding.lot", lot=fact.lot) if fact.lot else ""
    replied = words.say("finding.replied" if fact.replied_on else "finding.silent")
    text = words.say(
        "finding.line",
        allegation=words.say(f"complaint.allegation.{fact.allegation}"),
        code=fact.subject_code,
        lot=lot,
        replied=replied,
    )
    day = words.day(fact.revised_on or fact.decided_on)
    badge = outcome_badge(fact, words)
    return Told(day, text, badge, verify_href(fact.code), badge.word + lot)


def outcome_line(fact: OutcomeFact, words: Words) -> Told:
    text = words.say("round.line", code=fact.round_code)
    if fact.report_number:
        text = words.say(
            "round.line-tested", code=fact.round_code, report=fact.report_number, laboratory=fact.laboratory
        )
    badge = result_badge(fact.result, words)
    brief = words.say("round.brief", result=badge.word)
    return Told(words.day(fact.found_on), text, badge, round_href(fact.round_code, words), brief)


def recognition_line(fact: RecognitionFact, words: Words) -> Told:
    catalogue = words.pick(fact.catalogue_zh, fact.catalogue_en)
    text = words.say("recognition.line", catalogue=catalogue)
    if fact.state is RecognitionState.NOTICE:
        text = words.say("recognition.line-notice", catalogue=catalogue, day=fact.notice_until)
    if fact.reason:
        text = words.say("recognition.line-reason", catalogue=catalogue, reason=fact.reason)
    badge = recognition_badge(fact.state, words)
    brief = words.say("recognition.brief", state=badge.word)
    return Told(words.day(fact.since), text, badge, verify_href(fact.code), brief)


def lines(found: Supervised, words: Words) -> tuple[Told, ...]:
    """Everything public about a thing."""
    return (
        *(recognition_line(one.fact, words) for one in found.recognitions),
        *(outcome_line(one.fact, words) for one in found.outcomes),
        *(finding_line(one.fact, words) for one in found.findings),
    )
