"""Known words kept whole: the term of a word is where its phrase of pairs is, in any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine import schema, whole
from search.text import analyze

WORDS = sorted(whole._words().values())
SIGNS = st.sampled_from(("", " ", "、", "A1", "板", "的", "磷", "膏", "石", "水泥", "-"))
TEXTS = st.lists(st.sampled_from(WORDS) | SIGNS, max_size=12).map("".join)


def has_phrase(tokens: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    """The slow answer: the pairs stand side by side somewhere."""
    return any(tokens[i : i + len(phrase)] == phrase for i in range(len(tokens)))


def test_an_index_is_built_anew_when_the_words_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a new word would be looked for as a term that no record has, and nothing be found."""
    before = schema.fingerprint()
    words = {**whole._words(), analyze.bigrams("示例新词"): "示例新词"}
    monkeypatch.setattr(whole, "_words", lambda: words)
    whole.version.cache_clear()
    assert schema.fingerprint() != before
    monkeypatch.undo()
    whole.version.cache_clear()
    assert schema.fingerprint() == before


def test_there_are_words_to_know() -> None:
    assert len(WORDS) > 200
    assert "磷石膏" in WORDS


@given(text=TEXTS)
def test_a_word_is_inside_just_where_its_phrase_is(text: str) -> None:
    main = analyze.main_tokens(text)
    assert set(whole.inside(main)) == {word for word in WORDS if has_phrase(main, analyze.bigrams(word))}


@given(text=TEXTS)
def test_it_is_inside_just_where_the_text_has_it(text: str) -> None:
    plain = analyze.normalise(text)
    assert set(whole.inside(analyze.main_tokens(text))) == {word for word in WORDS if word in plain}


def test_only_whole_words_are_terms() -> None:
    assert whole.word(("磷石", "石膏")) == "磷石膏"
    assert whole.word(("石膏",)) is None
    assert whole.word(("膏磷", "磷石")) is None
