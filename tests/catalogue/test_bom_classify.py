"""A line's words name its kind; what they do not name is not guessed."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.bom.classify import KindTerms, Lexicon, classify
from registry.kit.messages import say
from registry.units.table import unit

LEXICON = Lexicon(
    [
        KindTerms(
            "concrete.ready-mixed", "预拌混凝土", "Ready-mixed concrete",
            ("商品砼", "商品混凝土", "混凝土", "砼"), (r"C[1-9][05]\b", r"P(?:6|8|10)\b"),
        ),
        KindTerms(
            "mortar.ready-mixed", "预拌砂浆", "Ready-mixed mortar",
            ("水泥砂浆", "砂浆", "抹灰砂浆"), (r"\bM\d+",),
        ),
        KindTerms("masonry.aac", "蒸压加气混凝土砌块", "AAC block", ("加气块", "加气混凝土砌块"), (r"B0\d",)),
        KindTerms("cement", "水泥", "Cement", ("普通硅酸盐水泥",), (r"[34]2\.5",)),
        KindTerms(
            "waterproofing.membrane", "防水卷材", "Waterproofing membrane",
            ("SBS卷材", "卷材", "SBS防水卷材"),
        ),
        KindTerms("waterproofing.coating", "防水涂料", "Coating", ("聚氨酯防水涂料",)),
        KindTerms("sealant.building", "建筑密封胶", "Sealant", ("密封胶", "结构胶")),
        KindTerms("adhesive.structural", "结构胶粘剂", "Structural adhesive", ("结构胶",)),
        KindTerms("window-door.energy-saving", "节能门窗", "Windows", ("铝合金窗", "门窗")),
        KindTerms("pipe.plastic", "塑料管", "Plastic pipe", ("PE管", "HDPE管", "PVC-U管")),
        KindTerms("gypsum.plasterboard", "纸面石膏板", "Plasterboard", ("石膏板",)),
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "spec", "kind"),
    [
        ("预拌混凝土", "C30", "concrete.ready-mixed"),
        ("商品砼C30 (泵送)", "", "concrete.ready-mixed"),
        ("商品砼C30非泵送", "", "concrete.ready-mixed"),
        ("水泥42.5级", "", "cement"),
        ("C30 P6 商品砼", "", "concrete.ready-mixed"),
        ("ＳＢＳ防水卷材 4mm", "", "waterproofing.membrane"),
        ("SBS卷材4mm", "", "waterproofing.membrane"),
        ("水泥砂浆", "M10", "mortar.ready-mixed"),
        ("蒸压加气混凝土砌块", "600×240×200", "masonry.aac"),
        ("普通硅酸盐水泥", "P·O 42.5R", "cement"),
        ("铝合金窗用密封胶", "", "sealant.building"),
        ("HDPE管", "DN300", "pipe.plastic"),
        ("聚氨酯防水涂料", "", "waterproofing.coating"),
        ("石膏板（吊顶用）", "9.5mm", "gypsum.plasterboard"),
    ],
)
def test_the_head_of_the_name_decides(name: str, spec: str, kind: str) -> None:
    found = classify(name, spec, LEXICON)
    assert found.kind == kind
    assert found.candidates[0].confidence >= Decimal("0.75")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("综合工日", "labour"),
        ("混凝土振捣器", "plant"),
        ("混凝土输送泵", "plant"),
        ("水泥钉", "auxiliary"),
        ("中砂", "aggregate"),
        ("水", "utility"),
        ("泵送费", "service"),
        ("螺纹钢 HRB400E", "auxiliary"),
    ],
)
def test_what_is_no_listed_material_is_said_to_be_none(name: str, key: str) -> None:
    found = classify(name, "", LEXICON)
    assert found.kind is None
    assert found.candidates == ()
    assert found.unlisted is not None
    assert found.unlisted.key == f"bom.kind.unlisted-{key}"


@pytest.mark.parametrize(("code", "key"), [("workday", "labour"), ("shift", "plant"), ("yuan", "service")])
def test_the_unit_tells_labour_plant_and_fees(code: str, key: str) -> None:
    found = classify("混凝土", "", LEXICON, unit=unit(code))
    assert found.unlisted is not None
    assert found.unlisted.key.endswith(key)


def test_the_section_of_a_labour_list_tells_its_lines() -> None:
    assert classify("混凝土", "", LEXICON, section="一、人工").kind is None
    assert classify("混凝土", "", LEXICON, section="二、材料").kind == "concrete.ready-mixed"


def test_words_two_kinds_share_give_both() -> None:
    found = classify("结构胶", "", LEXICON)
    assert found.kind is None
    assert {candidate.code for candidate in found.candidates} == {"sealant.building", "adhesive.structural"}


def test_unknown_words_behind_the_head_lower_the_confidence() -> None:
    found = classify("混凝土增强纤维布", "", LEXICON)
    assert found.kind is None
    assert [candidate.code for candidate in found.candidates] == ["concrete.ready-mixed"]
    assert "bom.kind.trailing-words" in {reason.key for reason in found.candidates[0].reasons}


def test_a_nameless_line_is_only_suspected_from_its_specification() -> None:
    found = classify("主材", "C30 P6", LEXICON)
    assert found.kind is None
    assert found.candidates[0].code == "concrete.ready-mixed"
    assert found.candidates[0].confidence < Decimal("0.75")


@pytest.mark.parametrize("name", ["", "某某物品", "PET膜", "xyz", "HDPE膜"])
def test_unknown_words_name_no_kind(name: str) -> None:
    assert classify(name, "", LEXICON).candidates == ()


@settings(max_examples=150)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_words_get_an_ordered_answer_with_sentences(name: str, spec: str) -> None:
    found = classify(name, spec, LEXICON)
    scores = [candidate.confidence for candidate in found.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 1 for score in scores)
    for candidate in found.candidates:
        for reason in candidate.reasons:
            assert say(reason.key, "zh", reason.facts)
            assert say(reason.key, "en", reason.facts)


@settings(max_examples=100)
@given(st.lists(st.sampled_from([terms.name_zh for terms in LEXICON.kinds.values()]), min_size=1, max_size=1))
def test_every_kinds_own_name_names_it(names: list[str]) -> None:
    found = classify(names[0], "", LEXICON)
    assert found.kind is not None
    assert LEXICON.kinds[found.kind].name_zh == names[0]
