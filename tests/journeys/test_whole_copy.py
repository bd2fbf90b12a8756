"""A full copy: the dump equals the interface row by row, equals the feed, and makes a second instance."""

import json
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from registry.access.actors import OPERATOR
from registry.changes import feed
from registry.changes.feed import Draft
from registry.changes.record import Change, Header, canonical_json
from registry.crosschecks import service as crosschecks
from registry.dump.restore import restore
from registry.feed_api import ChangeOut
from registry.kit.db import read_session, write_session
from registry.rebuild import ALL_KINDS
from registry.supply import service as supply
from registry.supply.facts import RegionPointFact
from tests import databases, declared, firm_facts, supervised
from tests.factories import START, key, record
from tests.frontend import register
from tests.interface import DAY, interface, walk
from tests.registry import dumps
from tests.registry.batches import GTIN, batch, recorded
from tests.registry.test_rebuild import tables
from tests.seeded import Seeded
from tests.statements import look, published, site, sited, stated

# Each kind of fact: its list, and where the fact stands in a row.
LISTS = {
    "region": ("regions", "region"), "standard": ("standards", "standard"),
    "category": ("categories", "category"), "material_kind": ("kinds", "kind"),
    "rule_pack": ("packs", "pack"), "policy_document": ("policy-documents", "document"),
    "policy_item": ("policy-items", "item"), "benchmark": ("benchmarks", "benchmark"),
    "organisation": ("organisations", "organisation"), "plant": ("plants", "plant"),
    "product": ("products", "product"), "certificate": ("certificates", "certificate"),
    "test_report": ("test-reports", "test_report"),
    "self_declaration": ("self-declarations", "self_declaration"),
    "declaration": ("declarations", "declaration"),
    "declaration_content": ("declaration-contents", "content"),
    "supply": ("supply", "supply"), "plant_site": ("plant-sites", "site"),
    "region_point": ("region-points", "region_point"),
    "honour": ("honours", "honour"), "energy_record": ("energy-records", "energy_record"),
    "disclosure": ("disclosures", "disclosure"),
    "cross_check": ("cross-checks/look-ups", "cross_check"),
    "batch": ("batches", "batch"), "finding": ("findings", "finding"),
    "surveillance_round": ("surveillance-rounds", "round"), "recognition": ("recognitions", "recognition"),
    "surveillance_outcome": ("surveillance-outcomes", "outcome"),
}  # fmt: skip
SMALL, SEEDED = "small", pytest.param("seeded", marks=pytest.mark.full)


@pytest.fixture(params=[SMALL, SEEDED])
def source(request: pytest.FixtureRequest, empty_database: Engine, tmp_path: Path) -> Iterator[Engine]:
    """A small register of every state, and the whole demonstration register."""
    if request.param == "seeded":
        seeded: Seeded = request.getfixturevalue("seeded")
        yield seeded.engine
        return
    with databases.copied(empty_database, tmp_path) as engine:
        with write_session(engine) as session:
            feed.start(session, "demonstration")
            record(session, [*register.drafts(), *_beside()])
        yield engine


def _beside() -> list[Draft]:
    """What the small register lacks: places, supply and look-ups, one of them said anew later."""
    point = RegionPointFact(
        id=key("point"),
        region="510100",
        latitude=Decimal("30.57"),
        longitude=Decimal("104.07"),
        source="示例坐标（虚构）",
        confidence="low",
    )
    looks = [crosschecks.record(look(n, certificate_n=n), today=DAY, actor=OPERATOR) for n in (1, 2)]
    return [
        supply.publish_point(point, effective_on=START, actor=OPERATOR),
        sited(site(1, "30.1", "104.2")),
        published(stated()),
        published(stated(product_n=None, plant_n=2)),
        published(stated(lead_time_days=9), DAY),
        *looks,
        declared.content_draft(of=3),
        declared.content_draft(2, of=4),
        recorded(batch(amount=Decimal("12.5"), unit="t", gtin=GTIN.zfill(14), serials=("S-1",))),
        recorded(batch(2, product_n=2)),
        *firm_facts.drafts(),
        *supervised.published(),
    ]


@pytest.fixture
def client(source: Engine, tmp_path: Path) -> Iterator[TestClient]:
    with interface(source, tmp_path) as opened:
        yield opened


@pytest.fixture
def target(empty_database: Engine, tmp_path: Path) -> Iterator[Engine]:
    """The empty database of a second instance."""
    with databases.copied(empty_database, tmp_path) as engine:
        yield engine


def downloaded(client: TestClient, folder: Path) -> Path:
    """Everything that the manifest names, as a stranger would fetch it."""
    folder.mkdir()
    while (manifest := client.get("/api/v1/dump")).status_code == 503:
        time.sleep(float(manifest.headers["Retry-After"]))
    (folder / "manifest.json").write_bytes(manifest.content)
    for one in manifest.json()["files"]:
        (folder / one["name"]).write_bytes(client.get(f"/api/v1/dump/{one['name']}").content)
    return folder


def replayed(client: TestClient) -> Iterator[dict[str, Any]]:
    """The feed from zero."""
    after = 0
    while items := (page := client.get(f"/api/v1/changes?after={after}&limit=500").json())["items"]:
        yield from items
        after = page["next_after"]


def test_the_dump_equals_the_feed_and_the_lists_and_makes_a_second_instance(
    client: TestClient, source: Engine, target: Engine, tmp_path: Path
) -> None:
    folder = downloaded(client, tmp_path / "copy")
    copied = dumps.records(folder)
    assert len(copied) > 80
    assert list(replayed(client)) == copied
    _equals_the_lists(client, copied)
    with write_session(target) as session:
        restore(folder, session)
    with read_session(source) as ours, read_session(target) as theirs:
        assert tables(ours) == tables(theirs)
    with interface(target, tmp_path / "second") as second:
        assert second.get("/api/v1/dump").json()["position_hash"] == copied[-1]["hash"]
        for group, _ in LISTS.values():
            address = f"/api/v1/{group}?limit=50"
            assert second.get(address).content == client.get(address).content


def _equals_the_lists(client: TestClient, copied: list[dict[str, Any]]) -> None:
    """Each list holds, row by row, the version in force that the dump's records lead to."""
    as_of = copied[-1]["seq"]
    for day in (DAY.isoformat(), "2026-01-31"):
        for kind, (group, name) in LISTS.items():
            expected = dumps.latest(copied, kind, on=day, as_of=as_of)
            address = f"/api/v1/{group}?on={day}&limit=400"
            rows = [row for page in walk(client, address) for row in page["items"]]
            assert [row["seq"] for row in rows] == [one["seq"] for one in expected], (kind, day)
            for row, one in zip(rows, expected, strict=True):
                content = json.loads(one["payload"])
                whole = f"/api/v1/{group}/{row.get('code')}?on={day}"
                fact = row[name] if name in row else client.get(whole).json()[name]  # a round's list is long
                assert canonical_json(fact) == canonical_json(content.get("pack", content)), kind
                assert (row["version"], row["effective_on"]) == (one["version"], one["effective_on"])


def test_every_kind_of_fact_has_its_list() -> None:
    assert LISTS.keys() == {kind.name for kind in ALL_KINDS}


def test_a_feed_followed_from_zero_makes_a_second_instance(
    client: TestClient, source: Engine, target: Engine
) -> None:
    with write_session(target) as session:
        feed.start(session, "demonstration")
        assert feed.replay(session, (_change(one) for one in replayed(client))) > 80
    with read_session(source) as ours, read_session(target) as theirs:
        assert tables(ours) == tables(theirs)


def _change(one: dict[str, Any]) -> Change:
    read = ChangeOut.model_validate(one)
    header = Header(read.seq, read.kind, read.key, read.version, read.effective_on, read.recorded_at)
    return Change(header, read.payload, read.payload_sha256, read.hash)
