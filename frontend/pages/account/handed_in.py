"""What became of a product list that was handed in: why it came back, its receipt, its history."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session

from catalogue.bulk.progress import Progress
from frontend.pages.account.parts import Visit
from frontend.pages.check_desk import writable
from frontend.views.parts import Fact, Link, Notice, Tone
from registry.applications import store
from registry.applications.application import Application
from registry.applications.list_row import row_named
from registry.applications.states import TRANSITIONS, State, Step


@dataclass(frozen=True, slots=True)
class HandedIn:
    links: tuple[Link, ...] = ()
    notices: tuple[Notice, ...] = ()
    remarks: tuple[Fact, ...] = ()


def handed_in(session: Session, visit: Visit, known: Progress) -> HandedIn:
    """Nothing for a list that is not handed in."""
    if known.application is None:
        return HandedIn()
    application = store.get(session, known.application[0])
    words, number = visit.words, application.number
    pages = [("maker.receipt", "receipt"), ("maker.history", "history")]
    if application.state in TRANSITIONS[Step.WITHDRAW]:
        pages.append(("maker.withdraw", "withdraw"))
    links = tuple(Link(words.say(key), visit.path(f"maker/{number}/{page}")) for key, page in pages)
    if application.state is not State.RETURNED:
        return HandedIn(links=links)
    reason = [one.reason for one in store.events(session, application.id) if one.act == Step.RETURN][-1]
    text = words.joined(writable(reason), words.say("bulk.returned-text"))
    notice = Notice(Tone.WARN, words.say("maker.returned"), text)
    return HandedIn(links, (notice,), tuple(_remarks(session, visit, application)))


def _remarks(session: Session, visit: Visit, application: Application) -> Iterator[Fact]:
    """Each row that came back, with what was said of it."""
    said = {
        number: one.text
        for one in store.remarks(session, application.id)
        if one.settled_at is None and (number := row_named(one.path)) is not None
    }
    named = {number for path in application.open_paths if (number := row_named(path)) is not None}
    for number in sorted(named | set(said)):
        text = writable(said[number]) if number in said else visit.words.say("bulk.row-returned")
        yield Fact(visit.words.say("review.list-row", row=str(number)), text)
