"""What people type is read as they mean it: other scripts, measures in words, slips, sorts of a kind."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.kit.ids import derived, public_code
from search.text import analyze, subtypes, synonyms
from search.text.simplified import simplified
from search.text.words import in_characters, of_kinds, understand, without_purpose
from seeds.reference.kinds import kinds as reference

REVIEWED_PAIRS = 300


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("鋼結構", "钢结构"),
        ("牆面塗料", "墙面涂料"),
        ("乾混砂漿", "干混砂浆"),
        ("50毫米岩棉板", "50mm岩棉板"),
        ("4平方电线", "4mm2电线"),
        ("12厚石膏板", "12mm石膏板"),
        ("5 升", "5l"),
        ("Ｌｏｗ－Ｅ玻璃", "low-e玻璃"),
    ],
)
def test_the_same_thing_is_read_alike_however_it_is_written(typed: str, same: str) -> None:
    assert analyze.main_tokens(typed) == analyze.main_tokens(same)


@given(st.text(max_size=60))
def test_simplifying_keeps_the_length_and_is_done_once(text: str) -> None:
    once = simplified(text)
    assert len(once) == len(text)
    assert simplified(once) == once


def test_a_register_number_read_aloud_is_the_number() -> None:
    code = public_code("P", derived("an example"), demonstration=True)
    typed = code[:3] + code[3:].replace("0", "O", 1).lower()
    assert [word.text for word in understand(typed).words] == [word.text for word in understand(code).words]


def test_what_it_is_for_may_be_left_out() -> None:
    query = understand("防潮石膏板 卫生间用")
    assert [word.text for word in query.words if word.is_purpose] == ["卫生间"]
    bare = without_purpose(query)
    assert bare is not None
    assert [word.text for word in bare.words] == ["防潮", "石膏板"]
    assert without_purpose(understand("外墙用")) is None
    assert without_purpose(understand("防潮石膏板")) is None


def test_one_character_of_a_short_word_may_be_wrong() -> None:
    apart = in_characters(understand("挤朔板"))
    assert apart is not None
    assert [word.text for word in apart.words] == ["挤", "朔", "板"]
    assert in_characters(understand("岩棉")) is None
    assert in_characters(understand("防火门")) is None, "防火 is a word, so nothing is mistyped"


def test_general_words_count_only_where_nothing_else_is_said() -> None:
    assert [word.text for word in understand("除甲醛 材料").words] == ["除甲醛"]
    assert [word.text for word in understand("材料").words] == ["材料"]


def test_a_sort_has_its_own_words_and_not_those_of_the_others() -> None:
    basin = {"type": "basin", "material": "vitreous-china"}
    assert "洗脸盆" in subtypes.own_words("sanitary.ware", basin)
    assert "马桶" in subtypes.others_words("sanitary.ware", basin)
    assert not subtypes.others_words("sanitary.ware", {"material": "vitreous-china"})
    assert "耐根穿刺卷材" in subtypes.own_words("waterproofing.membrane", {"root_resistant": "true"})


def test_a_sort_that_no_product_is_leads_to_its_kind() -> None:
    for typed, kind in (("EPDM", "防水卷材"), ("马桶", "卫生洁具"), ("root-resistant membrane", "防水卷材")):
        wider = of_kinds(understand(typed))
        assert wider is not None
        assert wider.text == kind
    assert of_kinds(understand("防水卷材")) is None


def test_every_reviewed_sort_exists_among_the_kinds() -> None:
    known = {fact.kind: fact for fact in reference()}
    assert {kind: known[kind].name_zh for kind in subtypes.subtypes()} == subtypes.kind_names()
    for kind, values in subtypes.subtypes().items():
        specs = known[kind].attributes
        stated = {value for spec in specs for value in spec.values}
        stated |= {f"{spec.name}={value}" for spec in specs for value in (*spec.values, "true", "false")}
        assert not {part for value in values for part in subtypes.parts(value)} - stated, kind


def test_what_no_attribute_tells_is_a_word_of_the_kind_and_of_no_product() -> None:
    known = {fact.kind: fact for fact in reference()}
    for kind, words in subtypes.narrower().items():
        assert set(words) <= set(known[kind].synonyms), kind
        assert set(words) <= subtypes.others_words(kind, {}), kind
    wider = of_kinds(understand("被动窗"))
    assert wider is not None
    assert wider.text == "节能门窗"


def test_a_grade_is_said_of_what_has_both_its_values() -> None:
    grade = {"type": "P·O", "strength_class": "42.5"}
    assert {"PO42.5", "42.5水泥", "普通水泥"} <= set(subtypes.own_words("cement", grade))
    for other in (grade | {"strength_class": "52.5"}, grade | {"type": "P·I"}):
        assert "PO42.5" in subtypes.others_words("cement", other)


def test_a_broader_word_means_the_narrower_and_not_the_other_way_round() -> None:
    assert {"挤塑板", "聚苯板"} <= set(synonyms.others("泡沫板"))
    assert not {"泡沫板", "聚苯板"} & set(synonyms.others("挤塑板"))


def test_no_pair_of_synonyms_is_stated_twice_and_there_are_enough() -> None:
    pairs = [frozenset(pair) for group in synonyms.groups() for pair in combinations(group, 2)]
    assert len(pairs) == len(set(pairs)) >= REVIEWED_PAIRS
    assert all(len(pair) == 2 for pair in pairs)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("T/CECS 10034", ["tcecs10034"]),
        ("gb/t 50378-2019", ["gbt50378", "2019"]),
        ("GB 175", ["gb175"]),
        ("GB175-2023", ["gb175", "2023"]),
        ("EN 15804+A2", ["en", "15804", "a2"]),
        ("PVC/PE 110", ["pvcpe", "110"]),
        ("GB／T50378", ["gbt50378"]),
        ("JC/T 799 石膏板", ["jct799", "石膏板"]),
        ("low-e 6", ["low", "e", "6"]),
        ("木/铝 5", ["木", "铝", "5"]),
        ("T/CECS", ["t", "cecs"]),
    ],
)
def test_letters_with_a_slash_before_a_number_name_a_series(text: str, words: list[str]) -> None:
    assert [word.text for word in understand(text).words] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("演示-2024-9999999", ["演示-2024-9999999"]),
        ("石膏板 演示-检测-2025-00508", ["石膏板", "演示-检测-2025-00508"]),
        ("YS-PXRZYR-4P239-X", ["ys-pxrzyr-4p239-x"]),
        ("yspxrzyr4p239x", ["yspxrzyr4p239x"]),
        ("T/CECS 10034-2019", ["tcecs10034", "2019"]),
        ("2026-11-21", ["2026", "11", "21"]),
        ("DY-149-02", ["dy", "149", "02"]),
    ],
)
def test_a_number_is_read_as_one_word(text: str, words: list[str]) -> None:
    assert [word.text for word in understand(text).words] == words
