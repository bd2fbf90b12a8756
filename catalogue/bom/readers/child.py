"""The child process that opens an upload: bytes on standard input, one JSON answer out, and little else.

In force on Linux: memory, processor time, file size, no core dump, and no new descriptors, so neither a
socket nor a file can be opened (this is how the network is shut without privileges). macOS does not
enforce the memory limit and Windows has none of these; the answer's `held` names what was in force, and
the scan before parsing and the parent's clock hold everywhere.
"""

import codecs
import json
import sys
from typing import Any

from catalogue.bom.readers.delimited import ENCODINGS, read_text
from catalogue.bom.readers.kinds import kind_of, name_notes
from catalogue.bom.readers.sheets import FileKind, Limits, ReadProblem, Sheets, pack
from catalogue.bom.readers.xlsx import read_xlsx

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_STANDARD_STREAMS = 3
_CODECS = (*ENCODINGS, "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp437")  # cp437 names ZIP entries


def confine(limits: Limits) -> tuple[str, ...]:
    """Lower this process's limits for good; returns the names of those the system accepted."""
    for encoding in _CODECS:
        codecs.lookup(encoding)  # loaded now: no file can be opened later
    if resource is None:
        return ()
    wanted = {
        "memory": ("RLIMIT_AS", limits.memory_bytes),
        "cpu": ("RLIMIT_CPU", limits.cpu_seconds),
        "file-size": ("RLIMIT_FSIZE", limits.answer_bytes),
        "no-core": ("RLIMIT_CORE", 0),
        "no-descriptors": ("RLIMIT_NOFILE", _STANDARD_STREAMS),
    }
    held = [name for name, (limit, value) in wanted.items() if _lower(limit, value)]
    if sys.platform == "darwin" and "memory" in held:
        held.remove("memory")  # accepted there, never enforced
    return tuple(held)


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
    limits = Limits(**request["limits"])
    held = confine(limits)
    data = sys.stdin.buffer.read(limits.file_bytes + 1)
    found = answer(data, request["filename"], limits)
    if "sheets" in found:
        found["sheets"]["held"] = list(held)
    sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _with_name_notes(data: bytes, filename: str, limits: Limits) -> Sheets:
    kind = kind_of(data)
    sheets = read_xlsx(data, limits) if kind is FileKind.XLSX else read_text(data, limits)
    notes = (*name_notes(filename, kind), *sheets.notes)
    return Sheets(sheets.kind, sheets.sheets, notes, sheets.encoding, sheets.delimiter)


def _lower(limit: str, value: int) -> bool:
    try:
        kind = getattr(resource, limit)
        _, hard = resource.getrlimit(kind)
        above = value + 1 if limit == "RLIMIT_CPU" else value  # so that SIGXCPU comes before SIGKILL
        ceiling = above if hard == resource.RLIM_INFINITY else min(above, hard)
        resource.setrlimit(kind, (min(value, ceiling), ceiling))
    except (AttributeError, OSError, ValueError):
        return False
    return True


if __name__ == "__main__":
    main()
