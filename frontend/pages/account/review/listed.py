"""A product list under review: its counts, a sample that nobody chose, and the rows of one verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from catalogue.bulk import service
from catalogue.bulk.progress import Progress, progress
from frontend.pages.account import listed as words_of
from frontend.pages.account.parts import Visit
from frontend.pages.account.review.desk import case_path
from frontend.pages.account.review.rows_asked import Asked, Which
from frontend.pages.account.review.submitted import Material
from frontend.pages.words import Words
from frontend.views.bulk import Tab
from frontend.views.parts import Badge, Fact, Link, Tone
from frontend.views.review import CheckLine, RowsNav, SubmittedPart, SubmittedRow
from registry.applications import lists
from registry.applications.list_row import Verdict, row_named, row_path
from registry.applications.models import ListedProductRow
from registry.applications.parts import Subject
from registry.applications.typed import loaded

PAGE = 40
PART = "rows"


@dataclass(frozen=True, slots=True)
class Listed:
    """What a case shows of its list; `nav` leads to the other rows."""

    facts: tuple[Fact, ...]
    checks: tuple[CheckLine, ...]
    part: SubmittedPart
    nav: RowsNav


def read(session: Session, visit: Visit, material: Material, asked: Asked) -> Listed | None:
    """The list behind a case; None where the case is of something else."""
    application = material.application
    kept = None
    if application.subject is Subject.PRODUCT_LIST:
        kept = lists.of_application(session, application.id)
    if kept is None:
        return None
    known = progress(session, kept)
    rows = _rows(session, kept.id, asked)
    shown = _with_typed(session, kept.id, material, rows[:PAGE])
    words = visit.words
    return Listed(
        facts=(Fact(words.say("review.list-rows"), words_of.counts(known, words)),),
        checks=tuple(_checks(known, words)),
        part=SubmittedPart(
            path=PART,
            title=words.say(f"review.list.{asked.which}"),
            files=(),
            rows=tuple(_row(material, one) for one in shown),
            missing="" if shown else words.say("bulk.none"),
            ticked=False,
            whole=False,
        ),
        nav=_nav(visit, material, known, asked, more=rows[PAGE].row if len(rows) > PAGE else None),
    )


def _rows(session: Session, list_id: UUID, asked: Asked) -> list[ListedProductRow]:
    """One more than a page holds, where there are more."""
    if asked.which is Which.SAMPLE:
        return service.sample(session, list_id)
    verdicts = (Verdict.WARNING,) if asked.which is Which.WARNING else (Verdict.OK, Verdict.WARNING)
    after = service.before(session, list_id, asked.from_row)
    wanted = service.Wanted(verdicts, asked.words)
    return service.page(session, list_id, wanted, after=after, limit=PAGE + 1)


def _with_typed(
    session: Session, list_id: UUID, material: Material, rows: Sequence[ListedProductRow]
) -> list[ListedProductRow]:
    """The rows, and before them those on which something was typed that is not kept yet."""
    typed = {row_named(path) for path in material.typed.fields()} - {None, *(row.row for row in rows)}
    found = [
        one
        for number in sorted(number for number in typed if number is not None)
        for one in service.page(session, list_id, after=service.before(session, list_id, number), limit=1)
        if one.row == number
    ]
    return [*found, *rows]


def _row(material: Material, row: ListedProductRow) -> SubmittedRow:
    words, path, typed = material.labels.words, row_path(row.row), loaded(row.typed)
    kinds = material.labels.reference.kinds
    return SubmittedRow(
        path=path,
        label=words.say("review.list-row", row=str(row.row)),
        value=typed.get("product.name_zh", ""),
        note=words_of.summary(typed, kinds, words),
        before="",
        findings=tuple(Badge(text, Tone.WARN) for text in words_of.told(row, kinds, words)),
        remarks=tuple(one.text for one in material.remarks if one.path == path and one.settled_at is None),
        typed=material.typed.notes.get(path, ""),
        ticked=path in material.typed.ticked,
    )


def _checks(known: Progress, words: Words) -> list[CheckLine]:
    tones = {Verdict.OK: Tone.GOOD, Verdict.WARNING: Tone.WARN, Verdict.ERROR: Tone.QUIET}
    return [
        CheckLine(
            Badge(words.say(f"bulk.verdict.{one}"), tone),
            words.say("review.list-count", count=known.counts[one]),
            words.say(f"review.list-text.{one}"),
        )
        for one, tone in tones.items()
        if known.counts.get(one)
    ]


def _nav(visit: Visit, material: Material, known: Progress, asked: Asked, *, more: int | None) -> RowsNav:
    words, here = visit.words, case_path(visit, material.application.number)
    numbers = {
        Which.SAMPLE: min(service.SAMPLE, known.sound),
        Which.WARNING: known.counts.get(Verdict.WARNING, 0),
        Which.EVERY: known.sound,
    }
    labels = {
        one: words.say("review.list-tab", tab=words.say(f"review.list.{one}"), count=count)
        for one, count in numbers.items()
    }
    return RowsNav(
        title=words.say("bulk.rows"),
        tabs=tuple(
            Tab(labels[one], f"{here}?rows={one}#{PART}", asked.which is one) for one in Which if numbers[one]
        ),
        action=here,
        jump=words.say("review.list-jump"),
        value=str(asked.from_row or ""),
        search=words.say("review.list-words"),
        words=asked.words,
        button=words.say("review.list-go"),
        file=Link(words.say("bulk.download"), f"/api/v1/bulk/{known.kept.id}/file?lang={visit.lang}"),
        more=Link(words.say("bulk.more"), f"{here}?{asked.query(more)}#{PART}") if more else None,
    )
