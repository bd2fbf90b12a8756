"""What the public does: complain without an account, follow, withdraw, have its contact erased."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from registry.access import senders
from registry.access.actors import Actor
from registry.access.permissions import Act, require
from registry.changes.feed import head
from registry.changes.reading import Point
from registry.evidence import files
from registry.evidence import service as evidence
from registry.evidence.kinds import EvidenceRefused
from registry.kit.clock import civil_day
from registry.kit.confined import MEGABYTE
from registry.kit.errors import DomainError, Fault, Faulty
from registry.kit.ids import ALPHABET, new
from registry.kit.tokens import new_token, token_sha256
from registry.supervision import store
from registry.supervision.complaint import Complaint
from registry.supervision.facts import Allegation, is_lot
from registry.supervision.models import ComplaintRow
from registry.supervision.states import Case, Doing, Step, step
from registry.supervision.store import Taken
from registry.supervision.subjects import subject

LONGEST_WORDS, SHORTEST_WORDS, LONGEST_CONTACT = 4000, 10, 120
SIGNS = 8  # 40 random bits: a number cannot be guessed from another
MOST_BYTES = 2048 * MEGABYTE  # of all complaints together; beyond it words are still taken
START, ERASE = "start", "erase"


class TooManyComplaints(DomainError):
    code = "too-many-complaints"
    status = 429


@dataclass(frozen=True, slots=True)
class Terms:
    """The site's settings: how many a day, how long to reply and to appeal, how long an ended one is kept."""

    per_day: int
    reply_days: int
    appeal_days: int
    kept_days: int


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody typed."""

    about: str
    allegation: str
    words: str
    lot: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was found fit, with its content."""

    scanned: evidence.Scanned
    data: bytes


@dataclass(frozen=True, slots=True)
class Origin:
    """Where and when a complaint comes from; an account is noted so that it decides nothing of it."""

    actor: Actor
    address: str
    now: datetime
    terms: Terms

    @property
    def today(self) -> date:
        return civil_day(self.now)


def require_room(session: Session, origin: Origin) -> None:
    """Refuse a sender who has had its share today; asked before a file is scanned."""
    require(origin.actor, Act.COMPLAIN)
    sender = senders.digest(session, origin.address, origin.today)
    had = (
        select(func.count())
        .select_from(ComplaintRow)
        .where(col(ComplaintRow.sender) == sender, col(ComplaintRow.day) == origin.today)
    )
    if int(session.execute(had).scalar_one()) >= origin.terms.per_day:
        raise TooManyComplaints(limit=origin.terms.per_day)


def faults(given: Given) -> list[Fault]:
    """Everything wrong with what was typed, each with its field."""
    found = []
    if not given.about:
        found.append(Fault("about", "complaint.about-missing"))
    if given.allegation not in tuple(Allegation):
        found.append(Fault("allegation", "complaint.allegation-missing"))
    if len(given.words) < SHORTEST_WORDS:
        found.append(Fault("words", "complaint.words-missing", {"shortest": SHORTEST_WORDS}))
    for name, limit in (("words", LONGEST_WORDS), ("contact", LONGEST_CONTACT)):
        length = len(getattr(given, name))
        if length > limit:
            found.append(Fault(name, "complaint.too-long", {"limit": limit, "length": length}))
    if given.lot and not is_lot(given.lot):
        found.append(Fault("lot", "complaint.lot-unreadable"))
    return found


def take(
    session: Session, given: Given, origin: Origin, *, folder: Path, upload: Upload | None = None
) -> str:
    """Keep a complaint; the secret part of the address under which it can be followed."""
    require_room(session, origin)
    if found := faults(given):
        raise Faulty("complaint-unfit", faults=found)
    about = subject(session, given.about, Point(origin.today, head(session).seq))
    key, token = new(), new_token()
    session.add(
        ComplaintRow(
            id=key,
            number="TS-" + "".join(secrets.choice(ALPHABET) for _ in range(SIGNS)),
            token_sha256=token_sha256(token),
            state=Case(about.respondent).state,
            subject_kind=about.kind,
            subject_id=about.id,
            subject_code=about.code,
            respondent_id=about.respondent,
            body_id=about.body,
            parties=" ".join(sorted(map(str, about.parties))),
            allegation=given.allegation,
            lot=given.lot or None,
            words=given.words,
            contact=given.contact,
            received_at=origin.now,
            day=origin.today,
            sender=senders.digest(session, origin.address, origin.today),
            submitter_id=origin.actor.account_id,
            **_kept_file(session, key.hex, folder, upload),
        )
    )
    session.flush()
    taken = Taken(START, Case(about.respondent), origin.now, 0)
    store.add_event(session, key, taken, revision=0)
    return token


def withdraw(session: Session, token: str, *, now: datetime, revision: int) -> Complaint:
    """The complainant takes it back; what is decided stays."""
    complaint = store.by_token(session, token)
    case = step(complaint.case, None, Doing(Step.WITHDRAW, civil_day(now)))
    return store.write(session, complaint, Taken(Step.WITHDRAW, case, now, revision))


def erase_contact(session: Session, token: str, *, now: datetime) -> Complaint:
    """Forget how to reach the complainant, at any time and for good; asked twice it is the same."""
    complaint = store.by_token(session, token)
    erased = session.execute(
        update(ComplaintRow)
        .where(col(ComplaintRow.id) == complaint.id, col(ComplaintRow.contact) != "")
        .values(contact="")
        .execution_options(synchronize_session=False)
    )
    if erased.rowcount:  # type: ignore[attr-defined]
        taken = Taken(ERASE, complaint.case, now, complaint.revision)
        store.add_event(session, complaint.id, taken, revision=complaint.revision)
    return store.by_token(session, token)


def folder_of(folder: Path, complaint_hex: str) -> Path:
    """A folder for each complaint, so that erasing one takes nothing of another."""
    return folder / "complaints" / complaint_hex


def _kept_file(session: Session, key: str, folder: Path, upload: Upload | None) -> dict[str, Any]:
    if upload is None:
        return {}
    stored = select(func.coalesce(func.sum(col(ComplaintRow.file_size)), 0))
    if int(session.execute(stored).scalar_one()) >= MOST_BYTES:
        raise EvidenceRefused("evidence.no-room", limit=MOST_BYTES // MEGABYTE)
    scanned = upload.scanned
    return {
        "file_sha256": files.keep(folder_of(folder, key), upload.data),
        "file_name": scanned.name,
        "file_type": scanned.media_type,
        "file_size": scanned.size,
    }
