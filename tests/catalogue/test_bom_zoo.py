"""Bad files get a coded sentence that says what to do, and the server's process lives on."""

import json
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.kit.confined import MEGABYTE, Bounds, Ending, ending, environment
from registry.kit.messages import say
from registry.kit.sheets import Limits, ReadProblem, read, reading
from registry.kit.sheets.child import answer, limits_of
from registry.kit.sheets.sheets import unpack
from tests.catalogue import bom_files as files

HONEST = files.xlsx(files.LIST)
ROWS = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 5003))
BILLION = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'

ZOO: dict[str, tuple[bytes, str, dict[str, Any]]] = {
    "nothing": (b"", "bom.read.empty", {}),
    "blank text": (b" \r\n \r\n", "bom.read.empty", {}),
    "blank workbook": (files.raw_xlsx("<sheetData/>"), "bom.read.empty", {}),
    "PDF renamed": (b"%PDF-1.7\n%\xe2\xe3", "bom.read.pdf", {}),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0", "bom.read.image", {}),
    "old xls": (files.ole("Workbook"), "bom.read.old-xls", {}),
    "password": (files.ole("EncryptedPackage"), "bom.read.password", {}),
    "word file": (
        files.zipped({"word/document.xml": "<a/>"}), "bom.read.archive", {}),
    "no workbook": (
        files.raw_xlsx("", {"xl/workbook.xml": ""}), "bom.read.part-missing", {"part": "xl/workbook.xml"}),
    "html as xls": (b"<html><table><tr><td>1</td></tr></table>", "bom.read.markup", {}),
    "binary": (b"name,\0\x01\x02qty\n" * 9, "bom.read.binary", {}),
    "unknown encoding": (b"name,qty\n\xff\xff\x80\x81,3\n", "bom.read.encoding", {}),
    "cut short": (HONEST[: len(HONEST) // 2], "bom.read.damaged", {}),
    "flipped bytes": (HONEST[:60] + b"\xaa" * 40 + HONEST[100:], "bom.read.damaged", {}),
    "broken XML": (files.raw_xlsx("<sheetData><row>"), "bom.read.damaged", {"part": "清单"}),
    "entities": (
        files.raw_xlsx("", {"xl/worksheets/sheet1.xml": BILLION + "<worksheet/>"}), "bom.read.damaged", {}),
    "sheet missing": (
        files.raw_xlsx("", {"xl/worksheets/sheet1.xml": ""}), "bom.read.part-missing",
        {"part": "xl/worksheets/sheet1.xml"}),
    "far cell": (
        files.raw_xlsx(files.one_cell("XFD1048576")), "bom.read.cell-too-far", {"cell": "XFD1048576"}),
    "far column": (files.raw_xlsx(files.one_cell("GS1")), "bom.read.cell-too-far", {"cell": "GS1"}),
    "odd address": (files.raw_xlsx(files.one_cell("ZZZZ9")), "bom.read.damaged", {}),
    "too many rows": (
        files.raw_xlsx(f"<sheetData>{ROWS}</sheetData>"), "bom.read.too-many-rows", {"limit": 5000}),
    "long CSV": (b"a,b\n" * 5001, "bom.read.too-many-rows", {"limit": 5000}),
    "wide CSV": (b"a," * 200 + b"b\n", "bom.read.cell-too-far", {"cell": "GS1"}),
    "endless field": (b'a,b\n"' + b"x" * 200_000 + b"\n", "bom.read.csv-broken", {}),
    "workbook elsewhere, far cell": (
        files.raw_xlsx("<sheetData/>", {
            "_rels/.rels": files.ROOT_RELATIONS.replace("xl/", "b/"), "b/workbook.xml": files.WORKBOOK,
            "b/_rels/workbook.xml.rels": files.WORKBOOK_RELATIONS,
            "b/worksheets/sheet1.xml": f"<worksheet>{files.one_cell('XFD1048576')}</worksheet>"}),
        "bom.read.cell-too-far", {"cell": "XFD1048576"}),
    "bomb": (
        files.raw_xlsx(f"<sheetData/><!--{' ' * 60_000_000}-->"), "bom.read.bomb", {"limit": 50}),
    "dense bomb": (files.raw_xlsx(f"<sheetData/><!--{' ' * 9_000_000}-->"), "bom.read.bomb", {}),
    "many parts": (
        files.raw_xlsx("<sheetData/>", {f"xl/media/{n}.png": b"x" for n in range(1001)}),
        "bom.read.too-many-parts", {"limit": 1000}),
}  # fmt: skip


@pytest.mark.parametrize("name", ZOO)
def test_a_bad_file_gets_its_sentence(name: str) -> None:
    data, key, facts = ZOO[name]
    with pytest.raises(ReadProblem) as caught:
        read(data, "清单.xlsx")
    assert caught.value.key == key
    assert facts.items() <= caught.value.facts.items()
    for lang in ("zh", "en"):
        sentence = say(key, lang, caught.value.facts)
        assert len(sentence) > 20
        assert all(str(value) in sentence for value in facts.values())


def test_thirty_megabytes_are_refused_before_they_are_opened(tmp_path: Any) -> None:
    big = tmp_path / "big.csv"
    with big.open("wb") as stream:
        stream.truncate(30 * MEGABYTE)
    began = time.perf_counter()
    with pytest.raises(ReadProblem) as caught:
        read(big, "big.csv")
    assert time.perf_counter() - began < 0.1
    assert (caught.value.key, caught.value.facts) == ("bom.read.too-large", {"size": "30", "limit": "10"})


@pytest.mark.parametrize(
    ("code", "key"),
    [
        (-24, "bom.read.too-slow"),
        (-6, "bom.read.too-heavy"),
        (-9, "bom.read.too-heavy"),
        (1, "bom.read.unreadable"),
    ],
)
def test_the_way_a_child_died_chooses_the_sentence(code: int, key: str) -> None:
    assert reading.explained(ending(code, 0, Bounds()), Limits()).key == key


@pytest.mark.skipif(sys.platform != "linux", reason="limits are enforced in full on Linux only")
def test_processor_time_ends_a_child() -> None:
    code = (
        "from registry.kit.confined import Bounds, confine\n"
        "confine(Bounds(cpu_seconds=1))\nwhile True: pass\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], check=False, timeout=30)
    assert ending(ended.returncode, 0, Bounds()) is Ending.SLOW_PROCESSOR


def test_a_child_that_overruns_the_clock_is_stopped() -> None:
    with pytest.raises(ReadProblem) as caught:
        read(HONEST, "a.xlsx", Limits(bounds=Bounds(wall_seconds=0)))
    assert caught.value.key == "bom.read.too-slow"


def test_a_child_that_runs_out_of_memory_or_answers_too_much_is_explained() -> None:
    rows = [[f"材料{n}-{c}" * 20 for c in range(20)] for n in range(600)]
    data = files.csv_text(rows).encode()
    with pytest.raises(ReadProblem) as caught:
        read(data, "a.csv", Limits(bounds=Bounds(answer_bytes=MEGABYTE)))
    assert caught.value.key == "bom.read.too-heavy"


@pytest.mark.skipif(sys.platform != "linux", reason="limits are enforced in full on Linux only")
def test_on_linux_every_limit_is_held() -> None:
    held = read(HONEST, "a.xlsx").held
    assert held == ("memory", "cpu", "file-size", "no-core", "no-descriptors")


@pytest.mark.skipif(sys.platform != "linux", reason="limits are enforced in full on Linux only")
@pytest.mark.parametrize("attempt", ["socket.socket()", "open('/dev/null')", "bytearray(600 << 20)"])
def test_the_confined_child_cannot_reach_out(attempt: str) -> None:
    code = (
        "import socket\nfrom registry.kit.confined import Bounds, confine\nconfine(Bounds())\n"
        f"try:\n    {attempt}\nexcept (OSError, MemoryError) as error:\n    print(type(error).__name__)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30
    )
    assert told.stdout.strip() in {"OSError", "MemoryError"}


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process is read from Linux's /proc")
def test_server_and_child_together_stay_under_600_megabytes(tmp_path: Path) -> None:
    row = [f"材料名称{n}" for n in range(57)]
    upload = tmp_path / "large.xlsx"
    upload.write_bytes(files.xlsx([row] * 5000))
    # A fresh process stands for the server: this one carries other tests' memory, which a new process's
    # `ru_maxrss` would begin with.
    code = (
        "import re, resource, sys\nfrom pathlib import Path\nimport frontend.app\n"
        "from registry.kit.sheets import read\n"
        "found = read(Path(sys.argv[1]), 'large.xlsx')\nassert len(found.sheets[0].rows) == 5000\n"
        "own = int(re.search(r'VmHWM:\\s+(\\d+) kB', Path('/proc/self/status').read_text())[1])\n"
        "print(own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(upload)], capture_output=True, text=True, check=True, timeout=60
    )
    assert int(told.stdout) < 600 * 1024


def test_the_child_gets_none_of_the_servers_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREENMAT_SECRET_KEY", "s")
    assert set(environment()) == {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUTF8"}


def outcome(data: bytes, filename: str = "a.csv") -> None:
    """What the child answers is always a packed list or a coded problem with a sentence."""
    told = json.loads(json.dumps(answer(data, filename, Limits())))
    if "problem" in told:
        assert say(told["problem"]["key"], "zh", told["problem"]["facts"])
    else:
        assert unpack(told["sheets"]).sheets


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_never_crash(data: bytes) -> None:
    outcome(data)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(HONEST) - 1), st.binary(min_size=1, max_size=30))
def test_a_workbook_with_random_damage_never_crashes(place: int, damage: bytes) -> None:
    outcome(HONEST[:place] + damage + HONEST[place + len(damage) :], "a.xlsx")


CELL = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12),
    st.integers(),
    st.floats(allow_nan=False),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(CELL, max_size=6), max_size=8))
def test_random_cells_never_crash(rows: list[list[object]]) -> None:
    outcome(files.csv_text(rows).encode(), "a.csv")


def test_limits_travel_to_the_child_whole() -> None:
    given = Limits(rows=7, bounds=Bounds(wall_seconds=3))
    assert limits_of(json.loads(json.dumps(asdict(given)))) == given
