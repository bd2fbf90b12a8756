"""How fast declarations are read, loss report included, beside `lcax` (JSON) and `ilcdlib` (ZIP).

    python -m benchmarks.declaration_reading FOLDER

FOLDER holds `*.json` as soda4LCA writes it and `*.zip` in ILCD's layout, in any depth. Both sides read the
same bytes in turns; the best round of each counts. Bars: 0.4 × lcax, 4 × ilcdlib.
"""

import gc
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import lcax  # type: ignore[import-untyped]
from ilcdlib.epd.reader import IlcdEpdReader
from ilcdlib.medium.archive import ZipIlcdReader

from registry.declarations.formats.files import read_file
from registry.declarations.formats.reading import Unreadable

ROUNDS = 9
Read = Callable[[Path, bytes], object]


def ours(path: Path, data: bytes) -> object:
    return read_file(data, path.name)


def lcax_object(_: Path, data: bytes) -> object:
    return lcax.convert_ilcd(data.decode())


def lcax_dict(_: Path, data: bytes) -> object:
    return json.loads(lcax.convert_ilcd(data.decode()).dumps())


def ilcdlib_epd(path: Path, _: bytes) -> object:
    return IlcdEpdReader(None, None, ZipIlcdReader(path)).to_openepd_declaration("en")


def best(read: Read, files: Sequence[tuple[Path, bytes]], times: int) -> float:
    """Seconds of the processor for one file, over one round: the machine may have other work."""
    start = time.process_time()
    for _ in range(times):
        for path, data in files:
            read(path, data)
    return (time.process_time() - start) / (times * len(files))


def compare(name: str, files: Sequence[tuple[Path, bytes]], *, others: Sequence[Read], times: int) -> None:
    if not files:
        print(f"{name}: no files")
        return
    rounds = [{read.__name__: best(read, files, times) for read in (ours, *others)} for _ in range(ROUNDS)]
    fastest = {key: min(one[key] for one in rounds) for key in rounds[0]}
    for key, seconds in fastest.items():
        ratio, rate = seconds / fastest["ours"], 1 / seconds
        print(f"{name} {key}: {rate:,.0f} files/s, {seconds * 1000:.2f} ms; ours is {ratio:.2f} × as fast")


def readable(folder: Path, kind: str) -> list[tuple[Path, bytes]]:
    """The files that hold a declaration; the folder may hold others."""
    found = [(path, path.read_bytes()) for path in sorted(folder.rglob(f"*.{kind}"))]
    return [(path, data) for path, data in found if _is_declaration(path, data)]


def _is_declaration(path: Path, data: bytes) -> bool:
    try:
        return all(reading.source.format == "ilcd+epd" for reading in read_file(data, path.name))
    except Unreadable:
        return False


def main(folder: Path) -> None:
    gc.disable()  # as in the child process that reads one upload and ends: a tree has no cycles to look for
    compare("JSON", readable(folder, "json"), others=(lcax_object, lcax_dict), times=5)
    compare("ZIP", readable(folder, "zip"), others=(ilcdlib_epd,), times=2)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
