"""A complaint put into words, as much of it as its reader may see: its facts, passages and acts."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from frontend.pages.supervision import told
from frontend.pages.supervision.naming import beside, names
from frontend.pages.words import Words
from frontend.views import formats
from frontend.views.parts import Fact
from frontend.views.supervision import ActLine, Passage
from registry.changes.reading import point
from registry.supervision.complaint import Complaint, Event, last_words
from registry.supervision.facts import Measure, Outcome
from registry.supervision.handling import DECISION
from registry.supervision.states import Person, Step

Seen = frozenset[str] | None


def facts(session: Session, one: Complaint, words: Words, *, seen: Seen, today: date) -> tuple[Fact, ...]:
    """What it is about and until when; contact and file for the office alone."""
    about = [(one.subject_kind, one.subject_id)]
    named = names(session, about, point(session, today), words).get(one.subject_id)
    found = [
        Fact(
            words.say("complaint.about"),
            one.subject_code,
            beside(words.say(f"complaint.subject.{one.subject_kind}"), named),
            href=told.subject_href(one.subject_kind, one.subject_code, words),
        ),
        Fact(words.say("complaint.field.allegation"), words.say(f"complaint.allegation.{one.allegation}")),
        Fact(words.say("complaint.received"), words.day(one.day)),
    ]
    if one.lot:
        found.append(Fact(words.say("complaint.field.lot"), one.lot))
    if one.case.reply_due:
        found.append(Fact(words.say("complaint.reply-due"), words.day(one.case.reply_due)))
    if one.case.forwarded:
        found.append(Fact(words.say("complaint.forwarded"), words.say("complaint.forwarded-text")))
    if seen is None:
        found.append(
            Fact(words.say("complaint.field.contact"), one.contact or words.say("complaint.no-contact"))
        )
    return tuple(found)


def passages(one: Complaint, events: Sequence[Event], words: Words, seen: Seen) -> tuple[Passage, ...]:
    """What was complained, answered and decided."""
    found = [Passage(words.say("complaint.field.words"), one.words)]
    if seen is not None and DECISION not in seen:
        return tuple(found)
    listed = list(events)
    for act in (Step.DISMISS, Step.REPLY):
        event = last_words(listed, act)
        if event is not None:
            found.append(Passage(words.say(f"complaint.passage.{act}"), event.words))
    decision = last_words(listed, Step.DECIDE, Step.REVISE)
    if decision is not None:
        found.append(Passage(words.say("complaint.passage.decide"), _decision(decision, words)))
    return tuple(found)


def _decision(event: Event, words: Words) -> str:
    details = event.details
    sentences = [words.say(f"finding.outcome.{Outcome(details['outcome'])}"), event.words]
    measures = [words.say(f"finding.measure.{Measure(one)}") for one in details["measures"]]
    if measures:
        sentences.append(words.say("finding.measures", measures=measures))
    if details["appeal_until"]:
        sentences.append(words.say("finding.appeal", day=date.fromisoformat(details["appeal_until"])))
    return "\n".join(sentences)


def acts(events: Sequence[Event], words: Words, person: Person | None) -> tuple[ActLine, ...]:
    """An account is opaque: only whether it is oneself, and in which role it acted."""

    def who(event: Event) -> str:
        if event.account_id is None:
            return words.say("complaint.by-complainant")
        role = words.say(f"actor.{event.role}")
        mine = person is not None and event.account_id == person.account_id
        return words.say("review.who-me", role=role) if mine else role

    return tuple(
        ActLine(formats.instant(one.at, words.lang), words.say(f"complaint.act.{one.act}"), who(one))
        for one in events
    )
