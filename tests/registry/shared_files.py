"""Real files beside the repository; tests that need them skip by name where they are absent."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data"
needed = pytest.mark.skipif(not FOLDER.is_dir(), reason="shared data folder absent")


def found(pattern: str) -> list[Path]:
    """Files by pattern; none where the folder is absent, so that a parametrised test collects nothing."""
    return sorted(FOLDER.glob(pattern))
