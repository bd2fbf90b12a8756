"""Our node over HTTP: the shapes other nodes have, refusals with reasons, nothing for hostile addresses."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from lxml import etree
from sqlalchemy import Engine

from frontend.app import create_app
from registry.declarations.facts import DocumentKind
from registry.declarations.node.answers import Node, listing_json, listing_xml
from registry.declarations.node.entries import Entry, Named
from registry.declarations.node.listing import Part
from registry.kit.clock import asked_today
from registry.kit.db import open_engine
from tests import databases
from tests.contracts import node

SAPI = "{http://www.ilcd-network.org/ILCD/ServiceAPI}"
PROCESS = "{http://www.ilcd-network.org/ILCD/ServiceAPI/Process}"
UUID_OF_1 = str(node.reading(1).dataset.uuid)


@pytest.fixture(scope="module")
def site(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("node")
    with databases.copy_of(empty_database, folder) as settings:
        with open_engine(settings) as engine:
            node.fill(engine, 12)
        app = create_app(settings.model_copy(update={"public_url": "https://greenmat.example"}))
        app.dependency_overrides[asked_today] = lambda: node.TODAY
        with TestClient(app, follow_redirects=False) as client:
            yield client


def test_a_listing_in_json_has_the_names_that_other_nodes_use(site: TestClient) -> None:
    found = site.get("/resource/processes?format=JSON&pageSize=2&startIndex=1").json()
    assert {name: found[name] for name in ("startIndex", "pageSize", "totalCount")} == {
        "startIndex": 1, "pageSize": 2, "totalCount": 12,
    }  # fmt: skip
    line = found["data"][0]
    assert line == {
        "languages": ["en", "zh"],
        "name": "示例混凝土 00001（虚构）",
        "uuid": UUID_OF_1,
        "version": "01.00.000",
        "geo": "CN",
        "classific": "Concrete / C30",
        "classificId": "1.4",
        "classificSystem": "OEKOBAU.DAT",
        "type": "EPD",
        "refYear": 2025,
        "validUntil": line["validUntil"],
        "compliance": [{"name": "EN 15804+A2 (EF 3.1)"}],
        "subType": "SPECIFIC_DATASET",
        "dataSources": [],
        "regNo": "演示-EPD-00001",
        "regAuthority": {"name": "示例运营机构（虚构）"},
        "nodeid": "greenmat.example",
        "uri": f"https://greenmat.example/resource/processes/{UUID_OF_1}?version=01.00.000",
        "dsType": "Process",
    }


def test_the_xml_of_a_listing_says_the_same(site: TestClient) -> None:
    answer = site.get("/resource/processes?search=true&name=00001&lang=en")
    root = etree.fromstring(answer.content)
    assert answer.headers["content-type"].startswith("application/xml")
    assert (root.tag, root.get(f"{SAPI}totalSize"), root.get(f"{SAPI}pageSize")) == (
        f"{SAPI}dataSetList",
        "1",
        "500",
    )
    (line,) = root.findall(f"{PROCESS}process")
    assert line.findtext(f"{SAPI}uuid") == UUID_OF_1
    assert [one.text for one in line.findall(f"{SAPI}name")] == ["Example concrete 00001 (invented)"]
    assert line.findtext(f"{PROCESS}time/{PROCESS}referenceYear") == "2025"


def test_one_process_comes_in_every_form(site: TestClient) -> None:
    address = f"/resource/processes/{UUID_OF_1}"
    assert site.get(address).headers["content-type"].startswith("application/xml")
    assert (
        site.get(f"{address}?format=JSON&view=extended").json()["exchanges"]["exchange"][0]["referenceFlow"]
        is True
    )
    assert (
        etree.fromstring(site.get(f"{address}?format=xml&view=overview").content).tag == f"{PROCESS}process"
    )
    assert site.get(f"{address}?format=json&view=overview").json()["uuid"] == UUID_OF_1
    assert site.get(f"{address}/zipexport").content[:2] == b"PK"
    page = site.get(address, headers={"accept": "text/html"})
    assert (page.status_code, page.headers["location"][:3]) == (303, "/v/")
    assert site.get(page.headers["location"]).status_code in (200, 302, 303, 307)
    below = site.get(f"/resource/datastocks/register/processes/{UUID_OF_1}?format=xml")
    assert below.content == site.get(f"{address}?format=xml").content


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (f"/processes/{UUID_OF_1}?version=99.00.000", "node-data-set-unknown"),
        (f"/processes/{UUID(int=5)}", "node-data-set-unknown"),
        (f"/flows/{UUID(int=5)}", "node-data-set-unknown"),
        (f"/processes/{UUID_OF_1}?format=csv", "node-format-unknown"),
        (f"/processes/{UUID_OF_1}/epd", "node-no-document"),
        ("/datastocks/none", "node-stock-unknown"),
        ("/datastocks/none/processes", "node-stock-unknown"),
        ("/processes/not-a-uuid", "not-found"),
        ("/nothing/00000000-0000-0000-0000-000000000005", "not-found"),
    ],
)
def test_what_is_not_there_is_refused_with_its_reason(site: TestClient, path: str, code: str) -> None:
    answer = site.get(f"/resource{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, code)


@pytest.mark.parametrize(
    "query", ["pageSize=-1", "startIndex=x", "validUntil=soon", "format=csv", "referenceYear=x"]
)
def test_a_query_that_cannot_be_meant_is_refused(site: TestClient, query: str) -> None:
    assert site.get(f"/resource/processes?search=true&{query}").status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/resource/processes",
        f"/resource/processes/{UUID_OF_1}?format=JSON",
        "/resource/datastocks",
        "/api/openepd/epds",
    ],
)
def test_an_unchanged_answer_is_not_sent_again(site: TestClient, path: str) -> None:
    first = site.get(path)
    again = site.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert first.headers["content-encoding"] == "gzip" or len(first.content) < 600


def test_who_the_node_is_and_that_nobody_is_signed_in(site: TestClient) -> None:
    info = etree.fromstring(site.get("/resource/nodeinfo").content)
    named = {etree.QName(one).localname: one.text for one in info}
    assert (named["nodeID"], named["baseURL"]) == ("greenmat.example", "https://greenmat.example/resource")
    status = etree.fromstring(site.get("/resource/authenticate/status").content)
    assert status.findtext(f"{SAPI}authenticated") == "false"
    stocks = site.get("/resource/datastocks?format=JSON").json()["dataStocks"]
    assert [(one["shortName"], one["root"]) for one in stocks] == [
        ("register", True),
        ("products", False),
        ("data", False),
    ]
    assert (
        site.get(f"/resource/datastocks/{stocks[0]['uuid']}/processes?format=JSON").json()["totalCount"] == 12
    )


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=8))
@examples(max_examples=60)
def test_whatever_a_document_is_called_the_listing_can_be_read(name: str, system: str, lang: str) -> None:
    entry = Entry(
        uuid=UUID(int=1),
        version="01.00.000",
        document=DocumentKind.EPD,
        names={lang: name or "x"},
        classes=(name,),
        system=system,
        owner=Named(names={lang: system}),
        compliance=(Named(names={lang: name}),),
    )
    part, here = Part(1, 0, 500, (entry,)), Node("n", "https://n/resource", "demonstration")
    assert etree.fromstring(listing_xml(part, here, None)).tag == f"{SAPI}dataSetList"
    assert listing_json(part, here, None)["data"][0]["uuid"] == str(UUID(int=1))


@pytest.mark.parametrize(
    "query",
    ["referenceYear=99999999999999999999999", "referenceYear=-1", "&".join(["compliance=x"] * 3_000)],
)
def test_more_than_a_question_can_mean_is_refused(site: TestClient, query: str) -> None:
    assert site.get(f"/resource/processes?search=true&{query}").status_code == 422


@given(st.text(max_size=40))
@examples(max_examples=40)
def test_no_words_make_a_search_fail(site: TestClient, words: str) -> None:
    asked = {
        "search": "true",
        "name": words,
        "classes": words,
        "location": words,
        "omf": f'search("{words}")',
    }
    assert site.get("/resource/processes", params=asked).status_code in (200, 422)
    assert site.get("/api/openepd/v2/epds/search", params=asked).status_code in (200, 400, 422)
