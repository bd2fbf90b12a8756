"""The pre-flight of one declaration beside openepd's own validation of a document in the same run.

python -m benchmarks.preflight
"""

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from openepd.model.epd import Epd
from rich.console import Console
from rich.table import Table

from registry.declarations.preflight.catalogue import CHECKS, preflight
from tests.clean_declarations import clean

BAR_MS = 5.0
DECLARATIONS = 300
MODULES = {"A1A2A3": 1, "A4": 2, "A5": 3, "C1": 4, "C2": 5, "C3": 6, "C4": 7, "D": -8}
UNITS = {
    "gwp": "kgCO2e", "gwp-fossil": "kgCO2e", "gwp-biogenic": "kgCO2e", "gwp-luluc": "kgCO2e",
    "odp": "kgCFC11e",
    "ap": "molHe", "ep-fresh": "kgPe", "ep-marine": "kgNe", "ep-terr": "molNe", "pocp": "kgNMVOCe",
}  # fmt: skip


def document(serial: int) -> dict[str, Any]:
    """An openEPD document with ten impacts in eight modules; our declarations have three times the rows."""
    impacts = {
        key: {module: {"mean": value + serial / 1000, "unit": unit} for module, value in MODULES.items()}
        for key, unit in UNITS.items()
    }
    return {
        "doctype": "openEPD", "openepd_version": "0.1", "language": "en",
        "product_name": f"Invented {serial}",
        "declared_unit": {"qty": 1, "unit": "m3"}, "kg_per_declared_unit": {"qty": 2350, "unit": "kg"},
        "date_of_issue": "2025-01-01T00:00:00Z", "valid_until": "2030-01-01T00:00:00Z",
        "impacts": {"EF 3.0": impacts},
    }  # fmt: skip


def milliseconds(work: Sequence[Callable[[], object]]) -> list[float]:
    taken = []
    for one in work:
        start = time.process_time()
        one()
        taken.append((time.process_time() - start) * 1000)
    return sorted(taken)


def main() -> None:
    declarations = [clean(serial) for serial in range(DECLARATIONS)]
    documents = [document(serial) for serial in range(DECLARATIONS)]
    ours = [lambda one=one: preflight(*one) for one in declarations]
    theirs = [lambda one=one: Epd.model_validate(one) for one in documents]
    table = Table("what", "p50 ms", "p95 ms", "checks")
    for name, work, checks in (
        ("pre-flight", ours, str(len(CHECKS))),
        ("openepd Epd.model_validate", theirs, "types"),
    ):
        milliseconds(work[:20])  # the first ones load tables
        taken = milliseconds(work)
        table.add_row(name, f"{statistics.median(taken):.2f}", f"{taken[int(len(taken) * 0.95)]:.2f}", checks)
    Console().print(table)
    print(f"bar: {BAR_MS} ms a declaration, CPU time of one process")


if __name__ == "__main__":
    main()
