"""The paper of a body's act: scanned, kept privately, named by its SHA-256; the public part is said first."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx2 import Response
from sqlalchemy import Engine
from sqlmodel import select

from registry.certificates.facts import ActKind, CertificateFact
from registry.certificates.kind import CERTIFICATE
from registry.changes import feed
from registry.changes.reading import find_code, history
from registry.evidence.kinds import LARGEST
from registry.evidence.models import EvidenceFileRow
from registry.kit.db import read_session
from tests import evidence_files
from tests.officers import SECONDS, Office, issued, office, shown, within

PAGE = "/zh/account/body/certificates"
PAPER = evidence_files.pdf()
SHA256 = hashlib.sha256(PAPER).hexdigest()
GIVEN = {"on": "2026-06-01", "reason": "演示原因", "evidence": "演示决定书", "appeal": "2026-07-01"}


@pytest.fixture
def site(empty_database: Engine, tmp_path: Path) -> Iterator[Office]:
    with office(empty_database, tmp_path) as opened:
        yield opened


def send(
    site: Office, certificate: str, *, who: str = "body", kind: str = "suspend",
    file: tuple[str, bytes] | None = None, **given: str,
) -> Response:  # fmt: skip
    files = {"file": file} if file else None
    return site[who].post(f"{PAGE}/{certificate}/acts/{kind}", data={**GIVEN, **given}, files=files)


def stored(site: Office) -> list[EvidenceFileRow]:
    """Files beside the one of the application that the certificate came from."""
    with read_session(site.engine) as session:
        rows = session.exec(select(EvidenceFileRow)).all()
    return [row for row in rows if row.stored_by.startswith("certification_body")]


def versions(site: Office, certificate: str) -> list[CertificateFact]:
    with read_session(site.engine) as session:
        record = find_code(session, certificate)
        assert record is not None
        found = history(session, CERTIFICATE, record.key, as_of=feed.head(session).seq)
    return [one.fact for one in found]


def is_untouched(site: Office, certificate: str) -> bool:
    return [one.act for one in versions(site, certificate)] == [ActKind.ISSUE] and stored(site) == []


def test_an_act_names_its_paper_by_content_and_its_parties_hear_of_it(site: Office) -> None:
    certificate = issued(site)
    preview = send(site, certificate, file=("决定书.pdf", PAPER))
    assert preview.status_code == 200, preview.text
    assert "决定书.pdf" in preview.text
    assert SHA256[:16] in preview.text
    assert "登记后立即公开且不能撤回" in preview.text
    assert re.search(r"示例[^<]*会在本站收到通知", preview.text)
    assert re.search(rf'name="paper" value="{SHA256}"', preview.text)
    assert len(versions(site, certificate)) == 1, "a preview records nothing"
    assert send(site, certificate, paper=SHA256, go="record").status_code == 303
    last = versions(site, certificate)[-1]
    assert (last.act, last.act_evidence_sha256) == (ActKind.SUSPEND, SHA256)
    here = f"{PAGE}/{certificate}"
    assert f"{here}/papers/{SHA256}" in shown(site["body"], here)
    within(SECONDS, lambda: "被暂停" in shown(site["maker"], "/zh/account/notices"))


def test_a_paper_goes_back_to_who_brought_it_and_to_nobody_else(site: Office) -> None:
    certificate = issued(site)
    send(site, certificate, file=("决定书.pdf", PAPER), go="record")
    address = f"{PAGE}/{certificate}/papers/{SHA256}"
    answer = site["body"].get(address)
    assert answer.content == PAPER
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["cache-control"] == "private, no-store"
    assert site["other-body"].get(address).status_code == 403
    copied = address.replace("/account/body/", "/account/review/")
    assert [site[who].get(copied).status_code for who in ("first", "maker")] == [404, 403]
    assert site["body"].get(address.replace(SHA256, "0" * 64)).status_code == 404
    assert site.public.get(address).headers["location"].startswith("/zh/account/sign-in")


def test_a_file_that_is_not_taken_says_why_and_nothing_is_recorded(site: Office) -> None:
    certificate = issued(site)
    for name, data in (
        ("a.pdf", b"MZ"),
        ("a.pdf", evidence_files.png()),
        ("a.exe", PAPER),
        ("a.pdf", evidence_files.HOSTILE["launch of a program"][0]),
        ("a.pdf", b""),
        ("a.pdf", b"%PDF-" + b"x" * LARGEST),
    ):
        answer = send(site, certificate, file=(name, data), go="record")
        assert answer.status_code == 422, answer.text
        assert 'href="#file"' in answer.text
        assert "演示原因" in answer.text, "what was typed stays"
        assert is_untouched(site, certificate)


def test_nobody_names_a_paper_they_did_not_bring_nor_brings_one_to_a_foreign_certificate(
    site: Office,
) -> None:
    certificate = issued(site)
    applicants = hashlib.sha256(evidence_files.pdf()).hexdigest()
    for sha256 in (applicants, "0" * 64, "../" * 21 + "x", "\x00"):
        assert send(site, certificate, paper=sha256, go="record").status_code == 422
    assert send(site, certificate, who="other-body", file=("决定书.pdf", PAPER)).status_code == 403
    assert is_untouched(site, certificate)


def test_an_act_without_a_paper_has_none_and_the_next_does_not_keep_the_one_before(site: Office) -> None:
    certificate = issued(site)
    send(site, certificate, file=("决定书.png", evidence_files.png()), go="record")
    assert send(site, certificate, kind="reinstate", go="record").status_code == 303
    assert [one.act_evidence_sha256 for one in versions(site, certificate)] == [
        None, hashlib.sha256(evidence_files.png()).hexdigest(), None,
    ]  # fmt: skip
