"""Writing: atomic batches with their feed position, repeated or interrupted without harm."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from search.documents.fields import Field
from search.documents.product import ProductDocument, Status
from search.engine.ports import SearchEngine, SearchRequest
from tests.search import corpus
from tests.search.contract import Installed

DOCUMENTS = corpus.documents()
FIRST = DOCUMENTS[0]


def _total(engine: SearchEngine, text: str) -> int:
    return engine.search(SearchRequest(text=text)).total


def test_a_change_is_visible_to_a_reader_opened_before_it(installed: Installed) -> None:
    reader = installed.reader()
    assert _total(reader, "幻影品牌") == 0
    before = reader.search(SearchRequest()).generation
    installed.writer.apply([replace(FIRST, brand="幻影品牌", version=11)], [], 11)
    assert _total(reader, "幻影品牌") == 1
    assert reader.search(SearchRequest()).generation != before
    assert reader.count() == 10


def test_commits_within_one_clock_tick_are_all_seen(installed: Installed) -> None:
    reader = installed.reader()
    for version in range(11, 31):
        installed.writer.apply([replace(FIRST, version=version)], [], version)
        assert reader.ids_and_versions()[FIRST.id] == version


def test_applying_the_same_batch_again_changes_nothing(installed: Installed) -> None:
    batch = [replace(DOCUMENTS[1], version=11), DOCUMENTS[20], DOCUMENTS[20]]
    for _ in range(3):
        installed.writer.apply(batch, [FIRST.id], 12)
    assert installed.writer.position() == 12
    assert installed.engine.count() == 10
    expected = {item.id: item.version for item in DOCUMENTS[1:10]}
    assert installed.engine.ids_and_versions() == expected | {DOCUMENTS[1].id: 11, DOCUMENTS[20].id: 21}


def test_a_document_written_and_deleted_in_one_batch_stays_written(installed: Installed) -> None:
    installed.writer.apply([replace(FIRST, version=11)], [FIRST.id], 11)
    assert installed.engine.ids_and_versions()[FIRST.id] == 11


def test_deleting_what_is_not_there_is_no_error(installed: Installed) -> None:
    installed.writer.apply([], ["not there"], 11)
    assert (installed.engine.count(), installed.writer.position()) == (10, 11)


def test_a_batch_that_cannot_be_written_leaves_nothing_behind(installed: Installed) -> None:
    broken = replace(DOCUMENTS[30], star=2**70)
    with pytest.raises((OverflowError, ValueError)):
        installed.writer.apply([replace(FIRST, version=99), broken], [], 11)
    assert installed.writer.position() == 10
    assert installed.engine.ids_and_versions()[FIRST.id] == 1
    installed.writer.apply([replace(FIRST, version=12)], [], 12)
    assert installed.engine.ids_and_versions()[FIRST.id] == 12
    assert installed.engine.count() == 10


def test_the_position_never_moves_back(installed: Installed) -> None:
    installed.writer.apply([], [], 15)
    installed.writer.apply([FIRST], [], 12)
    assert installed.writer.position() == 15


def test_due_names_what_changes_until_the_day_and_no_more(installed: Installed) -> None:
    days = (date(2026, 5, 1), date(2026, 5, 2), date(2026, 5, 3))
    changed = [replace(item, next_change_on=day) for item, day in zip(DOCUMENTS, days, strict=False)]
    installed.writer.apply(changed, [], 11)
    assert installed.writer.due(date(2026, 4, 30)) == ()
    assert set(installed.writer.due(days[1])) == {changed[0].id, changed[1].id}
    installed.writer.apply([replace(changed[0], next_change_on=None, status=Status.EXPIRED)], [], 12)
    assert installed.writer.due(days[1]) == (changed[1].id,)


def test_a_rebuild_swaps_whole_and_keeps_readers_working(installed: Installed) -> None:
    reader = installed.reader()
    seen: list[int] = []

    def documents() -> Iterator[ProductDocument]:
        for document in DOCUMENTS[10:]:
            seen.append(reader.count())
            yield document

    installed.writer.rebuild(documents(), position=70)
    assert set(seen) == {10}
    assert reader.count() == len(DOCUMENTS) - 10
    assert installed.writer.position() == 70
    installed.writer.apply([FIRST], [], 71)
    assert FIRST.id in reader.ids_and_versions()


def test_a_rebuild_that_fails_leaves_the_old_index(installed: Installed) -> None:
    def documents() -> Iterator[ProductDocument]:
        yield FIRST
        raise RuntimeError("the register went away")

    with pytest.raises(RuntimeError):
        installed.writer.rebuild(documents(), position=70)
    assert (installed.engine.count(), installed.writer.position()) == (10, 10)
    assert not installed.writer.needs_rebuild()
    installed.writer.apply([DOCUMENTS[11]], [], 11)
    assert installed.engine.count() == 11


def test_readers_beside_a_busy_writer_always_see_whole_commits(installed: Installed) -> None:
    failures: list[str] = []
    done = threading.Event()
    loops = 0

    def read() -> None:
        nonlocal loops
        reader = installed.reader()
        while not done.is_set():
            result = reader.search(SearchRequest(text="虚构", facets=(Field.STATUS,)))
            states = len({version for version in reader.ids_and_versions().values() if version >= 100})
            loops += 1
            if result.total != 10 or sum(count for _, count in result.facets[Field.STATUS]) != 10:
                failures.append(f"total {result.total}")
            if states > 1:
                failures.append("half a batch")

    thread = threading.Thread(target=read)
    thread.start()
    for version in range(100, 130):
        installed.writer.apply([replace(item, version=version) for item in DOCUMENTS[:10]], [], version)
    done.set()
    thread.join()
    assert not failures
    assert loops > 5
