"""What a reader sees marked, and that nothing of the text is lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.highlight import highlight, is_found, is_near
from search.text.words import understand


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("穿孔石膏板", "石膏板", ["石膏板"]),
        ("纸面石膏板", "石膏板", ["纸面石膏板"]),
        ("双银Low-E玻璃", "lowe", ["Low-E"]),
        ("双银Low-E玻璃", "low-e 玻璃", ["Low-E玻璃"]),
        ("三银LowE玻璃", "low-e", ["LowE"]),
        ("纸面石膏板", "shigaoban", ["石膏板"]),
        ("纸面石膏板", "shi gao ban", ["石膏板"]),
        ("纸面石膏板", "sgb", ["石膏板"]),
        ("纸面石膏板", "zm", ["纸面"]),
        ("纸面石膏板", "sg", []),
        ("Phosphogypsum board", "phosphogypsm ", ["Phosphogypsum"]),
        ("Paper-faced gypsum board", "gyps", ["gypsum"[:4]]),
        ("Paper-faced gypsum board", "石膏板", ["gypsum board"]),
        ("T/CECS 10034-2019", "CECS10034", ["CECS 10034"]),
        ("P·O 42.5R 水泥", "PO42.5", ["P·O", "42.5"]),
        ("C30P8 抗渗", "C30", ["C30"]),
        ("C300", "C30 ", []),
        ("ＣＧＭ２０２６", "cgm2026", ["ＣＧＭ２０２６"]),
        ("岩棉", "", []),
        ("", "岩棉", []),
    ],
)
def test_the_words_found_are_marked_in_the_original(text: str, query: str, marked: list[str]) -> None:
    segments = highlight(text, query)
    merged = [segment.text.strip(" -") for segment in segments if segment.is_hit]
    assert "".join(segment.text for segment in segments) == text
    assert "".join(merged) == "".join(marked)


@given(st.text(max_size=60), st.text(max_size=30))
def test_the_segments_are_the_text_and_alternate(text: str, query: str) -> None:
    segments = highlight(text, query)
    assert "".join(segment.text for segment in segments) == text
    assert all(a.is_hit != b.is_hit for a, b in pairwise(segments))


def _slips(typed: str, token: str) -> int:
    """Edit distance with swaps of neighbours, by recursion."""
    if not typed or not token:
        return len(typed) + len(token)
    changed = _slips(typed[1:], token[1:]) + (typed[0] != token[0])
    best = min(changed, _slips(typed[1:], token) + 1, _slips(typed, token[1:]) + 1)
    if len(typed) > 1 and len(token) > 1 and typed[:2] == token[1::-1]:
        best = min(best, _slips(typed[2:], token[2:]) + 1)
    return best


@given(st.text("abc", max_size=5), st.text("abc", max_size=5), st.integers(0, 2))
def test_nearness_counts_slips_as_the_slow_way_does(typed: str, token: str, slips: int) -> None:
    assert is_near(typed, token, slips, is_prefix=False) == (_slips(typed, token) <= slips)
    some_start = any(_slips(typed, token[:end]) <= slips for end in range(len(token) + 1))
    assert is_near(typed, token, slips, is_prefix=True) == some_start


def test_a_text_is_found_only_with_every_word() -> None:
    assert is_found("耐火纸面石膏板", understand("耐火 sgb"))
    assert not is_found("纸面石膏板", understand("耐火 石膏板"))
