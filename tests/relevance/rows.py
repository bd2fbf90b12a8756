"""Products as somebody who judges searches reads them: plain rows, without anything of the search's own."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from registry.categories import service as categories
from registry.categories.service import REGION
from registry.changes.reading import Point, every
from registry.dossiers.dossier import Dossier
from registry.dossiers.load import load
from registry.products.service import PRODUCT

Row = dict[str, Any]
Places = dict[str, str]


def rows(session: Session, at: Point) -> Iterator[Row]:
    """Every product known at a point."""
    kinds = categories.kinds(session, at)
    places = {known.fact.region: known.fact.name_zh for known in every(session, REGION, at)}
    ids = [known.header.key for known in every(session, PRODUCT, at)]
    for dossier in load(session, ids, at, kinds=kinds).values():
        yield _row(dossier, places)


def _row(dossier: Dossier, places: Places) -> Row:
    product, maker = dossier.product.fact, dossier.maker
    return {
        "id": str(product.id),
        "code": product.code,
        "kind": product.kind,
        "parent": dossier.kind.parent,
        "name_zh": product.name_zh,
        "name_en": product.name_en,
        "models": list(product.models),
        "brand": product.brand,
        "performance": product.performance,
        "attributes": {name: str(value) for name, value in product.attributes.items()},
        "maker_zh": maker.name_zh if maker else None,
        "maker_en": maker.name_en if maker else None,
        "maker_credit_code": maker.credit_code if maker else None,
        "plants": [_plant(dossier, key, places) for key in product.plant_ids if key in dossier.plants],
        "certificates": [_certificate(known.fact) for known in dossier.certificates],
        "reports": [known.fact.number for known in dossier.reports],
        "declarations": [
            {"number": known.fact.number, "standard": known.fact.standard, "document": known.fact.document}
            for known in dossier.declarations
        ],
        "solid_waste_percent": str(product.solid_waste.percent) if product.solid_waste else None,
    }


def _plant(dossier: Dossier, key: Any, places: Places) -> Row:
    plant = dossier.plants[key]
    return {
        "name_zh": plant.name_zh,
        "region": plant.region,
        "province": places.get(plant.region[:2] + "0000"),
        "city": places.get(plant.region[:4] + "00"),
    }


def _certificate(fact: Any) -> Row:
    return {
        "code": fact.code,
        "number": fact.number,
        "scheme": fact.scheme,
        "category": fact.category,
        "star": fact.star,
        "standards": list(fact.standards),
        "state": fact.state,
        "valid_to": str(fact.valid_to),
    }
