"""Recompute the sample of a surveillance round: `python draw.py candidates.txt "the seed" 5`.

Nothing of GreenMat is needed. Fetch candidates.txt from the round's page and read seed and size there; the
first line printed must be the published digest, the others the drawn numbers in their order.
"""

import hashlib
import hmac
import sys
from pathlib import Path


def sample(content: bytes, seed: str, size: int) -> list[str]:
    """The candidates with the smallest HMAC-SHA256 under the seed."""
    ranked = {}
    for line in content.splitlines():
        ranked[hmac.digest(seed.encode("utf-8"), line, "sha256") + line] = line.decode("utf-8")
    return [ranked[rank] for rank in sorted(ranked)][:size]


if __name__ == "__main__":
    frozen = Path(sys.argv[1]).read_bytes()
    print(hashlib.sha256(frozen).hexdigest())
    print(*sample(frozen, sys.argv[2], int(sys.argv[3])), sep="\n")
