"""Look-ups on official platforms in words: what the last one showed, what is due, and the line of all."""

from collections.abc import Iterator, Mapping

from frontend.pages.words import Words
from frontend.views.parts import Fact
from registry.crosschecks.looks import Attention, Checked, Look, Looks

SHOWN = 4  # of a longer line the last ones; the interface gives all


def said(look: Look, words: Words) -> str:
    """The result in words; what differs stands behind it, and old records have words of their own."""
    if look.result is None:
        return look.said or words.say("not-stated")
    found = words.say(f"look.{look.result}")
    return words.say("look.with-detail", result=found, detail=look.said) if look.said else found


def sentence(seen: Checked, words: Words, *, brief: bool) -> str:
    """When somebody last looked, and with what result; brief where the page must stay short."""
    look = seen.last
    if look is None:
        return words.say("source.unchecked")
    if brief:
        return words.say("source.checked-on", day=look.checked_on)
    result = words.say(f"look.{look.result}") if look.result else said(look, words)
    return words.say("source.checked", day=look.checked_on, platform=look.platform, result=result)


def details(seen: Checked) -> Iterator[tuple[str, Mapping[str, object]]]:
    """What a reader must know beside the state: it differs, is not found, is overdue, was not reached."""
    if seen.last is not None and seen.attention is Attention.DIFFERS:
        yield "look.differs-hint", {"day": seen.last.checked_on, "detail": seen.last.said or "—"}
    elif seen.last is not None and seen.attention is Attention.NOT_FOUND:
        yield "look.not-found-hint", {"day": seen.last.checked_on}
    elif seen.due is not None and seen.attention is Attention.OVERDUE:
        yield "look.overdue-hint", {"day": seen.due}
    if seen.tried is not None:
        yield "look.tried-hint", {"day": seen.tried.checked_on}


def row(line: Looks, seen: Checked, words: Words) -> tuple[Fact, ...]:
    """The line of look-ups as a row of a paper, the newest first; no row where nobody has looked."""
    if not line:
        return ()
    shown = [
        words.say("look.line", day=look.checked_on, platform=look.platform, result=said(look, words))
        for look in reversed(line[-SHOWN:])
    ]
    due = words.say("look.due", day=seen.due) if seen.due else ""
    return (Fact(words.say("label.look-ups"), words.joined(*shown), due),)
