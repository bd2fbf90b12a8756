"""The shipped rule packs: complete, exact, and what the sources say."""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from registry.policies.pack import Pack
from registry.policies.pack_terms import EvidenceKind, OpenPointId
from seeds.policies.packs import PACK_IDS, parse_pack, read_pack, read_packs
from seeds.reference.kinds import kinds

by_pack = pytest.mark.parametrize("pack", read_packs(), ids=PACK_IDS)


@by_pack
def test_a_pack_survives_json_with_decimals_as_text(pack: Pack) -> None:
    text = pack.model_dump_json()
    assert Pack.model_validate_json(text) == pack
    assert pack.model_dump(mode="json")["share_threshold"] == format(pack.share_threshold, "f")


@pytest.mark.parametrize(
    ("pack_id", "points", "gates"),
    [
        ("gbt50378-2019", {30: 4, 50: 8, 70: 12}, {}),
        ("gbt50378-2019-rev2024", {40: 4, 50: 8, 70: 12}, {1: 10, 2: 20, 3: 30}),
        ("sichuan-2024", {40: 4, 50: 8, 70: 12}, {1: 10, 2: 20, 3: 30}),
        ("chengdu-2024", {40: 4, 60: 8, 70: 12}, {1: 10, 2: 20, 3: 30}),
        ("procurement-2025", {}, {}),
    ],
)
def test_thresholds_and_gates(pack_id: str, points: dict[int, int], gates: dict[int, int]) -> None:
    pack = read_pack(pack_id)
    assert {int(item.percent): item.points for item in pack.thresholds} == points
    assert {item.star: int(item.percent) for item in pack.gates} == gates


@pytest.mark.parametrize(
    ("pack_id", "counts"),
    [("sichuan-2024", [15, 12, 10, 5]), ("chengdu-2024", [12, 12, 7, 3]), ("gbt50378-2019", [2, 2, 5, 5])],
)
def test_kinds_per_group(pack_id: str, counts: list[int]) -> None:
    pack = read_pack(pack_id)
    assert pack.kinds is not None
    assert [sum(kind.group == group.id for kind in pack.kinds) for group in pack.groups] == counts


def test_the_listed_points_of_the_2019_table_add_up_to_95() -> None:
    kinds_2019 = read_pack("gbt50378-2019").kinds or ()
    full = [kind.interpolation.points_to if kind.interpolation else kind.points for kind in kinds_2019]
    assert sum(points for points in full if points is not None) == 95


@by_pack
def test_no_pack_takes_a_self_declaration(pack: Pack) -> None:
    assert pack.evidence.self_declaration is False
    assert not any("declar" in kind for kind in EvidenceKind)
    assert EvidenceKind.CATALOGUE_LISTING not in pack.evidence.accepted


def test_every_material_of_the_tree_is_mapped_or_said_not_to_count() -> None:
    materials = {kind.kind for kind in kinds() if not kind.group}
    for pack in read_packs():
        if pack.mappings is not None:
            assert materials - {item.material for item in pack.mappings} == set()
            assert all(item.note for item in pack.mappings if not item.kinds)


@pytest.mark.parametrize(
    "material", ["gypsum.plasterboard", "keel.light-steel", "control.metering", "pv.module"]
)
def test_doubtful_mappings_ask_for_confirmation(material: str) -> None:
    found = read_pack("sichuan-2024").mapping_for(material)
    assert found is not None
    assert found.confirm
    assert found.note is not None


@pytest.mark.parametrize("material", ["cement", "cement.clinker", "admixture.water-reducer"])
def test_ingredients_are_not_counted_anywhere(material: str) -> None:
    for pack in read_packs():
        found = pack.mapping_for(material)
        assert found is None or (found.kinds, found.note) == ((), "mapping.ingredient")


def test_the_procurement_pack_invents_no_kind() -> None:
    pack = read_pack("procurement-2025")
    assert pack.kinds is None
    assert pack.mappings is None
    assert pack.kinds_share is not None
    assert pack.kinds_share.optional_share == Decimal("0.4")
    assert pack.choice(OpenPointId.DENOMINATOR) == "both"


def test_the_edition_of_a_project_is_chosen_by_the_anchor_day() -> None:
    old, new = read_pack("gbt50378-2019"), read_pack("gbt50378-2019-rev2024")
    assert old.valid_to is not None
    assert old.valid_to < new.valid_from
    assert old.valid_from < date(2024, 1, 1) <= old.valid_to


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("share_threshold", 0.8, "quoted text"),
        ("share_threshold", "1.2", "less than or equal to 1"),
        ("surprise", 1, "Extra inputs"),
        ("region", "51", "pattern"),
        ("rounding", None, "rounding"),
        ("kinds", None, "needs kinds"),
        ("kinds_share", {"compulsory_group": "Q1", "optional_group": "Q2", "optional_share": "0.4",
                         "confidence": "low"}, "kinds_share"),
    ],
)  # fmt: skip
def test_a_malformed_pack_is_refused(field: str, value: object, message: str) -> None:
    data = {**read_pack("sichuan-2024").model_dump(mode="json"), field: value}
    with pytest.raises(ValidationError, match=message):
        Pack.model_validate(data)


def test_a_self_declaration_cannot_be_switched_on() -> None:
    data = read_pack("sichuan-2024").model_dump(mode="json")
    data["evidence"]["self_declaration"] = True
    with pytest.raises(ValidationError, match="self_declaration"):
        Pack.model_validate(data)


def test_an_unquoted_decimal_in_yaml_is_refused() -> None:
    with pytest.raises(ValidationError, match="quoted text"):
        parse_pack("share_threshold: 0.8")
    with pytest.raises(ValueError, match="no pack"):
        read_pack("../secret")


@by_pack
def test_whatever_is_counted_in_pieces_is_counted_in_sets_too_but_pipes(pack: Pack) -> None:
    for kind in pack.kinds or ():
        if "piece" in kind.units and kind.id != "Q3a":
            assert "set" in kind.units, f"bills write 套 as often as 个 ({kind.id})"
