"""Our side of Meilisearch: chains, coded values, filters, versions; it tells what the embedded one tells."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.documents.fields import Text
from search.engine import meilisearch_chains as chains
from search.engine import meilisearch_filters as filters
from search.engine import meilisearch_records as definition
from search.engine.embedded import EmbeddedEngine
from search.engine.meilisearch import MeilisearchEngine
from search.engine.meilisearch_server import Server
from search.engine.meilisearch_values import coded, plain
from search.engine.meilisearch_writer import MeilisearchWriter
from search.engine.ports import SearchEngine, SearchRequest, SearchUnavailable, Widened
from search.engine.writer import EmbeddedWriter
from tests.search import corpus
from tests.search.contract import meilisearch_index
from tests.search.meilisearch_double import Double, folded
from tests.search.test_relevance import TABLE

DOCUMENTS = corpus.documents()
WIDENED = ("岩绵", "岩棉 地下室用", "矿渣水泥", "真石漆料", "石高反", "幻想词语")
Pair = tuple[SearchEngine, SearchEngine]


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    place = tmp_path_factory.mktemp("beside")
    writer = EmbeddedWriter(place)
    writer.rebuild(DOCUMENTS, 1)
    yield EmbeddedEngine(place)
    writer.close()


@pytest.fixture(scope="module")
def double() -> MeilisearchEngine:
    server = Double("double")
    MeilisearchWriter(server).rebuild(DOCUMENTS, 1)
    return MeilisearchEngine(server)


@pytest.fixture(scope="module")
def real() -> Iterator[MeilisearchEngine]:
    with meilisearch_index() as opened:
        MeilisearchWriter(opened()).rebuild(DOCUMENTS, 1)
        yield MeilisearchEngine(opened())


def _found(engine: SearchEngine, text: str) -> tuple[int, Widened | None, dict[str, float | None]]:
    result = engine.search(SearchRequest(text=text, limit=100))
    return result.total, result.widened, {hit.id: hit.score for hit in result.hits}


def _same(embedded: SearchEngine, other: SearchEngine, text: str) -> None:
    """Equal totals and products, and equal scores but for the length of names, which weighs least."""
    total, widened, scores = _found(embedded, text)
    other_total, other_widened, others = _found(other, text)
    assert (other_total, other_widened, others.keys()) == (total, widened, scores.keys())
    assert all(abs((others[key] or 0) - (score or 0)) < 1 for key, score in scores.items())


@pytest.mark.parametrize("text", [row[0] for row in TABLE])
def test_the_double_tells_the_same_as_the_embedded_engine(
    embedded: EmbeddedEngine, double: MeilisearchEngine, text: str
) -> None:
    _same(embedded, double, text)


@pytest.mark.parametrize("text", [row[0] for row in TABLE])
def test_a_real_server_tells_the_same_as_the_embedded_engine(
    embedded: EmbeddedEngine, real: MeilisearchEngine, text: str
) -> None:
    _same(embedded, real, text)


@pytest.mark.parametrize(
    "text", ["石膏板 幻想词语", "南方石膏板", "gypsum bord", "水泥 普通", "砌块 B06 蒸压 幻想", *WIDENED]
)
def test_what_has_not_all_words_is_relaxed_alike(
    embedded: EmbeddedEngine, double: MeilisearchEngine, text: str
) -> None:
    _same(embedded, double, text)


@given(st.text(max_size=40))
def test_coded_values_are_told_apart_by_a_server_that_folds(value: str) -> None:
    assert plain(coded(value)) == value
    assert folded(coded(value)) == coded(value)


@given(st.text(max_size=30), st.text(max_size=30))
@settings(max_examples=200)
def test_a_text_stands_in_every_longer_one(before: str, text: str) -> None:
    """With a sign between them, so that neither changes what the other's units are."""
    whole = f"{before} 、 {text}"
    asked = chains.needle(text)
    if asked in ("", chains.BREAK):
        return
    ends = tuple(chains.ends(chains.of_text(whole)))
    assert all(any(end.startswith(piece) for end in ends) for piece in chains.pieces(asked))


def test_a_word_is_found_inside_a_run_and_a_latin_one_only_whole() -> None:
    line = chains.BREAK + chains.of_text("双银Low-E玻璃板")
    assert line == "|双银|low|e|玻璃板|"
    assert all(chains.needle(text) in line for text in ("璃板", "low-e玻璃", "Low", "板"))
    assert not any(chains.needle(text) in line for text in ("lo", "银玻", "ow-e"))


def test_at_least_so_many_of_several_words() -> None:
    words = [("a",), ("b",), ("c",)]
    assert filters.at_least(3, words) == [("a",), ("b",), ("c",)]
    assert filters.at_least(2, words) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert filters.at_least(1, words) == [("a", "b", "c")]


def test_another_definition_is_another_index(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Double("again")
    writer = MeilisearchWriter(server)
    writer.rebuild(DOCUMENTS[:3], 5)
    before = server.index
    monkeypatch.setattr("search.text.analyze.VERSION", -1)
    assert writer.needs_rebuild()
    with pytest.raises(SearchUnavailable):
        MeilisearchEngine(server).count()
    writer.rebuild(DOCUMENTS[:3], 6)
    assert MeilisearchEngine(server).count() == 3
    assert not server.exists(before)


def test_a_whole_number_that_cannot_be_kept_is_refused() -> None:
    with pytest.raises(OverflowError):
        definition.record(replace(DOCUMENTS[0], version=2**60))


@pytest.mark.parametrize("version", ["1.35.9", "0.30.1", "unknown"])
def test_an_older_server_is_refused_by_its_version(monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    server = Server("http://127.0.0.1:9", "", "old")
    monkeypatch.setattr(server, "version", lambda: version)
    with pytest.raises(SearchUnavailable) as caught:
        MeilisearchEngine(server).count()
    assert version in str(caught.value)


@pytest.mark.parametrize(
    "act",
    [
        lambda engine, _: engine.search(SearchRequest(text="石膏板")),
        lambda engine, _: engine.suggest("石膏", 5),
        lambda engine, _: engine.ids_and_versions(),
        lambda _, writer: writer.position(),
        lambda _, writer: writer.needs_rebuild(),
        lambda _, writer: writer.apply(DOCUMENTS[:1], [], 3),
    ],
)
def test_a_server_that_is_away_is_one_sort_of_error(
    act: Callable[[MeilisearchEngine, MeilisearchWriter], object],
) -> None:
    nowhere = Server("http://127.0.0.1:9", "", "away")  # the discard port: nobody listens
    with pytest.raises(SearchUnavailable):
        act(MeilisearchEngine(nowhere), MeilisearchWriter(nowhere))


def test_every_searched_text_goes_into_the_order_of_the_hits() -> None:
    record = definition.record(DOCUMENTS[1])
    stated = {text for text in Text if record.get(definition.text_field(text))}
    assert {Text.NAME, Text.NAME_EN, Text.CODE, Text.TAG, Text.MAKER, Text.PINYIN} <= stated


def test_above_a_window_the_kind_comes_first_and_no_page_repeats_a_hit(
    double: MeilisearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one place where order is coarser: every window is ordered by score, windows follow one another."""
    whole = double.search(SearchRequest(text="混凝土", limit=100))
    monkeypatch.setattr("search.engine.meilisearch._WINDOW", 4)
    pages = [double.search(SearchRequest(text="混凝土", offset=at, limit=3)).hits for at in range(0, 30, 3)]
    shown = [hit.id for page in pages for hit in page]
    assert sorted(shown) == sorted(hit.id for hit in whole.hits)
    assert shown[0] == whole.hits[0].id


def test_of_very_many_words_the_rarest_are_counted(double: MeilisearchEngine) -> None:
    """The one place where a total may differ: none has all six, so five of them decide."""
    result = double.search(SearchRequest(text="石膏板 水泥 岩棉 涂料 砌块 真石漆", limit=100))
    assert result.relaxed
    assert {document.kind for document in DOCUMENTS if document.id in {hit.id for hit in result.hits}}


def test_an_answer_names_the_engine_and_the_definition(
    embedded: SearchEngine, double: MeilisearchEngine
) -> None:
    one, other = (engine.search(SearchRequest(text="水泥")) for engine in (embedded, double))
    assert (one.engine, other.engine) == ("embedded", "meilisearch")
    assert one.definition
    assert one.definition != other.definition
