"""What a product's plants can supply: plant by plant, each fact with its day and source."""

from dataclasses import dataclass

from frontend.views.parts import Fact


@dataclass(frozen=True, slots=True)
class PlantSupply:
    """One plant; `missing` says in words that nothing is stated."""

    plant: str
    facts: tuple[Fact, ...]
    source: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class SupplyPart:
    """`remarks` say what these facts are not: no proof, no offer, no part of a ratio."""

    plants: tuple[PlantSupply, ...]
    remarks: tuple[str, ...]
