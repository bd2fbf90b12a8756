"""What a product states that ties one unit of quantity to another."""

from collections.abc import Iterable

from registry.products.facts import ProductFact
from registry.units.convert import FactKind
from registry.units.convert import ProductFact as UnitFact


def unit_facts(product: ProductFact) -> tuple[UnitFact, ...]:
    stated = (
        (FactKind.DENSITY, product.density_kg_m3),
        (FactKind.THICKNESS, product.thickness_mm),
        (FactKind.AREA_MASS, product.mass_kg_m2),
        (FactKind.PIECE_MASS, product.mass_kg_piece),
    )
    return tuple(UnitFact(kind, value, product.code) for kind, value in stated if value is not None)


def unit_facts_of(products: Iterable[ProductFact]) -> tuple[UnitFact, ...]:
    """Of all products that one declaration names; where they state two figures of a kind, none is chosen."""
    return tuple(dict.fromkeys(one for product in products for one in unit_facts(product)))
