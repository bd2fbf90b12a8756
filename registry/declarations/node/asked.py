"""The query of a listing, read as soda4LCA reads it: filters count only beside `search=true`."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from sqlalchemy import ColumnElement, and_, not_, or_
from sqlmodel import col

from registry.declarations.node.entries import EPD, folded, marked
from registry.declarations.node.models import DeclarationEntryRow as Row

MOST = 500
MOST_TERMS = 20
MOST_VALUES = 50  # of a filter that may be repeated
TEXT = 200
YEAR = r"^\s*=?\s*\d{4}\s*$"


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Format = Annotated[Literal["xml", "json"], BeforeValidator(_lower)]
Many = Annotated[
    list[Annotated[str, Field(max_length=TEXT)]], Field(max_length=MOST_VALUES), BeforeValidator(_as_list)
]
Mode = Annotated[Literal["or", "and", "not"], BeforeValidator(_lower)]
Text = Annotated[str, Field(max_length=TEXT)]


class ListingQuery(BaseModel):
    """Parameters of a listing of processes; like other nodes we pass over names we do not know."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    search: bool = Field(False, description="Whether the filters below count")
    name: Text | None = Field(None, description="Words of the name, all of them")
    description: Text | None = Field(None, description="Part of the description")
    location: Many = Field([], description="Code of a region; may be repeated")
    valid_until: Annotated[str, Field(pattern=YEAR)] | None = Field(
        None, alias="validUntil", description="Valid until this year or longer; `=2026` for that year alone"
    )
    reference_year: int | None = Field(
        None, ge=0, le=9999, alias="referenceYear", description="Year the data stand for"
    )
    classes: Text | None = Field(None, description="Part of a class's name")
    class_id: Text | None = Field(None, alias="classId", description="Number of a class")
    cat_system: Text | None = Field(None, alias="catSystem", description="Name of a classification")
    sub_type: Many = Field([], alias="subType", description="`SPECIFIC_DATASET` …; may be repeated")
    type: Text | None = Field(None, description="`EPD`: all that we list")
    owner: Text | None = Field(None, description="Part of the owner's name")
    compliance: Many = Field([], description="UUID of a set of rules; may be repeated")
    compliance_mode: Mode = Field("or", alias="complianceMode", description="OR, or AND for all of them")
    data_source: Many = Field([], alias="dataSource", description="UUID of background data; may be repeated")
    data_source_mode: Mode = Field("or", alias="dataSourceMode", description="OR, or NOT for none of them")
    registration_number: Text | None = Field(
        None, alias="registrationNumber", description="Part of the number"
    )
    registration_authority: Text | None = Field(
        None, alias="registrationAuthority", description="Part of the programme operator's name, or its UUID"
    )
    meta_data_only: bool = Field(
        False, alias="metaDataOnly", description="True finds nothing: we hold what we list"
    )
    lang: Annotated[str, Field(max_length=12)] | None = Field(
        None, description="Only data sets in this language"
    )
    lang_fallback: bool = Field(False, alias="langFallback", description="Those in other languages as well")
    all_versions: bool = Field(False, alias="allVersions", description="Not only the newest version of each")
    count_only: bool = Field(False, alias="countOnly", description="The number alone")
    sort_by: Text | None = Field(None, alias="sortBy", description="Name of a filter to sort by")
    sort_order: bool = Field(True, alias="sortOrder", description="Ascending")
    start_index: int = Field(
        0, ge=0, le=2**31 - 1, alias="startIndex", description="First line of the answer"
    )
    page_size: int = Field(
        MOST, ge=0, le=2**31 - 1, alias="pageSize", description="Most lines; 500 at the most"
    )
    format: Format = Field("xml", description="xml or JSON")

    @property
    def size(self) -> int:
        return min(self.page_size, MOST)


SORTED: dict[str, Any] = {
    "name": col(Row.name), "location": col(Row.location), "validUntil": col(Row.valid_until),
    "referenceYear": col(Row.reference_year), "classes": col(Row.classes), "subType": col(Row.subtype),
    "owner": col(Row.owner), "compliance": col(Row.compliance), "registrationNumber": col(Row.number),
}  # fmt: skip


def conditions(asked: ListingQuery) -> Iterator[ColumnElement[bool]]:
    """What a line must meet."""
    if asked.lang and not asked.lang_fallback:
        yield _whole(Row.languages, asked.lang)
    if asked.search:
        yield from _of_texts(asked)
        yield from _of_values(asked)
        yield from _of_many(Row.compliance, asked.compliance, asked.compliance_mode)
        yield from _of_many(Row.sources, asked.data_source, asked.data_source_mode)


def _of_texts(asked: ListingQuery) -> Iterator[ColumnElement[bool]]:
    for column, text in (
        (Row.description, asked.description), (Row.classes, asked.classes), (Row.owner, asked.owner),
        (Row.number, asked.registration_number), (Row.authority, asked.registration_authority),
    ):  # fmt: skip
        if text:
            yield _part(column, text)
    yield from (_part(Row.names, term) for term in (asked.name or "").split()[:MOST_TERMS])
    for column, text in ((Row.class_ids, asked.class_id), (Row.systems, asked.cat_system)):
        if text:
            yield _whole(column, text)


def _of_values(asked: ListingQuery) -> Iterator[ColumnElement[bool]]:
    if asked.location:
        yield col(Row.location).in_([folded(one) for one in asked.location])
    if asked.sub_type:
        yield col(Row.subtype).in_([_subtype(one) for one in asked.sub_type])
    if asked.reference_year is not None:
        yield col(Row.reference_year) == asked.reference_year
    if asked.valid_until:
        yield _until(asked.valid_until)
    if asked.meta_data_only or (asked.type and asked.type.upper() != EPD):
        yield col(Row.seq) < 0


def _subtype(text: str) -> str:
    """`SPECIFIC_DATASET`, and `specific dataset` as the data sets themselves have it."""
    return text.lower().replace("_", " ").removesuffix("dataset").strip()


def ordered(asked: ListingQuery) -> tuple[Any, ...]:
    """The order of a listing: as asked for, then by what never changes, so that pages fit together."""
    column = SORTED.get(asked.sort_by or "")
    first = () if column is None else (column.is_(None), column if asked.sort_order else column.desc())
    return (*first, col(Row.uuid), col(Row.version), col(Row.seq))


def _part(column: Any, text: str) -> ColumnElement[bool]:
    return col(column).contains(folded(text), autoescape=True)


def _whole(column: Any, text: str) -> ColumnElement[bool]:
    return col(column).contains(marked([folded(text)]), autoescape=True)


def _until(text: str) -> ColumnElement[bool]:
    year = int(text.strip().removeprefix("="))
    column = col(Row.valid_until)
    return column == year if text.strip().startswith("=") else column >= year


def _of_many(column: Any, wanted: list[str], mode: str) -> Iterator[ColumnElement[bool]]:
    if not wanted:
        return
    join: Callable[..., ColumnElement[bool]] = and_ if mode == "and" else or_
    found = join(*(_whole(column, one) for one in wanted))
    yield not_(found) if mode == "not" else found
