"""Anything typed is answered, suggested for and highlighted without an error."""

import random

import pytest

from search.documents.fields import PUBLIC_FACETS
from search.engine.ports import SearchEngine, SearchRequest, Sort, SuggestionKind
from search.query.parse import parse
from search.text.highlight import highlight
from tests.search import corpus

_PIECES = (
    *"石膏板岩棉的级型砼🏗️👷‍♀️^*~?:\"'()[]{}+-!&|\\/.·–×³½℃。，「」ß éЖ한カ\u0301\u200b\t\n\x00\ud83c",
    *(
        "石膏板",
        "low-e",
        "6Low-E+12A+6",
        "P·O 42.5",
        "T/CECS 10034-2019",
        "AND",
        "OR",
        "name:x",
        "gypsum board",
    ),
    *("shigaoban", "phosphogypsm", "0" * 70, "a" * 70, "1.2.3.4", "C30P8", "......", "---", "a-b-c-d-e-f"),
)


def _typed(rng: random.Random) -> str:
    text = "".join(
        rng.choice(_PIECES) + rng.choice(("", "", " ")) for _ in range(rng.choice((1, 2, 3, 5, 9, 120)))
    )
    return text[: rng.choice((20, 100, 400))]


def test_a_thousand_random_queries_are_all_answered(engine: SearchEngine) -> None:
    rng = random.Random(7)
    answered = 0
    for _ in range(1000):
        request = parse(
            {"q": [_typed(rng)], "sort": [rng.choice(tuple(Sort))]}, facets=PUBLIC_FACETS[:2]
        ).request
        result = engine.search(request)
        answered += bool(result.total)
        assert len(result.hits) == min(result.total, request.limit)
        assert "".join(segment.text for segment in highlight("双银Low-E玻璃 P·O 42.5R", request.text))
    assert 100 < answered < 1000


def test_random_beginnings_are_all_suggested_for(engine: SearchEngine) -> None:
    rng = random.Random(8)
    for _ in range(200):
        assert len(engine.suggest(_typed(rng)[:12], 8)) <= 8


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("sgb", SuggestionKind.KIND, "石膏板"),
        ("石膏", SuggestionKind.KIND, "石膏板"),
        ("gyp", SuggestionKind.KIND, "Gypsum board"),
        ("青川", SuggestionKind.MAKER, "青川示范材料（虚构）"),
        ("gm000", SuggestionKind.NUMBER, "GM0000X0"),
        ("CGM2026A0007", SuggestionKind.NUMBER, "CGM2026A0007"),
        ("真石", SuggestionKind.NAME, "真石漆"),
        ("stone-like", SuggestionKind.NAME, "Stone-like paint"),
    ],
)
def test_a_beginning_suggests_what_it_stands_in(
    engine: SearchEngine, typed: str, kind: SuggestionKind, text: str
) -> None:
    assert (kind, text) in {(item.kind, item.text) for item in engine.suggest(typed, 8)}


def test_a_suggested_name_leads_to_its_product_and_a_kind_to_its_number(engine: SearchEngine) -> None:
    names = {document.id: document.name_zh for document in corpus.documents()}
    for item in engine.suggest("石膏板", 20):
        if item.kind is SuggestionKind.NAME:
            assert names[item.id or ""] == item.text
        elif item.kind is SuggestionKind.KIND and item.text == "石膏板":
            assert item.count == engine.search(SearchRequest(text="石膏板")).total


@pytest.mark.parametrize("typed", ["", " ", "!!"])
def test_nothing_typed_suggests_nothing(engine: SearchEngine, typed: str) -> None:
    assert engine.suggest(typed, 8) == ()
    assert engine.suggest("石膏", 0) == ()
