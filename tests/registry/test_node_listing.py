"""Our node's listing: every query finds what a slow reading of the data sets finds, and only what stands."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session

from registry.access.actors import OPERATOR
from registry.changes import feed
from registry.changes.reading import Point, point
from registry.declarations.dataset import Classification, Dataset, Level, Party, Reference, Subtype
from registry.declarations.documents import kept_readings
from registry.declarations.documents.entering import About, enter
from registry.declarations.documents.kept_readings import File, Saving
from registry.declarations.facts import DocumentKind, PartialDay, Precision
from registry.declarations.node.asked import ListingQuery
from registry.declarations.node.listing import Part, listing, place_of
from registry.declarations.node.stocks import REGISTER, Stock, stock_of
from registry.declarations.service import withdraw
from registry.kit.db import read_session, write_session
from registry.kit.errors import NotFound
from tests import declared
from tests.factories import NOW
from tests.oracles import soda_listing

TODAY = date(2026, 6, 1)
RULES = (UUID(int=1), UUID(int=2))
NAMES = ("Concrete 50% slag", "混凝土 C30_x", "Beton (weiß)", "砂浆 mortar", "STEEL bar")


def made(n: int) -> Dataset:
    """Data sets in which every filter has something to tell apart."""
    return declared.dataset(
        n,
        names={"zh": f"示例 {NAMES[n % 5]}", **({"en": f"Example {NAMES[n % 5]}"} if n % 2 else {})},
        location=("CN", "DE", "RER", None)[n % 4],
        reference_year=(2023, 2024, None)[n % 3],
        valid_to=PartialDay(day=date(2027 + n % 4, 5, 1), precision=tuple(Precision)[n % 3]),
        subtype=(*Subtype, None)[n % 6],
        number=f"No-{n:03}",
        owner=Party(names={"en": f"Maker {n % 3}"}) if n % 4 else None,
        compliance=tuple(Reference(names={"en": "x"}, uuid=uuid) for uuid in RULES[: n % 3]),
        classifications=(
            Classification(
                system="OEKOBAU.DAT",
                levels=(Level(name="Mineral"), Level(id=f"1.{n % 3}", name=f"Class {n % 3}")),
            ),
        ),
    )


DATASETS = [made(n) for n in range(1, 25)]


def record(session: Session, dataset: Dataset) -> UUID:
    one = declared.reading(1)
    reading = type(one)(dataset, one.source)
    entered = enter(session, reading, About(), actor=OPERATOR, today=TODAY)
    kept_readings.save(session, reading, entered, File("x", "a" * 64, "machine"), Saving(OPERATOR, NOW))
    return entered.declaration_id


@pytest.fixture(scope="module")
def listed(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Any:
    from registry.kit.db import open_engine  # noqa: PLC0415
    from tests import databases  # noqa: PLC0415

    with (
        databases.copy_of(empty_database, tmp_path_factory.mktemp("listed")) as settings,
        open_engine(settings) as engine,
    ):
        with write_session(engine) as session:
            feed.start(session, "demonstration")
            for one in DATASETS:
                record(session, one)
        yield engine


def ask(engine: Engine, stock: Stock = REGISTER, at: Point | None = None, **asked: Any) -> Part:
    query = ListingQuery.model_validate({"search": "true", **asked})
    with read_session(engine) as session:
        return listing(session, query, stock, at=at or point(session, TODAY))


def uuids(part: Part) -> list[str]:
    return [str(one.uuid) for one in part.lines]


QUERIES = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(
            ["example", "50%", "示例 c30_", "WEISS", "weiß beton", "%", "_", "steel BAR", "\\", "none"]
        ),
        "location": st.lists(st.sampled_from(["CN", "de", "RER", "FR"]), min_size=1, max_size=3),
        "validUntil": st.sampled_from(["2027", "2029", "=2028", "= 2030", "2040"]),
        "referenceYear": st.sampled_from(["2023", "2024", "1999"]),
        "classes": st.sampled_from(["class 1", "MINERAL", "s 2", "|"]),
        "subType": st.lists(
            st.sampled_from([f"{one.upper()}_DATASET" for one in Subtype]), min_size=1, max_size=2
        ),
        "registrationNumber": st.sampled_from(["no-00", "1", "NO-013"]),
        "owner": st.sampled_from(["maker", "Maker 2", "x"]),
        "compliance": st.lists(st.sampled_from([str(one) for one in RULES]), min_size=1, max_size=2),
        "lang": st.sampled_from(["zh", "en", "de"]),
        "sortBy": st.sampled_from(["referenceYear", "validUntil", "uuid"]),
        "sortOrder": st.sampled_from(["true", "false"]),
    },
)


@given(asked=QUERIES, start=st.integers(0, 8), size=st.integers(0, 9))
@examples(max_examples=150)
def test_a_query_finds_what_the_data_sets_say(
    listed: Engine, asked: dict[str, Any], start: int, size: int
) -> None:
    expected = soda_listing.found(DATASETS, asked)
    part = ask(listed, **asked, startIndex=start, pageSize=size)
    assert part.total == len(expected)
    assert uuids(part) == expected[start : start + size]
    assert ask(listed, **asked, countOnly="true") == Part(len(expected), 0, 500, ())


def test_filters_count_only_beside_search(listed: Engine) -> None:
    assert ask(listed, search="false", name="none").total == len(DATASETS)


def test_a_page_is_never_longer_than_five_hundred(listed: Engine) -> None:
    assert ask(listed, pageSize=10_000).size == 500


def test_every_data_set_stands_in_one_stock_beside_the_whole(listed: Engine) -> None:
    products, data = (ask(listed, stock_of(name, "demonstration")) for name in ("products", "data"))
    assert sorted(uuids(products) + uuids(data)) == sorted(uuids(ask(listed)))
    assert {one.subtype for one in products.lines} == {"specific", None}
    assert stock_of(str(REGISTER.uuid("demonstration")), "demonstration") == REGISTER
    with pytest.raises(NotFound):
        stock_of(str(REGISTER.uuid("production")), "demonstration")


def test_a_newer_version_stands_for_the_older_unless_all_are_asked_for(session: Session) -> None:
    for version in ("01.00.000", "01.10.000"):
        record(session, made(1).model_copy(update={"version": version}))
    at = point(session, TODAY)

    def versions(**asked: Any) -> list[str]:
        return [one.version for one in listing(session, ListingQuery(**asked), REGISTER, at=at).lines]

    assert versions() == ["01.10.000"]
    assert versions(allVersions=True) == ["01.00.000", "01.10.000"]
    found = [
        place_of(session, made(1).uuid or RULES[0], one, at=at)
        for one in (None, "01.00.000", "01.10.000", "9")
    ]
    assert found[0] == found[2] is not None
    assert found[1] is not None
    assert found[3] is None


def test_what_is_withdrawn_or_still_to_come_is_not_listed(session: Session) -> None:
    keys = [record(session, made(n)) for n in (1, 2)]
    drafts = withdraw(session, keys[0], from_day=date(2026, 7, 1), actor=OPERATOR, owner_id=RULES[0])
    feed.append(session, drafts, actor="test", now=NOW)

    def numbers(day: date, as_of: int | None = None) -> Sequence[str | None]:
        return [
            one.number
            for one in listing(session, ListingQuery(), REGISTER, at=point(session, day, as_of)).lines
        ]

    assert numbers(date(2026, 6, 30)) == ["No-001", "No-002"]
    assert numbers(date(2026, 7, 1)) == ["No-002"]
    assert numbers(date(2026, 7, 1), as_of=4) == ["No-001", "No-002"]
    assert numbers(date(2020, 1, 1)) == []


@pytest.mark.parametrize("kind", [DocumentKind.FOOTPRINT_REPORT, DocumentKind.FOOTPRINT_LABEL])
def test_what_is_no_epd_does_not_pass_for_one(session: Session, kind: DocumentKind) -> None:
    record(session, made(1).model_copy(update={"document": kind}))
    assert listing(session, ListingQuery(), REGISTER, at=point(session, TODAY)).total == 0


def test_a_document_without_uuid_or_version_gets_both(session: Session) -> None:
    key = record(session, made(1).model_copy(update={"uuid": None, "version": None}))
    (line,) = listing(session, ListingQuery(), REGISTER, at=point(session, TODAY)).lines
    assert (line.uuid, line.version) == (key, "00.00.001")


def test_a_copy_of_the_feed_lists_the_same(new_engine: Callable[[], Engine], listed: Engine) -> None:
    from registry.rebuild import rebuild  # noqa: PLC0415

    other = new_engine()
    with read_session(listed) as source, write_session(other) as target:
        rebuild(source, target)
    assert ask(other) == ask(listed)
