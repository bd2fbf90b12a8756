"""What a report stands on, in words: its number, rule, day, data and file, and the limits of the rule."""

from dataclasses import dataclass

from sqlmodel import Session

from catalogue.checks import judge, store
from catalogue.checks.models import ReportRow
from catalogue.checks.report import Report, load
from catalogue.checks.store import Kept
from frontend.pages.check_desk import Visit, kept_check, pack_status
from frontend.pages.check_words import PackWords
from frontend.pages.reference import reference
from frontend.views import formats
from frontend.views.parts import Fact
from registry.changes import feed
from registry.changes.reading import Point
from registry.policies import service as policies


@dataclass(frozen=True, slots=True)
class Told:
    """A stored report with the words of its time: the pack is read where the report was made."""

    address: str
    kept: Kept
    row: ReportRow
    report: Report
    terms: PackWords
    data_day: str

    @property
    def here(self) -> str:
        return f"{self.address}/report/{self.row.number}"


def told(visit: Visit, session: Session, token: str, number: str) -> Told:
    """The report of this check under this number; NotFound where there is none."""
    kept = kept_check(session, token)
    row = store.report(session, kept, number)
    report = load(row.report)
    given = report.input
    at = Point(given.report_day, given.as_of)
    pack = judge.chosen_pack(policies.pack(session, given.pack_id, at), given.choices)
    terms = PackWords(visit.words, pack, reference(session, at))
    last = feed.after(session, given.as_of - 1, limit=1)
    data_day = formats.instant(last[0].header.recorded_at, visit.words.lang) if last else "—"
    return Told(visit.to(token), kept, row, report, terms, data_day)


def head(found: Told) -> tuple[Fact, ...]:
    """Which report this is, by which rule and for which day."""
    given, terms, words = found.report.input, found.terms, found.terms.words
    say = words.say
    convention = terms.pack.reference_date.tool_convention
    rule = say(
        "check.head.rule-text",
        title=terms.title,
        edition=given.pack_edition,
        status=pack_status(terms.pack, words),
    )
    return (
        Fact(say("check.head.number"), given.number, copy=True),
        Fact(say("check.head.project"), given.project or say("check.head.project-none")),
        Fact(say("check.head.rule"), rule),
        Fact(
            say("check.head.day"),
            say("check.head.day-text", day=given.report_day),
            say("check.head.day-convention" if convention else "check.head.day-named"),
        ),
        Fact(say("check.head.clause"), found.report.clause),
    )


def basis(found: Told) -> tuple[Fact, ...]:
    """What the answer was made from, so that it can be made again."""
    given, terms, words = found.report.input, found.terms, found.terms.words
    say = words.say
    mark, stop = ("：", "；") if words.lang == "zh" else (": ", "; ")
    choices = stop.join(
        f"{say(f'check.open.{point.point}')}{mark}{terms.answer(point.point, point.default)}"
        for point in terms.pack.open_points
    )
    facts = (
        Fact(say("check.head.choices"), choices) if choices else None,
        Fact(say("check.head.made"), formats.instant(given.made_at, words.lang)),
        Fact(
            say("check.head.data"),
            found.data_day,
            say("check.head.data-position", position=given.as_of),
        ),
        Fact(say("check.head.file"), given.file_name),
        Fact(say("check.head.digest"), given.file_sha256),
        Fact(say("check.head.report-digest"), found.row.sha256),
    )
    return tuple(fact for fact in facts if fact is not None)


def remarks(found: Told) -> tuple[str, ...]:
    """The limits of the rule pack that its reader must know."""
    return tuple(found.terms.words.pick(one.zh, one.en) for one in found.terms.pack.remarks)
