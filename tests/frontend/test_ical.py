"""Calendar files read back by a slow reader of RFC 5545: nothing lost, no line too long, no character cut."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from frontend.exports.ical import Entry, calendar, escaped, folded

STAMP = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
PRINTABLE = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" \t,;\\\n"))


def unfolded(content: bytes) -> list[str]:
    """RFC 5545, 3.1: a line end and one blank are taken away before the octets are read as text."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    return content.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def unescaped(text: str) -> str:
    """RFC 5545, 3.3.11, character by character."""
    found, rest = "", iter(text)
    for one in rest:
        if one != "\\":
            assert one not in ",;", "a bare separator ends a value"
            found += one
            continue
        after = next(rest)
        assert after in "\\;,nN"
        found += "\n" if after in "nN" else after
    return found


def entry(summary: str = "到期", description: str = "", day: date = date(2026, 12, 31)) -> Entry:
    return Entry(UUID(int=7), day, summary, description, "证书到期", "https://greenmat.example/v/YS-1")


def values(content: bytes, name: str) -> list[str]:
    return [line.partition(":")[2] for line in unfolded(content) if line.partition(":")[0] == name]


@given(PRINTABLE, PRINTABLE)
def test_texts_come_back_as_they_were(summary: str, description: str) -> None:
    content = calendar("绿材名录", [entry(summary, description)], stamp=STAMP)
    assert [unescaped(text) for text in values(content, "SUMMARY")] == [summary]
    assert [unescaped(text) for text in values(content, "DESCRIPTION")] == [description]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_line_is_longer_than_75_octets_and_no_character_is_cut(text: str) -> None:
    pieces = list(folded(escaped(text)))
    assert all(len(piece) <= 75 for piece in pieces)
    assert all(piece.startswith(b" ") for piece in pieces[1:])
    assert "".join([pieces[0].decode(), *(piece[1:].decode() for piece in pieces[1:])]) == escaped(text)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_nothing_typed_can_begin_a_line_of_its_own(text: str) -> None:
    content = calendar(text, [entry(f"x\r\nBEGIN:VALARM\n{text}")], stamp=STAMP)
    lines = unfolded(content)
    assert [line for line in lines if line.startswith("BEGIN:")] == ["BEGIN:VCALENDAR", "BEGIN:VEVENT"]


def test_a_line_of_exactly_75_octets_is_not_folded_and_one_more_is() -> None:
    assert list(folded("x" * 75)) == [b"x" * 75]
    assert list(folded("x" * 76)) == [b"x" * 75, b" x"]
    assert [len(piece) for piece in folded("证" * 25 + "书" * 25)] == [75, 73, 4]


def test_a_day_ends_before_the_next_and_the_file_says_what_it_is() -> None:
    content = calendar("绿材名录", [entry(day=date(2026, 12, 31))], stamp=STAMP)
    lines = unfolded(content)
    assert lines[:5] == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//GreenMat//GreenMat//ZH", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]  # fmt: skip
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert "DTSTAMP:20260601T040000Z" in lines
    assert lines[-1] == "END:VCALENDAR"


def test_every_entry_has_its_own_number() -> None:
    entries = [
        Entry(uuid4(), date(2026, 1, n), "a", "b", "c", "https://greenmat.example/") for n in (1, 2, 3)
    ]
    assert len(set(values(calendar("x", entries, stamp=STAMP), "UID"))) == 3
