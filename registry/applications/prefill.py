"""From a record of the register back to the texts of the form: nothing is asked twice, and versions compare.

Reading these texts gives the record again.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from registry.declarations.facts import DeclarationFact, PartialDay
from registry.kit.types import plain
from registry.parties.facts import OrganisationFact, PlantFact
from registry.products.facts import ProductFact
from registry.units.table import table

Codes = Mapping[UUID, str]


def of_organisation(fact: OrganisationFact) -> dict[str, str]:
    return _texts(
        "company",
        {
            "name_zh": fact.name_zh,
            "name_en": fact.name_en,
            "credit_code": fact.credit_code,
            "credit_code_note": fact.credit_code_note,
            "region": fact.region,
            "roles": fact.roles,
            "cma_number": fact.cma_number,
        },
    )


def of_plants(plants: Iterable[PlantFact]) -> dict[str, str]:
    """A new product is made at every plant of its maker until somebody says otherwise."""
    return _texts("product", {"plants": tuple(plant.code for plant in plants if plant.closed_on is None)})


def of_product(fact: ProductFact, codes: Codes) -> dict[str, str]:
    """`codes` are the 登记号 of the plants and organisations it names."""
    waste = fact.solid_waste
    values: dict[str, object] = {
        "kind": fact.kind,
        "name_zh": fact.name_zh,
        "name_en": fact.name_en,
        "plants": tuple(codes[plant] for plant in fact.plant_ids),
        "models": fact.models,
        "brand": fact.brand,
        "brand_owner": codes[fact.brand_owner_id] if fact.brand_owner_id else None,
        "unit": _symbol(fact.unit),
        "density_kg_m3": fact.density_kg_m3,
        "thickness_mm": fact.thickness_mm,
        "mass_kg_m2": fact.mass_kg_m2,
        "mass_kg_piece": fact.mass_kg_piece,
        "waste_percent": waste.percent if waste else None,
        "waste_materials": waste.materials if waste else None,
        "waste_evidence": waste.evidence if waste else None,
        "gtin": fact.gtin,
        "description_zh": fact.description_zh,
        "description_en": fact.description_en,
    }
    attributes = {f"attributes.{name}": value for name, value in fact.attributes.items()}
    return _texts("product", {**values, **attributes})


def of_declaration(fact: DeclarationFact, codes: Codes) -> dict[str, str]:
    values: dict[str, object] = {
        "document": fact.document,
        "number": fact.number,
        "standard": fact.standard,
        "pcr": fact.pcr,
        "indicator": fact.indicator,
        "declared_unit": _symbol(fact.declared_unit),
        "declared_amount": fact.declared_amount,
        "mass_kg": fact.mass_kg,
        "plants": tuple(codes[plant] for plant in fact.plant_ids),
        "data_kind": fact.data_kind,
        "verification": fact.verification,
        "verifier": codes[fact.verifier_id] if fact.verifier_id else None,
        "operator": fact.operator,
        "valid_from": fact.valid_from,
        "valid_to": fact.valid_to,
        "reference_year": fact.reference_year,
    }
    modules = {f"modules.{module}": value for module, value in fact.modules.items()}
    return _texts("carbon", {**values, **modules})


def _symbol(code: str) -> str:
    unit = table().by_code.get(code)
    return unit.symbol_zh if unit else code


def _texts(part: str, values: Mapping[str, object]) -> dict[str, str]:
    """What is not stated has no text at all."""
    return {
        f"{part}.{name}": text
        for name, value in values.items()
        if value is not None and (text := _text(value))
    }


def _text(value: object) -> str:
    match value:
        case Decimal():
            return plain(value)
        case PartialDay():
            return value.stated()
        case date():
            return value.isoformat()
        case tuple():
            return "\n".join(str(one) for one in value)
        case _:
            return str(value)
