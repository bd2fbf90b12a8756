"""The table from certification category to material kinds to ratio kinds, whole and with its confidence."""

from collections import Counter

import pytest

from registry.policies.pack import Pack
from registry.products.facts import ProductFact
from seeds.policies.packs import read_pack, read_packs
from seeds.reference.categories import Batch, categories
from seeds.reference.kinds import Kind, kinds
from seeds.reference.loading import Confidence
from tests.seeds.demo_fixtures import register

FEWEST = 10
# number in the first catalogue: material kinds certified in it (certain ones first), then where the Sichuan
# rule of 2024 counts them and how sure that is. Restated by hand from the category table and rule, App. A.
TABLE: dict[int, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    1: (("concrete.precast",), ("Q1g",), "high"),
    2: (("steel.member",), ("Q1h",), "high"),
    3: (("timber.structural",), ("Q1i",), "high"),
    4: (("masonry.aac", "masonry.fired-brick"), ("Q1c",), "high"),
    5: (
        ("insulation.mineral-wool", "insulation.organic", "insulation.composite", "insulation.inorganic"),
        ("Q1f",), "high",
    ),
    6: (("concrete.ready-mixed",), ("Q1a",), "high"),
    7: (("mortar.ready-mixed",), ("Q1b",), "high"),
    8: (("admixture.water-reducer",), (), "high"),
    9: (("window-door.energy-saving",), ("Q1k",), "high"),
    10: (("curtain-wall.glass",), ("Q1m",), "high"),
    11: (("glass.low-e", "glass.insulating", "glass.vacuum"), (), "low"),
    12: (("shading.product",), ("Q1l",), "high"),
    13: (("profile.window",), (), "low"),
    14: (("door.steel-entrance",), ("Q1o",), "high"),
    15: (("metal.composite-panel",), ("Q2l",), "high"),
    16: (("ceramic.tile", "ceramic.thin-panel"), ("Q2i",), "high"),
    17: (("sanitary.ware",), ("Q2k",), "high"),
    18: (("board.inorganic-decorative",), ("Q2e",), "high"),
    19: (("gypsum.decorative",), ("Q2g",), "high"),
    20: (("stone.natural",), ("Q1d",), "high"),
    21: (("board.magnesia",), ("Q2e",), "high"),
    22: (("ceiling.system",), ("Q2a",), "high"),
    23: (("wall.integrated",), ("Q2c",), "high"),
    24: (("gypsum.plasterboard",), ("Q2g", "Q2a", "Q1n"), "low"),
    25: (("sealant.building",), ("Q1e",), "high"),
    26: (("waterproofing.membrane",), ("Q1e",), "high"),
    27: (("waterproofing.coating",), ("Q1e",), "high"),
    28: (("coating.wall",), ("Q2b",), "high"),
    29: (("coating.reflective",), ("Q2b",), "high"),
    30: (("air-purifying.material",), ("Q2h",), "high"),
    31: (("flooring.resin",), ("Q2j",), "high"),
    32: (("water.tap",), ("Q3j",), "high"),
    33: (("water.valve",), ("Q3j",), "high"),
    34: (("pipe.plastic",), ("Q3a",), "high"),
    35: (("water.pool",), ("Q3j",), "low"),
    36: (("water.purifier",), ("Q3j",), "high"),
    37: (("water.softener",), ("Q3j",), "high"),
    38: (("water.grease-separator",), ("Q3j",), "high"),
    39: (("water.grey-water",), ("Q3j",), "high"),
    40: (("rainwater.treatment",), ("Q4a",), "high"),
    41: (("heat-pump.air-source",), ("Q3f",), "high"),
    42: (("heat-pump.ground-source",), ("Q3f",), "high"),
    43: (("air.fresh-air-system",), ("Q3d",), "medium"),
    44: (("hvac.storage",), ("Q3j",), "high"),
    45: (("pv.module",), ("Q3i",), "medium"),
    46: (("lighting.led",), ("Q3b",), "high"),
    47: (("daylighting.system",), ("Q3j",), "high"),
    48: (("pv.system",), ("Q3i",), "medium"),
    49: (("vibration.isolation",), ("Q4e",), "high"),
    50: (("control.metering",), ("Q3d", "Q3e", "Q3f", "Q3g"), "low"),
    51: (("parking.mechanical",), ("Q4d",), "high"),
}  # fmt: skip
# Kinds that may be certified in a category though the text does not name them: never sure.
DOUBTFUL = {
    ("stone.artificial", 20, "medium"), ("mortar.gypsum", 19, "low"), ("mortar.gypsum", 7, "low"),
    ("gypsum.phosphogypsum-board", 24, "low"), ("glass.fire", 11, "low"), ("ceramic.foam-panel", 5, "low"),
}  # fmt: skip
by_pack = pytest.mark.parametrize("pack", read_packs(), ids=lambda pack: pack.id)
by_category = pytest.mark.parametrize("number", TABLE)


def _first_catalogue() -> dict[str, int]:
    return {row.id: row.seq or 0 for row in categories() if row.batch is Batch.FIRST}


def _by_code() -> dict[str, Kind]:
    return {kind.kind: kind for kind in kinds()}


def _certain(number: int) -> dict[str, str]:
    """The kinds whose mapping to a category is high, with that confidence."""
    numbers = _first_catalogue()
    return {
        kind.kind: mapping.confidence
        for kind in kinds()
        for mapping in kind.categories
        if numbers.get(mapping.to) == number and mapping.confidence == Confidence.HIGH
    }


def _products(number: int) -> list[ProductFact]:
    return [product for product in register().products if product.kind in TABLE[number][0]]


def test_the_table_has_every_category_of_the_first_catalogue() -> None:
    assert sorted(TABLE) == sorted(_first_catalogue().values()) == list(range(1, 52))


@by_category
def test_a_category_is_certain_for_exactly_these_kinds(number: int) -> None:
    assert set(_certain(number)) == set(TABLE[number][0])


def test_no_other_kind_is_mapped_to_a_category_with_more_than_doubt() -> None:
    numbers = _first_catalogue()
    doubtful = {
        (kind.kind, numbers[mapping.to], mapping.confidence)
        for kind in kinds()
        for mapping in kind.categories
        if mapping.to in numbers and mapping.confidence != Confidence.HIGH
    }
    assert doubtful == DOUBTFUL
    assert all(
        m.note for k in kinds() for m in k.categories if (k.kind, numbers.get(m.to), m.confidence) in doubtful
    )


@by_category
def test_the_sichuan_rule_counts_its_kinds_here_and_so_surely(number: int) -> None:
    materials, counted, confidence = TABLE[number]
    pack = read_pack("sichuan-2024")
    for material in materials:
        found = pack.mapping_for(material)
        assert found is not None
        assert (found.kinds, found.confidence) == (counted, confidence), material
        assert found.confirm == (confidence == "low" or number in (45, 48)), material


@by_pack
def test_every_doubtful_mapping_of_a_pack_asks_or_says_why(pack: Pack) -> None:
    for found in pack.mappings or ():
        if found.confidence == "low" or len(found.kinds) > 1:
            assert found.confirm, found.material
        if found.confirm or not found.kinds:
            assert found.note, found.material


@by_pack
def test_every_mapping_of_a_pack_names_kinds_of_that_pack(pack: Pack) -> None:
    known = {kind.id for kind in pack.kinds or ()}
    assert {name for found in pack.mappings or () for name in found.kinds} <= known


@by_category
def test_a_category_has_at_least_ten_products_with_typed_attributes(number: int) -> None:
    products = _products(number)
    tree = _by_code()
    assert len(products) >= FEWEST
    for product in products:
        assert set(product.attributes) >= set(tree[product.kind].performance) != set(), product.name_zh
        assert product.performance, product.name_zh


@by_category
def test_products_are_certified_in_their_own_category(number: int) -> None:
    ids = {product.id for product in _products(number)}
    inside = {name for name, seq in _first_catalogue().items() if seq == number}
    named = Counter(
        certified.fact.category
        for certified in register().certificates
        if ids & {product for row in certified.fact.rows for product in row.product_ids}
    )
    graded_first = {name: count for name, count in named.items() if name in _first_catalogue()}
    assert set(graded_first) == inside
