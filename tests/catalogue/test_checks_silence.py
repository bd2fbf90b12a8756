"""What a line of a bill does not say: its model, its material, its thickness in a column, its name."""

from decimal import Decimal
from typing import Any

import pytest

from catalogue.checks import service
from catalogue.checks.inputs import Lack, Standing
from catalogue.checks.state import Edit
from catalogue.compliance.verdicts import Outcome
from seeds.policies.packs import read_pack
from tests.catalogue.check_cases import line, nobodys, report, said
from tests.catalogue.test_checks_lines import bill, blocked, state, took

PROCUREMENT = read_pack("procurement-2025")


@pytest.mark.parametrize(
    ("spec", "models", "model", "lacks"),
    [
        ("DM M5", ("SJ-307-01",), "SJ-307-01", ()),
        ("", ("SJ-307-01",), "SJ-307-01", ()),
        ("SJ-100-02", ("SJ-307-01",), None, (Lack.MODEL,)),
        ("DM M5", ("SJ-307-01", "SJ-307-02"), None, (Lack.MODEL,)),
        ("泵送", ("C15–C60",), None, (Lack.MODEL,)),
        ("C70", ("C30",), None, ()),
    ],
    ids=["other words", "silent", "another number", "several", "a range", "outside"],
)
def test_an_only_model_is_inferred_unless_the_bill_names_another(
    spec: str, models: tuple[str, ...], model: str | None, lacks: tuple[Lack, ...]
) -> None:
    found = took(spec, models)
    assert (found.model, found.model_inferred, found.lacks) == (model, model is not None, lacks)


def test_an_inferred_model_is_said_on_the_line() -> None:
    (found,) = report(line(model_inferred=True)).lines
    assert (found.outcome, said(found.reasons)) == (Outcome.PASS, ["line.model-inferred"])


def test_a_material_nobody_knows_is_open_and_says_so() -> None:
    (found,) = report(line(material_kind=None, ratio_kind=None)).lines
    assert (found.outcome, found.counted) == (Outcome.UNDECIDED, True)
    assert said(found.reasons) == ["line.material-unknown"]


def test_a_line_the_rule_does_not_count_says_why_and_asks_for_nothing() -> None:
    open_line = line(standing=Standing.OPEN, product_id=None, material_kind="cement", ratio_kind=None)
    (found,) = report(open_line).lines
    assert (found.counted, said(found.reasons)) == (False, ["mapping.ingredient"])
    (unplaced,) = report(line(material_kind="no.such.kind", ratio_kind=None)).lines
    assert said(unplaced.reasons) == ["line.kind-not-in-table"]


def test_without_a_loaded_list_no_line_is_left_out_and_none_decided() -> None:
    found = report(
        line(ratio_kind=None), nobodys(2, material_kind="cement", ratio_kind=None), pack=PROCUREMENT
    )
    assert [(one.outcome, one.counted) for one in found.lines] == [(Outcome.UNDECIDED, True)] * 2
    assert said(found.lines[0].reasons) == ["line.list-not-loaded"]
    tree = found.units[0].breakdown
    assert (tree.uncounted_ids, tree.undecided_ids) == ((), ("S!1", "S!2"))
    assert [note.key for note in tree.notes] == ["ratio.list-not-loaded"]


def test_a_thickness_in_the_bill_turns_area_into_volume() -> None:
    wool: dict[str, Any] = {
        "material_kind": "insulation.mineral-wool",
        "ratio_kind": "Q1f",
        "unit": "m2",
        "name": "岩棉板",
    }
    (found,) = report(line(spec="50厚", quantity=Decimal(800), **wool)).lines
    assert (found.quantity, found.unit) == (Decimal(40), "m3")
    assert found.path == ("m² × 0.050 → m³ (thickness, bill)",)


def test_a_name_typed_for_a_line_without_one_is_the_name_of_the_line() -> None:
    nameless = state(bill(name="", problems=(blocked("name-missing", "A"),)), standing=Standing.OPEN)
    assert service.line_input(nameless).problems
    mended = nameless.model_copy(update={"edit": Edit(name="预拌混凝土")})
    assert (service.line_input(mended).name, service.line_input(mended).problems) == ("预拌混凝土", ())
