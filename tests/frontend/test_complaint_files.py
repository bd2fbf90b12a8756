"""The file of a complaint: looked through only about what there is, and not without end."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from httpx2 import Response
from sqlalchemy import Engine

from frontend.pages.supervision.complain import SCANS
from registry.accounts.limiting import Limiter
from registry.evidence import service as evidence
from registry.evidence.kinds import EvidenceRefused
from tests.officers import Office, agreed, office

WORDS = "到货的型号与证书附件不符（虚构），请核对。"


@pytest.fixture(scope="module")
def site(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(empty_database, tmp_path_factory.mktemp("office")) as opened:
        yield opened


@pytest.fixture(scope="module")
def codes(site: Office) -> dict[str, str]:
    return agreed(site)


def test_files_are_not_looked_through_without_end(
    site: Office, codes: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = list[str]()

    def look(data: bytes, name: str) -> evidence.Scanned:
        looked.append(name)
        raise EvidenceRefused("evidence.empty")

    running = site.public.app.state.site  # type: ignore[attr-defined]
    monkeypatch.setattr(running, "accounts", replace(running.accounts, limiter=Limiter(5)))
    monkeypatch.setattr(evidence, "look", look)

    def sent(about: str) -> Response:
        data = {"about": about, "allegation": "quality", "words": WORDS}
        files = {"file": ("a.pdf", b"no pdf")}
        return site.public.post(
            "/zh/complain", data=data, files=files, headers={"sec-fetch-site": "same-origin"}
        )

    assert sent("YS-AAAAAA-AAAAA-A").status_code == 422
    assert looked == [], "nothing is looked through about what there is not"
    assert {sent(codes["product"]).status_code for _ in range(SCANS)} == {422}
    last = sent(codes["product"])
    assert (last.status_code, len(looked), WORDS in last.text) == (429, SCANS, True)
