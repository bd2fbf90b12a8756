"""One data set as files: the process, and every other data set it refers to."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from registry.changes import feed
from registry.changes.kinds import Known
from registry.changes.models import ChangeRow
from registry.changes.reading import Point
from registry.declarations.dataset import Dataset, Indicator
from registry.declarations.documents.content import DECLARATION_CONTENT, ContentFact
from registry.declarations.formats.ilcd.writing import write_json, write_xml, write_zip
from registry.declarations.node.identity import served
from registry.declarations.node.listing import Place, place_of
from registry.declarations.node.models import DeclarationPartRow
from registry.kit.errors import NotFound

WRITERS = {"xml": write_xml, "json": lambda dataset: write_json(lettered(dataset)), "zip": write_zip}


@dataclass(frozen=True, slots=True)
class Found:
    """A data set as our node serves it, and the record it comes from."""

    declaration_id: UUID
    dataset: Dataset
    recorded_at: datetime


def process(session: Session, uuid: UUID, version: str | None, *, at: Point) -> Found:
    """The newest process under a UUID, or its one of a version."""
    place = place_of(session, uuid, version, at=at)
    if place is None:
        raise NotFound("node-data-set-unknown", uuid=uuid, version=version or "–")
    return found(session, place)


def found(session: Session, place: Place) -> Found:
    """The content that stands at a place of the feed."""
    return next(every(session, (place,)))


def every(session: Session, places: Sequence[Place]) -> Iterator[Found]:
    """The contents at places of the feed, in their order, by one statement."""
    rows = session.scalars(select(ChangeRow).where(col(ChangeRow.seq).in_([one.seq for one in places])))
    by_seq = {row.seq: row for row in rows}
    for place in places:
        known: Known[ContentFact] = DECLARATION_CONTENT.known(feed.to_change(by_seq[place.seq]))
        dataset = served(known.fact.dataset, place.declaration_id, known.header.version)
        yield Found(place.declaration_id, dataset, known.header.recorded_at)


def lettered(dataset: Dataset) -> Dataset:
    """Names of indicators end in their letters, as those of other nodes do: readers of JSON look for them."""
    return dataset.model_copy(update={"indicators": tuple(map(_lettered, dataset.indicators))})


def _lettered(one: Indicator) -> Indicator:
    if one.code is None:
        return one
    ending = f"({one.code})"
    names = {lang: text if ending in text else f"{text} {ending}" for lang, text in one.names.items()}
    return one.model_copy(update={"names": names})


def part(session: Session, folder: str, uuid: UUID) -> tuple[bytes, datetime]:
    """A flow, flow property, unit group, contact, source or method that some process refers to."""
    row = session.get(DeclarationPartRow, (folder, uuid))
    if row is not None:
        whole = found(session, Place(row.declaration_id, row.seq))
        with zipfile.ZipFile(io.BytesIO(write_zip(whole.dataset).content)) as archive:
            name = f"ILCD/{folder}/{uuid}.xml"
            if name in archive.namelist():
                return archive.read(name), whole.recorded_at
    raise NotFound("node-data-set-unknown", uuid=uuid, version="–")
