"""Whether a document that is sent again is the one on record, or what it says otherwise.

The order of rows and cells says nothing, and what a format cannot hold is no difference: a document is also
the same where it is what the recorded one comes back as from that format.
"""

from collections.abc import Iterator, Mapping, Sequence

from registry.changes.kinds import Known
from registry.declarations.dataset import Dataset
from registry.declarations.documents.content import OPENEPD, ContentFact, normal
from registry.declarations.formats.differences import differences
from registry.declarations.formats.files import read_file
from registry.declarations.formats.writers import endings, written
from registry.kit.errors import Conflict, DomainError

_LONGEST_PART = 9  # digits of a part of a version
_MOST_TOLD = 6
_ALIKE = frozenset({"xlsx"})  # holds what CSV holds
# What our own writers may have made of a document, by the format it was read as.
_WRITTEN_AS: Mapping[str | None, tuple[str, ...]] = {
    "ilcd+epd": ("ilcd.json", "ilcd.zip", "ilcd.xml"),
    "openEPD": ("openepd.json",),
    "openEPD Bundle": ("openepd.json",),
    "GreenMat table": ("csv",),
    "ÖKOBAUDAT CSV": ("oekobaudat.csv",),
}


def on_record(
    earlier: Sequence[Known[ContentFact]], sent: Dataset, code: str, *, source_format: str | None = None
) -> Known[ContentFact] | None:
    """This version, where it is there with the same content; Conflict where it may not be recorded.

    `source_format` is what `sent` was read as; None looks at every format.
    """
    for one in reversed(earlier):
        if one.fact.dataset.version == sent.version:
            differing = differing_fields(one.fact.dataset, sent, source_format=source_format)
            if differing:
                told = [*differing[:_MOST_TOLD], *(["…"] if len(differing) > _MOST_TOLD else [])]
                facts = {"version": sent.version or "–", "fields": told, "count": len(differing)}
                raise Conflict("declaration-version-differs", code=code, **facts)
            return one
    if earlier and order(sent.version) < order(earlier[-1].fact.dataset.version):
        raise older(code, sent, earlier[-1].fact.dataset)
    return None


def older(code: str, sent: Dataset, newest: Dataset) -> Conflict:
    """Why a version other than the newest is not recorded again: a later one stands, or it was taken back."""
    taken_back = order(sent.version) > order(newest.version)
    key = "declaration-version-taken-back" if taken_back else "declaration-version-older"
    return Conflict(key, code=code, version=sent.version or "–", newest=newest.version or "–")


def differing_fields(
    recorded: Dataset, sent: Dataset, *, source_format: str | None = None
) -> tuple[str, ...]:
    """The fields that a document states otherwise than the recorded one; none where it is the same."""
    found = _fields(recorded, sent)
    if not found:
        return ()
    as_written = (_fields(back, sent) for back in _as_it_comes_back(recorded, source_format))
    return min((found, *as_written), key=len)


def ordered(dataset: Dataset) -> Dataset:
    """The same statements in one order: formats put rows and cells in different ones, which means nothing."""
    rows = [
        row.model_copy(
            update={"values": tuple(sorted(row.values, key=lambda v: (v.module, v.scenario or "")))}
        )
        for row in dataset.indicators
    ]
    rows.sort(key=lambda row: (row.code or "", str(row.uuid), row.unit))
    numbers = tuple(
        one.model_copy(update={"value": normal(one.value)}) if one.scheme == OPENEPD else one
        for one in dataset.identifiers
    )
    return dataset.model_copy(update={"indicators": tuple(rows), "identifiers": numbers})


def _fields(recorded: Dataset, sent: Dataset) -> tuple[str, ...]:
    before, now = ordered(recorded), ordered(sent)
    return () if before == now else tuple(one.place for one in differences(before, now))


def _as_it_comes_back(recorded: Dataset, source_format: str | None) -> Iterator[Dataset]:
    """The recorded document as the formats give it back that the other may have been sent in."""
    among = endings(recorded) if source_format is None else _WRITTEN_AS.get(source_format, ())
    for ending in among:
        if ending not in _ALIKE and ending in endings(recorded):
            try:
                (back,) = read_file(written(recorded, ending).content, f"x.{ending}")
            except (DomainError, ValueError):
                continue  # nothing came of it in this format
            yield back.dataset


def order(version: str | None) -> tuple[int, ...]:
    """`01.10.000` as numbers, to compare versions; what is no number counts as the lowest."""
    parts = (version or "").split(".")
    return tuple(
        int(part) if part.isascii() and part.isdecimal() and len(part) <= _LONGEST_PART else -1
        for part in parts
    )
