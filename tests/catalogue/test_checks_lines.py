"""What a line of a bill says is kept against whatever was clicked, and what nobody read decides nothing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from catalogue.bom.fields import LineProblem
from catalogue.bom.lines import BomLine
from catalogue.checks import service
from catalogue.checks.facts import day_of
from catalogue.checks.inputs import CellProblem, Conflict, Difference, PlantSource, Standing
from catalogue.checks.state import Edit, LineState
from catalogue.checks.taking import Taken, taken
from catalogue.compliance.verdicts import Outcome
from registry.certificates.facts import ActKind, State
from registry.certificates.timeline import Span
from registry.policies.pack import Pack
from registry.policies.pack_terms import Treatment
from registry.units.table import table
from tests import factories as f
from tests.catalogue.check_cases import CHENGDU, DAY, SICHUAN, dossier, given, line, nobodys, report, said
from tests.catalogue.evidence_cases import with_evidence

UNLIKE = Difference(name="strength_class", stated="42.5", registered="52.5")
SPAN = Span(State.ACTIVE, f.START, None)


def bill(**fields: Any) -> BomLine:
    values: dict[str, Any] = {
        "sheet": "S",
        "row": 1,
        "name": "预拌混凝土",
        "spec": "C30",
        "unit_text": "m3",
        "unit": table().by_code["m3"],
        "quantity": Decimal(10),
        "raw": (),
    }
    return BomLine(**{**values, **fields})


def state(told: BomLine, **fields: Any) -> LineState:
    values: dict[str, Any] = {
        "line_id": "S!1",
        "line": told,
        "material_kinds": (),
        "material_kind": "concrete.ready-mixed",
        "kind_confidence": Decimal(0),
        "candidates": (),
        "ratio_kinds": (),
        "ratio_kind": "Q1a",
        "ratio_kind_note": None,
        "ratio_kind_open": False,
        "standing": Standing.CONFIRMED,
    }
    return LineState(**{**values, **fields})


def took(spec: str, models: tuple[str, ...], **fields: Any) -> Taken:
    """A click on a product with these models, for a line that says this."""
    about = dossier(product=f.product(models=models, attributes={}))
    return taken(bill(spec=spec), about, {}, match=None, **fields)


@pytest.mark.parametrize(
    ("spec", "model", "conflicts"),
    [
        ("C30", "C15–C60", ()),
        ("C70", None, (Conflict.MODEL_OUTSIDE,)),
        ("泵送", None, ()),
    ],
)
def test_a_click_names_no_model_that_the_bill_does_not(
    spec: str, model: str | None, conflicts: tuple[Conflict, ...]
) -> None:
    found = took(spec, ("C15–C60",))
    assert (found.model, found.conflicts) == (model, conflicts)


def test_a_model_chosen_against_the_words_of_the_bill_is_still_outside() -> None:
    assert took("C70", ("C15–C60", "C70"), model="C15–C60").conflicts == (Conflict.MODEL_OUTSIDE,)
    assert took("C70", ("C15–C60", "C70"), model="C70").conflicts == ()
    assert took("泵送", ("C15–C60",), model="C15–C60").model == "C15–C60"


def test_a_differing_attribute_is_kept_against_the_product() -> None:
    about = dossier(product=f.product(models=(), attributes={"strength_class": "52.5"}))
    found = taken(bill(), about, {"strength_class": "42.5"}, match=None)
    assert found.differing == (UNLIKE,)


@pytest.mark.parametrize(
    ("against", "outcome", "reason"),
    [
        ({"conflicts": (Conflict.MODEL_OUTSIDE,)}, Outcome.FAIL, "line.model-outside"),
        ({"differing": (UNLIKE,)}, Outcome.UNDECIDED, "line.attributes-differ"),
    ],
)
def test_what_the_bill_says_against_a_product_outranks_its_proof(
    against: dict[str, Any], outcome: Outcome, reason: str
) -> None:
    (found,) = report(line(**against)).lines
    assert found.outcome is outcome
    assert said(found.reasons) == [reason]
    assert found.evidence is None


def test_an_only_plant_is_inferred_and_said_so() -> None:
    only = took("C30", ("C30",))
    assert (only.plant_id, only.plant_source) == (f.key("plant"), PlantSource.INFERRED)
    (found,) = report(line(plant_source=PlantSource.INFERRED)).lines
    assert found.outcome is Outcome.PASS
    assert said(found.reasons) == ["line.plant-inferred"]
    assert report(line(plant_source=PlantSource.CONFIRMED)).lines[0].reasons == ()


def test_of_several_plants_or_against_the_file_none_is_assumed() -> None:
    product = f.product(plant_ids=(f.key("plant"), f.key("plant", 2)))
    found = taken(bill(), dossier(product=product), {}, match=None)
    assert (found.plant_id, found.plant_source) == (None, None)
    another = taken(bill(plant_text="示例他厂（虚构）"), dossier(), {}, match=None)
    assert (another.plant_id, another.plant_source) == (None, None), (
        "the file names a plant that is not the product's"
    )
    (judged,) = report(line(plant_id=None)).lines
    assert judged.outcome is Outcome.UNDECIDED


def blocked(key: str, column: str = "E") -> LineProblem:
    return LineProblem(f"bom.line.{key}", {"sheet": "S", "row": "1", "column": column, "value": "?"})


@pytest.mark.parametrize("key", ["quantity-comma", "units-differ"])
def test_a_blocked_quantity_is_no_figure_until_it_is_mended(key: str) -> None:
    told = bill(problems=(blocked(key),))
    found = service.line_input(state(told))
    assert (found.quantity, [one.key for one in found.problems]) == (None, [f"bom.line.{key}"])
    mended = service.line_input(state(told, edit=Edit(quantity=Decimal(3))))
    assert (mended.quantity, mended.problems) == (Decimal(3), ())


def test_a_day_nobody_can_read_is_not_taken_for_the_day_of_the_report() -> None:
    told = bill(problems=(blocked("day-no-such-day", "F"),))
    unread = service.line_input(state(told))
    assert unread.day_unread
    mended = service.line_input(state(told, edit=Edit(delivery=DAY)))
    assert (mended.day_unread, mended.delivery) == (False, DAY)
    (found,) = report(line(delivery=None, day_unread=True, problems=unread.problems)).lines
    assert found.outcome is Outcome.UNDECIDED
    assert said(found.reasons) == ["bom.line.day-no-such-day", "line.day-unread"]


def test_the_cell_that_was_not_read_is_the_reason_on_the_line() -> None:
    problem = CellProblem(key="bom.line.quantity-comma", facts={"value": "1,2"})
    found = report(line(1), nobodys(2, quantity=None, problems=(problem,)))
    assert said(found.lines[1].reasons) == ["line.no-product-named", "bom.line.quantity-comma"]
    lower = found.units[0].breakdown.lower
    assert lower is not None
    assert lower.compared == 0


def expired(**fields: Any) -> dict[str, Any]:
    return {"valid_to": date(2026, 6, 30), **fields}


@pytest.mark.parametrize(
    ("made", "outcome"),
    [
        (date(2026, 2, 1), Outcome.UNDECIDED),
        (date(2026, 3, 15), Outcome.FAIL),
        (date(2026, 4, 1), Outcome.UNDECIDED),
    ],
)
def test_goods_made_during_a_lifted_suspension_were_not_made_while_valid(
    made: date, outcome: Outcome
) -> None:
    about = dossier(certificates=[f.certificate(**expired())])
    spans = (
        SPAN,
        Span(State.SUSPENDED, date(2026, 3, 1), "演示"),
        Span(State.ACTIVE, date(2026, 4, 1), "演示"),
    )
    found = report(line(production_day=made), about=about, timelines={f.key("certificate"): spans})
    assert found.lines[0].outcome is outcome


def test_a_suspension_is_told_by_its_own_day_and_reason_after_an_objection() -> None:
    fact = f.certificate(state=State.SUSPENDED, act=ActKind.OBJECT, act_reason="异议", disputed=True)
    spans = (SPAN, Span(State.SUSPENDED, date(2026, 5, 1), "监督不合格"))
    found = report(
        line(production_day=date(2026, 6, 1)),
        about=dossier(certificates=[fact]),
        timelines={f.key("certificate"): spans},
    )
    (verdict,) = [v for v in found.lines[0].findings[0].verdicts if "in-force" in v.reason]
    assert verdict.reason == "certificate-in-force.suspended"
    assert verdict.named_facts()["since"] == "2026-05-01"
    assert verdict.named_facts()["why"] == "监督不合格"


def test_a_gap_between_a_certificate_and_its_renewal_is_told_with_both_days() -> None:
    renewal = f.certificate(2, valid_from=date(2026, 8, 1), issued_on=date(2026, 8, 1))
    about = dossier(certificates=[f.certificate(**expired()), renewal])
    (found,) = report(line(), about=about).lines
    assert found.outcome is Outcome.FAIL
    assert said(found.reasons) == ["renewal-gap.not-covered"]
    assert "certificate-in-force.not-yet-valid" in [v.reason for one in found.findings for v in one.verdicts]


@pytest.mark.parametrize(
    ("brand", "outcome"),
    [("甲牌", Outcome.PASS), ("甲 ®", Outcome.PASS), ("乙牌", Outcome.UNDECIDED), (None, Outcome.PASS)],
)
def test_the_mark_in_the_bill_is_compared_with_the_annex(brand: str | None, outcome: Outcome) -> None:
    told = service.line_input(state(bill(brand_text=brand or "")))
    assert told.trademark == brand
    about = dossier(certificates=[f.certificate(rows=(f.scope_row(trademark="甲牌"),))])
    assert report(line(trademark=told.trademark), about=about).lines[0].outcome is outcome


def test_a_removed_product_cannot_pass() -> None:
    about = dossier(product=f.product(removed=True, removed_reason="虚假材料"))
    for pack in (SICHUAN, CHENGDU):
        (found,) = report(line(), about=about, pack=pack).lines
        assert found.outcome is Outcome.UNDECIDED
        assert said(found.reasons) == ["line.product-removed"]


def test_a_body_whose_approvals_nobody_transcribed_is_not_checked_rather_than_outside() -> None:
    silent = f.body(approved_scopes=())
    parties = {one.id: one for one in (f.organisation(), silent, f.organisation(950))}
    strict = with_evidence(SICHUAN, body_outside_scope=Treatment.FAILS)
    (found,) = report(line(), about=dossier(organisations=parties), pack=strict).lines
    assert found.outcome is Outcome.UNDECIDED
    assert "body-in-scope.not-checked" in said(found.findings[0].verdicts)


def test_the_reference_day_is_the_first_that_the_order_of_the_pack_gives() -> None:
    asked, delivered = given(line(delivery=None)), date(2026, 3, 3)
    assert day_of(asked.lines[0], asked, SICHUAN) == asked.report_day
    assert day_of(line(delivery=delivered), asked, SICHUAN) == delivered
    order = {"reference_date": {"order": ["report"], "tool_convention": True}}
    by_report = Pack.model_validate({**SICHUAN.model_dump(), **order})
    assert day_of(line(delivery=delivered), asked, by_report) == asked.report_day
