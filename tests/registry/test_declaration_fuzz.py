"""Spoilt files: whatever a file holds, it is read or refused, and never half of either.

`GREENMAT_TEST_FUZZ_SECONDS` says how long; the long run of 100,000 files is marked `full`.
"""

import copy
import io
import os
import random
import time
import zipfile
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import orjson
import pytest

from registry.declarations.formats.files import read_file
from registry.declarations.formats.reading import Unreadable
from registry.kit.messages import say
from tests.registry import ilcd_files as files
from tests.registry import shared_files

SECONDS = float(os.environ.get("GREENMAT_TEST_FUZZ_SECONDS", "3"))
MANY = 100_000
_ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1e308, 2**60, "", " ", "NaN", "1,5", "MND", "\x00", "ÿ" * 300, [], {}, [[]], [None],
    {"value": {}}, {"value": None, "lang": 5}, {"module": []}, [{"module": "A1"}], "2024-02-30", 10**18,
)  # fmt: skip
_TOKENS = (
    b"&",
    b"<",
    b"<!DOCTYPE x>",
    b"\xff",
    b"\x00",
    b'"',
    b"{",
    b"]",
    b"1e99999",
    b"A1-A3",
    b"PK\x03\x04",
    b"\xf0\x9f",
)


def seeds() -> list[bytes]:
    """Our own small files in each notation, and real ones where they are at hand."""
    own = [files.json(files.tree()), files.xml().encode(), files.archive(files.xml())]
    real = [*shared_files.found("ilcd-json/*.json")[:3], *shared_files.found("ilcd-xml/*.zip")[:1]]
    return own * 4 + [path.read_bytes() for path in real]


def spoilt_bytes(data: bytes, dice: random.Random) -> bytes:
    """A few bytes changed, cut, doubled or put in."""
    found = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(found) + 1)
        kind = dice.randrange(4)
        if kind == 0 and found:
            found[at - 1] = dice.randrange(256)
        elif kind == 1:
            del found[at : at + dice.randint(1, 60)]
        elif kind == 2:
            found[at:at] = dice.choice(_TOKENS)
        else:
            found[at:at] = found[max(0, at - dice.randint(1, 200)) : at]
    return bytes(found)


def spoilt_tree(data: bytes, dice: random.Random) -> bytes:
    """Nodes of the tree replaced, dropped, doubled or given to one another."""
    tree = orjson.loads(data)
    for _ in range(dice.randint(1, 5)):
        spots = list(_spots(tree))
        if not spots:
            break
        holder, key = dice.choice(spots)
        kind = dice.randrange(4)
        if kind == 0:
            holder[key] = copy.deepcopy(dice.choice(_ODD))
        elif kind == 1:
            del holder[key]
        elif kind == 2:
            holder[key] = [holder[key], copy.deepcopy(holder[key])]
        else:
            other, name = dice.choice(spots)
            if name in other if isinstance(other, dict) else name < len(other):
                holder[key] = copy.deepcopy(other[name])
    return files.json(tree)


def _spots(node: Any) -> Iterator[tuple[Any, Any]]:
    keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for key in keys:
        yield node, key
        yield from _spots(node[key])


def spoilt_members(data: bytes, dice: random.Random) -> bytes:
    """One member of a ZIP spoilt, renamed or dropped; the ZIP itself stays whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = dice.choice(sorted(members, key=lambda one: ("/processes/" not in one, "/flows/" not in one))[:4])
    kind = dice.randrange(4)
    content = members.pop(name)
    if kind < 2:
        members[name] = spoilt_bytes(content, dice)
    elif kind == 2:
        members[name.replace("flows", "processes")] = content
    return files.zipped(dict(members))


def spoilt(data: bytes, dice: random.Random) -> bytes:
    ways: list[Callable[[bytes, random.Random], bytes]] = [spoilt_bytes]
    if data[:1] == b"{":
        ways += [spoilt_tree, spoilt_tree]
    if data[:2] == b"PK":
        ways += [spoilt_members, spoilt_members]
    return dice.choice(ways)(data, dice)


def check(data: bytes) -> bool:
    """Whether the file was read; a refusal has its sentence, anything else fails the test."""
    try:
        readings = read_file(data, "fuzz")
    except Unreadable as refused:
        return say(refused.key, "zh", refused.facts) == ""
    for reading in readings:
        assert reading.dataset == type(reading.dataset).model_validate(reading.dataset.model_dump())
        assert all(say(remark.key, "zh", remark.facts) for remark in reading.remarks)
    return True


def run(numbers: Iterator[int], until: float) -> tuple[int, int]:
    start, read, refused = seeds(), 0, 0
    for number in numbers:
        if time.monotonic() > until:
            break
        dice = random.Random(number)
        data = spoilt(dice.choice(start), dice)
        try:
            good = check(data)
        except Exception as error:  # noqa: BLE001 - any is a failure, told with its number
            pytest.fail(f"number {number}: {error!r}\n{data[:300]!r}")
        read, refused = read + good, refused + (not good)
    return read, refused


def test_spoilt_files_are_read_or_refused() -> None:
    read, refused = run(count(), time.monotonic() + SECONDS)
    assert read > 10
    assert refused > 10


@pytest.mark.full
def test_a_hundred_thousand_spoilt_files_are_read_or_refused() -> None:
    read, refused = run(iter(range(MANY)), float("inf"))
    assert read + refused == MANY
