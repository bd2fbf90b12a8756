"""Keeping a calculation: what was seen is what is kept, it never changes, and a stranger cannot write it."""

import csv
import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from tests.frontend import small_site
from tests.frontend.reading import Page
from tests.frontend.register import CLASS, DAY, VALUES, case

PATH = "/zh/thresholds/cement"
A2 = "cement|42.5|t|EN 15804+A2|GWP-total"
LIMIT = "655"
FORM = {"basis": A2, "max": LIMIT, "on": DAY.isoformat()}
OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def own(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A site of these tests alone, since they write."""
    with small_site.opened(empty_database, tmp_path_factory.mktemp("kept")) as client:
        yield client


def kept(own: TestClient, **changed: str) -> str:
    answer = own.post(PATH, data=FORM | changed, headers=OWN)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def sealed(own: TestClient, address: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(own.get(f"{address}.json").text)
    return found


def test_what_is_kept_is_what_was_seen(own: TestClient) -> None:
    seen = Page(own.get(PATH, params={"basis": A2, "max": LIMIT}).text)
    shown = Page(own.get(kept(own)).text)
    line = seen.one("h2", id="found").text
    assert line in shown.words
    assert shown.title.startswith("门槛测算存档 T-")
    lists = [one.one("table", class_="makers").below("li") for one in (seen, shown)]
    listed, kept_list = ([item.text for item in one] for one in lists)
    assert listed == kept_list
    assert seen.one("p", id="clause-text").text in shown.words
    for part in ("演示数据·无效凭证", "市场调查参考", "独立企业计数，第 2 版", "另计，不在 n 内"):
        assert part in shown.words


def test_the_form_of_the_page_keeps_the_point_that_is_shown(own: TestClient) -> None:
    seen = Page(own.get(PATH, params={"basis": A2, "max": LIMIT, "on": "2026-03-31"}).text)
    form = next(one for one in seen.all("form", method="post"))
    fields = {one.attributes["name"]: one.attributes["value"] for one in form.below("input")}
    answer = own.post(form.attributes["action"], data=fields, headers=OWN)
    found = sealed(own, answer.headers["location"])
    assert (found["on"], str(found["as_of"])) == ("2026-03-31", fields["as_of"])
    assert found["content"]["limit"] == LIMIT


def test_the_sealed_document_holds_all_that_counting_again_needs(own: TestClient) -> None:
    found = sealed(own, kept(own))
    content = found["content"]
    within = [n for n, value in VALUES.items() if value <= int(LIMIT)]
    assert found["kind"] == "threshold"
    assert content["values"] == [str(VALUES[n]) for n in sorted(VALUES)]
    assert content["reached"] == {"products": len(within), "makers": 1, "provinces": 1}
    assert content["whole"]["products"] == CLASS
    assert content["competes"] is False
    offers = [offer["number"] for maker in content["makers"] for offer in maker["offers"]]
    assert offers == [case(n).product.code for n in within]
    assert (content["p20"], content["p50"], content["p80"]) == ("632", "665", "698")
    assert content["apart"] == {"other-basis": 0, "not-declared": 2, "generic": 0, "no-certificate": 7}
    assert "认证证书或符合需求标准的有效检测报告" in content["clause"]["zh"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_digest_on_the_page_is_the_files(own: TestClient, lang: str) -> None:
    address = kept(own).replace("/zh/", f"/{lang}/")
    file = own.get(f"{address}.json")
    assert hashlib.sha256(file.content).hexdigest() in own.get(address).text
    token = address.rpartition("/")[2]
    assert own.get(f"/api/v1/archive/{token}").content == file.content


def test_the_tables_carry_the_list_and_the_mark(own: TestClient) -> None:
    address = kept(own)
    lines = list(csv.reader(StringIO(own.get(f"{address}.csv").content.decode("utf-8-sig"))))
    book = openpyxl.load_workbook(BytesIO(own.get(f"{address}.xlsx").content))
    cells = [
        [_said(value) for value in row if value] for row in book.worksheets[0].iter_rows(values_only=True)
    ]
    assert [[cell for cell in line if cell] for line in lines] == cells
    assert "演示数据·无效凭证" in lines[0][0]
    within = [n for n, value in VALUES.items() if value <= int(LIMIT)]
    assert [line[1] for line in lines[-len(within) :]] == [case(n).product.code for n in within]


def _said(value: object) -> str:
    """A cell as the table of text has it."""
    return value.date().isoformat() if isinstance(value, datetime) else str(value)


def test_a_limit_that_is_none_goes_back_to_the_page_with_its_fault(own: TestClient) -> None:
    answer = own.post(PATH, data=FORM | {"max": "2,5"}, headers=OWN)
    assert answer.status_code == 303
    back = Page(own.get(answer.headers["location"]).text)
    assert "2.5" in back.one("p", id="max-error").text


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"basis": "x"}, 404), ({"basis": ""}, 404), ({"on": "yesterday"}, 422), ({"as_of": "999999"}, 422),
        ({"as_of": "x" * 500}, 422),
    ],
)  # fmt: skip
def test_what_was_never_shown_is_not_kept(own: TestClient, changed: dict[str, str], status: int) -> None:
    assert own.post(PATH, data=FORM | changed, headers=OWN).status_code == status


@pytest.mark.parametrize("kind", ["nothing", "%00", "%F0%9F%8F%97"])
def test_an_unknown_kind_is_not_found(own: TestClient, kind: str) -> None:
    assert own.post(f"/zh/thresholds/{kind}", data=FORM, headers=OWN).status_code == 404


def test_another_site_cannot_keep_anything(own: TestClient) -> None:
    answer = own.post(PATH, data=FORM, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_of_the_interface_is_the_file_of_the_page(own: TestClient, form: str) -> None:
    address = kept(own)
    token = address.rpartition("/")[2]
    ours, pages = own.get(f"/api/v1/archive/{token}.{form}?lang=zh"), own.get(f"{address}.{form}")
    assert (ours.status_code, ours.headers["content-type"]) == (200, pages.headers["content-type"])
    assert ours.headers["content-disposition"] == pages.headers["content-disposition"]
    if form == "csv":
        assert ours.content == pages.content
    assert own.get(f"/zh/archive/{token}x").status_code == 404
