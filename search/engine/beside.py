"""What a process does at once: as many searches as it has cores, and a lone one on two of them.

2026-11, a million products: tantivy gives up the interpreter's lock while it works, so on two cores two
questions take as long as one. Only a process that is asked one thing at a time does so: under load every core
has its own answer to work on. More searches than cores wait in line: of 100,000 products, asked by sixteen
clients, an answer took 8.0 ms of processor with two searches at work and 9.0 with all, which take turns.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock, Semaphore

Task = Callable[[], None]


class Errands:
    """Tasks of one answer; whoever is free takes the next one, and each is done once."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._todo = deque(tasks)
        self._helper: Future[None] | None = None

    def handed_to(self, pool: ThreadPoolExecutor) -> None:
        self._helper = pool.submit(self._run)

    def dropped(self) -> None:
        """Not wanted after all; what is being done is finished and forgotten."""
        self._todo.clear()

    def finish(self) -> None:
        """All are done when this returns; raises what any of them raised."""
        self._run()
        if self._helper is not None and not self._helper.cancel():  # cancelled: it had not begun
            self._helper.result()

    def _run(self) -> None:
        while True:
            try:
                task = self._todo.popleft()
            except IndexError:
                return
            task()


class Beside:
    """Knows how many are asking: no more search at once than there are cores, a lone one may use a second."""

    def __init__(self, cores: int | None = None) -> None:
        self._cores = cores or _cores()
        self._lock, self._asking = Lock(), 0
        self._places = Semaphore(self._cores)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="search-beside")

    @contextmanager
    def searching(self) -> Iterator[None]:
        """For whole answers; what is short, such as a suggestion, is `asking` and waits for none of them."""
        with self._places, self.asking():
            yield

    @contextmanager
    def asking(self) -> Iterator[None]:
        with self._lock:
            self._asking += 1
        try:
            yield
        finally:
            with self._lock:
                self._asking -= 1

    def begun(self, tasks: Sequence[Task]) -> Errands:
        """The tasks, on their way already where a core is free for them."""
        errands = Errands(tasks)
        if self._asking == 1 and self._cores > 1:
            errands.handed_to(self._pool)
        return errands


def _cores() -> int:
    """Those this process may use; not every system tells, and then it is those the machine has."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1
