"""Analysis, segmentation, pinyin, synonyms and the reading of a query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import analyze, pinyin, segment, synonyms
from search.text.words import LONGEST_QUERY, Script, in_pairs, understand


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("石膏板", ("石膏", "膏板", "板")),
        ("板", ("板",)),
        ("Low-E玻璃", ("low", "e", "玻璃", "璃")),
        ("6Low-E+12A+6", ("6low", "e", "12a", "6")),
        ("P·O 42.5R", ("p", "o", "42.5r")),
        ("T/CECS 10034—2019", ("t", "cecs", "10034", "2019")),
        ("ＡＢＣ　１２３㎡", ("abc", "123m2")),
        ("1200×2400×9.5", ("1200x2400x9.5",)),
        ("", ()),
        ("\ud800!?", ()),
    ],
)
def test_text_becomes_tokens(text: str, tokens: tuple[str, ...]) -> None:
    assert analyze.main_tokens(text) == tokens


@pytest.mark.parametrize(
    ("text", "variants"),
    [
        ("Low-E玻璃", (("lowe",),)),
        ("P·O 42.5R", (("42.5", "r"), ("po", "42.5", "r"))),
        ("6Low-E", (("6", "low"), ("lowe",))),
        ("GB/T 9775", (("gbt", "9775"),)),
        ("石膏板 42.5", ()),
    ],
)
def test_other_spellings_are_kept_apart(text: str, variants: tuple[tuple[str, ...], ...]) -> None:
    assert set(analyze.variants(text)) == set(variants)


def test_a_code_is_found_from_each_of_its_parts() -> None:
    assert analyze.code_tails("CGM-2025-A0137") == ("cgm2025a0137", "2025a0137", "a0137", "0137")


def test_a_phrase_inside_a_longer_text_does_not_ask_for_its_end() -> None:
    assert analyze.phrase_tokens("石膏板") == ("石膏", "膏板")
    assert analyze.phrase_tokens("商砼 C30") == analyze.main_tokens("商砼C30")


@given(
    st.text(alphabet="石膏板岩棉水泥混凝土 abz019.-/·"),
    st.text(alphabet="石膏板水泥", min_size=2, max_size=5),
)
def test_a_chinese_word_is_a_run_of_tokens_of_every_text_that_contains_it(around: str, word: str) -> None:
    tokens, wanted = analyze.main_tokens(f"{around}{word}{around[::-1]}"), analyze.phrase_tokens(word)
    places = range(len(tokens) - len(wanted) + 1)
    assert any(tokens[place : place + len(wanted)] == wanted for place in places)


def test_pinyin_begins_at_every_syllable_and_marks_the_first() -> None:
    assert pinyin.tokens("石膏板") == ("shigaoban", "sgb", "^shigaoban", "^sgb", "gaoban", "gb", "ban", "b")
    assert "^" not in "".join(pinyin.tokens("Low-E玻璃"))
    assert pinyin.tokens("重庆")[0] == "chongqing"


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("岩棉板", ("岩棉板",)),
        ("耐火纸面石膏板", ("耐火", "纸面石膏板")),
        ("外墙的保温板", ("外墙", "保温板")),
        ("的的的的", ("的的的的",)),
    ],
)
def test_long_runs_are_cut_into_trade_words(run: str, words: tuple[str, ...]) -> None:
    assert segment.cut(run) == words


def test_synonyms_lead_both_ways_and_never_to_themselves() -> None:
    for group in synonyms.groups():
        for word in group:
            reached = {analyze.key(other) for other in synonyms.others(analyze.key(word))}
            assert reached >= {analyze.key(other) for other in group} - {analyze.key(word)}
            assert analyze.key(word) not in reached


def test_words_know_their_script_their_parts_and_their_slips() -> None:
    words = understand("phosphogypsum steel rock 42.5r 石膏板").words
    scripts = [Script.LETTERS, Script.LETTERS, Script.LETTERS, Script.CODE, Script.CJK]
    assert [word.script for word in words] == scripts
    assert [word.typos for word in words] == [2, 1, 0, 0, 0]
    assert words[3].parts == ("42.5", "r")
    assert [word.is_prefix for word in words] == [False, False, False, False, True]


def test_a_known_name_and_its_grade_are_read_as_two_words() -> None:
    assert [word.text for word in understand("PO42.5").words] == ["po", "42.5"]


def test_neighbours_are_read_together_where_that_means_something() -> None:
    windows = {(w.first, w.last): w for w in understand("low e gypsum board").windows}
    joined = windows[0, 1].joined
    assert joined is not None
    assert joined.text == "lowe"
    assert "石膏板" in windows[2, 3].synonyms


def test_a_single_long_word_can_be_taken_apart() -> None:
    apart = in_pairs(understand("黑石膏板"[1:]))
    assert apart is not None
    assert [word.text for word in apart.words] == ["石膏", "膏板"]
    assert in_pairs(understand("石膏")) is None
    assert in_pairs(understand("low e")) is None


@given(st.text(max_size=500))
def test_any_text_can_be_understood(text: str) -> None:
    query = understand(text)
    assert len(query.text) <= LONGEST_QUERY
    assert len(query.words) <= 10
    assert all(word.tokens and all(word.tokens) for word in query.words)
