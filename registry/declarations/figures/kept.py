"""What recorded documents state of their figures, read without the rest of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

import orjson
from sqlalchemy import bindparam, func, select
from sqlmodel import Session, SQLModel, col

from registry.changes.feed import BATCH
from registry.changes.reading import Point, payloads
from registry.declarations.comparable import Generation
from registry.declarations.dataset import DeclaredUnit, Property, Scenario, Value
from registry.declarations.documents.content import DECLARATION_CONTENT
from registry.declarations.figures import ties
from registry.declarations.figures.cut import Json, cut, is_kept
from registry.declarations.figures.stated import Cells, Stated
from registry.declarations.models import DeclarationContentRow

_C = SQLModel.metadata.tables["changes"].c


def stated_of(
    session: Session, declaration_ids: Iterable[UUID], at: Point, *, indicator: str | None = None
) -> dict[UUID, Stated]:
    """What the documents of many declarations state at a point; those without one are left out.

    Rows of greenhouse gases can be asked of them, and the row of `indicator`, whatever it counts.
    """
    if indicator is not None and not is_kept(indicator):
        whole = payloads(session, DECLARATION_CONTENT, declaration_ids, at)
        return {key: of_payload(payload) for key, payload in whole.items()}
    wanted = sorted(set(declaration_ids))
    found: dict[UUID, Stated] = {}
    for start in range(0, len(wanted), BATCH):
        given = {"keys": wanted[start : start + BATCH], "on": at.on, "as_of": at.as_of}
        for key, figures in session.connection().execute(_MANY, given):
            found[key] = _stated(orjson.loads(figures))
    return found


def of_payload(payload: str | bytes) -> Stated:
    """A content as recorded, with every row of it: the same as `of_dataset` of its data set."""
    return _stated(cut(orjson.loads(payload)["dataset"], whole=True))


def of_cut(text: str | bytes) -> Stated:
    """The cut as it stands beside a content; its other rows are known by name alone."""
    return _stated(orjson.loads(text))


def _stated(said: Json) -> Stated:
    source, declared = said["source"], DeclaredUnit.model_validate(said["declared"])
    properties = [Property.model_validate(one) for one in said["properties"]]
    return Stated(
        source=source,
        generation=Generation(said["generation"]),
        amount=declared.amount,
        unit=declared.unit,
        unit_as_written=declared.stated,
        cells=_Rows(said["codes"], said["rows"]),
        facts=ties.of_properties(properties, declared, source),
        scenarios=tuple(Scenario.model_validate(one) for one in said["scenarios"]),
        footprint=said["footprint"],
    )


class _Rows(Mapping[str, Cells]):
    """The rows of indicators by code; of one that a cut leaves out only the code is known."""

    def __init__(self, codes: Sequence[str], rows: Mapping[str, str]) -> None:
        self._codes, self._rows = codes, rows
        self._read: dict[str, Cells] = {}

    def __getitem__(self, code: str) -> Cells:
        if code not in self._read:
            self._read[code] = _Row(orjson.loads(self._rows[code]))
        return self._read[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)


class _Row(Mapping[str, Sequence[Value]]):
    """The cells of one row by module, each read when it is asked for: a figure asks for four of them."""

    def __init__(self, cells: Iterable[Json]) -> None:
        self._cells: dict[str, list[Json]] = {}
        self._read: dict[str, Sequence[Value]] = {}
        for one in cells:
            self._cells.setdefault(one["module"], []).append(one)

    def __getitem__(self, module: str) -> Sequence[Value]:
        if module not in self._read:
            self._read[module] = [Value.model_validate(one) for one in self._cells[module]]
        return self._read[module]

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)


_PLACE = func.row_number().over(partition_by=_C.key, order_by=(_C.effective_on.desc(), _C.seq.desc()))
_VERSIONS = (
    select(_C.key, _C.seq, _PLACE.label("place"))
    .where(
        _C.kind == DECLARATION_CONTENT.name,
        _C.key.in_(bindparam("keys", expanding=True)),
        _C.effective_on <= bindparam("on"),
        _C.seq <= bindparam("as_of"),
    )
    .subquery()
)
_MANY = (
    select(_VERSIONS.c.key, col(DeclarationContentRow.figures))
    .join_from(_VERSIONS, DeclarationContentRow, col(DeclarationContentRow.seq) == _VERSIONS.c.seq)
    .where(_VERSIONS.c.place == 1)
)
