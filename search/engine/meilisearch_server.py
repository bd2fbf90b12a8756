"""A Meilisearch server: one client per thread, a limit on every call, and one sort of error."""

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import meilisearch
from meilisearch.errors import MeilisearchApiError, MeilisearchError
from requests.exceptions import RequestException

from search.engine import meilisearch_records as definition
from search.engine.ports import SearchUnavailable

OLDEST = (1, 36)
_CALL = 10  # seconds for one answer
_WRITTEN = 300_000  # milliseconds for one task of a batch
_LOOK = 10  # milliseconds between two looks whether a task is done
_NUMBERS = re.compile(r"(\d+)\.(\d+)")
_PREFIX = re.compile(r"[A-Za-z0-9_-]{1,100}")
_NOT_THERE = "index_not_found"


@contextmanager
def guarded() -> Iterator[None]:
    """Whatever goes wrong on the way or over there is one error, which the edge can answer."""
    try:
        yield
    except (MeilisearchError, RequestException) as error:
        raise SearchUnavailable(reason=f"the search server failed: {error}") from error


class Server:
    """Where the index is; its name carries the definition's fingerprint, so versions never share one."""

    def __init__(self, url: str, key: str, prefix: str) -> None:
        if not _PREFIX.fullmatch(prefix):
            raise ValueError("an index is named with letters, digits, dashes and low lines")
        self._url, self._key, self._prefix = url.rstrip("/"), key, prefix
        self._local = threading.local()
        self._is_checked = False

    @property
    def index(self) -> str:
        return f"{self._prefix}-{definition.fingerprint()}"

    @property
    def beside(self) -> str:
        """Where the next index is built."""
        return f"{self.index}-next"

    def version(self) -> str:
        with guarded():
            return str(self._client().get_version()["pkgVersion"])

    def multi_search(self, queries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Every query of one request, in order, on the current index."""
        self._check()
        index = self.index
        with guarded():
            answer = self._client().multi_search([{"indexUid": index, **query} for query in queries])
        found: list[dict[str, Any]] = answer["results"]
        return found

    def values_near(self, attribute: str, typed: str) -> list[str]:
        """Values of an attribute that begin with the typed word but for a few slips."""
        with guarded():
            answer = self._client().index(self.index).facet_search(attribute, typed)
        return [hit["value"] for hit in answer["facetHits"]]

    def fetch(self, filtering: str, fields: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Every record that passes a filter, however many."""
        self._check()
        path, size, offset = f"indexes/{self.index}/documents/fetch", 10_000, 0
        while True:
            asked = {"filter": filtering, "fields": list(fields), "limit": size, "offset": offset}
            with guarded():
                rows = self._client().http.post(path, asked)["results"]
            yield from rows
            offset += size
            if len(rows) < size:
                return

    def exists(self, index: str) -> bool:
        self._check()
        try:
            self._client().get_raw_index(index)
        except MeilisearchApiError as error:
            if error.code == _NOT_THERE:
                return False
            raise SearchUnavailable(reason=f"the search server failed: {error}") from error
        except (MeilisearchError, RequestException) as error:
            raise SearchUnavailable(reason=f"the search server failed: {error}") from error
        return True

    def send(self, index: str, records: Sequence[Mapping[str, Any]]) -> int:
        """Hands records over; the number of the task that writes them all or none."""
        with guarded():
            return int(self._client().index(index).add_documents(list(records), definition.KEY).task_uid)

    def purge(self, index: str) -> None:
        """Takes out what stands for deleted products; nobody waits for it."""
        with guarded():
            self._client().index(index).delete_documents(filter=f'{definition.ENTRY} = "{definition.GONE}"')

    def create(self, index: str) -> None:
        """A new empty index with our settings, in the place of an abandoned one."""
        self.drop(index)
        with guarded():
            made = self._client().create_index(index, {"primaryKey": definition.KEY})
        self.done(made.task_uid)
        with guarded():
            shaped = self._client().index(index).update_settings(definition.settings())
        self.done(shaped.task_uid)

    def swap(self) -> None:
        with guarded():
            task = self._client().swap_indexes([{"indexes": [self.index, self.beside]}])
        self.done(task.task_uid)

    def drop(self, index: str) -> None:
        if self.exists(index):
            with guarded():
                task = self._client().delete_index(index)
            self.done(task.task_uid)

    def outdated(self) -> list[str]:
        """Indexes of ours with another definition."""
        ours = re.compile(rf"{re.escape(self._prefix)}-[0-9a-f]{{12}}(-next)?")
        with guarded():
            names = [one["uid"] for one in self._client().http.get("indexes?limit=1000")["results"]]
        return [name for name in names if ours.fullmatch(name) and name not in (self.index, self.beside)]

    def done(self, task: int) -> None:
        """Returns when a task has been carried out; one that failed is an error."""
        with guarded():
            found = self._client().wait_for_task(task, timeout_in_ms=_WRITTEN, interval_in_ms=_LOOK)
        if found.status != "succeeded":
            reason = (found.error or {}).get("message", found.status)
            raise SearchUnavailable(reason=f"the search server could not write: {reason}")

    def _check(self) -> None:
        if self._is_checked:
            return
        version = self.version()
        numbers = _NUMBERS.match(version)
        if numbers is None or (int(numbers[1]), int(numbers[2])) < OLDEST:
            least = ".".join(map(str, OLDEST))
            raise SearchUnavailable(
                reason=f"the search server is Meilisearch {version}, not {least} or newer"
            )
        self._is_checked = True

    def _client(self) -> meilisearch.Client:
        """The official client changes its headers with every call, so threads must not share one."""
        client: meilisearch.Client | None = getattr(self._local, "client", None)
        if client is None:
            client = self._local.client = meilisearch.Client(self._url, self._key or None, timeout=_CALL)
        return client
