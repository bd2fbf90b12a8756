"""Every case the demonstration must show (practice, section 5) is there and is what its name says."""

from datetime import date, timedelta
from typing import Any

import pytest

from registry.certificates.facts import ActKind, CertificateFact, Scheme
from registry.declarations.facts import a1_a3
from registry.parties.service import in_scope
from registry.products.facts import ProductFact
from registry.reports.facts import SampleType, TestReportFact
from seeds import mapping
from seeds.demo.cases import CASES, Record
from seeds.demo.evidence import DEMAND_STANDARD
from seeds.policies.packs import read_packs
from tests.seeds.demo_fixtures import register

MUST_SHOW = {
    "three-units-two-plants", "odm-third-party-brand", "reissued", "renewal-gap", "suspended-restored",
    "withdrawn", "cancelled", "green-product", "report-complete", "report-incomplete", "report-stale",
    "report-sent-in", "self-declaration-only", "outside-scope", "replaced-standard",
    "q1e-square-metres-and-tonnes", "control-equipment", "two-buildings-and-podium", "owner-supplied",
    "dealer-invoice", "same-controller",
}  # fmt: skip


def _all() -> dict[tuple[str, Any], Any]:
    made = register()
    return {
        **{("organisation", fact.id): fact for fact in made.organisations},
        **{("plant", fact.id): fact for fact in made.plants},
        **{("product", fact.id): fact for fact in made.products},
        **{("certificate", c.id): c.fact for c in made.certificates},
        **{("test_report", fact.id): fact for fact in made.reports},
        **{("self_declaration", fact.id): fact for fact in made.self_declarations},
        **{("declaration", fact.id): fact for fact in made.declarations},
    }


def _record(record: Record) -> Any:
    return _all()[(record.kind, record.id)]


def _certificate(slug: str, role: str = "certificate") -> CertificateFact:
    fact = _record(CASES[slug].records[role])
    assert isinstance(fact, CertificateFact)
    return fact


def _product(slug: str, role: str = "product") -> ProductFact:
    fact = _record(CASES[slug].records[role])
    assert isinstance(fact, ProductFact)
    return fact


def _acts(slug: str) -> list[tuple[ActKind, date]]:
    wanted = CASES[slug].records["certificate"].id
    return [(act.kind, act.effective_on) for c, act in register().acts if c.id == wanted]


def _certified(product: ProductFact) -> list[CertificateFact]:
    facts = (c.fact for c in register().certificates)
    return [fact for fact in facts if any(product.id in row.product_ids for row in fact.rows)]


def test_every_case_that_must_be_shown_is_named() -> None:
    assert set(CASES) >= MUST_SHOW


def test_every_record_of_every_case_exists_under_its_code() -> None:
    everything = _all()
    for slug, case in CASES.items():
        for role, record in case.records.items():
            assert (record.kind, record.id) in everything, (slug, role)
            assert everything[(record.kind, record.id)].code == record.code


def test_three_units_at_two_plants_leave_the_third_plant_uncovered() -> None:
    certificate, records = _certificate("three-units-two-plants"), CASES["three-units-two-plants"].records
    covered = {(row.unit_name, row.plant_id) for row in certificate.rows}
    assert len({unit for unit, _ in covered}) == 3
    assert {plant for _, plant in covered} == {records["plant_first"].id, records["plant_second"].id}
    assert len(covered) == 6
    made_there = _product("three-units-two-plants", "product_exterior").plant_ids
    assert records["plant_not_covered"].id in made_there


def test_a_contract_maker_works_under_a_third_partys_brand() -> None:
    certificate, product = _certificate("odm-third-party-brand"), _product("odm-third-party-brand")
    records = CASES["odm-third-party-brand"].records
    plant = _record(records["plant"])
    assert certificate.contract_manufacturing
    assert certificate.holder_id == records["organisation_holder"].id
    assert plant.organisation_id == records["organisation_maker"].id
    assert product.brand_owner_id == records["organisation_brand_owner"].id
    assert len({certificate.holder_id, plant.organisation_id, product.brand_owner_id}) == 3
    assert not [p for p in register().plants if p.organisation_id == certificate.holder_id]


def test_acts_stand_on_their_named_days() -> None:
    day = {slug: case.days for slug, case in CASES.items()}
    pause = day["suspended-restored"]
    assert _acts("reissued") == [(ActKind.REISSUE, day["reissued"]["reissued"])]
    assert _acts("suspended-restored") == [
        (ActKind.SUSPEND, pause["suspended"]),
        (ActKind.REINSTATE, pause["restored"]),
    ]
    assert pause["delivery_before"] < pause["suspended"] <= pause["delivery_during"] < pause["restored"]
    assert pause["restored"] <= pause["delivery_after"]
    assert _acts("withdrawn")[-1] == (ActKind.WITHDRAW, day["withdrawn"]["withdrawn"])
    assert _acts("cancelled") == [(ActKind.CANCEL, day["cancelled"]["cancelled"])]
    assert [kind for kind, _ in _acts("disputed")] == [ActKind.SUSPEND, ActKind.OBJECT]


def test_a_renewal_leaves_days_that_nothing_covers() -> None:
    days = CASES["renewal-gap"].days
    old, new = _certificate("renewal-gap", "certificate_old"), _certificate("renewal-gap", "certificate_new")
    assert new.renews_id == old.id
    assert old.valid_to == days["last_day_of_old"] == days["gap_first"] - timedelta(days=1)
    assert new.valid_from == days["first_day_of_new"] == days["gap_last"] + timedelta(days=1)
    assert days["gap_first"] < days["gap_last"]


def test_the_expired_certificate_ran_out_between_production_and_delivery() -> None:
    days, certificate = CASES["expired"].days, _certificate("expired")
    assert days["production"] <= certificate.valid_to == days["last_day"] < days["delivery"]


def test_a_green_product_certificate_has_no_star() -> None:
    assert _certificate("green-product").scheme is Scheme.GREEN_PRODUCT
    assert _certificate("green-product").star is None


def test_the_replaced_edition_is_superseded_in_the_table_of_standards() -> None:
    cited = _certificate("replaced-standard").standards
    standards = {fact.number: fact for fact in mapping.standard_facts()}
    assert standards[cited[0]].replaced_on == CASES["replaced-standard"].days["replaced"]
    current = standards[_certificate("green-product").standards[0]]
    assert current.replaced_by is None


def test_only_the_named_certificate_stands_outside_its_bodys_scope() -> None:
    bodies = {o.id: o for o in register().organisations}
    outside = [
        c.fact.id
        for c in register().certificates
        if not in_scope(
            bodies[c.fact.body_id].approved_scopes,
            scheme=c.fact.scheme,
            category=c.fact.category,
            on=c.fact.issued_on,
        )
    ]
    assert outside == [CASES["outside-scope"].records["certificate"].id]


def test_two_bodies_share_one_number() -> None:
    first = _certificate("same-number", "certificate_first")
    second = _certificate("same-number", "certificate_second")
    assert first.number == second.number == CASES["same-number"].numbers["certificate"]
    assert first.body_id != second.body_id


@pytest.mark.parametrize("slug", ["report-complete", "report-incomplete", "report-stale", "report-sent-in"])
def test_report_only_products_have_no_certificate(slug: str) -> None:
    report = _record(CASES[slug].records["test_report"])
    assert isinstance(report, TestReportFact)
    assert report.tested_on == CASES[slug].days["tested"]
    assert _certified(_product(slug)) == []
    missing = [indicator for indicator in report.indicators if indicator.value is None]
    assert len(missing) == (1 if slug == "report-incomplete" else 0)
    assert (report.sample_type is SampleType.SENT_IN) == (slug == "report-sent-in")


def test_reports_name_the_demand_standard_of_the_rule_packs() -> None:
    asked = {pack.evidence.test_report.demand_standard for pack in read_packs() if pack.evidence.test_report}
    assert asked == {DEMAND_STANDARD}
    assert {report.demand_standard for report in register().reports} == asked


def test_a_self_declaration_stands_alone() -> None:
    product = _product("self-declaration-only")
    assert _certified(product) == []
    assert not [report for report in register().reports if report.product_id == product.id]


def test_waterproofing_comes_in_square_metres_and_by_mass() -> None:
    slug = "q1e-square-metres-and-tonnes"
    assert _product(slug, "product_membrane").unit == "m2"
    assert _product(slug, "product_coating").unit == "kg"


def test_control_equipment_may_count_in_several_ratio_kinds() -> None:
    sichuan = next(pack for pack in read_packs() if pack.id == "sichuan-2024")
    mapped = sichuan.mapping_for(_product("control-equipment").kind)
    assert mapped is not None
    assert len(mapped.kinds) > 1


def test_the_dealer_is_named_and_holds_nothing() -> None:
    dealer = CASES["dealer-invoice"].numbers["dealer"]
    assert dealer in _product("dealer-invoice").dealers
    assert dealer not in {organisation.name_zh for organisation in register().organisations}


def test_the_older_calculation_rule_is_the_only_one_its_product_declares_by() -> None:
    product = _product("older-calculation-rule")
    assert product.performance == "C30"
    found = [d for d in register().declarations if product.id in d.product_ids]
    assert [d.standard for d in found] == ["EN 15804:2012+A1:2013"]
    assert str(a1_a3(found[0])) == CASES["older-calculation-rule"].numbers["a1_a3"]


def test_three_firms_share_one_controller() -> None:
    case = CASES["same-controller"]
    controllers = {_record(record).controller for record in case.records.values()}
    assert controllers == {case.numbers["controller"]}
    assert len(case.records) == 3


def test_the_edge_products_are_one_certified_and_one_not() -> None:
    case = "two-buildings-and-podium"
    assert _certified(_product(case, "product_certified"))
    assert _certified(_product(case, "product_uncertified")) == []
