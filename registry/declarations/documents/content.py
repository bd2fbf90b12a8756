"""What a declaration's document states, as facts of their own, and finding them by the documents' numbers.

The content stands apart from the declaration itself, so that lists and dossiers stay light.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from registry.access.actors import Actor
from registry.access.permissions import Act, Target, require
from registry.changes.feed import Draft
from registry.changes.kinds import Known, define
from registry.changes.reading import Point, get, history, many
from registry.declarations import openxpd
from registry.declarations.dataset import Dataset
from registry.declarations.figures.cut import cut_of
from registry.declarations.models import DeclarationContentRow
from registry.declarations.node.projecting import list_content
from registry.declarations.preflight.copies import print_of
from registry.kit.reading.folded import fold
from registry.kit.types import Fact

OPENEPD = "openepd"  # scheme of an open-xpd-uuid among a data set's identifiers
_LONGEST_VERSION, _LONGEST_OPENEPD = 40, 80


class ContentFact(Fact):
    """Everything one version of a declaration's document states, and the digest of the file it was read from.

    The digest and the format are None where no file stood behind it.
    """

    declaration_id: UUID
    dataset: Dataset
    source_sha256: str | None = None
    source_format: str | None = None


def _project(session: Session, known: Known[ContentFact]) -> None:
    dataset = known.fact.dataset
    table = print_of(dataset)
    session.add(
        DeclarationContentRow(
            seq=known.header.seq,
            declaration_id=known.fact.declaration_id,
            uuid=dataset.uuid,
            version=_version(dataset.version),
            number_folded=fold(dataset.number) or None if dataset.number else None,
            openepd_id=openepd_id(dataset),
            table_exact=table.exact or None,
            table_shape=table.shape or None,
            figures=cut_of(dataset),
        )
    )
    list_content(session, known.header, dataset, declaration_id=known.fact.declaration_id)


DECLARATION_CONTENT = define("declaration_content", ContentFact, _project)


def openepd_id(dataset: Dataset) -> str | None:
    """The document's open-xpd-uuid in its one form, where it has one."""
    found = (one.value for one in dataset.identifiers if one.scheme == OPENEPD)
    return next((normal(value) for value in found if value.isprintable()), None)


def normal(value: str) -> str:
    """`ec3-ta54f` and `EC3TA54F` are one id; what is none stays as it is."""
    return openxpd.parsed(value) or value[:_LONGEST_OPENEPD]


def _version(version: str | None) -> str | None:
    """As the table can hold it: PostgreSQL stores no NUL, and the columns have their lengths."""
    return version[:_LONGEST_VERSION] if version and version.isprintable() else None


def record_content(
    fact: ContentFact, *, effective_on: date, actor: Actor, owner_id: UUID | None = None
) -> Draft:
    """A draft of a declaration's content; `owner_id` is the maker that declares."""
    require(actor, Act.RECORD_DECLARATION, Target(organisation_id=owner_id))
    return Draft(DECLARATION_CONTENT, fact.declaration_id, effective_on, fact)


def content_of(session: Session, declaration_id: UUID, at: Point) -> Known[ContentFact] | None:
    """The content in force at a point; None for a declaration that was never entered with its document."""
    return get(session, DECLARATION_CONTENT, declaration_id, at)


def datasets_of(session: Session, declaration_ids: Iterable[UUID], at: Point) -> dict[UUID, Dataset]:
    """What the documents of many declarations state at a point; those without one are left out."""
    return {
        key: one.fact.dataset for key, one in many(session, DECLARATION_CONTENT, declaration_ids, at).items()
    }


def contents(session: Session, declaration_id: UUID, *, as_of: int) -> list[Known[ContentFact]]:
    """Every version known at a position, first to last."""
    return history(session, DECLARATION_CONTENT, declaration_id, as_of=as_of)


def by_uuid(
    session: Session, uuid: UUID, version: str | None = None, *, as_of: int
) -> Known[ContentFact] | None:
    """The newest content under a data set's UUID, or its one of a version."""
    same_version = () if version is None else (col(DeclarationContentRow.version) == version,)
    asked = select(_ID, _SEQ).where(col(DeclarationContentRow.uuid) == uuid, *same_version)
    found = session.execute(asked.where(as_of >= _SEQ).order_by(_SEQ.desc()).limit(1)).one_or_none()
    if found is None:
        return None
    declaration_id, seq = found
    return next(one for one in contents(session, declaration_id, as_of=as_of) if one.header.seq == seq)


def by_number(session: Session, number: str, *, as_of: int) -> Sequence[UUID]:
    """The declarations whose documents go under a registration number; operators' numbers may collide."""
    return _declarations(session, col(DeclarationContentRow.number_folded) == fold(number), as_of)


def by_openepd_id(session: Session, value: str, *, as_of: int) -> Sequence[UUID]:
    """The declarations that go under an open-xpd-uuid, however it is written."""
    either = {normal(value), value}  # rows of before ids had one form hold them as they came
    return _declarations(session, col(DeclarationContentRow.openepd_id).in_(sorted(either)), as_of)


def declaration_of(session: Session, dataset: Dataset, *, as_of: int) -> UUID | None:
    """The declaration on record that a document is of, by its UUID, else by its open-xpd-uuid.

    Two UUIDs are two documents, whatever other number both state.
    """
    if dataset.uuid is not None and (known := by_uuid(session, dataset.uuid, as_of=as_of)) is not None:
        return known.fact.declaration_id
    stated = [one.value for one in dataset.identifiers if one.scheme == OPENEPD]
    for value in stated[:1]:
        for key in by_openepd_id(session, value, as_of=as_of):
            uuid = contents(session, key, as_of=as_of)[-1].fact.dataset.uuid
            if None in (uuid, dataset.uuid):
                return key
    return None


_ID, _SEQ = col(DeclarationContentRow.declaration_id), col(DeclarationContentRow.seq)


def _declarations(session: Session, condition: ColumnElement[bool], as_of: int) -> Sequence[UUID]:
    asked = select(_ID).where(condition, as_of >= _SEQ)
    return session.scalars(asked.distinct().order_by(_ID)).all()
