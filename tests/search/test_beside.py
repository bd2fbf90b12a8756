"""The counts of an answer on a second core: the same answer, each task once, failures told."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty, Queue

import pytest

from benchmarks._search_corpus import documents
from search.documents.fields import Field
from search.engine.beside import Beside, Errands
from search.engine.embedded import EmbeddedEngine
from search.engine.ports import SearchRequest
from search.engine.writer import EmbeddedWriter


def test_each_task_is_done_once_by_either_thread() -> None:
    beside, done, threads = Beside(cores=2), list[int](), set[str]()
    both = threading.Barrier(2, timeout=10)

    def task(number: int) -> None:
        if number < 2:
            both.wait()  # the first two are under way at once
        threads.add(threading.current_thread().name)
        done.append(number)

    with beside.asking():
        beside.begun([lambda n=n: task(n) for n in range(10)]).finish()  # type: ignore[misc]
    assert sorted(done) == list(range(10))
    assert len(threads) == 2


@pytest.mark.parametrize(("cores", "asking"), [(1, 1), (2, 2)])
def test_without_a_free_core_the_asking_thread_does_all(cores: int, asking: int) -> None:
    beside, threads = Beside(cores=cores), set[str]()
    others = [beside.asking() for _ in range(asking)]
    for one in others:
        one.__enter__()
    try:
        beside.begun([lambda: threads.add(threading.current_thread().name)] * 4).finish()
    finally:
        for one in others:
            one.__exit__(None, None, None)
    assert threads == {threading.current_thread().name}


def test_no_more_search_at_once_than_there_are_cores_and_suggestions_do_not_wait() -> None:
    beside, begun, end = Beside(cores=2), Queue[int](), threading.Event()

    def search(number: int) -> bool:
        with beside.searching():
            begun.put(number)
            return end.wait(10)

    with ThreadPoolExecutor(5) as pool:
        searches = [pool.submit(search, number) for number in range(5)]
        first = {begun.get(timeout=10), begun.get(timeout=10)}
        with pytest.raises(Empty):
            begun.get(timeout=0.2)
        with beside.asking():
            end.set()
        assert all(one.result(10) for one in searches)
    assert first | {begun.get_nowait() for _ in range(3)} == set(range(5))


def test_a_search_that_fails_gives_its_place_back() -> None:
    beside = Beside(cores=1)
    for _ in range(2):
        with pytest.raises(ValueError, match="the search failed"), beside.searching():
            raise ValueError("the search failed")


def test_what_fails_beside_fails_the_answer() -> None:
    beside, begun = Beside(cores=2), threading.Event()

    def failing() -> None:
        begun.set()
        raise ValueError("the count failed")

    with beside.asking():
        errands = beside.begun([failing])
        assert begun.wait(10)
        with pytest.raises(ValueError, match="the count failed"):
            errands.finish()


def test_what_is_dropped_is_not_begun() -> None:
    done = list[int]()
    errands = Errands([lambda: done.append(1)])
    errands.dropped()
    errands.finish()
    assert done == []


def test_an_answer_is_the_same_on_one_core_and_on_two(tmp_path: Path) -> None:
    writer = EmbeddedWriter(tmp_path)
    writer.rebuild(documents(2_000), position=1)
    writer.close()
    asked = [
        SearchRequest(
            text=text,
            facets=(Field.KIND, Field.STATUS, Field.STAR, Field.PROVINCE, Field.MAKER),
            filters={Field.STATUS: ("valid",), Field.PROVINCE: ("510000", "110000")},
        )
        for text in ("石膏板", "水泥 42.5", "", "T/CECS 10034", "gypsm", "nothing like it")
    ]
    alone, helped = EmbeddedEngine(tmp_path), EmbeddedEngine(tmp_path)
    alone._beside, helped._beside = Beside(cores=1), Beside(cores=2)
    answers = [alone.search(one) for one in asked]
    assert answers == [helped.search(one) for one in asked]
    for one, answer in zip(asked, answers, strict=True):
        assert tuple(answer.facets) == tuple(answer.facet_values) == one.facets
