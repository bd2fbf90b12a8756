"""openEPD documents from elsewhere: what is read of them, what is told, and what is refused."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from registry.declarations.comparable import Generation
from registry.declarations.dataset import Subtype, Value
from registry.declarations.facts import Verification
from registry.declarations.formats import openepd
from registry.declarations.formats.reading import Reading, Unreadable, Weight
from registry.kit.messages import LANGUAGES, say
from tests.declaration_sameness import differing

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "openepd"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared openEPD examples are absent")
NONE = ("org_herman_miller", "org_iso", "org_nsf", "org_wap", "pcr_bifma_seating", "pcr_iso_21930",
        "plant_herman_miller_melksham_uk")  # fmt: skip


def read(**fields: Any) -> Reading:
    plain = {
        "doctype": "openEPD",
        "product_name": "示例砌块（虚构）",
        "declared_unit": {"qty": 1, "unit": "m3"},
    }
    (found,) = openepd.read(json.dumps(plain | fields).encode())
    return found


def impacts(method: str, **scopes: Any) -> dict[str, Any]:
    return {method: {"gwp": scopes}}


def gwp(mean: float, unit: str = "kgCO2e", **more: Any) -> dict[str, Any]:
    return {"mean": mean, "unit": unit, **more}


def doubts(reading: Reading) -> set[str]:
    return {one.key.removeprefix("openepd.") for one in reading.remarks if one.weight is Weight.DOUBT}


def at(value: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def leaves(value: Any, place: str = "") -> set[str]:
    """Pointers of everything that states something."""
    if isinstance(value, dict):
        return {
            one
            for k, v in value.items()
            for one in leaves(v, f"{place}/{k.replace('~', '~0').replace('/', '~1')}")
        }
    if isinstance(value, list):
        return {one for i, v in enumerate(value) for one in leaves(v, f"{place}/{i}")}
    return set() if value in (None, "") else {place}


@needs_shared
@pytest.mark.parametrize(
    "name", ["epd_work_surfaces", "generic_estimate_sample", "industry_epd_metal_products"]
)
def test_their_examples_lose_only_what_the_report_lists(name: str) -> None:
    data = (SHARED / f"example_{name}.json").read_bytes()
    (reading,) = openepd.read(data)
    before, after = json.loads(data), json.loads(openepd.write(reading.dataset).content)
    listed = tuple(one.place for one in reading.remarks if one.weight is not Weight.DEFAULTED)
    lost = {place for place in leaves(before) - leaves(after) if not place.startswith(listed)}
    changed = {place for place in leaves(before) & leaves(after) if at(before, place) != at(after, place)}
    assert (lost, changed) == (set(), set())
    (again,) = openepd.read(openepd.write(reading.dataset).content)
    assert differing(reading.dataset, again.dataset) == []


@needs_shared
def test_the_work_surface_is_read_by_the_method_of_its_rules() -> None:
    (reading,) = openepd.read((SHARED / "example_epd_work_surfaces.json").read_bytes())
    dataset = reading.dataset
    assert (dataset.generation, dataset.generation_by) == (Generation.ISO21930, "text")
    assert [(row.code, [str(v.amount) for v in row.values]) for row in dataset.indicators] == [
        ("GWP", ["50"])
    ]
    assert dataset.verification is Verification.THIRD_PARTY
    assert "/impacts/CML 2012" in {one.place for one in reading.remarks}


@needs_shared
def test_an_industry_average_is_never_a_product() -> None:
    (reading,) = openepd.read((SHARED / "example_industry_epd_metal_products.json").read_bytes())
    assert (reading.dataset.subtype, reading.dataset.owner) == (Subtype.AVERAGE, None)


@needs_shared
@pytest.mark.parametrize("name", [*(f"example_{one}" for one in NONE), "test-pcr"])
def test_an_organisation_a_plant_or_a_pcr_is_no_declaration(name: str) -> None:
    with pytest.raises(Unreadable) as refused:
        openepd.read((SHARED / f"{name}.json").read_bytes())
    assert refused.value.key == "declaration-openepd-none"


@needs_shared
def test_no_address_or_name_of_a_person_enters_the_dataset() -> None:
    (reading,) = openepd.read((SHARED / "example_epd_work_surfaces.json").read_bytes())
    text = reading.dataset.model_dump_json() + "".join(one.model_dump_json() for one in reading.remarks)
    assert reading.persons
    assert all(person.name not in text for person in reading.persons)
    assert re.search(r"[\w.]+@[\w.]+", text) is None


@pytest.mark.parametrize(
    ("method", "generation", "code"),
    [
        ("EF 3.0", Generation.EN15804_A2, "GWP-total"),
        ("EF 3.1", Generation.EN15804_A2, "GWP-total"),
        ("CML 2001", Generation.EN15804_A1, "GWP"),
        ("TRACI 2.1", Generation.ISO21930, "GWP"),
        ("IPCC AR5", Generation.OTHER, None),
        ("Unknown LCIA", Generation.OTHER, None),
    ],
)
def test_a_method_tells_the_rules_where_the_document_does_not(
    method: str, generation: Generation, code: str | None
) -> None:
    reading = read(impacts=impacts(method, A1A2A3=gwp(245)))
    assert (reading.dataset.generation, reading.dataset.indicators[0].code) == (generation, code)
    assert reading.dataset.method is not None
    assert reading.dataset.method.names == {"": method}


def test_of_two_editions_the_newer_is_carried_and_the_other_is_told() -> None:
    results = impacts("EF 3.0", A1A2A3=gwp(1)) | impacts("EF 3.1", A1A2A3=gwp(2))
    reading = read(impacts=results, compliance=[{"short_name": "EN 15804:2012+A2:2019"}])
    assert [str(value.amount) for value in reading.dataset.indicators[0].values] == ["2"]
    assert ("openepd.not-carried", "/impacts/EF 3.0") in {(one.key, one.place) for one in reading.remarks}


def test_a_method_of_other_rules_is_doubted() -> None:
    reading = read(impacts=impacts("TRACI 2.1", A1=gwp(1)), compliance=[{"short_name": "EN 15804+A2"}])
    assert reading.dataset.generation is Generation.EN15804_A2
    assert "method-unfit" in doubts(reading)


@pytest.mark.parametrize(
    ("written", "code"),
    [("yd3", "yd3"), ("cy", "yd3"), ("lb", "lb"), ("ft2", "ft2"), ("sf", "ft2"), ("item", "piece"),
     ("m3", "m3"), ("metric ton", "t"), ("t", "t"), ("㎡", "m2")],
)  # fmt: skip
def test_a_declared_unit_is_known_by_its_spellings(written: str, code: str) -> None:
    declared = read(declared_unit={"qty": 2, "unit": written}).dataset.declared
    assert (str(declared.amount), declared.unit, declared.stated) == ("2", code, written)


@pytest.mark.parametrize("written", ["ton", "qm", "gr", "blorp", "m2 * RSI", "use"])
def test_an_unknown_unit_is_a_doubt_and_never_a_guess(written: str) -> None:
    reading = read(declared_unit={"qty": 1, "unit": written})
    assert (reading.dataset.declared.unit, reading.dataset.declared.stated) == (None, written)
    assert "unit-unknown" in doubts(reading)


def test_an_absent_module_stays_absent_and_a_zero_stays_zero() -> None:
    (row,) = read(impacts=impacts("EF 3.1", A1A2A3=gwp(0), C1=None)).dataset.indicators
    assert row.values == (Value(module="A1-A3", amount=0),)


def test_scenarios_of_the_end_of_life_are_kept_apart() -> None:
    landfill = {"name": "Landfill", "likelihood": 0.4, "C4": gwp(3)}
    recycling = {"name": "Recycling", "C3": gwp(2), "D": gwp(-9)}
    reading = read(impacts=impacts("EF 3.1", C_scenarios=[landfill, recycling]))
    found = {(v.module, v.scenario, str(v.amount)) for v in reading.dataset.indicators[0].values}
    assert found == {("C4", "Landfill", "3"), ("C3", "Recycling", "2"), ("D", "Recycling", "-9")}
    assert [one.name for one in reading.dataset.scenarios] == ["Landfill", "Recycling"]
    assert "/impacts/EF 3.1/gwp/C_scenarios/0/likelihood" in {one.place for one in reading.remarks}


def test_a_unit_that_is_not_the_indicators_is_doubted_and_not_converted() -> None:
    reading = read(impacts={"EF 3.1": {"ep-fresh": {"A1": gwp(3.07, "kgPO4e")}}})
    assert reading.dataset.indicators[0].unit == "kgPO4e"
    assert "unit-differs" in doubts(reading)


def test_a_value_for_some_years_of_use_is_doubted() -> None:
    assert "years" in doubts(read(impacts=impacts("EF 3.1", B1=gwp(12), B1_years=10)))


def test_a_document_that_is_not_to_be_published_says_so() -> None:
    assert "private" in doubts(read(private=True))


def test_a_list_of_documents_is_read_one_by_one() -> None:
    one = {"doctype": "OpenEPD", "product_name": "示例（虚构）", "stray": 1}
    found = openepd.read(json.dumps([one, one]).encode())
    assert [[r.place for r in reading.remarks if r.place.endswith("stray")] for reading in found] == [
        ["/0/stray"],
        ["/1/stray"],
    ]


def test_a_changed_document_is_read_by_what_it_says_now() -> None:
    reading = read(impacts=impacts("EF 3.1", A1=gwp(1)), product_name="旧名（虚构）")
    dataset = reading.dataset.model_copy(update={"names": {"zh": "旧名（虚构）", "en": "Old (invented)"}})
    changed = json.loads(openepd.write(dataset).content)
    changed["product_name"] = "New (invented)"
    changed["impacts"]["EF 3.1"]["gwp"]["A1"]["mean"] = 7
    (again,) = openepd.read(json.dumps(changed).encode())
    assert again.dataset.names == {"en": "New (invented)"}
    assert [str(value.amount) for value in again.dataset.indicators[0].values] == ["7"]
    assert "ext-stale" in doubts(again)


def test_spoiled_additions_of_ours_leave_the_document_readable() -> None:
    entry = {"version": 1, "rows": [{"code": "GWP-total", "values": [{"module": "Z9", "amount": "1"}]}]}
    reading = read(impacts=impacts("EF 3.1", A1=gwp(1)), ext={"greenmat": entry})
    assert len(reading.dataset.indicators) == 1
    assert "ext-unusable" in doubts(reading)


REFUSALS = {
    "declaration-json-broken": b'{"doctype": "openEPD", ',
    "declaration-json-encoding": b'{"doctype": "\xff\xfe"}',
    "declaration-json-twice": b'{"doctype": "openEPD", "id": "a", "id": "b"}',
    "declaration-json-no-number": b'{"doctype": "openEPD", "version": NaN}',
    "declaration-json-too-deep": b"[" * 70 + b"]" * 70,
    "declaration-json-unusable": b'{"doctype": "openEPD", "version": 1e99999999999999999999}',
    "declaration-json-half-character": b'{"doctype": "openEPD", "id": "\\ud800"}',
    "declaration-openepd-none": b'{"name": "x"}',
    "declaration-openepd-doctype": b'{"doctype": "openLca"}',
    "declaration-openepd-version": b'{"doctype": "openEPD", "openepd_version": "1.0"}',
    "declaration-ec3-list": b'[{"name": "x", "declared_unit": "1 m3", "gwp": "245 kgCO2e"}]',
}


@pytest.mark.parametrize("key", REFUSALS)
def test_what_cannot_be_read_is_refused_with_its_reason(key: str) -> None:
    with pytest.raises(Unreadable) as refused:
        openepd.read(REFUSALS[key])
    assert refused.value.key == key
    assert all(say(key, lang, refused.value.facts) for lang in LANGUAGES)
