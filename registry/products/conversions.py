"""What a product states that ties one unit of quantity to another."""

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
