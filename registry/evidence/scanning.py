"""Scanning from the server's side: the file is looked through by a confined child, never here."""

import tempfile
from dataclasses import asdict
from pathlib import Path

from registry.evidence.kinds import EvidenceRefused, MediaType
from registry.kit.confined import Bounds, ChildEnded, ask

BOUNDS = Bounds(answer_bytes=64 * 1024)
_CHILD = "registry.evidence.child"


def scan(data: bytes, kind: MediaType, bounds: Bounds = BOUNDS) -> tuple[str, ...]:
    """The limits that were in force while the file was looked through; EvidenceRefused where it is unfit.

    Unavailable where too many files are being looked through already.
    """
    with tempfile.TemporaryDirectory(prefix="greenmat-evidence-") as name:
        folder = Path(name)
        upload = folder / "upload"
        upload.write_bytes(data)
        request = {"bounds": asdict(bounds), "kind": kind.value}
        try:
            found = ask(_CHILD, request, upload, folder=folder, bounds=bounds)
        except ChildEnded as ended:
            raise EvidenceRefused("evidence.unreadable") from ended
    if found["reason"]:
        raise EvidenceRefused(f"evidence.{found['reason']}", found=found["found"])
    return tuple(found["held"])
