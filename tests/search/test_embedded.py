"""The embedded engine's own dangers: tantivy's traps, its lock, its files and a killed writer."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import tantivy

from search.documents.fields import Field
from search.engine import schema, store
from search.engine.attempts import Rung
from search.engine.embedded import EmbeddedEngine
from search.engine.ports import Ranges, SearchRequest, SearchUnavailable
from search.engine.writer import EmbeddedWriter
from search.text.words import understand
from tests.search import corpus

DOCUMENTS = corpus.documents()[:10]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    writer = EmbeddedWriter(tmp_path)
    writer.rebuild(DOCUMENTS, position=10)
    return tmp_path


@pytest.fixture
def searcher(place: Path) -> tantivy.Searcher:
    return EmbeddedEngine(place).snapshot().searcher


def test_a_panic_is_no_exception_yet_leaves_the_engine_as_one(searcher: tantivy.Searcher) -> None:
    with pytest.raises(BaseException, match="Limit must be greater") as caught:
        searcher.search(tantivy.Query.all_query(), limit=0)
    assert not isinstance(caught.value, Exception)
    with pytest.raises(SearchUnavailable), store.guarded():
        searcher.search(tantivy.Query.all_query(), limit=0)


def test_other_errors_pass_the_guard_unchanged() -> None:
    with pytest.raises(KeyboardInterrupt), store.guarded():
        raise KeyboardInterrupt


@pytest.mark.parametrize("text", ["板", "石膏", "石膏板", "c30", "a", "^"])
def test_a_one_word_query_never_becomes_a_one_word_phrase(place: Path, text: str) -> None:
    EmbeddedEngine(place).search(SearchRequest(text=text))


def test_values_not_stated_are_left_out_of_a_record() -> None:
    bare = schema.record(replace(DOCUMENTS[0], gwp=None, gwp_basis=None, valid_to=None, star=None, body=""))
    assert None not in bare.row.values()
    assert not {"gwp", "valid_to", "star_value", "f_body"} & bare.row.keys()
    tantivy.Document.from_dict(bare.row, schema.build())


def test_zero_is_a_value_and_not_a_missing_one() -> None:
    zeros = replace(DOCUMENTS[0], waste_content=Decimal(0), gwp=Decimal(0), gwp_basis="t")
    stated = schema.record(zeros).row
    assert (stated["waste_content"], stated["gwp"]) == (0.0, 0.0)


@pytest.mark.parametrize("text", ["NaN", "Infinity"])
def test_what_is_no_finite_number_is_refused_at_the_door(text: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        replace(DOCUMENTS[0], waste_content=Decimal(text))
    with pytest.raises(ValueError, match="finite"):
        Ranges(gwp_max=Decimal(text))


def test_a_query_of_filters_alone_still_matches(place: Path, searcher: tantivy.Searcher) -> None:
    """Only MustNot clauses match nothing in tantivy, so there is always a base that matches."""
    nothing = tantivy.Query.boolean_query([(tantivy.Occur.MustNot, tantivy.Query.empty_query())])
    assert searcher.search(nothing).count == 0  # type: ignore[attr-defined]
    chosen = SearchRequest(filters={Field.KIND: ("cement",)})
    assert EmbeddedEngine(place).search(chosen).total == 4


def test_every_fast_field_a_request_may_name_is_in_the_schema(place: Path) -> None:
    """Unknown fields count nothing, silently."""
    facets = EmbeddedEngine(place).search(SearchRequest(facets=tuple(Field))).facets
    assert all(facets[field] for field in Field)


def test_two_hundred_words_build_a_query_of_bounded_size(place: Path) -> None:
    queries = EmbeddedEngine(place).snapshot().queries
    queries.words(Rung(understand("gypsum board low e " * 50), 1))
    assert len(understand("gypsum board low e " * 50).words) == 10


def test_a_second_writer_is_refused_until_the_first_lets_go(place: Path) -> None:
    first, second = EmbeddedWriter(place), EmbeddedWriter(place)
    first.apply([DOCUMENTS[0]], [], 11)
    with pytest.raises(SearchUnavailable):
        second.apply([DOCUMENTS[1]], [], 12)
    first.close()
    second.apply([DOCUMENTS[1]], [], 12)
    assert second.position() == 12


def test_a_changed_definition_asks_for_a_rebuild(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not EmbeddedWriter(place).needs_rebuild()
    monkeypatch.setattr("search.text.analyze.VERSION", -1)
    writer = EmbeddedWriter(place)
    assert writer.needs_rebuild()
    with pytest.raises(SearchUnavailable):
        EmbeddedEngine(place).count()
    writer.rebuild(DOCUMENTS, 20)
    assert EmbeddedEngine(place).count() == 10


def test_tantivy_itself_refuses_another_schema_in_the_same_place(place: Path) -> None:
    directory = store.Store(place).current()
    other = tantivy.SchemaBuilder().add_text_field("other").build()
    with pytest.raises(ValueError, match=r"[Ss]chema"):
        tantivy.Index(other, str(directory))


@pytest.mark.parametrize("damage", ["empty", "missing"])
def test_a_damaged_index_asks_for_a_rebuild(place: Path, damage: str) -> None:
    meta = store.Store(place).current() / "meta.json"
    meta.unlink() if damage == "missing" else meta.write_text("")
    writer = EmbeddedWriter(place)
    assert writer.needs_rebuild()
    with pytest.raises(SearchUnavailable):
        EmbeddedEngine(place).search(SearchRequest())
    writer.rebuild(DOCUMENTS, 20)
    assert EmbeddedEngine(place).count() == 10


def test_rebuilding_keeps_the_directory_before_and_drops_older_ones(place: Path) -> None:
    for position in (20, 30, 40):
        EmbeddedWriter(place).rebuild(DOCUMENTS, position)
    assert len(list(place.glob("index-*"))) == 2


_CHILD = """
import sys
from dataclasses import replace
from pathlib import Path
from search.engine.writer import EmbeddedWriter
from tests.search import corpus
writer = EmbeddedWriter(Path(sys.argv[1]))
pair = corpus.documents()[:2]
for version in range(100, 100_000):
    writer.apply([replace(item, version=version) for item in pair], [], version)
    print(version, flush=True)
"""


@pytest.fixture
def killed(place: Path) -> int:
    """The last version a writer reported before it was killed in the middle of its work."""
    command = [sys.executable, "-c", _CHILD, str(place)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        reported = [int(child.stdout.readline()) for _ in range(12)]
        os.kill(child.pid, signal.SIGKILL)
        reported += [int(line) for line in child.stdout.read().split()]
    return reported[-1]


def test_a_killed_writer_leaves_a_whole_index_and_no_lock(place: Path, killed: int) -> None:
    writer, engine = EmbeddedWriter(place), EmbeddedEngine(place)
    versions = engine.ids_and_versions()
    pair = {versions[DOCUMENTS[0].id], versions[DOCUMENTS[1].id]}
    assert len(pair) == 1
    assert killed <= pair.pop() <= killed + 1
    assert killed <= writer.position() <= killed + 1
    result = engine.search(SearchRequest(text="虚构", facets=(Field.STATUS,)))
    assert result.total == 10 == sum(count for _, count in result.facets[Field.STATUS])
    writer.apply([replace(DOCUMENTS[0], version=killed + 5)], [], killed + 5)
    assert engine.ids_and_versions()[DOCUMENTS[0].id] == killed + 5


def test_without_an_index_reading_is_refused_and_the_writer_asks_for_a_rebuild(tmp_path: Path) -> None:
    writer = EmbeddedWriter(tmp_path)
    assert writer.needs_rebuild()
    for refused in (writer.position, EmbeddedEngine(tmp_path).count, lambda: writer.apply([], [], 1)):
        with pytest.raises(SearchUnavailable):
            refused()


def test_a_crash_between_commit_and_position_only_repeats_work(place: Path) -> None:
    writer = EmbeddedWriter(place)
    writer.apply([replace(DOCUMENTS[0], version=11)], [], 11)
    note = store.Store(place).current() / "position.json"
    note.write_text(json.dumps({"position": 10}))
    writer.close()
    again = EmbeddedWriter(place)
    assert again.position() == 10
    again.apply([replace(DOCUMENTS[0], version=11)], [], 11)
    assert EmbeddedEngine(place).count() == 10


def test_importing_the_search_loads_no_engine_and_no_dictionary() -> None:
    script = "import sys, search.engine.writer, search.query.parse, search.text.highlight\n"
    script += "print([name for name in ('tantivy', 'rjieba', 'pypinyin') if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_lists_without_words_are_answered_once_for_each_state_of_the_index(place: Path) -> None:
    engine, listed = EmbeddedEngine(place), SearchRequest(facets=(Field.KIND,), limit=3)
    first = engine.search(listed)
    assert engine.search(replace(listed)) is first
    assert engine.search(replace(listed, limit=2)).hits == first.hits[:2]
    writer = EmbeddedWriter(place)
    writer.apply([], [first.hits[0].id], 11)
    again = engine.search(listed)
    assert (again.total, first.hits[0].id in {hit.id for hit in again.hits}) == (first.total - 1, False)
    writer.close()


def test_only_so_many_answers_are_kept(place: Path) -> None:
    engine = EmbeddedEngine(place)
    for limit in range(80):
        engine.search(SearchRequest(limit=limit))
    assert len(engine.snapshot().answers) == 64
    assert len(engine.search(SearchRequest(limit=79)).hits) == len(DOCUMENTS)
