"""Facet counts and totals equal plain SQL and Python over the register, on 300 random filters."""

import json
import random
from collections import Counter
from collections.abc import Mapping
from datetime import date

import pytest
from sqlalchemy import text

from search.documents.fields import PUBLIC_FACETS, Field
from search.engine.ports import SearchRequest
from tests.seeded import TODAY, Seeded

Row = Mapping[Field, frozenset[str]]
_ORDER = ("valid", "suspended", "expired", "withdrawn", "cancelled")

# The newest version of every record on the day, by the reading rule, in SQL of its own.
_NEWEST = """
SELECT payload FROM (
  SELECT payload, row_number() OVER (PARTITION BY key ORDER BY effective_on DESC, seq DESC) AS place
  FROM changes WHERE kind = :kind AND effective_on <= :today) AS versions WHERE place = 1
"""


def _records(seeded: Seeded, kind: str) -> list[dict[str, object]]:
    with seeded.engine.connect() as connection:
        rows = connection.execute(text(_NEWEST), {"kind": kind, "today": TODAY.isoformat()})
        return [json.loads(row[0]) for row in rows]


def _state(certificate: Mapping[str, object]) -> str | None:
    stored = str(certificate["state"])
    if stored in ("withdrawn", "cancelled"):
        return stored
    if date.fromisoformat(str(certificate["valid_to"])) < TODAY:
        return "expired"
    if date.fromisoformat(str(certificate["valid_from"])) > TODAY:
        return None
    return "valid" if stored == "active" else stored


@pytest.fixture(scope="module")
def table(seeded: Seeded) -> list[Row]:
    """One row per product with the values of every public facet, made without the code under test."""
    kinds = {str(kind["kind"]): kind["parent"] for kind in _records(seeded, "material_kind")}
    plants = {plant["id"]: str(plant["region"]) for plant in _records(seeded, "plant")}
    certificates: dict[object, list[dict[str, object]]] = {}
    for certificate in _records(seeded, "certificate"):
        rows: list[dict[str, list[object]]] = certificate["rows"]  # type: ignore[assignment]
        for product in {product for row in rows for product in row["product_ids"]}:
            certificates.setdefault(product, []).append(certificate)
    reports = {report["product_id"] for report in _records(seeded, "test_report")}
    claims = {claim["product_id"] for claim in _records(seeded, "self_declaration")}
    declared = _data_kinds(seeded)
    found: list[Row] = []
    for product in _records(seeded, "product"):
        own = certificates.get(product["id"], [])
        states = {_state(certificate) for certificate in own}
        standing = next((word for word in _ORDER if word in states), "none")
        best = [c for c in own if _state(c) == standing]
        last = max((str(c["valid_to"]) for c in best), default="")
        stars = {str(c["star"]) for c in best if c["valid_to"] == last and c["star"] is not None}
        schemes = {str(c["scheme"]) for c in own}
        evidence = {"certificate"} if "graded" in schemes else set()
        evidence |= {"green_product"} if "green_product" in schemes else set()
        evidence |= {"test_report"} if product["id"] in reports else set()
        evidence |= {"self_declaration"} if product["id"] in claims else set()
        line, kind = set(), product["kind"]
        while kind:
            line.add(str(kind))
            kind = kinds[str(kind)]
        sites: list[object] = product["plant_ids"]  # type: ignore[assignment]
        found.append(
            {
                Field.KIND: frozenset(line),
                Field.PROVINCE: frozenset({plants[sites[0]][:2] + "0000"}),
                Field.STATUS: frozenset({standing}),
                Field.STAR: frozenset(stars) if len(stars) <= 1 else frozenset({"?"}),
                Field.EVIDENCE: frozenset(evidence),
                Field.DATA_KIND: frozenset({declared.get(product["id"], "none")}),
            }
        )
    return found


def _data_kinds(seeded: Seeded) -> dict[object, str]:
    """The best kind of data among declarations that may count on the day."""
    ranks = {"specific": 0, "average": 1, "generic": 2}
    found: dict[object, str] = {}
    for declaration in _records(seeded, "declaration"):
        begins: dict[str, str] = declaration["valid_from"]  # type: ignore[assignment]
        ends: dict[str, str] = declaration["valid_to"]  # type: ignore[assignment]
        last = date.fromisoformat(ends["day"])
        if ends["precision"] == "year":
            last = date(last.year, 12, 31)
        elif ends["precision"] == "month":
            following = date(last.year + last.month // 12, last.month % 12 + 1, 1)
            last = date.fromordinal(following.toordinal() - 1)
        counts = date.fromisoformat(begins["day"]) <= TODAY <= last and declaration["state"] == "published"
        if not counts:
            continue
        products: list[object] = declaration["product_ids"]  # type: ignore[assignment]
        for product in products:
            kind = str(declaration["data_kind"])
            if product not in found or ranks[kind] < ranks[found[product]]:
                found[product] = kind
    return found


def _passes(row: Row, filters: Mapping[Field, tuple[str, ...]], *, but: Field | None = None) -> bool:
    return all(row[name] & set(values) for name, values in filters.items() if name is not but)


def test_totals_and_facets_equal_the_register_on_300_random_filters(seeded: Seeded, table: list[Row]) -> None:
    chance = random.Random(20261121)
    values = {name: sorted({value for row in table for value in row[name]} - {"?"}) for name in PUBLIC_FACETS}
    for _ in range(300):
        chosen = chance.sample(PUBLIC_FACETS, chance.randint(0, 4))
        filters = {
            name: tuple(chance.sample(values[name], min(len(values[name]), chance.randint(1, 3))))
            for name in chosen
        }
        found = seeded.search.search(SearchRequest(filters=filters, facets=PUBLIC_FACETS, limit=1))
        assert found.total == sum(_passes(row, filters) for row in table), filters
        for name in PUBLIC_FACETS:
            expected = Counter(
                value for row in table if _passes(row, filters, but=name) for value in row[name]
            )
            counted = {value: count for value, count in found.facets[name] if count}
            assert counted == dict(expected), (name, filters)
