"""One fresh process that only reads an index: how long each kind of question takes, and its memory.

Started by `benchmarks.search_scale`, so that nothing of the building is in its memory:
python -m benchmarks._search_reading ask embedded FOLDER SECONDS ONLY   one JSON line for each kind
python -m benchmarks._search_reading watch embedded FOLDER NUMBER…      when each number was first found
"""

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from benchmarks._fts5_baseline import Fts5
from benchmarks._meilisearch_baseline import RawMeilisearch
from benchmarks._search_questions import Question, questions
from search.engine.embedded import EmbeddedEngine
from search.engine.ports import SearchRequest

LEAST = 3  # times each request is asked, however slow
Reading: TypeAlias = EmbeddedEngine | Fts5 | RawMeilisearch
OPENED: Mapping[str, Callable[[Path], Reading]] = {
    "embedded": EmbeddedEngine,
    "fts5": Fts5,
    "meilisearch": RawMeilisearch,
}


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds that passed, and those in which a processor worked for it."""
    start, work = time.perf_counter(), time.thread_time()
    act()
    return (time.perf_counter() - start) * 1000, (time.thread_time() - work) * 1000


def memory() -> dict[str, int]:
    """Resident bytes of this process: all, and those that are its own and no file's."""
    said = Path("/proc/self/status").read_text()
    found = dict(line.split(":", 1) for line in said.splitlines())
    return {name: int(found[name].split()[0]) * 1024 for name in ("VmRSS", "RssAnon")}


def times(engine: str, folder: Path, question: Question, seconds: float) -> list[tuple[float, float]]:
    """Every request in turn until the time is up; the first round only warms."""
    reading = OPENED[engine](folder)
    asked = [_asking(reading, one, suggests=question.suggests) for one in question.requests]
    found: list[tuple[float, float]] = []
    if not question.first:
        for ask in asked:
            ask()
    end, turn = time.monotonic() + seconds, 0
    while turn < LEAST or time.monotonic() < end:
        for n, request in enumerate(question.requests):
            if question.first:
                fresh = OPENED[engine](folder)
                fresh.search(SearchRequest(limit=1))
                asked[n] = _asking(fresh, request, suggests=False)
            found.append(timed(asked[n]))
        turn += 1
    return found


def _asking(reading: Reading, request: SearchRequest, *, suggests: bool) -> Callable[[], object]:
    if suggests and isinstance(reading, EmbeddedEngine):
        return lambda: reading.suggest(request.text, 8)
    return lambda: reading.search(request)


def ask(engine: str, folder: Path, seconds: float, only: str) -> None:
    for name, question in questions().items():
        if only in name and not (engine == "meilisearch" and (question.suggests or question.first)):
            print(json.dumps([name, times(engine, folder, question, seconds)]), flush=True)
    print(json.dumps(["memory", memory()]), flush=True)


def watch(folder: Path, numbers: Sequence[str]) -> None:
    """The system's clock is one for all processes, so the writer can subtract when it began."""
    reading = EmbeddedEngine(folder)
    reading.search(SearchRequest())
    print("ready", flush=True)
    for number in numbers:
        while not reading.search(SearchRequest(text=number, relax=False)).total:
            time.sleep(0.0005)
        print(time.monotonic(), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "watch":
        watch(Path(sys.argv[3]), sys.argv[4:])
    else:
        ask(sys.argv[2], Path(sys.argv[3]), float(sys.argv[4]), sys.argv[5])
