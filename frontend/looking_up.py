"""Recording a look-up as the operator's command does: today, in the operator's role, by the body's number."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import file_digest
from pathlib import Path

from pydantic import ValidationError
from sqlmodel import Session

from registry.access.actors import OPERATOR
from registry.certificates.kind import CERTIFICATE
from registry.changes import feed
from registry.changes.codes import by_code
from registry.changes.reading import point
from registry.crosschecks import service
from registry.crosschecks.facts import CrossCheckFact, Looker, Result
from registry.kit import ids
from registry.kit.clock import civil_day
from registry.kit.errors import Invalid


@dataclass(frozen=True, slots=True)
class Seen:
    """What the operator saw; `recheck_in` counts days."""

    platform: str
    result: Result
    differences: str | None
    screenshot: Path | None
    recheck_in: int


def record_look(session: Session, code: str, seen: Seen, *, now: datetime) -> CrossCheckFact:
    """Append the look in the caller's transaction; a platform that was not reached sets no new due day."""
    today = civil_day(now)
    known = by_code(session, code, CERTIFICATE, point(session, today))
    reached = seen.result is not Result.UNREACHABLE
    try:
        fact = CrossCheckFact(
            id=ids.new(),
            certificate_id=known.header.key,
            number=known.fact.number,
            platform=seen.platform,
            checked_on=today,
            looker=Looker.OPERATOR,
            result=seen.result,
            differences=seen.differences,
            screenshot_sha256=_digest(seen.screenshot) if seen.screenshot else None,
            recheck_due=today + timedelta(days=seen.recheck_in) if reached else None,
        )
    except ValidationError as wrong:
        raise Invalid("cross-check-unfit", fault="; ".join(one["msg"] for one in wrong.errors())) from wrong
    feed.append(session, [service.record(fact, today=today, actor=OPERATOR)], actor=str(OPERATOR), now=now)
    return fact


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
