"""From an application to the public record and through every act of its body, each visible within seconds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine

from catalogue.checks import evidence_of
from catalogue.compliance.evidence import LineEvidence
from catalogue.compliance.rules import scope_row
from catalogue.compliance.verdicts import Outcome
from registry.changes.reading import find_code, point
from registry.dossiers.load import load
from registry.kit.db import read_session
from tests import applicants
from tests.factories import code, key
from tests.officers import CASES, SECONDS, Office, agreed, handed_in, office, post, within

QUEUE = "/zh/account/review/queue"
LOOKED = {
    "look-certificate-platform": "演示平台（虚构）",
    "look-certificate-checked_on": "2026-06-01",
    "look-certificate-result": "agrees",
    "look-certificate-screenshot_sha256": "A" * 64,
    "look-certificate-recheck_due": "2026年12月1日",
}
UNCOVERED = code("P", "plant", 2)


@pytest.fixture(scope="module")
def site(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(empty_database, tmp_path_factory.mktemp("office")) as opened:
        yield opened


@pytest.fixture(scope="module")
def published(site: Office) -> dict[str, str]:
    """The product and certificate that two officers agreed on, after one return."""
    number = handed_in(site["maker"])
    assert number in page(site["first"], QUEUE)
    answer = site["first"].post(f"{QUEUE}/oldest", data={})
    assert answer.headers["location"] == f"{CASES}/{number}"
    sent_back = post(
        site["first"], number, "return",
        path="product.models", reason="型号与证书不一致", **{"note:product.models": "请按证书附件填写"},
    )  # fmt: skip
    assert (sent_back.status_code, sent_back.headers["location"][-11:]) == (303, "done=return")
    seen = page(site["first"], f"{CASES}/{number}")
    assert "请按证书附件填写" in seen
    assert "退回修改" in seen, "the history says it"
    assert number not in page(site["first"], QUEUE)
    mend(site["maker"], number)
    assert post(site["first"], number, "take").status_code == 303
    shown = page(site["first"], f"{CASES}/{number}")
    assert "与上一次提交相比" in shown
    assert post(site["first"], number, "approve", **LOOKED).status_code == 303
    assert post(site["first"], number, "take").status_code == 403, "two persons"
    assert "复核须由另一人领取" in page(site["first"], f"{CASES}/{number}")
    assert post(site["second"], number, "take").status_code == 303
    assert "初审人于" in page(site["second"], f"{CASES}/{number}")
    assert post(site["second"], number, "publish", **LOOKED).status_code == 303
    found = site["maker"].get(f"/api/v1/applications/{number}").json()["published"]
    return {one["part"]: one["code"] for one in found}


def page(tab: TestClient, address: str) -> str:
    answer = tab.get(address)
    assert answer.status_code == 200, answer.text
    return str(answer.text)


def mend(maker: TestClient, number: str) -> None:
    here = f"/api/v1/applications/{number}"
    case = maker.get(here).json()
    assert case["open_paths"] == ["product.models"], "nothing else opens"
    texts = {path: text for path, text in case["typed"].items() if path.startswith("product.")}
    given = {"revision": case["revision"], "typed": {**texts, "product.models": "P·O 42.5"}}
    saved = maker.put(f"{here}/parts/product", json=given)
    assert saved.status_code == 200, saved.text
    assert maker.post(f"{here}/submit", json={"revision": saved.json()["revision"]}).status_code == 200


def state_of(site: Office, certificate: str) -> str:
    found: str = site.public.get(f"/api/v1/certificates/{certificate}").json()["state_on_day"]
    return found


def test_what_was_published_is_found_within_five_seconds(site: Office, published: dict[str, str]) -> None:
    name = applicants.PRODUCT_TYPED["product.name_zh"]

    def in_search() -> bool:
        return (
            published["product"] in site.public.get("/zh/products", params={"q": name, "status": "all"}).text
        )

    within(SECONDS, in_search)
    assert "有效" in page(site.public, f"/v/{published['certificate']}")
    assert name in page(site.public, f"/zh/products/{published['product']}")
    assert state_of(site, published["certificate"]) == "active"
    looks = site.public.get(f"/api/v1/certificates/{published['certificate']}/cross-checks").json()["items"]
    assert [(one["looker"], one["screenshot_sha256"]) for one in looks] == [
        (None, "a" * 64), ("second_person", "a" * 64),
    ]  # fmt: skip


def test_a_plant_that_no_row_names_is_covered_on_no_page(site: Office, published: dict[str, str]) -> None:
    asked = {"product": published["product"], "plant": UNCOVERED}
    assert site.public.get("/api/v1/scope-rows", params=asked).json()["items"] == []
    covered = {"product": published["product"], "plant": code("P", "plant", 1)}
    assert len(site.public.get("/api/v1/scope-rows", params=covered).json()["items"]) == 2
    assert judged(site, published["product"], 1) is Outcome.PASS
    assert judged(site, published["product"], 2) is Outcome.FAIL


def judged(site: Office, product: str, plant: int) -> Outcome:
    """What the rule of a bill's line says of the product from one of its plants, today."""
    with read_session(site.engine) as session:
        found = find_code(session, product)
        assert found is not None
        dossier = load(session, [found.key], point(session, applicants.TODAY))[found.key]
    line = LineEvidence(
        product_id=str(found.key), model="P·O 42.5", plant_id=str(key("plant", plant)), trademark=None,
        day=applicants.TODAY,
    )  # fmt: skip
    assert len(dossier.certificates) == 1
    certificate = evidence_of.certificate(dossier.certificates[0], dossier, {})
    return scope_row.check(line, certificate, clause="演示条款").outcome


# Each act, the state it leaves, what the answer to a scanned code says, and what the product's history says.
ACTS = (
    ("suspend", "suspended", "暂停", "暂停。"),
    ("object", "suspended", "异议", "提出异议。"),
    ("settle", "suspended", "暂停", "异议办结。"),
    ("reinstate", "active", "有效", "恢复。"),
    ("reissue", "active", "有效", "变更换证。"),
)


def test_each_act_of_the_body_is_public_within_five_seconds(site: Office, published: dict[str, str]) -> None:
    certificate, product = published["certificate"], published["product"]
    here = f"/zh/account/body/certificates/{certificate}"
    for kind, state, said, told in ACTS:
        assert acted(site["body"], here, kind).status_code == 303
        assert state_of(site, certificate) == state
        assert said in page(site.public, f"/v/{certificate}")
        _listed(site, product, valid=state == "active")
        assert judged(site, product, 1) is Outcome.PASS
        assert judged(site, product, 2) is Outcome.FAIL, "never, whatever its body does"
        assert told in page(site.public, f"/zh/products/{product}")
        assert f"演示原因 {kind}" in page(site["body"], here), "the act stands in the history"


def _listed(site: Office, product: str, *, valid: bool) -> None:
    """Search counts only what is valid; the product page says how it stands."""
    asked = {"q": product, "status": "valid"}

    def agrees() -> bool:
        return (f"/products/{product}" in site.public.get("/zh/products", params=asked).text) == valid

    within(SECONDS, agrees)
    shown = page(site.public, f"/zh/products/{product}")
    assert ("证书有效" in shown) == valid


def acted(tab: TestClient, here: str, kind: str) -> Response:
    """The form, its preview, and the preview's button; the last answer."""
    assert tab.get(f"{here}/acts/{kind}").status_code == 200
    given = {
        "on": "2026-06-01", "reason": f"演示原因 {kind}", "evidence": "演示决定书（虚构）",
        "appeal": "2026-07-01" if kind in ("suspend", "withdraw", "cancel") else "", "source": "演示公告",
    }  # fmt: skip
    preview = tab.post(f"{here}/acts/{kind}", data=given)
    assert preview.status_code == 200, preview.text
    assert "登记后的变化" in preview.text
    return tab.post(f"{here}/acts/{kind}", data={**given, "go": "record"})


def test_an_ending_asks_who_it_is_counts_what_it_takes_away_and_is_final(
    site: Office, published: dict[str, str]
) -> None:
    certificate = published["certificate"]
    here = f"/zh/account/body/certificates/{certificate}"
    site.stale("body")
    for answer in (
        site["body"].get(f"{here}/acts/withdraw"),
        site["body"].post(f"{here}/acts/cancel", data={"go": "record"}),
    ):
        assert answer.status_code == 303
        assert "/account/confirm" in answer.headers["location"]
    assert site["body"].get(f"{here}/acts/suspend").status_code == 200, "a suspension is no ending"
    assert state_of(site, certificate) == "active"


@pytest.mark.parametrize("kind", ["withdraw", "cancel"])
def test_withdrawn_and_cancelled_are_seen_everywhere_within_five_seconds(
    empty_database: Engine, tmp_path: Path, kind: str
) -> None:
    with office(empty_database, tmp_path) as site:
        codes = agreed(site)
        here = f"/zh/account/body/certificates/{codes['certificate']}"
        given = {
            "on": "2026-06-01",
            "reason": "演示原因",
            "evidence": "演示决定书",
            "appeal": "",
            "source": "",
        }
        preview = site["body"].post(f"{here}/acts/{kind}", data=given).text
        assert "1 个产品不再计入" in preview
        assert acted(site["body"], here, kind).status_code == 303
        assert state_of(site, codes["certificate"]) == {"withdraw": "withdrawn", "cancel": "cancelled"}[kind]
        _listed(site, codes["product"], valid=False)
        word = {"withdraw": "撤销", "cancel": "注销"}[kind]
        assert word in page(site.public, f"/v/{codes['certificate']}")
        shown = page(site["body"], here)
        assert "证书已经终止，不再变化" in shown
        refused = site["body"].post(f"{here}/acts/reinstate", data={**given, "go": "record"})
        assert refused.status_code == 422
        assert "不能进行" in refused.text
