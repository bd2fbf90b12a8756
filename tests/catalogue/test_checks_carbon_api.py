"""Carbon of a report's lines as machines and readers get it: stand-ins marked, the report left as it was."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from fastapi.testclient import TestClient

from tests.frontend import check_site
from tests.frontend.check_site import PACK, PROVEN, SERVICE, bill
from tests.seeded import Seeded

CHECKS = "/api/v1/checks"


@pytest.fixture(scope="module")
def api(seeded: Seeded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with check_site.opened(seeded, tmp_path_factory.mktemp("carbon")) as client:
        yield client


STRANGE = ("预拌混凝土", "C30", "m3", "100", "", "", "2026-04-18")
WEIGHED = ("商品混凝土", "C30", "t", "10", "", "", "2026-04-18")


@pytest.fixture(scope="module")
def report(api: TestClient) -> str:
    """The address of a report: a proven line, two of nobody's concrete, a service."""
    lines = bill(PROVEN, STRANGE, WEIGHED, SERVICE)
    check = api.post(CHECKS, data={"pack": PACK}, files={"file": ("清单.csv", lines)}).json()
    check = api.put(f"{check['href']}/columns", json={"revision": check["revision"]}).json()
    shown = api.get(f"{check['href']}/lines").json()["lines"]
    none = [{"line": line["line"], "choice": "none"} for line in shown if line["standing"] == "open"]
    body = {"revision": check["revision"], "decisions": none}
    check = api.post(f"{check['href']}/decisions", json=body).json()
    made = api.post(f"{check['href']}/reports", json={"revision": check["revision"]})
    assert made.status_code == 201, made.text
    found: str = made.json()["href"]
    return found


def test_the_interface_marks_stand_ins_and_the_report_stays_as_it_was(api: TestClient, report: str) -> None:
    before = api.get(report).content
    answer = api.get(f"{report}/carbon")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    proven, strange, weighed = found["lines"]
    assert strange["source"] == "stand-in"
    assert strange["kilograms"] == "29500"
    assert strange["stand_in"]["stand_in"] is True
    assert strange["stand_in"]["document"] == "GB/T 51366-2019"
    assert strange["declaration"] is None
    assert (weighed["source"], weighed["kilograms"]) == ("none", None)
    assert weighed["refusal"]["message"]
    assert proven["stand_in"] is None or proven["declaration"] is None
    assert found["stand_ins"] == [
        {
            "name": "GB/T 51366-2019",
            "lines": sum(one["source"] == "stand-in" for one in found["lines"]),
            "kilograms": str(sum(Decimal(one["kilograms"]) for one in found["lines"] if one["stand_in"])),
        }
    ]
    assert api.get(report).content == before, "no ratio and no verdict knows of it"
    assert api.get(f"{report}x/carbon").status_code == 404


@pytest.mark.parametrize(
    ("lang", "marked", "source"),
    [
        ("zh", "背景数据·替代值", "GB/T 51366-2019 D.0.1"),
        ("en", "Background data, stand-in", "It is no value of the product"),
    ],
)
def test_the_page_marks_them_in_words(
    api: TestClient, report: str, lang: str, marked: str, source: str
) -> None:
    token, number = report.split("/")[4], report.split("/")[6]
    shown = check_site.page(api.get(f"/{lang}/check/{token}/report/{number}"))
    here = f"/{lang}/check/{token}/report/{number}/carbon"
    assert here in shown.links
    page = check_site.page(api.get(here))
    assert marked in page.words
    assert source in page.words
    assert "29,500" in page.words
    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert api.get(f"/{lang}/check/{token}/report/R-1/carbon").status_code == 404
