"""Supervision by machine: the same steps and refusals, and lots drawn again from the answers."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from docs.draw import sample
from registry.changes import feed
from registry.kit.db import write_session
from tests import evidence_files, supervised
from tests.factories import NOW, key
from tests.officers import Office, agreed, office
from tests.supervised import WORDS

ROOT = "/api/v1"


@pytest.fixture(scope="module")
def site(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(empty_database, tmp_path_factory.mktemp("office")) as opened:
        yield opened


@pytest.fixture(scope="module")
def codes(site: Office) -> dict[str, str]:
    return agreed(site)


def test_a_complaint_is_made_followed_answered_and_decided(site: Office, codes: dict[str, str]) -> None:
    given = {
        "about": codes["certificate"],
        "allegation": "quality",
        "words": WORDS,
        "contact": "a@example.invalid",
    }
    made = site.public.post(f"{ROOT}/complaints", json=given)
    assert made.status_code == 201, made.text
    token, number = made.json()["token"], made.json()["number"]
    here, followed = f"{ROOT}/complaints/{number}", f"{ROOT}/complaints/followed/{token}"
    assert site.public.get(here).status_code == 401
    assert site["maker"].get(here).status_code == 404
    office_sees = site["first"].get(here).json()
    assert (office_sees["contact"], office_sees["open_steps"]) == ("a@example.invalid", ["admit", "dismiss"])
    admitted = site["first"].post(f"{here}/admit", json={"revision": 0}).json()
    assert admitted["open_steps"] == ["forward"]
    party = site["maker"].get(here).json()
    assert (party["contact"], party["file_name"], party["open_steps"]) == (None, None, ["reply"])
    assert [one["number"] for one in site["maker"].get(f"{ROOT}/complaints").json()["items"]] == [number]
    stale = site["maker"].post(f"{here}/reply", json={"revision": 0, "words": "已更换（虚构）。"})
    assert (stale.status_code, stale.json()["code"]) == (409, "complaint-changed-meanwhile")
    assert (
        site["maker"].post(f"{here}/reply", json={"revision": 1, "words": "已更换（虚构）。"}).status_code
        == 200
    )
    assert site["first"].post(f"{here}/forward", json={"revision": 2}).status_code == 200
    body = site["body"].get(here).json()
    assert {one["words"] for one in body["acts"]} == {None}
    decision = {"revision": 3, "words": "属实（虚构）。", "outcome": "upheld", "measures": ["told_to_body"]}
    for _ in range(2):
        decided = site["second"].post(f"{here}/decide", json=decision)
        assert (decided.status_code, decided.json()["state"]) == (200, "decided")
    told = site.public.get(followed).json()
    assert "属实（虚构）。" in [one["words"] for one in told["acts"]]
    assert told["contact"] is None
    late = site.public.post(f"{followed}/withdraw", json={"revision": 4})
    assert late.status_code == 409
    assert site.public.delete(f"{followed}/contact").status_code == 200
    assert site["first"].get(here).json()["contact"] == ""
    found = site.public.get(f"{ROOT}/findings?subject_code={codes['certificate']}").json()["items"]
    assert [one["finding"]["measures"] for one in found] == [["told_to_body"]]


def test_the_file_of_a_complaint_is_fetched_by_the_office_alone(site: Office, codes: dict[str, str]) -> None:
    pdf = evidence_files.pdf()
    sent = site.public.post(
        "/zh/complain",
        data={"about": codes["product"], "allegation": "quality", "words": WORDS},
        files={"file": ("照片.pdf", pdf)},
        headers={"sec-fetch-site": "same-origin"},
    )
    followed = f"{ROOT}/complaints/followed/{sent.headers['location'].partition('?')[0].rpartition('/')[2]}"
    number = site.public.get(followed).json()["number"]
    here = f"{ROOT}/complaints/{number}"
    assert site["first"].post(f"{here}/admit", json={"revision": 0}).status_code == 200
    file = site["second"].get(f"{here}/file")
    assert (file.status_code, file.content) == (200, pdf)
    assert file.headers["content-type"] == "application/pdf"
    assert file.headers["cache-control"] == "private, no-store"
    assert "sandbox" in file.headers["content-security-policy"]
    assert site["second"].get(here).json()["file_name"] == "照片.pdf"
    assert site.public.get(f"{here}/file").status_code == 401
    for outsider, status in (("maker", 403), ("body", 403), ("insider", 404)):
        assert site[outsider].get(f"{here}/file").status_code == status, outsider
    bare = site.public.post(
        f"{ROOT}/complaints", json={"about": codes["product"], "allegation": "quality", "words": WORDS}
    ).json()["number"]
    assert site["first"].get(f"{ROOT}/complaints/{bare}/file").status_code == 404


def test_faults_are_told_with_their_fields(site: Office) -> None:
    answer = site.public.post(f"{ROOT}/complaints", json={"about": "", "allegation": "x", "words": "短"})
    assert (answer.status_code, answer.json()["code"]) == (422, "complaint-unfit")
    assert len(answer.json()["errors"]) == 3


def test_lots_are_drawn_again_from_what_the_interface_says(site: Office) -> None:
    with write_session(site.engine) as session:
        drafts = [one for one in supervised.published() if one.kind.name == "surveillance_round"]
        feed.append(session, drafts, actor="loader:test", now=NOW)
    (line,) = site.public.get(f"{ROOT}/surveillance-rounds?state=drawn").json()["items"]
    assert line["candidates"] == 1
    one: dict[str, Any] = site.public.get(f"{ROOT}/surveillance-rounds/{line['code']}").json()["round"]
    listed = site.public.get(f"{ROOT}/surveillance-rounds/{line['code']}/candidates").content
    assert hashlib.sha256(listed).hexdigest() == one["candidates_sha256"]
    assert sample(listed, one["seed"], one["size"]) == one["drawn"]
    assert one["organisation_id"] == str(key("organisation", 800))


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("surveillance-rounds", {"name_zh": "x", "name_en": "x", "scope_on": "2026-01-01", "size": 1,
                                 "seed_source": "x", "seed_day": "2099-01-01"}),
        ("surveillance-rounds/YS-X/draw", {"seed": "1", "reference": "x"}),
        ("recognitions", {"product": "x", "evidence": "x", "catalogue_zh": "x", "catalogue_en": "x"}),
        ("recognitions/YS-X/enter", {}),
        ("recognitions/YS-X/remove", {"reason": "x"}),
    ],
)  # fmt: skip
def test_what_the_office_does_is_the_offices_alone(site: Office, path: str, given: dict[str, Any]) -> None:
    for name, status in (("maker", 403), ("body", 403)):
        assert site[name].post(f"{ROOT}/{path}", json=given).status_code == status
    assert site.public.post(f"{ROOT}/{path}", json=given).status_code == 401
    assert site["first"].post(f"{ROOT}/{path}", json=given).status_code in (201, 404, 422)
