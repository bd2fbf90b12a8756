"""What products share is found with each of them, counted with each of them, and never lost."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.documents.fields import Field, filtered
from search.engine import packed, schema
from search.engine.embedded import EmbeddedEngine
from search.engine.parts import FOLDER, PartsReader, PartsWriter
from search.engine.ports import SearchRequest
from search.engine.writer import EmbeddedWriter
from search.text import analyze
from tests.oracles import tokens_oracle
from tests.search import corpus, synthetic

DOCUMENTS = corpus.documents()[:40]
SIGNS = "石膏板水泥 -./·abcELow0123.5×（），_㎡①Ｌr—²"
VALUES = st.lists(
    st.sampled_from(("valid", "none", "1", "2", "certificate", "虚构")), max_size=3, unique=True
)


@given(st.text(SIGNS, max_size=16) | st.text(max_size=12))
def test_tokens_and_spellings_are_those_of_unit_by_unit(text: str) -> None:
    found = analyze.spelled(text)
    assert list(found.main) == tokens_oracle.main_tokens(text)
    if all(char in SIGNS for char in text):
        assert list(found.others) == tokens_oracle.spellings(text)


@given(st.fixed_dictionaries({field: VALUES.map(tuple) for field in packed.FIELDS}))
def test_a_combination_gives_back_what_went_into_it(values: dict[Field, tuple[str, ...]]) -> None:
    assert packed.unpack(packed.pack(values)) == {
        field: tuple(sorted(known)) for field, known in values.items()
    }


def test_counts_of_combinations_are_counts_of_products() -> None:
    values = [filtered(one) for one in synthetic.documents(300, makers=20)]
    combinations: dict[str, int] = {}
    for one in values:
        combinations[packed.pack(one)] = combinations.get(packed.pack(one), 0) + 1
    assert len(combinations) < len(values)
    for field in packed.FIELDS:
        known = {value for one in values for value in one[field]}
        counted = {value: sum(value in one[field] for one in values) for value in known}
        assert packed.counted(field, combinations) == counted


@given(st.uuids().map(str) | st.text(min_size=1, max_size=40))
def test_an_id_comes_back_as_it_was(document_id: str) -> None:
    assert schema.whole_id(schema.kept_id(document_id)) == document_id


@given(st.uuids().map(str) | st.uuids().map(lambda one: one.hex) | st.text(min_size=1), st.uuids())
def test_no_two_ids_are_kept_alike(one: str, other: UUID) -> None:
    assert (schema.kept_id(one) == schema.kept_id(str(other))) == (one == str(other))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    writer = EmbeddedWriter(tmp_path)
    writer.rebuild(DOCUMENTS, position=1)
    writer.close()
    return tmp_path


def _directory(place: Path) -> Path:
    return place / (place / "current").read_text().strip()


def test_products_of_one_kind_have_one_part(place: Path) -> None:
    known = EmbeddedEngine(place).snapshot().parts
    assert 0 < len(known.terms) < len(DOCUMENTS)
    assert len(set(known.terms)) == len(known.terms) == len(known.said)


def test_a_new_kind_is_found_by_readers_opened_before(place: Path) -> None:
    engine = EmbeddedEngine(place)
    assert engine.search(SearchRequest(text="月球土", relax=False)).total == 0
    new = replace(
        DOCUMENTS[0],
        id="moon",
        kind="moon",
        kind_path=("moon",),
        kind_names=("月球土砖", "Moon brick"),
        version=99,
    )
    writer = EmbeddedWriter(place)
    writer.apply([new], [], 2)
    found = engine.search(SearchRequest(text="月球土", relax=False, facets=(Field.KIND,)))
    assert ([hit.id for hit in found.hits], found.facets[Field.KIND]) == (["moon"], (("moon", 1),))
    writer.close()


def test_a_failed_commit_leaves_the_parts_to_the_next(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = replace(DOCUMENTS[0], id="moon", kind_names=("月球土砖", "Moon brick"), version=99)
    writer = EmbeddedWriter(place)
    with monkeypatch.context() as patched:
        patched.setattr("search.engine.writer._document", _refuse)
        with pytest.raises(RuntimeError, match="no room"):
            writer.apply([new], [], 2)
    assert EmbeddedEngine(place).search(SearchRequest(text="月球土", relax=False)).total == 0
    writer.apply([new], [], 2)
    assert EmbeddedEngine(place).search(SearchRequest(text="月球土", relax=False)).total == 1
    writer.close()
    terms = PartsReader(_directory(place)).renewed().terms
    assert len(set(terms)) == len(terms)


def test_parts_lost_with_their_writer_are_added_again(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = replace(DOCUMENTS[0], id="moon", kind_names=("月球土砖", "Moon brick"), version=99)
    writer = EmbeddedWriter(place)
    with monkeypatch.context() as patched:
        patched.setattr(PartsWriter, "commit", _lose)
        with pytest.raises(RuntimeError, match="no room"):
            writer.apply([new], [], 2)
    writer.apply([new], [], 2)
    facets = EmbeddedEngine(place).search(SearchRequest(text="月球土", facets=(Field.KIND,))).facets
    assert facets[Field.KIND]
    writer.close()


def _lose(parts: PartsWriter) -> None:
    parts._open = None
    raise RuntimeError("no room")


def _refuse(*_: object) -> None:
    raise RuntimeError("no room")


def test_an_index_without_its_parts_is_built_anew(place: Path) -> None:
    for file in (_directory(place) / FOLDER).iterdir():
        file.unlink()
    (_directory(place) / FOLDER).rmdir()
    assert EmbeddedWriter(place).needs_rebuild()
