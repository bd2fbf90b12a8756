"""The ratio of every calculation unit (building) under one pack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue.ratios.methods import METHODS
from catalogue.ratios.model import Breakdown, LineShare
from registry.policies.pack import Pack


@dataclass(frozen=True, slots=True)
class UnitResult:
    """One unit's breakdown with the pack edition and method version that made it."""

    unit_id: str
    pack_id: str
    edition: str
    method: str
    method_version: int
    breakdown: Breakdown


def compute(pack: Pack, shares_by_unit: Mapping[str, Sequence[LineShare]]) -> tuple[UnitResult, ...]:
    """Units in the order given; the order of lines inside a unit changes nothing."""
    method = METHODS[pack.method.value, pack.method_version]
    return tuple(
        UnitResult(
            unit_id=unit_id,
            pack_id=pack.id,
            edition=pack.edition,
            method=pack.method.value,
            method_version=pack.method_version,
            breakdown=method(pack, shares),
        )
        for unit_id, shares in shares_by_unit.items()
    )
