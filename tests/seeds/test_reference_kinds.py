"""The tree of material kinds is whole, inherits what it should, and refuses broken rows."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from pydantic import ValidationError

from registry.categories.facts import AttributeType
from registry.units.table import table
from seeds.reference.categories import Scheme, categories
from seeds.reference.kinds import Kind, KindRow, kinds, resolve, value_labels
from seeds.reference.loading import Confidence

MESSAGES = Path(__file__).parents[2] / "frontend"


def _by_code() -> dict[str, Kind]:
    return {kind.kind: kind for kind in kinds()}


def test_cement_and_clinker_have_no_certification_category() -> None:
    tree = _by_code()
    for code in ("cement", "cement.clinker", "cement.low-clinker"):
        assert tree[code].categories == ()


def test_every_graded_category_is_the_category_of_some_kind() -> None:
    mapped = {mapping.to for kind in kinds() for mapping in kind.categories}
    assert {row.id for row in categories() if row.scheme is Scheme.GRADED} <= mapped


def test_low_clinker_cement_inherits_what_decides_that_cements_compare() -> None:
    tree = _by_code()
    assert tree["cement.low-clinker"].parent == "cement"
    assert tree["cement.low-clinker"].attributes == tree["cement"].attributes
    assert tree["cement.low-clinker"].performance == ("type", "strength_class")


def test_concrete_runs_from_c15_to_c80_and_is_compared_by_strength() -> None:
    concrete = _by_code()["concrete.ready-mixed"]
    specs = {spec.name: spec for spec in concrete.attributes}
    assert specs["strength"].values == tuple(f"C{n}" for n in range(15, 81, 5))
    assert specs["age"].values == ("28", "60")
    assert concrete.performance == ("strength",)


def test_only_an_enumeration_has_closed_values_and_every_enumeration_has_them() -> None:
    for kind in kinds():
        for spec in kind.attributes:
            assert bool(spec.values) == (spec.type is AttributeType.ENUM), f"{kind.kind} {spec.name}"


def test_every_coded_value_reads_in_both_languages_and_no_label_is_idle() -> None:
    used = {value for kind in kinds() for spec in kind.attributes for value in spec.values}
    coded = {value for value in used if re.fullmatch(r"[a-z-]+", value)}
    assert set(value_labels()) == coded


def test_the_site_words_coded_values_as_the_table_does() -> None:
    for lang in ("zh", "en"):
        words = tomllib.loads((MESSAGES / f"messages.{lang}.toml").read_text("utf-8"))
        shown = {k.removeprefix("attribute."): v for k, v in words.items() if k.startswith("attribute.")}
        assert shown == {value: getattr(label, lang) for value, label in value_labels().items()}


def test_every_material_states_attributes_and_what_it_compares_by() -> None:
    materials = [kind for kind in kinds() if not kind.group]
    assert len(materials) >= 90
    for kind in materials:
        assert len(kind.attributes) >= 3, kind.kind
        assert kind.performance, kind.kind
        assert kind.name_en.isascii(), kind.kind


def test_the_kinds_that_the_regional_plans_name_are_in_the_tree() -> None:
    tree = _by_code()
    for code in (
        "cement.low-clinker", "cement.belite-sulphoaluminate", "cement.special", "glass.vacuum", "glass.fire",
        "glass.photovoltaic", "ceramic.thin-panel", "ceramic.foam-panel", "wallboard.aac",
        "wallboard.composite", "gypsum.phosphogypsum-board", "paving.permeable",
    ):  # fmt: skip
        assert tree[code].attributes


def test_an_attributes_standard_says_how_sure_it_is_and_only_what_was_read_is_sure() -> None:
    specs = [spec for kind in kinds() for spec in kind.attributes]
    assert all((spec.standard is None) == (spec.confidence is None) for spec in specs)
    surer = {(spec.standard, spec.confidence) for spec in specs if spec.confidence not in (None, "low")}
    assert surer == {("GB 175", "high"), ("GB 18580", "medium")}


def test_units_of_attributes_read_in_every_language() -> None:
    units = {spec.unit for kind in kinds() for spec in kind.attributes if spec.unit}
    assert [unit for unit in units if re.search(r"[\u4e00-\u9fff]", unit)] == []


def test_no_spelling_belongs_to_two_kinds() -> None:
    spellings = Counter(
        spelling.casefold() for kind in kinds() for spelling in {kind.name_zh, *kind.synonyms}
    )
    assert [spelling for spelling, count in spellings.items() if count > 1] == []


def test_trade_spellings_of_bills_lead_to_their_kind() -> None:
    found = {spelling: kind.kind for kind in kinds() for spelling in kind.synonyms}
    assert found["商砼"] == found["商品砼"] == "concrete.ready-mixed"
    assert found["加气块"] == "masonry.aac"
    assert found["SBS卷材"] == "waterproofing.membrane"


def test_every_unit_of_a_kind_is_in_the_table_of_units() -> None:
    known = set(table().by_code)
    for kind in kinds():
        if not kind.group:
            assert {kind.declared_unit, kind.bill_unit} <= known, kind.kind


def test_every_procurement_code_says_that_the_mapping_is_our_own() -> None:
    mappings = [mapping for kind in kinds() for mapping in kind.procurement_codes]
    assert {mapping.confidence for mapping in mappings} == {Confidence.MEDIUM}
    assert all("own mapping" in str(mapping.note) for mapping in mappings)
    assert not [mapping.to for mapping in mappings if mapping.to.startswith("A0703")]


def _row(kind: str, parent: str | None = None, **more: object) -> KindRow:
    plain = {"name_zh": "甲", "name_en": "x", "declared_unit": "t", "bill_unit": "t"}
    return KindRow.model_validate(plain | {"kind": kind, "parent": parent} | more)


def test_a_cycle_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="parent b does not stand above it"):
        resolve((_row("a", "b"), _row("b", "a")))


def test_an_unknown_category_or_comparing_attribute_is_refused() -> None:
    with pytest.raises(ValueError, match="no such category: gbm-99"):
        resolve((_row("a", categories=[{"to": "gbm-99", "confidence": "high"}]),))
    with pytest.raises(ValueError, match="unknown attributes: strength"):
        resolve((_row("a", performance=["strength"]),))


def test_a_material_without_units_is_refused() -> None:
    with pytest.raises(ValidationError, match="a material names both units"):
        _row("a", bill_unit=None)
