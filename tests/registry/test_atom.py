"""The Atom feed: valid, in words, complete through its archives, and never changing what it once said."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from registry import feed_atom
from registry.certificates.facts import ActKind
from registry.changes import feed
from registry.changes.feed import Draft
from registry.kit.db import read_session, write_session
from registry.kit.messages import LANGUAGES, catalogue
from registry.products.service import PRODUCT
from registry.rebuild import ALL_KINDS
from tests import factories
from tests.factories import START
from tests.interface import interface

ATOM = "{http://www.w3.org/2005/Atom}"
ARCHIVE = "{http://purl.org/syndication/history/1.0}archive"


@pytest.fixture
def client(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(feed_atom, "PAGE", 4)
    with write_session(engine) as session:
        factories.record(session, factories.world())
    with interface(engine, tmp_path) as opened:
        yield opened


def document(client: TestClient, address: str = "/api/v1/changes.atom") -> ET.Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/atom+xml"
    return ET.fromstring(answer.content)


def link(root: ET.Element, rel: str) -> str | None:
    found = [one.get("href") for one in root.findall(f"{ATOM}link") if one.get("rel") == rel]
    return found[0] if found else None


def ids(root: ET.Element) -> list[str]:
    return [entry.findtext(f"{ATOM}id") or "" for entry in root.findall(f"{ATOM}entry")]


def archives(client: TestClient) -> Iterator[ET.Element]:
    """The current document and every archive behind it, newest first."""
    root = document(client)
    yield root
    while (before := link(root, "prev-archive")) is not None:
        root = document(client, before)
        yield root


def test_it_has_what_rfc_4287_asks_for(client: TestClient) -> None:
    root = document(client)
    assert root.tag == f"{ATOM}feed"
    assert link(root, "self") == "/api/v1/changes.atom?lang=zh"
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        assert UUID((element.findtext(f"{ATOM}id") or "").removeprefix("urn:uuid:"))
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "").tzinfo is not None
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    assert len(set(ids(root))) == len(ids(root)) == 4


def test_the_archives_hold_every_record_once_and_never_change(client: TestClient, engine: Engine) -> None:
    pages = list(archives(client))
    assert [page.find(ARCHIVE) is not None for page in pages] == [False, True, True]
    seen = {one for page in pages for one in ids(page)}
    with read_session(engine) as session:
        assert len(seen) == feed.head(session).seq
    frozen = client.get("/api/v1/changes.atom?archive=2").content
    fact = factories.product(name_zh="示例水泥 新名（虚构）")
    with write_session(engine) as session:
        factories.record(session, [Draft(PRODUCT, fact.id, START, fact)])
    assert client.get("/api/v1/changes.atom?archive=2").content == frozen
    assert {one for page in archives(client) for one in ids(page)} > seen
    assert client.get("/api/v1/changes.atom?archive=4").status_code == 404


def test_titles_say_what_happened_to_what(client: TestClient) -> None:
    titles = {
        lang: {
            entry.findtext(f"{ATOM}title")
            for n in (1, 2)
            for entry in document(client, f"/api/v1/changes.atom?archive={n}&lang={lang}").findall(
                f"{ATOM}entry"
            )
        }
        for lang in LANGUAGES
    }
    assert "证书 演示-2026-00001：发证，自 2026-01-01 起" in titles["zh"]
    assert "Certificate 演示-2026-00001: issued, from 2026-01-01 on" in titles["en"]
    assert "Product Example Cement 001 (invented): version 1, from 2026-01-01 on" in titles["en"]
    assert "演示数据" in (document(client).findtext(f"{ATOM}title") or "")


def test_every_kind_and_every_act_has_its_word() -> None:
    wanted = {f"feed.kind.{kind.name}" for kind in ALL_KINDS} | {f"feed.act.{act}" for act in ActKind}
    for lang in LANGUAGES:
        assert wanted <= catalogue(lang).keys()


def test_a_name_that_xml_cannot_carry_does_not_break_the_document(client: TestClient, engine: Engine) -> None:
    fact = factories.product(name_zh="示例\x0b水泥 <b>&\ufffe（虚构）")
    with write_session(engine) as session:
        factories.record(session, [Draft(PRODUCT, fact.id, START, fact)])
    title = document(client).findtext(f"{ATOM}entry/{ATOM}title")
    assert title == "产品 示例\ufffd水泥 <b>&\ufffd（虚构）：第 2 版，自 2026-01-01 起"


def test_an_empty_feed_is_a_valid_document(engine: Engine, tmp_path: Path) -> None:
    with interface(engine, tmp_path) as opened:
        root = document(opened)
    assert ids(root) == []
    assert root.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00.000000Z"
