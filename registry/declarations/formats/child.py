"""The confined child that reads a declaration's file: bytes on standard input, one JSON answer out."""

import json
import sys
from collections.abc import Mapping
from typing import Any

from registry.declarations.formats.files import read_file
from registry.declarations.formats.packing import pack
from registry.declarations.formats.reading import Unreadable
from registry.declarations.indicators import indicators
from registry.kit.confined import Bounds, confine, write_answer
from registry.kit.messages import LANGUAGES, catalogue
from registry.kit.sheets import xlsx  # noqa: F401  loaded before the limits, which open no file
from registry.kit.sheets.delimited import ENCODINGS
from registry.units.table import table

# ZIP entries, tables of old machines, and XML that says so.
_CODECS = (*ENCODINGS, "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp437", "latin-1", "cp1252")


def answer(data: bytes, name: str, most: int) -> dict[str, Any]:
    """The packed readings, or the packed reason why there are none."""
    try:
        readings = read_file(data, name)
    except Unreadable as refused:
        return {"problem": {"key": refused.key, "facts": _plain(refused.facts)}}
    except MemoryError:
        return {"problem": {"key": "declaration-too-heavy", "facts": {}}}
    if len(readings) > most:
        facts = {"count": str(len(readings)), "limit": str(most)}
        return {"problem": {"key": "declaration-too-many", "facts": facts}}
    return {"readings": [pack(one) for one in readings]}


def _plain(facts: Mapping[str, object]) -> dict[str, object]:
    """Facts that JSON carries; a list stays one, so that each language separates it."""
    return {
        name: [str(one) for one in value] if isinstance(value, (list, tuple)) else str(value)
        for name, value in facts.items()
    }


def main() -> None:
    request = json.loads(sys.argv[1])
    # Tables are read now: no file can be opened later.
    indicators()
    table()
    for lang in LANGUAGES:
        catalogue(lang)  # headings of tables
    held = confine(Bounds(**request["bounds"]), _CODECS)
    data = sys.stdin.buffer.read(request["largest"] + 1)
    write_answer({**answer(data, request["name"], request["most"]), "held": list(held)})


if __name__ == "__main__":
    main()
