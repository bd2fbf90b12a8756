"""Spoiled files of every format: they are read with remarks or refused with a reason, and never fail.

`GREENMAT_TEST_FUZZ_SECONDS` is how long to look (a few seconds unless told otherwise).
"""

import copy
import json
import os
import random
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from registry.declarations.formats import oekobaudat, openepd, template
from registry.declarations.formats.files import read_file
from registry.declarations.formats.openepd import bundle
from registry.declarations.formats.reading import Reading, Unreadable
from registry.kit.messages import LANGUAGES, say

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
SECONDS = float(os.environ.get("GREENMAT_TEST_FUZZ_SECONDS", "3"))
DOCUMENT: dict[str, Any] = {
    "doctype": "openEPD",
    "product_name": "示例砌块（虚构）",
    "language": "zh",
    "declared_unit": {"qty": 1, "unit": "m3"},
    "kg_per_declared_unit": {"qty": 361, "unit": "kg"},
    "compliance": [{"short_name": "EN 15804+A2", "link": "https://example.org/a2"}],
    "pcr": {"name": "示例规则（虚构）", "parent": {"name": "EN 15804"}},
    "manufacturer": {"name": "示例企业 1（虚构）", "alt_ids": {"uscc": "99"}},
    "plants": [{"id": "8FVC2222+22.example.org", "name": "示例厂（虚构）"}],
    "date_of_issue": "2026-01-01T00:00:00Z",
    "product_classes": {"示例": ["a >> b"]},
    "impacts": {"EF 3.1": {"gwp": {"A1A2A3": {"mean": 245.5, "unit": "kgCO2e", "rsd": 0.1}}}},
    "output_flows": {"hwd": {"C_scenarios": [{"name": "Landfill", "C4": {"mean": 1, "unit": "kg"}}]}},
}
SCENARIO = {"name": "EPD", "subScenarioItems": [{"guid": "x", "name": "core PCR", "value": "EN 15804+A2"}]}
CELL = {"name": "A1", "unit": "kg CO2 eq", "value": "98.6"}
ROW = {"name": "global warming potential - total", "guid": "y", "values": [CELL]}
ISO = {"subScenarios": [SCENARIO], "subIndicators": [{"name": "EN 15804+A2", "subIndicatorItems": [ROW]}]}
ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    1e400,
    "",
    "\x00",
    "NaN",
    [],
    {},
    [[]],
    {"a": {"b": []}},
    "9" * 400,
    10**40,
    "2026-13-45",
    "𝟗",
)


def originals() -> dict[str, bytes]:
    (reading,) = openepd.read(json.dumps(DOCUMENT).encode())
    dataset = reading.dataset.model_copy(update={"uuid": UUID("3d0c1b5e-0000-4000-8000-000000000001")})
    found = {
        "a.json": openepd.write(dataset).content,
        "b.json": json.dumps(ISO).encode(),
        "c.epb": bundle.write([dataset, dataset]).content,
        "d.csv": template.write_csv([dataset], "zh").content,
        "e.xlsx": template.write_xlsx([dataset], "en").content,
        "f.csv": oekobaudat.write([dataset]).content,
    }
    for path in [*SHARED.glob("openepd/*.json"), *SHARED.glob("iso22057/*.json")]:
        found[path.name] = path.read_bytes()
    return found


def spoiled_bytes(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at, to = sorted(chance.choices(range(len(made) + 1), k=2))
        match chance.randrange(5):
            case 0:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del made[at : min(to, at + 40)]
            case 2:
                made[at:at] = made[at : at + 40]
            case 3:
                made[at:at] = chance.choice(
                    [b"\x00", b'"', b"{", b";", b"\xff\xfe", b"e9", b"-", "，".encode()]
                )
            case _:
                del made[to:]
        if not made:
            break
    return bytes(made)


def nodes(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every holder with a key in it."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from nodes(value[key])


def spoiled_tree(data: bytes, chance: random.Random) -> bytes:
    value = json.loads(data)
    for _ in range(chance.randint(1, 4)):
        places = list(nodes(value))
        if not places:
            break
        holder, key = chance.choice(places)
        other, name = chance.choice(places)
        match chance.randrange(3):
            case 0:
                holder[key] = copy.deepcopy(chance.choice(ODD))
            case 1:
                holder[key] = json.loads(json.dumps(other[name]))
            case _ if isinstance(holder, dict):
                holder[chance.choice([*map(str, holder), "x", "A1", "gwp"])] = holder.pop(key)
    return json.dumps(value).encode()


def told(key: str, facts: Mapping[str, object]) -> None:
    assert all(say(key, lang, facts) for lang in LANGUAGES)


def holds(reading: Reading) -> None:
    """What was read can be said and written."""
    for remark in reading.remarks:
        told(remark.key, remark.facts)
    (again,) = openepd.read(openepd.write(reading.dataset).content)
    assert again.dataset.model_dump(exclude={"indicators"}) == reading.dataset.model_dump(
        exclude={"indicators"}
    )


def outcome(data: bytes, name: str) -> str:
    try:
        readings = read_file(data, name)
    except Unreadable as refused:
        told(refused.key, refused.facts)
        return refused.key
    for reading in readings[:1]:
        holds(reading)
    return "read"


def fuzz(spoil: Callable[[bytes, random.Random], bytes], files: dict[str, bytes], most: int) -> set[str]:
    chance = random.Random(20261122)
    end, seen = time.monotonic() + SECONDS, set()
    for _ in range(most):
        name = chance.choice(sorted(files))
        seen.add(outcome(spoil(files[name], chance), name))
        if time.monotonic() > end and most < 100_000:
            break
    return seen


def test_a_file_with_spoiled_bytes_is_read_or_refused() -> None:
    assert "read" in fuzz(spoiled_bytes, originals(), 99_999)


def test_a_json_with_spoiled_values_is_read_or_refused() -> None:
    files = {name: data for name, data in originals().items() if name.endswith(".json")}
    assert "read" in fuzz(spoiled_tree, files, 99_999)


@pytest.mark.full
@pytest.mark.parametrize("spoil", [spoiled_bytes, spoiled_tree])
def test_a_hundred_thousand_spoiled_files_are_read_or_refused(
    spoil: Callable[[bytes, random.Random], bytes],
) -> None:
    files = originals()
    if spoil is spoiled_tree:
        files = {name: data for name, data in files.items() if name.endswith(".json")}
    assert "read" in fuzz(spoil, files, 100_000)


@pytest.mark.parametrize("name", ["a.json", "b.json", "c.epb", "d.csv", "e.xlsx", "f.csv"])
def test_each_format_is_known_by_what_it_holds(name: str) -> None:
    formats = {"a": "openEPD", "b": "ISO 22057 JSON", "c": "openEPD Bundle", "f": "ÖKOBAUDAT CSV"}
    readings = read_file(originals()[name], "misleading.name")
    assert readings[0].source.format == formats.get(name[0], "GreenMat table")


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b'{"a": 1}', "declaration-unknown-format"),
        (b"%PDF-1.7", "declaration-unknown-format"),
        ("一些文字".encode(), "declaration-table-none"),
        (b"\xef\xbb\xbf", "declaration-empty"),
    ],
)
def test_a_file_of_no_format_is_refused_with_its_reason(data: bytes, key: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_file(data, "a.json")
    assert refused.value.key == key
