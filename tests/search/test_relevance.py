"""Queries people type, and the product or family that must come first."""

import pytest

from search.engine.ports import SearchEngine, SearchRequest, Widened
from tests.search import corpus

DOCUMENTS = {document.id: document for document in corpus.documents()}

# query, beginning of the first hit's name, kinds allowed among the first five, exact total where it matters
TABLE: tuple[tuple[str, str, set[str], int | None], ...] = (
    ("石膏板", "石膏板", {"plasterboard"}, 12),
    ("磷石膏", "磷石膏纸面石膏板", {"plasterboard", "phosphogypsum"}, 4),
    ("low-e 玻璃", "双银Low-E玻璃", {"low-e-glass", "insulating-glass"}, 8),
    ("LowE", "", {"low-e-glass", "insulating-glass"}, 8),
    ("ＬＯＷ－Ｅ玻璃", "双银Low-E玻璃", {"low-e-glass", "insulating-glass"}, None),
    ("低熟料水泥", "低熟料水泥", {"cement"}, 2),
    ("shigaoban", "", {"plasterboard"}, None),
    ("sgb", "", {"plasterboard"}, 12),
    ("shi gao ban", "", {"plasterboard"}, 12),
    ("shigoaban", "", {"plasterboard"}, 12),
    ("zhenshiqi", "真石漆", {"paint"}, 1),
    ("T/CECS 10034", "", {"low-e-glass", "insulating-glass"}, 12),
    ("CECS10034", "", {"low-e-glass", "insulating-glass"}, 12),
    ("建筑节能玻璃", "", {"low-e-glass", "insulating-glass"}, 12),
    ("GB/T 9775", "", {"plasterboard"}, 12),
    ("GBT9775-2008", "", {"plasterboard"}, 12),
    ("GB 175", "", {"cement"}, 12),
    ("P·O 42.5", "P·O 42.5", {"cement"}, 4),
    ("PO42.5", "", {"cement"}, 4),
    ("p.o 42.5r", "普通硅酸盐水泥 P·O 42.5R", {"cement"}, 2),
    ("42.5R", "普通硅酸盐水泥 P·O 42.5R", {"cement"}, 2),
    ("phosphogypsum", "磷石膏纸面石膏板", {"plasterboard", "phosphogypsum"}, 4),
    ("phosphogypsm", "", {"plasterboard", "phosphogypsum"}, 4),
    ("岩棉 A级", "外墙外保温用岩棉板 A级", {"mineral-wool"}, 6),
    ("A级不燃岩棉", "A级不燃岩棉板", {"mineral-wool"}, None),
    ("rock wool", "外墙外保温用岩棉板", {"mineral-wool"}, 6),
    ("膏板", "", {"plasterboard"}, 12),
    ("板", "", {"plasterboard", "mineral-wool", "tile"}, None),
    ("C30", "C30 预拌混凝土", {"concrete"}, 4),
    ("C30混凝土", "C30 预拌混凝土", {"concrete"}, 4),
    ("商品砼 C30", "", {"concrete"}, 4),
    ("concrete C30", "", {"concrete"}, 4),
    ("商砼", "", {"concrete"}, None),
    ("CGM2026A0007", "普通硅酸盐水泥 P·O 42.5R", {"cement"}, 1),
    ("cgm 2026 a 0007", "普通硅酸盐水泥 P·O 42.5R", {"cement"}, 1),
    ("2026A0007", "普通硅酸盐水泥 P·O 42.5R", {"cement"}, 1),
    ("DEMO-007", "普通硅酸盐水泥 P·O 42.5R", {"cement"}, 1),
    ("91510101MA6TFAKE1X", "", set(), 17),
    ("GM0012X4", "双银Low-E玻璃", {"low-e-glass"}, 1),
    ("青川示范材料", "", set(), 17),
    ("青川示范 岩棉", "", {"mineral-wool"}, None),
    ("示例牌", "石膏板", {"plasterboard"}, None),
    ("深圳 涂料", "水性内墙涂料", {"paint"}, 1),
    ("SBS卷材", "SBS改性沥青防水卷材", {"membrane"}, None),
    ("中空玻璃 6Low-E+12A+6", "中空玻璃 6Low-E+12A+6", {"insulating-glass"}, None),
    ("IGU", "暖边中空玻璃", {"insulating-glass"}, 6),
    ("加气块", "加气块 B05", {"aac"}, None),
    ("AAC", "蒸压加气混凝土砌块", {"aac"}, 2),
    ("1200*2400", "石膏板", {"plasterboard"}, 2),
    ("plasterboard", "石膏板", {"plasterboard"}, None),
    ("gyps", "纸面石膏板", {"plasterboard", "phosphogypsum"}, None),
)


@pytest.mark.parametrize(("text", "first", "kinds", "total"), TABLE, ids=[row[0] for row in TABLE])
def test_a_typed_query_finds_its_family_first(
    engine: SearchEngine, text: str, first: str, kinds: set[str], total: int | None
) -> None:
    result = engine.search(SearchRequest(text=text))
    found = [DOCUMENTS[hit.id] for hit in result.hits]
    assert found, "nothing was found"
    assert found[0].name_zh.startswith(first)
    assert not result.relaxed
    if kinds:
        assert {document.kind for document in found[:5]} <= kinds
    if total is not None:
        assert result.total == total


@pytest.mark.parametrize("text", ["gypsum bord", "石膏板 幻想词语", "南方石膏板", "黑石膏板"])
def test_a_query_with_an_unknown_word_falls_back_to_the_others_and_says_so(
    engine: SearchEngine, text: str
) -> None:
    result = engine.search(SearchRequest(text=text))
    assert result.relaxed
    assert DOCUMENTS[result.hits[0].id].kind == "plasterboard"


@pytest.mark.parametrize(
    ("text", "widened", "kind"),
    [
        ("石膏板", None, "plasterboard"),
        ("岩绵", Widened.SOUND, "mineral-wool"),
        ("岩棉 地下室用", Widened.PURPOSE, "mineral-wool"),
        ("矿渣水泥", Widened.KIND, "cement"),
        ("石膏板 幻想词语", Widened.WORDS, "plasterboard"),
        ("GB/T 9775-1999", Widened.WORDS, "plasterboard"),
        ("GB/T 14903-2012 石膏板", Widened.WORDS, "plasterboard"),
        ("真石漆料", Widened.PAIRS, "paint"),
        ("真右漆", Widened.CHARACTER, "paint"),
    ],
)
def test_the_step_that_answered_is_named(
    engine: SearchEngine, text: str, widened: Widened | None, kind: str
) -> None:
    result = engine.search(SearchRequest(text=text))
    assert (result.widened, DOCUMENTS[result.hits[0].id].kind) == (widened, kind)


def test_what_finds_nothing_at_all_was_not_widened(engine: SearchEngine) -> None:
    result = engine.search(SearchRequest(text="幻想词语"))
    assert (result.total, result.widened) == (0, None)


@pytest.mark.parametrize("text", ["CGM2026A0107", "42.9", "C31", "GB 17", "GB/T 14903-2012"])
def test_digits_and_codes_are_never_corrected(engine: SearchEngine, text: str) -> None:
    assert engine.search(SearchRequest(text=text)).total == 0


def test_two_letters_match_initials_only_at_the_start_of_a_name(engine: SearchEngine) -> None:
    found = engine.search(SearchRequest(text="sg", limit=100)).hits
    assert {DOCUMENTS[hit.id].kind for hit in found} == {"plasterboard"}  # not the powder 建筑磷石膏粉
    assert engine.search(SearchRequest(text="sgf")).total == 1  # three letters find it inside the name


def test_the_last_word_is_a_prefix_until_a_blank_follows(engine: SearchEngine) -> None:
    assert engine.search(SearchRequest(text="phospho")).total == 4
    assert engine.search(SearchRequest(text="phospho ")).total == 0


def test_an_exact_spelling_comes_before_a_corrected_one(engine: SearchEngine) -> None:
    typed = engine.search(SearchRequest(text="facade", limit=10))
    assert [DOCUMENTS[hit.id].kind for hit in typed.hits][-1] == "paint"  # façades, one letter away


def test_equal_matches_show_a_valid_certificate_first(engine: SearchEngine) -> None:
    result = engine.search(SearchRequest(text="虚构", limit=100))
    states = [DOCUMENTS[hit.id].status.value for hit in result.hits]
    assert result.total == len(DOCUMENTS)
    assert states[: states.count("valid")] == ["valid"] * states.count("valid")


@pytest.mark.parametrize("text", ["", "   ", "!!!", "🏗️"])
def test_a_query_without_words_shows_everything(engine: SearchEngine, text: str) -> None:
    result = engine.search(SearchRequest(text=text))
    assert (result.total, result.relaxed) == (len(DOCUMENTS), False)
