"""The events of certificates in words: a line of the calendar, an entry of a calendar file."""

from frontend.exports.ical import Entry
from frontend.pages import verify
from frontend.pages.words import Words
from frontend.views.calendar import EventLine
from frontend.views.parts import Badge, Link, Tone
from registry.deadlines.agenda import Agenda
from registry.deadlines.events import Event, EventKind
from registry.kit.ids import derived

TONES = {
    EventKind.EXPIRY: Tone.BAD,
    EventKind.SURVEILLANCE_DONE: Tone.GOOD,
    EventKind.SURVEILLANCE_DUE: Tone.QUIET,
    EventKind.RENEWAL: Tone.WARN,
    EventKind.STANDARD_REPLACED: Tone.WARN,
}


def line(event: Event, found: Agenda, words: Words) -> EventLine:
    fact = event.certificate
    maker = found.organisations.get(fact.manufacturer_id)
    return EventLine(
        day=words.day(event.day),
        kind=Badge(words.say(f"event.{event.kind}"), Tone.WARN if event.overdue else TONES[event.kind]),
        certificate=Link(fact.number, verify.address(fact.code)),
        maker=Link(
            words.name(maker) if maker else "—",
            f"/{words.lang}/calendar?month=all&maker={maker.code}" if maker else verify.address(fact.code),
        ),
        note=note(event, words),
    )


def note(event: Event, words: Words) -> str:
    """What the day asks for."""
    if event.kind is EventKind.RENEWAL:
        key = "event.window" if event.days_left == 90 else "event.reminder"
        return words.say(key, count=event.days_left or 0, day=event.certificate.valid_to)
    if event.kind is EventKind.STANDARD_REPLACED:
        return words.say(
            "event.replaced-by",
            standard=event.standard or "—",
            by=event.replaced_by or words.say("not-stated"),
        )
    if event.overdue:
        return words.say("event.overdue")
    return words.say(f"event.{event.kind}.note")


def entry(event: Event, found: Agenda, words: Words, *, base: str, demonstration: bool) -> Entry:
    """The same in a file; a demonstration says so in every single entry, since entries travel alone."""
    fact = event.certificate
    maker = found.organisations.get(fact.manufacturer_id)
    mark = f"{words.say('calendar.demonstration')} " if demonstration else ""
    kind = words.say(f"event.{event.kind}")
    about = (fact.number, words.name(maker) if maker else "—", note(event, words))
    return Entry(
        uid=derived("calendar", str(fact.id), event.kind, _which(event)),
        day=event.day,
        summary=f"{mark}{kind} {fact.number}",
        description="\n".join((*about, words.say("source.last-word"))),
        category=kind,
        url=f"{base}{verify.address(fact.code)}",
    )


def _which(event: Event) -> str:
    """What tells events of one kind apart; a day only where each day is an event of its own."""
    if event.kind in (EventKind.SURVEILLANCE_DONE, EventKind.SURVEILLANCE_DUE):
        return event.day.isoformat()
    return event.standard or str(event.days_left or "")
