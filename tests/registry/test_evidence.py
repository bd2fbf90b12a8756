"""Evidence: taken by content, looked through in the confined child, kept once, given to nobody else."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from registry.access import walls
from registry.declarations.formats import confined as declarations
from registry.evidence import files, service
from registry.evidence.child import verdict
from registry.evidence.kinds import LARGEST, EvidenceRefused, MediaType, media_type, shown_name
from registry.evidence.scanning import scan
from registry.evidence.service import StoredBy
from registry.kit import confined
from registry.kit.confined import Bounds
from registry.kit.errors import NotFound, Unavailable
from registry.kit.messages import say
from registry.kit.places import Places
from registry.kit.sheets import reading as sheets
from tests import applicants
from tests import evidence_files as made
from tests.applicants import NOW
from tests.factories import key

HONEST = {
    "a.pdf": made.pdf(),
    "b.PDF": made.pdf(b"<< /Type /Catalog /OpenAction [3 0 R /XYZ null null 0] >>", made.stream(b"BT ET")),
    "f.pdf": made.pdf(
        made.CATALOG % b"",
        made.objects(b"<< /A (1) >>", b"/X (2 0 obj \\( <<) /Y <28> %c\n"),
        made.stream(b"BT (a stream of words) Tj ET", b"/P [1 0 R << /K /V >>] /Q#31 true"),
        b"<< /Length 3 /Subtype /Image /Filter /DCTDecode >>\r\nstream\r\nabc\r\nendstream",
    ),
    "c.png": made.png(),
    "d.jpg": made.jpeg(),
    "e.jpeg": made.jpeg() + b"what a camera appends",
}


@pytest.mark.parametrize("name", sorted(HONEST))
def test_an_honest_file_is_taken_through_the_real_child(name: str, tmp_path: Path) -> None:
    scanned = service.look(HONEST[name], name)
    assert files.keep(tmp_path, HONEST[name]) == scanned.sha256
    assert files.content(tmp_path, scanned.sha256) == HONEST[name]
    assert scanned.size == len(HONEST[name])
    if sys.platform == "linux":
        assert scanned.held == ("memory", "cpu", "file-size", "no-core", "no-descriptors")


@pytest.mark.parametrize("name", sorted(made.HOSTILE))
def test_a_hostile_pdf_is_refused_with_its_reason(name: str) -> None:
    data, reason = made.HOSTILE[name]
    found = verdict(data, MediaType.PDF)
    assert found["reason"] == reason
    for lang in ("zh", "en"):
        assert say(f"evidence.{reason}", lang, {"found": found["found"]})


def test_a_hostile_file_is_refused_by_the_real_child() -> None:
    for name in ("javascript in an object stream", "a bomb"):
        with pytest.raises(EvidenceRefused):
            service.look(made.HOSTILE[name][0], "a.pdf")


@pytest.mark.parametrize(
    "read",
    [
        lambda: scan(made.pdf(), MediaType.PDF),
        lambda: declarations.read(b"{}", "a.json"),
        lambda: sheets.read(b"a,b\n1,2\n", "a.csv"),
    ],
)
def test_no_more_children_than_there_are_places(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[], object]
) -> None:
    places = Places(1, waiting=0, patience=60.0)
    monkeypatch.setattr(confined, "_PLACES", places)
    with places.one(), pytest.raises(Unavailable):
        read()
    assert scan(made.pdf(), MediaType.PDF) is not None


def test_an_organisation_stores_no_more_than_one_may(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (StoredBy(key("organisation", n), "manufacturer:x", NOW) for n in (1, 2))
    scanned = applicants.scanned()
    walls.stand_for(session, applicants.MAKER)
    service.record(session, scanned, one)
    service.require_room(session, one.organisation_id)
    monkeypatch.setattr(service, "MOST_BYTES", scanned.size)
    with pytest.raises(EvidenceRefused, match=r"evidence\.no-room"):
        service.require_room(session, one.organisation_id)
    service.require_room(session, other.organisation_id)


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.pdf", "evidence.empty"),
        (b"MZ\x90\0", "a.pdf", "evidence.kind-not-taken"),
        (b"<svg onload=alert(1)>", "a.png", "evidence.kind-not-taken"),
        (b"<html>", "a.pdf", "evidence.kind-not-taken"),
        (made.pdf(), "a.png", "evidence.name-differs"),
        (made.png(), "a.pdf", "evidence.name-differs"),
        (made.png(), "a.png.exe", "evidence.name-differs"),
        (b"%PDF-" + b"x" * LARGEST, "a.pdf", "evidence.too-large"),
    ],
)
def test_a_file_of_another_kind_is_refused_before_any_scan(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(EvidenceRefused) as refused:
        media_type(data, name)
    assert refused.value.key == reason


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (made.png(behind=b"PK\x03\x04"), MediaType.PNG, "damaged"),
        (made.png()[:-1], MediaType.PNG, "damaged"),
        (made.png().replace(b"IDAT", b"IDAX"), MediaType.PNG, "damaged"),
        (made.png(20_000, 20_000), MediaType.PNG, "too-many-pixels"),
        (made.png(0, 2), MediaType.PNG, "damaged"),
        (made.jpeg()[:-2], MediaType.JPEG, "damaged"),
        (b"\xff\xd8\xff\xd9", MediaType.JPEG, "damaged"),
        (made.jpeg(60_000, 60_000), MediaType.JPEG, "too-many-pixels"),
    ],
)
def test_a_damaged_or_huge_picture_is_refused(data: bytes, kind: MediaType, reason: str) -> None:
    assert verdict(data, kind)["reason"] == reason


@given(st.sampled_from(MediaType), st.binary(max_size=300), st.integers(0, 400), st.binary(max_size=8))
def test_the_scan_judges_whatever_bytes_it_is_given(
    kind: MediaType, data: bytes, place: int, patch: bytes
) -> None:
    whole = {MediaType.PDF: made.pdf(), MediaType.PNG: made.png(), MediaType.JPEG: made.jpeg()}[kind]
    for given_ in (data, whole[:place] + patch + whole[place + len(patch) :]):
        assert set(verdict(given_, kind)) == {"reason", "found"}


@given(st.text(max_size=200))
def test_a_shown_name_is_short_printable_and_has_no_folder(name: str) -> None:
    shown = shown_name(name)
    assert len(shown) <= 120
    assert shown.isprintable()
    assert "/" not in shown
    assert "\\" not in shown


def test_a_child_that_runs_out_of_its_bounds_is_a_refusal() -> None:
    with pytest.raises(EvidenceRefused) as refused:
        scan(made.pdf(), MediaType.PDF, Bounds(answer_bytes=1024, wall_seconds=0))
    assert refused.value.key == "evidence.unreadable"


def test_the_same_content_lies_on_disk_once_and_damage_is_noticed_and_mended(tmp_path: Path) -> None:
    first, second = files.keep(tmp_path, b"content"), files.keep(tmp_path, b"content")
    assert first == second
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [first]
    files.place(tmp_path, first).write_bytes(b"rotten")
    with pytest.raises(NotFound, match="evidence-damaged"):
        files.content(tmp_path, first)
    files.keep(tmp_path, b"content")
    assert files.content(tmp_path, first) == b"content"
    with pytest.raises(NotFound, match="evidence-not-found"):
        files.content(tmp_path, "0" * 64)


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_a_process_killed_while_storing_leaves_no_half_file(tmp_path: Path) -> None:
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom registry.evidence import files\n"
        "n, own = 0, str(os.getpid()).encode()\nprint('ready', flush=True)\n"
        "while True:\n"
        "    files.keep(Path(sys.argv[1]), b'%d %s' % (n, own) + b'x' * 300_000)\n    n += 1\n"
    )
    for _ in range(3):
        child = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        before = len(stored(tmp_path))
        while len(stored(tmp_path)) < before + 5:
            time.sleep(0.005)
        child.send_signal(signal.SIGKILL)
        child.communicate(timeout=30)
    assert [path.name for path in stored(tmp_path) if files.digest(path.read_bytes()) != path.name] == []


def stored(folder: Path) -> list[Path]:
    """Files under their hash; what a killed writer left beside them has another name."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return [path for path in found if not path.name.startswith(".new-")]


def test_two_organisations_with_the_same_file_have_a_row_each(session: Session) -> None:
    scanned = service.look(made.pdf(), "../../报告 1.pdf")
    assert scanned.name == "报告 1.pdf"
    one, other = (StoredBy(key("organisation", n), "manufacturer:x", NOW) for n in (1, 2))
    walls.stand_for(session, applicants.MAKER)
    rows = [service.record(session, scanned, one), service.record(session, scanned, one)]
    walls.stand_for(session, applicants.OTHER_MAKER)
    assert rows[0].id == rows[1].id != service.record(session, scanned, other).id
    walls.stand_for(session, applicants.FIRST)
    assert service.owners_of_content(session, scanned.sha256) == {one.organisation_id, other.organisation_id}


def test_a_file_is_served_to_be_saved_and_never_shown_in_place() -> None:
    headers = files.headers('报告"\r\nSet-Cookie: a=b.pdf')
    assert headers["Content-Security-Policy"].startswith("sandbox")
    assert headers["Content-Disposition"].startswith("attachment;")
    assert "\r" not in headers["Content-Disposition"]
    assert headers["X-Content-Type-Options"] == "nosniff"
