"""What is worth a notice, and to whom; pure functions of what is recorded, of applications and days."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from registry.certificates.facts import ActKind, CertificateFact
from registry.changes.kinds import Known
from registry.deadlines.events import Event, EventKind
from registry.declarations.documents.versions import News, Versions
from registry.notices.kinds import NoticeKind, Told
from registry.supervision.complaint import Complaint

OF_ACTS: Mapping[ActKind, NoticeKind] = MappingProxyType(
    {
        ActKind.SUSPEND: NoticeKind.CERTIFICATE_SUSPENDED,
        ActKind.REINSTATE: NoticeKind.CERTIFICATE_REINSTATED,
        ActKind.WITHDRAW: NoticeKind.CERTIFICATE_WITHDRAWN,
        ActKind.CANCEL: NoticeKind.CERTIFICATE_CANCELLED,
        ActKind.REISSUE: NoticeKind.CERTIFICATE_REISSUED,
        ActKind.OBJECT: NoticeKind.CERTIFICATE_OBJECTED,
        ActKind.SETTLE: NoticeKind.CERTIFICATE_SETTLED,
    }
)
OF_VERSIONS: Mapping[News, NoticeKind] = MappingProxyType(
    {
        News.REPLACED: NoticeKind.DECLARATION_REPLACED,
        News.TAKEN_BACK: NoticeKind.DECLARATION_TAKEN_BACK,
        News.WITHDRAWN: NoticeKind.DECLARATION_WITHDRAWN,
    }
)
OF_STEPS: Mapping[str, NoticeKind] = MappingProxyType(
    {
        "take": NoticeKind.APPLICATION_TAKEN,
        "return": NoticeKind.APPLICATION_RETURNED,
        "publish": NoticeKind.APPLICATION_PUBLISHED,
        "remove": NoticeKind.APPLICATION_REMOVED,
    }
)


REPLY_REMINDED = timedelta(days=3)  # a convention of this tool


def of_certificate(known: Known[CertificateFact], before: CertificateFact | None) -> Iterator[Told]:
    """An act on a certificate, to its holder and its maker; `before` is what counted on its day until then.

    A version that restates an act, because something older was mended or learned late, is no news.
    """
    fact, header = known.fact, known.header
    kind = OF_ACTS.get(fact.act)
    if kind is None or (before is not None and _restates(fact, before)):
        return
    facts = {"number": fact.number, "day": header.effective_on.isoformat()}
    for party in _parties(fact):
        yield Told(party, kind, fact.id, fact.code, header.recorded_at, facts, f"version {header.version}")


def of_declaration(versions: Versions, number: int, makers: Iterable[UUID]) -> Iterator[Told]:
    """What became of the version before, to the makers whose declaration it was."""
    news = versions.news(number)
    if news is None:
        return
    fact, header = versions.stated(number).fact, versions.declarations[number - 1].header
    facts = {
        "number": fact.number,
        "code": fact.code,
        "day": header.effective_on.isoformat(),
        "version": str(header.version),
    }
    for maker in makers:
        kind, source = OF_VERSIONS[news], f"version {header.version}"
        yield Told(maker, kind, fact.id, fact.code, header.recorded_at, facts, source)


def of_day(events: Iterable[Event], day: date, *, now: datetime) -> Iterator[Told]:
    """Of each certificate the nearest reminder whose day has come, and a visit that is overdue.

    The body that would visit is told as well.

    A reminder missed while nothing ran is told late, an earlier one that it overtook is not.
    """
    nearest: dict[UUID, Event] = {}
    for event in events:
        fact = event.certificate
        if event.kind is EventKind.RENEWAL and event.day <= day <= fact.valid_to:
            nearest[fact.id] = min(nearest.get(fact.id, event), event, key=lambda one: one.days_left or 0)
        if event.kind is EventKind.SURVEILLANCE_DUE and event.overdue:
            facts = {"number": fact.number, "day": event.day.isoformat()}
            yield from _reminded(event, NoticeKind.SURVEILLANCE_OVERDUE, facts, now)
    for event in nearest.values():
        fact = event.certificate
        facts = {"number": fact.number, "day": fact.valid_to.isoformat(), "left": str(event.days_left)}
        yield from _reminded(event, NoticeKind.RENEWAL_DUE, facts, now)


def of_replies(waiting: Iterable[Complaint], *, now: datetime) -> Iterator[Told]:
    """To the party of each complaint whose reply is due within a few days, once."""
    for one in waiting:
        if one.case.reply_due is not None:
            due = one.case.reply_due.isoformat()
            facts = {"number": one.number, "subject": one.subject_code, "day": due}
            party = one.case.respondent
            yield Told(party, NoticeKind.REPLY_DUE, one.id, one.number, now, facts, f"day {due}")


def _restates(fact: CertificateFact, before: CertificateFact) -> bool:
    """No act follows its like without another between, but re-issues, which each have their day."""
    again = fact.act is ActKind.REISSUE and fact.reissued_on != before.reissued_on
    return (fact.act, fact.act_reason) == (before.act, before.act_reason) and not again


def _reminded(event: Event, kind: NoticeKind, facts: Mapping[str, str], now: datetime) -> Iterator[Told]:
    fact = event.certificate
    visits = {fact.body_id} if kind is NoticeKind.SURVEILLANCE_OVERDUE else set()
    for party in sorted({*_parties(fact), *visits}):
        yield Told(party, kind, fact.id, fact.code, now, facts, f"day {event.day.isoformat()}")


def _parties(fact: CertificateFact) -> list[UUID]:
    return sorted({fact.holder_id, fact.manufacturer_id})
