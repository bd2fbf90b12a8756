"""The confined child that looks through a file of evidence: bytes in, one verdict out."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from registry.evidence.images import check_jpeg, check_png
from registry.evidence.kinds import LARGEST, MediaType
from registry.evidence.pdf import check as check_pdf
from registry.evidence.pdf_headers import Unfit
from registry.kit.confined import Bounds, confine, write_answer

_CHECKS: Mapping[MediaType, Callable[[bytes], None]] = {
    MediaType.PDF: check_pdf,
    MediaType.PNG: check_png,
    MediaType.JPEG: check_jpeg,
}


def verdict(data: bytes, kind: MediaType) -> dict[str, Any]:
    """An empty reason where the file may be kept."""
    try:
        _CHECKS[kind](data)
    except Unfit as unfit:
        return {"reason": unfit.reason, "found": unfit.found}
    except MemoryError:
        return {"reason": "bomb", "found": ""}
    return {"reason": "", "found": ""}


def main() -> None:
    request = json.loads(sys.argv[1])
    held = confine(Bounds(**request["bounds"]))
    found = verdict(sys.stdin.buffer.read(LARGEST + 1), MediaType(request["kind"]))
    write_answer({**found, "held": held})


if __name__ == "__main__":
    main()
