"""Clients of soda4LCA, unchanged, list and fetch from us what they would from any node."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import lcax  # type: ignore[import-untyped]
import pytest
from ilcdlib.dto import IlcdReference
from ilcdlib.epd.reader import IlcdEpdReader
from ilcdlib.medium.archive import ZipIlcdReader
from ilcdlib.soda4lca.api_client import Soda4LcaXmlApiClient
from sqlalchemy import Engine

from tests import databases
from tests.contracts import node

COUNT = 60


@pytest.fixture(scope="module")
def address(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("soda")
    with databases.copy_of(empty_database, folder) as settings, node.running(settings, COUNT) as found:
        yield found


@pytest.fixture(scope="module")
def soda(address: str) -> Any:
    return Soda4LcaXmlApiClient(address)


def test_ilcdlib_lists_everything_and_finds_by_parameters(soda: Any) -> None:
    every, total = soda.get_processes_iter(page_size=7)
    listed = list(every)
    assert total == len(listed) == len({one.uuid for one in listed}) == COUNT
    assert {one.sub_type for one in listed} == {"specific dataset", "average dataset"}
    assert soda.get_total_size(location="DE") == len(range(0, COUNT, 3))
    (found,) = soda.search_processes(name="concrete 00017", lang="en").items
    assert (found.name, found.version) == ("Example concrete 00017 (invented)", "01.00.000")
    assert soda.get_total_size(validUntil="2031") == 0


def test_ilcdlib_reads_the_archive_it_fetched(soda: Any) -> None:
    found = soda.search_processes(name="00042").items[0]
    archive = soda.export_to_zip(IlcdReference("processes", found.uuid, found.version))
    epd: Any = IlcdEpdReader(None, None, ZipIlcdReader(archive)).to_openepd_declaration("en")
    assert epd.product_name == "Example concrete 00042 (invented)"
    assert epd.declared_unit is not None
    assert (epd.declared_unit.qty, epd.declared_unit.unit) == (1, "m3")


def test_lcax_reads_our_extended_view(address: str) -> None:
    listed = httpx.get(
        f"{address}/resource/processes", params={"search": "true", "name": "00042", "format": "JSON"}
    ).json()
    (line,) = listed["data"]
    assert (line["subType"], line["classific"], line["dsType"]) == (
        "SPECIFIC_DATASET",
        "Concrete / C30",
        "Process",
    )
    answer = httpx.get(line["uri"], params={"format": "JSON", "view": "extended"})
    assert answer.headers["content-type"] == "application/json"
    epd = lcax.convert_ilcd(answer.text)
    assert epd.name == "Example concrete 00042 (invented)"
    assert json.loads(epd.dumps())["impacts"]["gwp"]["a1a3"] == 242


def test_every_reference_of_a_process_resolves(address: str) -> None:
    """Whatever a process of the archive refers to is there under its own address."""
    uuid = httpx.get(f"{address}/resource/processes?format=JSON&pageSize=1").json()["data"][0]["uuid"]
    archive = httpx.get(f"{address}/resource/processes/{uuid}/zipexport").content
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        names = [name for name in opened.namelist() if "/processes/" not in name]
        assert len(names) > 10
        for name in names:
            answer = httpx.get(
                f"{address}/resource/{name.removeprefix('ILCD/').removesuffix('.xml')}?format=xml"
            )
            assert answer.status_code == 200, name
            assert answer.content == opened.read(name)
