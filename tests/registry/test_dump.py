"""The dump: complete, typed without loss, byte for byte repeatable, and enough for a second instance."""

import hashlib
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pyarrow import parquet
from sqlalchemy import Engine

from registry.changes import feed
from registry.changes.feed import Draft
from registry.changes.record import canonical_json
from registry.declarations.service import DECLARATION
from registry.dump import manifest as manifests
from registry.dump.make import make
from registry.dump.manifest import Format
from registry.dump.restore import restore
from registry.feed_api import ChangeOut
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict
from registry.products.service import PRODUCT
from registry.rebuild import ALL_KINDS
from tests import factories
from tests.factories import NOW, START
from tests.registry import dumps
from tests.registry.test_rebuild import live_through_a_story, tables


@pytest.fixture
def dumped(engine: Engine, tmp_path: Path) -> Path:
    live_through_a_story(engine)
    make(engine, tmp_path / "dump", now=NOW)
    return tmp_path / "dump"


def test_the_lines_are_the_feed(engine: Engine, dumped: Path) -> None:
    with read_session(engine) as session:
        served = [json.loads(ChangeOut.of(one).model_dump_json()) for one in feed.every(session)]
    assert dumps.records(dumped) == served


def test_the_manifest_tells_the_truth_about_every_file(engine: Engine, dumped: Path) -> None:
    manifest = manifests.read(dumped)
    with read_session(engine) as session:
        last = list(feed.every(session))[-1]
    assert (manifest.feed, manifest.position) == ("demonstration", last.header.seq)
    assert (manifest.position_hash, manifest.day) == (last.hash, date(2026, 6, 1))
    assert {one.name for one in manifest.files} == {path.name for path in dumped.iterdir()} - {
        "manifest.json"
    }
    assert len(manifest.files) == len(ALL_KINDS) * len(Format)
    for one in manifest.files:
        content = (dumped / one.name).read_bytes()
        assert (one.bytes, one.sha256) == (len(content), hashlib.sha256(content).hexdigest()), one.name
    lines = {one.kind: one.rows for one in manifest.files if one.format is Format.NDJSON}
    assert sum(lines.values()) == manifest.position
    assert lines == {one.kind: one.rows for one in manifest.files if one.format is Format.PARQUET}


def test_the_columns_lose_nothing(dumped: Path) -> None:
    """From the typed row alone the hashed payload comes back."""
    by_seq = {record["seq"]: record for record in dumps.records(dumped)}
    seen = 0
    for path in dumped.glob("*.parquet"):
        for row in dumps.rows(path):
            payload = canonical_json(dumps.payload_of(row))
            assert hashlib.sha256(payload.encode()).hexdigest() == row["payload_sha256"], path.name
            record = by_seq[row["seq"]]
            assert payload == record["payload"]
            assert (row["hash"], row["key"], row["version"]) == (
                record["hash"],
                record["key"],
                record["version"],
            )
            seen += 1
    assert seen == len(by_seq)


def test_columns_have_types_of_their_own(dumped: Path) -> None:
    listed = {one.kind: one.columns for one in manifests.read(dumped).files if one.columns}
    assert listed["declaration"]["declared_amount"] == "decimal128(38, 18)"
    assert listed["declaration"]["modules"] == "map<string, decimal128(38, 18)>"
    assert listed["certificate"]["valid_to"] == "date32[day]"
    assert listed["certificate"]["star"] == "int64"
    assert listed["certificate"]["recorded_at"] == "timestamp[us, tz=UTC]"
    assert listed["product"]["plant_ids"].startswith("list<")
    for name, columns in listed.items():
        (path,) = dumped.glob(f"*-{name}.parquet")
        assert {field.name: str(field.type) for field in parquet.read_schema(path)}.keys() == columns.keys()


def test_not_stated_is_null_and_zero_is_zero(engine: Engine, tmp_path: Path) -> None:
    fact = factories.declaration(modules={"A1-A3": Decimal(0)}, mass_kg=None)
    with write_session(engine) as session:
        factories.record(session, [Draft(DECLARATION, fact.id, START, fact)])
    made = make(engine, tmp_path / "dump", now=NOW)
    (row,) = dumps.rows(tmp_path / "dump" / f"{made.position}-declaration.parquet")
    assert row["mass_kg"] is None
    assert dict(row["modules"]) == {"A1-A3": Decimal(0)}


def test_a_figure_that_does_not_fit_makes_its_column_text(engine: Engine, tmp_path: Path) -> None:
    small = Decimal("0.0000000000000000001234")
    fact = factories.product(density_kg_m3=small, thickness_mm=Decimal("6.5"))
    with write_session(engine) as session:
        factories.record(session, [Draft(PRODUCT, fact.id, START, fact)])
    made = make(engine, tmp_path / "dump", now=NOW)
    (listed,) = [one.columns for one in made.files if one.columns and one.kind == "product"]
    assert listed["density_kg_m3"] == "string"
    assert listed["thickness_mm"] == "decimal128(38, 18)"
    (row,) = dumps.rows(tmp_path / "dump" / f"{made.position}-product.parquet")
    assert (row["density_kg_m3"], row["thickness_mm"]) == ("0.0000000000000000001234", Decimal("6.5"))


def test_the_same_position_gives_the_same_bytes(engine: Engine, dumped: Path, tmp_path: Path) -> None:
    again = make(engine, tmp_path / "again", now=NOW)
    assert [one.sha256 for one in again.files] == [one.sha256 for one in manifests.read(dumped).files]


def test_a_dump_up_to_a_position_knows_nothing_later(engine: Engine, dumped: Path, tmp_path: Path) -> None:
    early = make(engine, tmp_path / "early", now=NOW, upto=5)
    assert early.position == 5
    assert dumps.records(tmp_path / "early") == dumps.records(dumped)[:5]


def test_a_second_instance_is_the_same(
    engine: Engine, dumped: Path, new_engine: Callable[[], Engine], tmp_path: Path
) -> None:
    target = new_engine()
    with write_session(target) as session:
        restored = restore(dumped, session)
    with read_session(engine) as source, read_session(target) as copy:
        assert tables(source) == tables(copy)
        assert feed.verify(feed.every(copy)) == restored.position
    again = make(target, tmp_path / "second", now=NOW)
    assert [one.sha256 for one in again.files] == [one.sha256 for one in manifests.read(dumped).files]


@pytest.mark.parametrize("harm", ["altered", "missing"])
def test_a_damaged_dump_writes_nothing(dumped: Path, new_engine: Callable[[], Engine], harm: str) -> None:
    (path,) = dumped.glob("*-product.ndjson.gz")
    content = path.read_bytes()
    path.unlink()
    if harm == "altered":
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    target = new_engine()
    with pytest.raises(Conflict, match="dump-damaged"), write_session(target) as session:
        restore(dumped, session)
    with read_session(target) as session, pytest.raises(feed.FeedMissing):
        feed.head(session)


def test_a_dump_never_overwrites_a_folder(engine: Engine, dumped: Path) -> None:
    before = manifests.read(dumped)
    with pytest.raises(Conflict, match="dump-folder-exists"):
        make(engine, dumped, now=NOW)
    assert manifests.read(dumped) == before


def test_an_empty_feed_gives_empty_files(
    engine: Engine, tmp_path: Path, new_engine: Callable[[], Engine]
) -> None:
    made = make(engine, tmp_path / "dump", now=NOW)
    assert (made.position, made.position_hash) == (0, None)
    assert {one.rows for one in made.files} == {0}
    with write_session(new_engine()) as session:
        assert restore(tmp_path / "dump", session).position == 0
