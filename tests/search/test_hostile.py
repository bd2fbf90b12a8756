"""Whatever is sent, and however much of it: parsed, searched, marked and suggested for, or refused."""

from collections.abc import Sequence
from itertools import filterfalse

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.hostile_queries import hostile
from search.documents.fields import Field
from search.engine import embedded
from search.engine.attempts import Rung
from search.engine.ports import DEEPEST, SearchEngine, SearchRequest
from search.engine.snapshot import Snapshot
from search.query.parse import KNOWN, LARGEST_PAGE, is_known, parse
from search.text.highlight import highlight

WORDS = (
    "石膏板",
    "岩棉",
    "low-e",
    "玻璃",
    "gypsum",
    "shigao",
    "42.5",
    "T/CECS",
    "板",
    "zzz",
    "phosphogypsm",
    "水泥",
)
NASTY = st.characters(blacklist_categories=()) | st.sampled_from(
    '"()[]{}+-!&|~*?:\\/^\x00\ud800\u202e\u0301\ufdfa'
)
TEXTS = st.text(NASTY, max_size=60) | st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
LONG = st.builds(lambda text, times: text * times, TEXTS, st.sampled_from((1, 1, 40, 400)))
VALUES = LONG | st.from_regex(r"[0-9.e-]{1,60}", fullmatch=True)
TYPED = ("attr.strength", "attr.thickness", "attr.thickness_min", "attr.thickness_max", "attr._min", "attr.")
NAMES = st.sampled_from((*sorted(KNOWN), *TYPED)) | st.text(NASTY, max_size=8)
PARAMETERS = st.dictionaries(NAMES, st.lists(VALUES, max_size=4), max_size=30)
FIXED = settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])


def answer(engine: SearchEngine, asked: dict[str, Sequence[str]]) -> None:
    """The promises that hold for any parameters."""
    parsed = parse(asked)
    request = parsed.request
    assert request.offset + request.limit <= DEEPEST
    assert request.limit <= LARGEST_PAGE
    for name in filterfalse(is_known, asked):
        assert any(one.key == "search.unknown-parameter" for one in parsed.problems), name
    found = engine.search(request)
    assert len(found.hits) == min(max(0, found.total - request.offset), request.limit)
    engine.suggest(request.text[:200], 8)
    marked = highlight("双银Low-E玻璃 6+12A+6", request.text)
    assert "".join(segment.text for segment in marked) == "双银Low-E玻璃 6+12A+6"


@FIXED
@given(asked=PARAMETERS)
def test_any_parameters_give_an_answer(engine: SearchEngine, asked: dict[str, Sequence[str]]) -> None:
    answer(engine, asked)


@pytest.mark.parametrize("name", hostile())
def test_the_queries_of_the_benchmark_are_answered(engine: SearchEngine, name: str) -> None:
    answer(engine, dict(hostile()[name]))


def test_two_hundred_values_are_cut_and_it_is_said(engine: SearchEngine) -> None:
    parsed = parse({"province": [f"{n:06d}" for n in range(200)]})
    assert len(parsed.request.filters[Field.PROVINCE]) == 50
    assert [one.key for one in parsed.problems] == ["search.too-many-values"]
    assert engine.search(parsed.request).total == 0


def _climbed(snapshot: Snapshot, request: SearchRequest, rungs: Sequence[Rung]) -> int:
    """The oracle: one rung after the other."""
    for place, rung in enumerate(rungs):
        matching = snapshot.queries.filtered(snapshot.queries.words(rung), request)
        if snapshot.searcher.search(matching, limit=1).hits:
            return place
    return len(rungs) - 1


@FIXED
@given(
    words=st.lists(
        st.sampled_from(WORDS) | st.text("石膏板岩棉玻璃abz ", max_size=6), min_size=2, max_size=12
    )
)
def test_asking_halves_finds_what_asking_one_by_one_finds(engine: SearchEngine, words: list[str]) -> None:
    request = SearchRequest(text=" ".join(words), limit=50)
    quick = engine.search(request)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(embedded, "_first_found", _climbed)
        slow = engine.search(request)
    assert (quick.hits, quick.total, quick.widened) == (slow.hits, slow.total, slow.widened)
