"""A maker states batches by form and machine: every fault at once, once for each key, taken back openly."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from registry.access.actors import ANONYMOUS, Actor
from registry.batches.kind import BATCH
from registry.changes import feed
from registry.kit.db import read_session
from tests import applicants, factories
from tests.applicants import BODY_OFFICER, FIRST, INSIDER, MAKER, OTHER_MAKER, TODAY
from tests.frontend import maker_site
from tests.frontend.maker_site import Browser
from tests.frontend.reading import Page
from tests.registry.batches import GTIN, HANDLE

CODE = factories.product().code
PLANT = factories.plant().code
ROOT = f"/zh/account/maker/batches/{CODE}"
KEY = re.compile(r'name="key" value="([^"]+)"')
TYPED = {
    "plant": PLANT, "number": "B-1", "model": "P·O 42.5", "made_from": "2026年5月4日", "made_to": "",
    "amount": "1,200.5", "unit": "吨", "gtin": f" {GTIN} ", "industrial_ids": f"{HANDLE}\r\n\r\n",
    "serials": "S-1\nS-2",
    "tests": "抗压强度；48.2；MPa；演示方法；示例检测机构甲（虚构）；演示-1；2026-05-09\n细度\t350",
}  # fmt: skip


@pytest.fixture
def maker(empty_database: Engine, tmp_path: Path) -> Iterator[Browser]:
    with maker_site.opened(empty_database, tmp_path) as browser:
        yield browser


def key_of(maker: Browser) -> str:
    page = maker.client.get(ROOT)
    assert page.status_code == 200
    found = KEY.search(page.text)
    assert found is not None
    return found[1]


def send(maker: Browser, made_with: str, **changes: str) -> Any:
    return maker.client.post(ROOT, data={**TYPED, "key": made_with, **changes})


def batches(maker: Browser) -> list[Any]:
    with read_session(maker.engine) as session:
        return [one for one in feed.every(session) if one.header.kind == BATCH.name]


def listed(maker: Browser) -> list[Any]:
    found: list[Any] = maker.client.get("/api/v1/batches").json()["items"]
    return [one["batch"] for one in found]


def test_what_the_form_says_is_recorded_and_public_at_once(maker: Browser) -> None:
    answer = send(maker, key_of(maker))
    assert answer.status_code == 303
    [batch] = listed(maker)
    assert (batch["amount"], batch["unit"], batch["gtin"]) == ("1200.5", "t", GTIN.zfill(14))
    assert (batch["industrial_ids"], batch["serials"]) == ([HANDLE], ["S-1", "S-2"])
    assert [(one["indicator"], one["value"], one["tested_on"]) for one in batch["tests"]] == [
        ("抗压强度", "48.2", "2026-05-09"), ("细度", "350", None),
    ]  # fmt: skip
    assert batch["known_by"]["source"] == "self_stated"
    page = Page(maker.client.get(answer.headers["location"]).text)
    assert f"已登记批次 B-1，登记号 {batch['code']}" in page.words
    assert maker.client.get(f"/zh/batches/{batch['code']}").status_code == 200
    file = f"/zh/products/{CODE}/batches.csv"
    assert f'href="{file}"' in maker.client.get(ROOT).text
    assert batch["code"] in maker.client.get(file).text
    assert "共 1 个批次" in Page(maker.client.get("/zh/account/maker/batches").text).words


def test_a_double_click_records_once(maker: Browser) -> None:
    key = key_of(maker)
    answers = [send(maker, key) for _ in range(2)]
    assert len({one.headers["location"] for one in answers}) == 1
    assert len(batches(maker)) == 1


def test_all_faults_are_told_at_once_and_nothing_typed_is_lost(maker: Browser) -> None:
    wrong = {"number": "", "made_from": "31/31", "amount": "x", "tests": "只有指标\n细度；1\n；3"}
    answer = send(maker, key_of(maker), **wrong)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert "有 5 处需要修改" in page.words
    assert "第 1 行读不懂" in page.words
    assert "第 3 行读不懂" in page.words
    for value in ("31/31", "只有指标", "S-1", HANDLE):
        assert value in answer.text
    assert batches(maker) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"gtin": "9521000000010"}, "前面的数字对应的校验位是 8"),
        ({"industrial_ids": "86.1/x"}, "不是工业互联网标识"),
        ({"unit": "车"}, "不认识单位 车"),
        ({"made_from": (TODAY + timedelta(days=1)).isoformat()}, "晚于今天"),
        ({"model": "P·O 99"}, "不是本产品已登记的型号"),
        ({"plant": factories.plant(3).code}, "不是产品"),
        ({"number": "x" * 81}, "批号太长"),
        ({"serials": "\n".join(f"S{n}" for n in range(201))}, "序列号太长、太多"),
        ({"key": "short"}, "表单不完整"),
    ],
)
def test_what_cannot_be_recorded_says_why(maker: Browser, changes: dict[str, str], said: str) -> None:
    answer = send(maker, key_of(maker), **changes)
    assert answer.status_code == 422
    assert said in Page(answer.text).words
    assert batches(maker) == []


def test_a_taken_number_names_the_first(maker: Browser) -> None:
    send(maker, key_of(maker))
    answer = send(maker, key_of(maker), industrial_ids="", serials="")
    assert answer.status_code == 422
    assert f"已登记批号 B-1：{listed(maker)[0]['code']}" in Page(answer.text).words


def test_a_batch_is_taken_back_with_a_reason_that_all_may_read(maker: Browser) -> None:
    send(maker, key_of(maker))
    code = listed(maker)[0]["code"]
    silent = maker.client.post(f"{ROOT}/{code}/withdraw", data={f"reason-{code}": " "})
    assert silent.status_code == 422
    assert "请填写撤回的理由" in Page(silent.text).words
    done = maker.client.post(f"{ROOT}/{code}/withdraw", data={f"reason-{code}": "批号抄错"})
    assert done.status_code == 303
    assert "已撤回批次" in Page(maker.client.get(done.headers["location"]).text).words
    public = Page(maker.client.get(f"/zh/batches/{code}").text).words
    assert "这个批次的信息已由企业撤回" in public
    assert "批号抄错" in public
    again = maker.client.post(f"{ROOT}/{code}/withdraw", data={f"reason-{code}": "再来"})
    assert again.status_code == 409


@pytest.mark.parametrize("actor", [OTHER_MAKER, BODY_OFFICER, INSIDER])
def test_others_open_and_write_nothing(maker: Browser, actor: Actor) -> None:
    send(maker, key_of(maker))
    code = listed(maker)[0]["code"]
    maker.acts_as(actor)
    assert maker.client.get(ROOT).status_code == 403
    assert send(maker, "another-key-1").status_code == 403
    assert maker.client.post(f"{ROOT}/{code}/withdraw", data={f"reason-{code}": "x"}).status_code == 403
    assert len(batches(maker)) == 1


def test_an_officer_may_write_down_what_a_maker_states(maker: Browser) -> None:
    maker.acts_as(FIRST)
    assert send(maker, key_of(maker)).status_code == 303
    assert listed(maker)[0]["known_by"]["source"] == "self_stated"


def body(**changes: Any) -> dict[str, Any]:
    given = {"client_key": "machine-key-1", "plant": PLANT, "number": "B-1", "made_from": "2026-05-04"}
    return {**given, **changes}


def test_a_machine_states_a_batch_once(maker: Browser) -> None:
    address = f"/api/v1/products/{CODE}/batches"
    first = maker.client.post(address, json=body(gtin=GTIN))
    again = maker.client.post(address, json=body(gtin=GTIN))
    assert (first.status_code, again.status_code) == (201, 200)
    assert (first.json()["recorded"], again.json()["recorded"]) == (True, False)
    assert first.json()["batch"] == again.json()["batch"]
    other = maker.client.post(address, json=body(number="B-2"))
    assert (other.status_code, other.json()["code"]) == (409, "batch-key-used")
    taken = maker.client.post(address, json=body(client_key="machine-key-2"))
    assert (taken.status_code, taken.json()["code"]) == (409, "batch-number-taken")
    assert taken.json()["facts"]["first"] == first.json()["batch"]["code"]
    code = first.json()["batch"]["code"]
    gone = maker.client.post(f"/api/v1/batches/{code}/withdraw", json={"reason": "演示"})
    assert gone.json()["batch"]["withdrawn"] is True
    assert maker.client.post(address, json=body(client_key="machine-key-2")).status_code == 201


def test_a_machine_is_told_every_fault_with_its_field(maker: Browser) -> None:
    answer = maker.client.post(f"/api/v1/products/{CODE}/batches", json=body(gtin="1", unit="t"))
    assert (answer.status_code, answer.json()["code"]) == (422, "batch-has-faults")
    assert [one["where"] for one in answer.json()["errors"]] == [["amount"], ["gtin"]]
    for wrong in ({"client_key": "x"}, {"amount": "NaN"}, {"surprise": 1}, {"number": "\ud800"}):
        sent = json.dumps(body(**wrong))
        headers = {"Content-Type": "application/json"}
        answer = maker.client.post(f"/api/v1/products/{CODE}/batches", content=sent, headers=headers)
        assert answer.status_code == 422, wrong
    assert batches(maker) == []


@pytest.mark.parametrize(("actor", "status"), [(ANONYMOUS, 401), (BODY_OFFICER, 403), (OTHER_MAKER, 403)])
def test_a_machine_of_others_writes_nothing(maker: Browser, actor: Actor, status: int) -> None:
    maker.acts_as(actor)
    assert maker.client.post(f"/api/v1/products/{CODE}/batches", json=body()).status_code == status
    assert batches(maker) == []


def test_machines_find_by_identifier_and_read_the_cover(maker: Browser) -> None:
    maker.acts_as(MAKER)
    code = maker.client.post(f"/api/v1/products/{CODE}/batches", json=body(serials=["S-1"])).json()["batch"][
        "code"
    ]
    maker.acts_as(ANONYMOUS)
    client: TestClient = maker.client
    found = client.get(f"/api/v1/find?{urlencode({'id': ' s-1'})}").json()
    assert [(one["kind"], one["code"], one["scheme"]) for one in found["items"]] == [
        ("batch", code, "serial")
    ]
    assert client.get("/api/v1/find?id=952-1000000018").json()["gtin"] == GTIN.zfill(14)
    cover = client.get(f"/api/v1/batches/{code}/cover").json()
    assert (cover["state"], cover["reason"], cover["certificates"]) == ("not_covered", "no_certificate", [])
    one = client.get(f"/api/v1/batches/{code}").json()
    assert one["batch"]["code"] == code
    assert applicants.TODAY.isoformat() == one["batch"]["stated_on"]


def test_the_list_is_narrowed_by_everything_a_batch_is_named_by(maker: Browser) -> None:
    address = f"/api/v1/products/{CODE}/batches"
    maker.client.post(address, json=body(gtin=GTIN))
    maker.client.post(address, json=body(client_key="machine-key-2", number="B-2"))
    for query, count in (
        (f"product={CODE}", 2), (f"plant={PLANT}", 2), ("number=b-1", 1), (f"gtin={GTIN}", 1),
        ("gtin=12", 0), ("withdrawn=true", 0), (f"plant={factories.plant(2).code}", 0),
    ):  # fmt: skip
        assert len(maker.client.get(f"/api/v1/batches?{query}").json()["items"]) == count, query
    assert maker.client.get("/api/v1/batches?product=YS-NOTHING").status_code == 404
