"""Whoever reads a complaint, a recognition or a drawn sample reads names, not numbers alone."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from frontend.pages.supervision.naming import beside, names
from frontend.pages.supervision.public import drawn
from frontend.pages.words import Words
from registry.changes.reading import find_code, point
from registry.kit.db import read_session
from registry.supervision import reading
from registry.supervision.facts import SubjectKind
from tests.applicants import CERTIFICATE_TYPED, PRODUCT_TYPED, TODAY
from tests.officers import Office, agreed, office, shown

NAME, NUMBER = PRODUCT_TYPED["product.name_zh"], CERTIFICATE_TYPED["certificate.number"]
ACCOUNT = "/zh/account"


@pytest.fixture(scope="module")
def site(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(empty_database, tmp_path_factory.mktemp("office")) as opened:
        yield opened


@pytest.fixture(scope="module")
def codes(site: Office) -> dict[str, str]:
    return agreed(site)


@pytest.fixture
def session(site: Office) -> Iterator[Session]:
    with read_session(site.public.app.state.site.engine) as opened:  # type: ignore[attr-defined]
        yield opened


@pytest.mark.parametrize(("part", "name"), [("product", NAME), ("certificate", NUMBER)])
def test_a_complaint_names_what_it_is_about(
    site: Office, codes: dict[str, str], part: str, name: str
) -> None:
    form = {"about": codes[part], "allegation": "other", "words": "到货的型号与登记的不符（虚构），请核对。"}
    sent = site.public.post("/zh/complain", data=form, headers={"sec-fetch-site": "same-origin"})
    followed = shown(site.public, sent.headers["location"].partition("?")[0])
    assert name in followed
    number = re.findall(r"TS-[0-9A-Z]+", followed)[0]
    listed = shown(site["first"], f"{ACCOUNT}/complaints")
    assert f"{name} · {codes[part]}" in listed
    assert name in shown(site["first"], f"{ACCOUNT}/complaints/{number}")


def test_a_recognition_names_its_product_at_work_and_in_public(site: Office, codes: dict[str, str]) -> None:
    typed = {
        "product": codes["product"], "evidence": codes["certificate"], "catalogue_zh": "示例目录（虚构）",
        "catalogue_en": "Example catalogue (invented)", "notice_until": "", "notice_basis": "",
    }  # fmt: skip
    assert site["first"].post(f"{ACCOUNT}/recognition", data=typed).status_code == 303
    for page in (shown(site["first"], f"{ACCOUNT}/recognition"), shown(site.public, "/zh/supervision")):
        assert f"{NAME} · {codes['product']}" in page


def test_a_sample_is_named_before_anything_is_found_of_it(
    session: Session, codes: dict[str, str], site: Office
) -> None:
    plan = {
        "name_zh": "示例抽查（虚构）", "name_en": "Example round (invented)", "kind": "", "region": "",
        "scope_on": TODAY.isoformat(), "size": "1", "seed_source": "演示彩票（虚构）",
        "seed_day": "2027-01-04", "go": "record",
    }  # fmt: skip
    assert site["first"].post(f"{ACCOUNT}/surveillance", data=plan).status_code == 303
    at = point(session, TODAY)
    fact = reading.rounds(session, at)[0].fact.model_copy(update={"drawn": (codes["product"],)})
    ((_, named, *_),) = drawn(session, fact, at, Words("zh")).rows
    assert named.text == NAME


def test_what_is_gone_has_no_name_and_keeps_its_number(session: Session, codes: dict[str, str]) -> None:
    at, found = point(session, TODAY), find_code(session, codes["product"])
    assert found is not None
    about = [(SubjectKind.PRODUCT, found.key), (SubjectKind.BATCH, uuid4())]
    assert names(session, about, at, Words("zh")) == {found.key: NAME}
    assert beside("YS-X", None) == "YS-X"
