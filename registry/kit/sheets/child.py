"""The confined child that opens a bill: bytes on standard input, one JSON answer out, and little else."""

import json
import sys
from collections.abc import Mapping
from typing import Any

from registry.kit.confined import Bounds, confine, write_answer
from registry.kit.sheets.delimited import ENCODINGS, read_text
from registry.kit.sheets.kinds import kind_of, name_notes
from registry.kit.sheets.sheets import FileKind, Limits, ReadProblem, Sheets, pack
from registry.kit.sheets.xlsx import read_xlsx

_CODECS = (*ENCODINGS, "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp437")  # cp437 names ZIP entries


def answer(data: bytes, filename: str, limits: Limits) -> dict[str, Any]:
    """The packed sheets, or the packed problem."""
    try:
        return {"sheets": pack(_with_name_notes(data, filename, limits))}
    except ReadProblem as problem:
        return {"problem": {"key": problem.key, "facts": dict(problem.facts)}}
    except MemoryError:
        return {"problem": {"key": "bom.read.too-heavy", "facts": {}}}


def main() -> None:
    request = json.loads(sys.argv[1])
    limits = limits_of(request["limits"])
    held = confine(limits.bounds, _CODECS)
    data = sys.stdin.buffer.read(limits.file_bytes + 1)
    found = answer(data, request["filename"], limits)
    if "sheets" in found:
        found["sheets"]["held"] = list(held)
    write_answer(found)


def limits_of(stated: Mapping[str, Any]) -> Limits:
    """The limits as they travelled, in JSON."""
    return Limits(**{**stated, "bounds": Bounds(**stated["bounds"])})


def _with_name_notes(data: bytes, filename: str, limits: Limits) -> Sheets:
    kind = kind_of(data)
    sheets = read_xlsx(data, limits) if kind is FileKind.XLSX else read_text(data, limits)
    notes = (*name_notes(filename, kind), *sheets.notes)
    return Sheets(sheets.kind, sheets.sheets, notes, sheets.encoding, sheets.delimiter)


if __name__ == "__main__":
    main()
