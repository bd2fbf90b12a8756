"""The demonstration register: how much there is, how it hangs together, and that it is the same each time."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from registry.certificates.facts import ActKind, CertificateFact, Scheme, State
from registry.certificates.states import StateOnDay, after, on_day
from registry.changes.record import canonical
from registry.declarations.facts import DataKind, Precision, Verification, a1_a3
from registry.kit.ids import parse_code
from registry.kit.known_by import Source
from registry.parties.credit_code import is_valid, organisation_part_agrees
from registry.parties.facts import Role
from seeds.demo import ladder
from seeds.demo.certificates import Certified
from seeds.demo.register import Register
from tests.seeds.demo_fixtures import reference, register

TODAY = date(2026, 11, 21)
_DIGEST = "from tests.seeds.test_demo import digest; print(digest())"


def digest() -> str:
    """One hash over every canonical payload of the register, in order."""
    made = register()
    facts = [
        *made.organisations,
        *made.plants,
        *made.products,
        *(certified.fact for certified in made.certificates),
        *made.reports,
        *made.self_declarations,
        *made.declarations,
    ]
    text = "\n".join([*map(canonical, facts), *(str(act) for _, act in made.acts)])
    return hashlib.sha256(text.encode()).hexdigest()


def test_another_process_with_another_hash_seed_makes_the_same_register() -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    command = [sys.executable, "-c", _DIGEST]
    other = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == digest()


def test_there_is_enough_of_everything() -> None:
    made = register()
    makers = {product.manufacturer_id for product in made.products}
    assert len([o for o in made.organisations if Role.MANUFACTURER in o.roles or o.id in makers]) >= 298
    assert len([o for o in made.organisations if o.name_zh.startswith("示例企业")]) == 300
    assert len(made.products) >= 3000
    per_kind = Counter(product.kind for product in made.products)
    materials = {name for name, kind in reference().kinds.items() if kind.declared_unit}
    assert {kind for kind in materials if per_kind[kind] < 12} == set()
    assert per_kind["concrete.ready-mixed"] >= 380
    strengths = {p.attributes["strength"] for p in made.products if p.kind == "concrete.ready-mixed"}
    assert strengths == {f"C{n}" for n in range(15, 65, 5)}


def test_ids_and_registry_codes_are_unique_and_marked_as_demonstration() -> None:
    made = register()
    facts: list[Any] = [*made.organisations, *made.plants, *made.products, *made.declarations]
    facts += [*(c.fact for c in made.certificates), *made.reports, *made.self_declarations]
    ids, codes = [fact.id for fact in facts], [fact.code for fact in facts]
    assert len(set(ids)) == len(ids)
    assert len(set(codes)) == len(codes)
    assert all(code.startswith("YS-") and parse_code(code) == code for code in codes)


def test_credit_codes_pass_both_checks_and_differ() -> None:
    codes = [organisation.credit_code for organisation in register().organisations]
    assert len(set(codes)) == len(codes)
    assert all(is_valid(code) and organisation_part_agrees(code) for code in codes)


def test_every_reference_between_records_resolves() -> None:
    made = register()
    organisations = {o.id for o in made.organisations}
    plants = {p.id: p for p in made.plants}
    products = {p.id for p in made.products}
    assert {p.organisation_id for p in made.plants} <= organisations
    for product in made.products:
        assert {product.manufacturer_id, product.brand_owner_id} <= organisations
        assert set(product.plant_ids) <= plants.keys()
        assert product.plant_ids
    for certified in made.certificates:
        fact = certified.fact
        assert {fact.body_id, fact.holder_id, fact.manufacturer_id} <= organisations
        for row in fact.rows:
            assert row.plant_id in plants
            assert set(row.product_ids) <= products
    for report in made.reports:
        assert report.laboratory_id in organisations
        assert report.product_id in products
    for declaration in made.declarations:
        assert set(declaration.product_ids) <= products
        assert set(declaration.plant_ids) <= plants.keys()


def test_no_two_products_of_a_maker_share_kind_and_model() -> None:
    seen = Counter((p.manufacturer_id, p.kind, p.models) for p in register().products)
    assert [key for key, count in seen.items() if count > 1] == []


def test_a_certificate_number_is_used_once_per_body_and_once_by_two_bodies() -> None:
    used = Counter((c.fact.body_id, c.fact.number) for c in register().certificates)
    assert set(used.values()) == {1}
    bodies = Counter(number for _, number in used)
    assert [number for number, count in bodies.items() if count > 1] == ["演示-2025-0007777"]


def test_certificates_show_every_level_state_and_way_of_knowing() -> None:
    facts = [c.fact for c in register().certificates]
    assert {fact.star for fact in facts} == {1, 2, 3, None}
    assert all((fact.star is None) == (fact.scheme is Scheme.GREEN_PRODUCT) for fact in facts)
    assert {_state(c, TODAY) for c in register().certificates} >= {
        StateOnDay.ACTIVE,
        StateOnDay.SUSPENDED,
        StateOnDay.WITHDRAWN,
        StateOnDay.CANCELLED,
        StateOnDay.EXPIRED,
    }
    sources = Counter(fact.known_by.source for fact in facts)
    assert sources[Source.TRANSCRIBED] > len(facts) * 0.8
    assert sources[Source.INTERFACE]
    assert sources[Source.SIGNED]
    checks = [f.known_by.cross_check for f in facts if f.known_by.source is Source.TRANSCRIBED]
    assert None in checks
    assert any(check and check.recheck_due and check.recheck_due < TODAY for check in checks)
    assert all("虚构" in check.platform for check in checks if check)


def test_declarations_show_every_kind_of_document_gap_and_unit() -> None:
    declared = register().declarations
    assert {d.data_kind for d in declared} == set(DataKind)
    assert {d.verification for d in declared} == set(Verification)
    assert {d.standard for d in declared} == {
        "EN 15804:2012+A2:2019",
        "EN 15804:2012+A1:2013",
        "GB/T 24067-2024",
    }
    assert any(d.valid_to.precision is Precision.YEAR for d in declared)
    assert any(d.declared_unit == "kg" and d.declared_amount == 1000 for d in declared)
    assert any(d.mass_kg is None for d in declared)
    assert any(d.modules.get("D", Decimal(0)) < 0 for d in declared)
    assert any("A4" not in d.modules for d in declared)
    assert any("A4" in d.modules for d in declared)
    assert any("A1" not in d.modules for d in declared)
    assert any(value < 0 for d in declared if (value := a1_a3(d)) is not None)


def test_an_older_edition_stands_beside_a_newer_one_for_some_products() -> None:
    editions: dict[UUID, set[str]] = {}
    for declaration in register().declarations:
        for product in declaration.product_ids:
            editions.setdefault(product, set()).add(declaration.standard)
    both = {"EN 15804:2012+A2:2019", "EN 15804:2012+A1:2013"}
    assert len([product for product, found in editions.items() if found >= both]) >= 20


def test_some_sums_are_left_out_and_a_few_cannot_be_made() -> None:
    declared = register().declarations
    parts_alone = [d for d in declared if "A1-A3" not in d.modules]
    assert any(a1_a3(d) is not None for d in parts_alone)
    assert any(a1_a3(d) is None for d in parts_alone)


def test_carbon_stored_in_wood_leaves_again_at_the_end() -> None:
    stored = [
        (total, d.modules) for d in register().declarations if (total := a1_a3(d)) is not None and total < 0
    ]
    ends = [(total, modules["C3"]) for total, modules in stored if "C3" in modules]
    assert ends
    assert all(-total * Decimal("0.8") < released <= max(-total, Decimal(1)) for total, released in ends)


def test_one_valid_c30_of_zhejiang_is_the_lowest_and_lower_ones_are_not_valid() -> None:
    made = register()
    values = _zhejiang_c30(made)
    valid = {product: value for product, value in values.items() if _valid(made, product)}
    assert len(valid) >= 12
    assert len(set(values.values())) == len(values)
    lowest = min(valid, key=lambda product: valid[product])
    assert valid[lowest] == Decimal(ladder.VALUES[ladder.LOWEST_VALID])
    lower = [product for product, value in values.items() if value < valid[lowest]]
    assert len(lower) == 2
    assert not any(_valid(made, product) for product in lower)


def _zhejiang_c30(made: Register) -> dict[UUID, Decimal]:
    here = {plant.id for plant in made.plants if plant.region.startswith("33")}
    wanted = {
        product.id
        for product in made.products
        if product.kind == "concrete.ready-mixed"
        and product.performance == "C30"
        and here & set(product.plant_ids)
    }
    found: dict[UUID, Decimal] = {}
    for declaration in made.declarations:
        for product in wanted & set(declaration.product_ids):
            assert declaration.declared_unit == "m3"
            assert declaration.declared_amount == 1
            total = a1_a3(declaration)
            assert total is not None
            found[product] = total
    return found


def _valid(made: Register, product: UUID) -> bool:
    return any(
        _state(certified, TODAY) is StateOnDay.ACTIVE
        for certified in made.certificates
        if any(product in row.product_ids for row in certified.fact.rows)
    )


def _state(certified: Certified, day: date) -> StateOnDay:
    fact: CertificateFact = certified.fact
    state: State = fact.state
    for act in certified.acts:
        if act.effective_on <= day:
            assert act.kind is not ActKind.ISSUE
            state = after(act.kind, state)
    return on_day(fact.model_copy(update={"state": state}), day)
