"""The body's pages and an officer's copies of its acts: own certificates only, whole forms only."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests import applicants
from tests.officers import Office, issued, office, shown

BODY_PAGE = "/zh/account/body/certificates"


@pytest.fixture
def site(empty_database: Engine, tmp_path: Path) -> Iterator[Office]:
    with office(empty_database, tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def bodied(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, str]]:
    with office(empty_database, tmp_path_factory.mktemp("office")) as opened:
        yield opened, issued(opened)


GIVEN = {
    "on": "2026-06-01",
    "reason": "演示原因",
    "evidence": "演示决定书",
    "appeal": "2026-07-01",
    "source": "",
}


def test_a_body_sees_and_changes_what_it_issued_and_nothing_else(site: Office) -> None:
    certificate = issued(site)
    assert applicants.CERTIFICATE_TYPED["certificate.number"] in shown(site["body"], BODY_PAGE)
    assert applicants.CERTIFICATE_TYPED["certificate.number"] not in shown(site["other-body"], BODY_PAGE)
    shown(site["other-body"], f"{BODY_PAGE}/{certificate}", 403)
    answer = site["other-body"].post(
        f"{BODY_PAGE}/{certificate}/acts/suspend", data={**GIVEN, "go": "record"}
    )
    assert answer.status_code == 403
    for kind, why in (("reinstate", "只有暂停中的证书可以恢复"), ("settle", "没有待处理的异议")):
        assert why in shown(site["body"], f"{BODY_PAGE}/{certificate}")
        refused = site["body"].post(f"{BODY_PAGE}/{certificate}/acts/{kind}", data={**GIVEN, "go": "record"})
        assert refused.status_code == 422
    shown(site["body"], f"{BODY_PAGE}/{certificate}/acts/issue", 404)
    shown(site["body"], f"{BODY_PAGE}/{certificate}/acts/correct", 404)


def test_the_list_names_the_category_in_the_readers_language(site: Office) -> None:
    issued(site)
    listed = shown(site["body"], BODY_PAGE.replace("/zh/", "/en/"))
    assert applicants.category().name_en in listed
    assert f">{applicants.CATEGORY_NAME}<" not in listed


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"evidence": ""}, "evidence"),
        ({"on": ""}, "on"),
        ({"on": "六月"}, "on"),
        ({"on": "2020-01-01"}, "on"),
        ({"appeal": "2026-05-01"}, "appeal"),
        ({"reason": "长" * 401}, "reason"),
    ],
)
def test_an_act_that_is_not_whole_is_not_recorded_and_keeps_what_was_typed(
    bodied: tuple[Office, str], changes: dict[str, str], field: str
) -> None:
    site, certificate = bodied
    answer = site["body"].post(
        f"{BODY_PAGE}/{certificate}/acts/suspend", data={**GIVEN, **changes, "go": "record"}
    )
    assert answer.status_code == 422, answer.text
    assert f'href="#{field}"' in answer.text
    assert site.public.get(f"/api/v1/certificates/{certificate}").json()["state_on_day"] == "active"


def test_an_officer_copies_an_act_with_its_source_and_never_without(site: Office) -> None:
    certificate = issued(site)
    root = "/zh/account/review/certificates"
    number = applicants.CERTIFICATE_TYPED["certificate.number"]
    assert certificate in shown(site["first"], f"{root}?q={number}")
    here = f"{root}/{certificate}/acts/suspend"
    assert "出处" in shown(site["first"], here)
    assert site["first"].post(here, data={**GIVEN, "go": "record"}).status_code == 422
    given_ = {**GIVEN, "source": "演示机构公告第 1 号（虚构），2026-06-01 查看"}
    assert site["first"].post(here, data={**given_, "go": "record"}).status_code == 303
    found = site.public.get(f"/api/v1/certificates/{certificate}").json()["certificate"]
    assert (found["state"], found["known_by"]["source"]) == ("suspended", "transcribed")
    assert found["known_by"]["note"] == given_["source"]
    shown(site["first"], f"{root}/{certificate}/acts/renew", 404)


def test_a_renewal_is_a_new_certificate_of_the_same_rows(site: Office) -> None:
    certificate = issued(site)
    here = f"{BODY_PAGE}/{certificate}/acts/renew"
    given_ = {"number": "演示-2031-90001", "issued_on": "2026-05-20", "valid_from": "2031-03-01",
              "valid_to": "2036-02-29", "reason": "期满延续"}  # fmt: skip
    assert site["body"].post(here, data={**given_, "valid_to": "2030-01-01"}).status_code == 422
    assert site["body"].post(here, data={**given_, "number": ""}).status_code == 422
    assert site["body"].post(here, data=given_).status_code == 303
    assert site["body"].post(here, data=given_).status_code == 422, "a number is given once"
