"""Days as an iCalendar file (RFC 5545): escaped text, lines folded at 75 octets, each ended by CR LF."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//GreenMat//GreenMat//ZH"
LONGEST_LINE = 75  # octets without the line end (RFC 5545, 3.1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A whole day; `uid` stays the same while the thing stays the same, so that a calendar replaces it."""

    uid: UUID
    day: date
    summary: str
    description: str
    category: str
    url: str


def calendar(name: str, entries: Sequence[Entry], *, stamp: datetime) -> bytes:
    """A file to import or follow; `stamp` is the instant it was made."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        *(line for entry in entries for line in _event(entry, stamp)),
        "END:VCALENDAR",
    ]
    return b"".join(piece + b"\r\n" for line in lines for piece in folded(line))


def _event(entry: Entry, stamp: datetime) -> Iterator[str]:
    """The end of a day is the day after, which it does not include (3.6.1)."""
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{_date(entry.day)}"
    yield f"DTEND;VALUE=DATE:{_date(entry.day + timedelta(days=1))}"
    yield f"SUMMARY:{escaped(entry.summary)}"
    yield f"DESCRIPTION:{escaped(entry.description)}"
    yield f"CATEGORIES:{escaped(entry.category)}"
    yield f"URL:{entry.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _date(day: date) -> str:
    return day.isoformat().replace("-", "")  # not strftime: it writes the year 999 in three digits


def escaped(text: str) -> str:
    """TEXT of RFC 5545, 3.3.11: backslash, semicolon, comma and line end escaped, other controls dropped."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, "\\" + sign)
    return "".join(one for one in plain.replace("\n", "\\n") if one.isprintable() or one == "\t")


def folded(line: str) -> Iterator[bytes]:
    """Pieces of at most 75 octets; those after the first begin with a space, and no character is cut."""
    piece = b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > LONGEST_LINE:
            yield piece
            piece = b" "
        piece += octets
    yield piece
