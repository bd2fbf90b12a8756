"""The Python client of openEPD, unchanged, gets, finds and counts what we declare."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from openepd.api.errors import ObjectNotFound, ValidationError
from openepd.api.sync_client import OpenEpdApiClientSync
from sqlalchemy import Engine

from registry.declarations import openxpd
from tests import databases
from tests.contracts import node

COUNT = 60
PRODUCTS = 54  # every tenth is an average
EVERYTHING = '!EC3 search("ConstructionMaterials") !pragma oMF("1.0/1")'


@pytest.fixture(scope="module")
def client(
    empty_database: Engine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenEpdApiClientSync]:
    folder: Path = tmp_path_factory.mktemp("openepd")
    with databases.copy_of(empty_database, folder) as settings, node.running(settings, COUNT) as address:
        yield OpenEpdApiClientSync(f"{address}/api/openepd", None, requests_per_sec=1000)


def test_find_goes_through_every_page_and_get_answers_each(client: OpenEpdApiClientSync) -> None:
    found = list(client.epds.find(EVERYTHING, page_size=7))
    ids = [one.id for one in found]
    assert len(ids) == len(set(ids)) == PRODUCTS
    assert [openxpd.parsed(str(one)) for one in ids] == ids
    again = client.epds.get_by_openxpd_uuid(str(ids[5]))
    assert again == found[5]
    assert again.impacts is not None
    gwp = again.impacts.root["EF 3.1"].gwp
    assert gwp is not None
    assert gwp.A1A2A3 is not None
    assert 200 <= gwp.A1A2A3.mean < 200 + COUNT


def test_averages_are_documents_of_their_own(client: OpenEpdApiClientSync) -> None:
    averages = list(client.industry_epds.list(page_size=2))
    assert len(averages) == COUNT // 10
    assert not {str(one.id) for one in averages} & {str(one.id) for one in client.epds.find("")}
    again = client.industry_epds.get_by_openxpd_uuid(str(averages[0].id))
    assert again.id == averages[0].id


def test_a_filter_finds_what_it_names(client: OpenEpdApiClientSync) -> None:
    of_germany = client.epds.find('!EC3 search("concrete") jurisdiction: "DE" !pragma oMF("1.0/1")')
    products = [n for n in range(COUNT) if n % 10 != 9]
    assert len(of_germany) == sum(n % 3 == 0 for n in products)
    named = list(client.epds.find('!EC3 search("") name: ~"示例混凝土 00017" !pragma oMF("1.0/1")'))
    assert [one.product_name for one in named] == ["Example concrete 00017 (invented)"]
    by_rules = [client.epds.find(f'search("") compliance: "EN 15804+{one}"') for one in ("A1", "A2")]
    assert [len(one) for one in by_rules] == [0, PRODUCTS]
    assert len(client.epds.find('!EC3 search("") valid_until: <"2020-01-01" !pragma oMF("1.0/1")')) == 0


def test_statistics_are_those_of_the_products(client: OpenEpdApiClientSync) -> None:
    found = client.epds.get_statistics(EVERYTHING)
    values = [200 + n for n in range(COUNT) if n % 10 != 9]
    assert found.epds_count == len(values)
    assert found.industry_epds_count == COUNT // 10
    assert found.generic_estimates_count == 0
    assert found.declared_unit.unit == "m3"
    told = (found.pct10_gwp, found.achievable_target, found.pct50_gwp, found.conservative_estimate)
    assert told == pytest.approx(np.percentile(values, [10, 20, 50, 80]), rel=1e-9)
    assert found.standard_deviation == pytest.approx(np.std(values, ddof=1), rel=1e-9)


def test_what_cannot_be_answered_is_refused(client: OpenEpdApiClientSync) -> None:
    with pytest.raises(ObjectNotFound):
        client.epds.get_by_openxpd_uuid("EC3ABCDE")
    with pytest.raises(ValidationError):
        client.epds.find('!EC3 search("x") specs.concrete.strength_28d: >"30 MPa" !pragma oMF("1.0/1")')
    with pytest.raises(ValidationError):
        client.epds.get_statistics('!EC3 search("00017") !pragma oMF("1.0/1")')
