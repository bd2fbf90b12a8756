"""Many products in one application: the register its rows are held against, and what they become."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import Session, col

from registry.applications import document_doubts, documents, reference
from registry.applications.application import Application
from registry.applications.checking import check
from registry.applications.documents import Document
from registry.applications.fields import Part
from registry.applications.findings import error, warning
from registry.applications.given import Outcome
from registry.applications.list_row import (
    Known,
    Listed,
    Verdict,
    given,
    identity_of,
    judge,
    row_named,
    row_path,
)
from registry.applications.models import ApplicationRow, ListedProductRow, ProductListRow
from registry.applications.reference import Reference
from registry.applications.states import State
from registry.applications.typed import lines, loaded
from registry.changes.feed import BATCH, head
from registry.changes.reading import Point
from registry.declarations.facts import DeclarationFact
from registry.kit.ids import parse_code
from registry.parties.service import ORGANISATION, PLANT
from registry.products.service import of_maker

MOST_TOLD = 50
# A list in one of these states still means to publish its rows.
_PENDING = (State.SUBMITTED, State.IN_REVIEW, State.RETURNED, State.APPROVED_ONCE)


def known_to(
    session: Session, kept: ProductListRow, rows: Iterable[Listed], *, today: date, sound_only: bool = False
) -> Known:
    """Everything of today's register, of the list itself and of other lists that these rows may touch."""
    rows, at = list(rows), Point(today, head(session).seq)
    base = reference.load(session, {}, kept.organisation_id, today=today)
    register = replace(
        base,
        plants=reference.by_codes(session, PLANT, _codes(rows, "plants"), at),
        organisations=reference.by_codes(session, ORGANISATION, _codes(rows, "brand_owner"), at),
        gtins=reference.gtins(session, filter(None, map(_gtin, rows)), at),
    )
    mine = of_maker(session, kept.organisation_id, at)
    return Known(
        kept.organisation_id,
        register,
        {identity_of(one.fact): one.fact.code for one in mine},
        _first(session, kept, "identity", sound_only=sound_only),
        _first(session, kept, "gtin", sound_only=sound_only),
        _pending(session, kept, rows),
    )


def _gtin(row: Listed) -> str | None:
    """As the check reads it, since by that the check looks it up."""
    return reference.read_at(row.typed, "product.gtin")


def _codes(rows: Iterable[Listed], name: str) -> set[str]:
    texts = {row.typed.get(f"product.{name}", "") for row in rows}
    return {code for text in texts for line in lines(text) if (code := parse_code(line)) is not None}


def _first(session: Session, kept: ProductListRow, name: str, *, sound_only: bool) -> dict[str, int]:
    """The first row of each value that stands in several rows."""
    value = getattr(ListedProductRow, name)
    asked = select(value, func.min(col(ListedProductRow.row))).where(
        col(ListedProductRow.list_id) == kept.id, value.is_not(None)
    )
    if sound_only:
        asked = asked.where(col(ListedProductRow.verdict) != Verdict.ERROR)
    found = session.execute(asked.group_by(value).having(func.count() > 1))
    return {row[0]: row[1] for row in found}


def _pending(session: Session, kept: ProductListRow, rows: list[Listed]) -> dict[str, str]:
    wanted, found = sorted({row.identity for row in rows}), dict[str, str]()
    for start in range(0, len(wanted), BATCH):
        rows_of = session.execute(
            select(col(ListedProductRow.identity), col(ApplicationRow.number))
            .join(ProductListRow, col(ProductListRow.id) == col(ListedProductRow.list_id))
            .join(ApplicationRow, col(ApplicationRow.id) == col(ProductListRow.application_id))
            .where(
                col(ListedProductRow.identity).in_(wanted[start : start + BATCH]),
                col(ListedProductRow.verdict) != Verdict.ERROR,
                col(ProductListRow.organisation_id) == kept.organisation_id,
                col(ProductListRow.id) != kept.id,
                col(ApplicationRow.state).in_(_PENDING),
            )
        )
        found |= {row.identity: row.number for row in rows_of}
    return found


def of_application(session: Session, application_id: UUID) -> ProductListRow | None:
    return session.scalars(
        select(ProductListRow).where(col(ProductListRow.application_id) == application_id)
    ).one_or_none()


def has_row(session: Session, application_id: UUID, path: str) -> bool:
    """Whether a remark's path names a row that was handed in with this application."""
    number, kept = row_named(path), of_application(session, application_id)
    if number is None or kept is None:
        return False
    found = session.scalars(
        select(col(ListedProductRow.verdict)).where(
            col(ListedProductRow.list_id) == kept.id, col(ListedProductRow.row) == number
        )
    )
    return any(one != Verdict.ERROR for one in found)


def sound_rows(session: Session, list_id: UUID) -> list[Listed]:
    """The rows that go with an application: all but those in error, in the order of the file."""
    found = session.scalars(
        select(ListedProductRow)
        .where(col(ListedProductRow.list_id) == list_id, col(ListedProductRow.verdict) != Verdict.ERROR)
        .order_by(col(ListedProductRow.place))
    )
    return [of_row(row) for row in found]


def of_row(row: ListedProductRow) -> Listed:
    return Listed(row.row, loaded(row.typed), row.identity, row.gtin)


def keys(session: Session, application: Application) -> list[UUID]:
    """What the rows of an application became; nothing where it is no list."""
    kept = of_application(session, application.id)
    if kept is None:
        return []
    return [given(kept.organisation_id, row).key(Part.PRODUCT) for row in sound_rows(session, kept.id)]


def outcome(session: Session, application: Application, *, today: date) -> tuple[Outcome, Reference]:
    """What stands in an application's way today, and the register it was held against."""
    owner = application.case.organisation_id
    kept = of_application(session, application.id)
    if kept is None:
        known = reference.load(session, application.typed, owner, today=today)
        return _of_one(session, application, known, today)
    rows = sound_rows(session, kept.id)
    beside = known_to(session, kept, rows, today=today, sound_only=True)
    judged = [(row, judge(row, beside)) for row in rows]
    unfit = [row.row for row, found in judged if not found.is_fit]
    doubtful = sum(bool(found.findings) for _, found in judged)
    findings = [error(row_path(row), "list-row-unfit", row=str(row)) for row in unfit[:MOST_TOLD]]
    if not rows:
        findings.append(error("rows", "missing"))
    if doubtful and not unfit:
        findings.append(warning("rows", "list-has-warnings", count=str(doubtful)))
    records = [] if unfit else [record for _, found in judged for record in found.records]
    return Outcome(tuple(findings), tuple(records)), beside.reference


def for_page(session: Session, application: Application, *, today: date) -> tuple[Outcome, Reference]:
    """The same for a page that is looked at; the rows of a list have their verdicts already."""
    if of_application(session, application.id) is None:
        return outcome(session, application, today=today)
    owner = application.case.organisation_id
    return Outcome(()), reference.load(session, application.typed, owner, today=today)


def _of_one(
    session: Session, application: Application, known: Reference, today: date
) -> tuple[Outcome, Reference]:
    """An application that is no list, with the document it was filled from and what that replaces."""
    document = documents.of_application(session, application.id)
    if document is None:
        return check(application.given(), known), known
    followed = documents.followed(session, application.follows_id)
    known = replace(known, has_own_stages=document.has_own_stages, followed=followed)
    found = _with_document(session, check(application.given(), known), document)
    product = known.products.get(application.typed.get("about.product", ""))
    told = document_doubts.doubts(session, document, product, today) if product else ()
    if followed is not None:
        told = (*told, documents.replacing(session, document, followed))
    return replace(found, findings=(*found.findings, *told)), known


def _with_document(session: Session, found: Outcome, document: Document) -> Outcome:
    """A carbon part says what its document says; records only where it does."""
    stated = [record for _, record in found.records if isinstance(record, DeclarationFact)]
    differing = [one for record in stated for one in documents.against(session, document, record)]
    return Outcome((*found.findings, *differing)) if differing else found
