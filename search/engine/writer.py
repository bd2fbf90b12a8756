"""The one writer of the embedded index: atomic batches with their feed position, rebuild and swap."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from search.documents.product import ProductDocument
from search.engine import schema as definition
from search.engine.embedded import EmbeddedEngine, ids_of, matching_all
from search.engine.parts import PartsWriter
from search.engine.ports import SearchUnavailable
from search.engine.query_builder import by_id, within
from search.engine.store import Store, guarded

if TYPE_CHECKING:
    import tantivy

_HEAP = 64_000_000  # bytes; tantivy refuses less than 15 MB per thread
_REBUILD_HEAP = 200_000_000  # 2026-11: a quarter less work than with 64 MB, because fewer parts are merged


class EmbeddedWriter:
    """Takes tantivy's lock at the first write; a second process is refused with SearchUnavailable."""

    def __init__(self, root: Path) -> None:
        self._store = Store(root)
        self._engine = EmbeddedEngine(root)
        self._directory: Path | None = None
        self._writer: tantivy.IndexWriter | None = None
        self._schema: tantivy.Schema | None = None
        self._parts: PartsWriter | None = None

    def apply(self, upserts: Sequence[ProductDocument], deletes: Sequence[str], position: int) -> None:
        records = {document.id: definition.record(document) for document in upserts}
        directory = self._store.current()
        writer, schema, parts = self._opened(directory)
        with guarded():
            try:
                for document_id in dict.fromkeys((*deletes, *records)):
                    # by query: delete by term on an unsigned field deletes nothing, silently (tantivy#2720)
                    writer.delete_documents_by_query(by_id(schema, document_id))
                for record in records.values():
                    parts.add(record.part)
                    writer.add_document(_document(record, schema))
                parts.commit()  # before the products that name them: a reader of these must find them
                writer.commit()
            except BaseException:
                writer.rollback()
                self.close()  # what was added to the parts and not committed is forgotten, and added again
                raise
        self._store.remember(directory, max(position, self._store.position(directory)))

    def position(self) -> int:
        return self._store.position(self._store.current())

    def due(self, day: date) -> tuple[str, ...]:
        snapshot = self._engine.snapshot()
        until = within(snapshot.index.schema, "next_change_on", None, day.toordinal())
        return tuple(sorted(ids_of(snapshot, matching_all(snapshot, until))))

    def needs_rebuild(self) -> bool:
        """True without an index, after a change of its definition or of tantivy, and on any open error."""
        import tantivy  # noqa: PLC0415  a native module: loaded by the process that searches

        try:
            directory = self._store.current()
            if not tantivy.Index.is_compatible(str(directory)):
                return True
            self._engine.snapshot()
        except (SearchUnavailable, ValueError):
            return True
        return False

    def rebuild(self, documents: Iterable[ProductDocument], position: int) -> None:
        import tantivy  # noqa: PLC0415  a native module: loaded by the process that searches

        self.close()
        directory = self._store.fresh()
        with guarded():
            schema = definition.build()
            writer = tantivy.Index(schema, str(directory)).writer(_REBUILD_HEAP, 1)
            parts = PartsWriter(directory)
            for document in documents:
                record = definition.record(document)
                parts.add(record.part)
                writer.add_document(_document(record, schema))
            parts.commit()
            writer.commit()
            writer.wait_merging_threads()
        self._store.remember(directory, position)
        self._store.switch(directory)

    def close(self) -> None:
        """Gives the lock back."""
        self._writer = self._schema = self._directory = self._parts = None

    def _opened(self, directory: Path) -> tuple["tantivy.IndexWriter", "tantivy.Schema", PartsWriter]:
        """Opens the index right before its writer: an older handle leaves orphan segments behind."""
        import tantivy  # noqa: PLC0415  a native module: loaded by the process that searches

        is_open = self._directory == directory
        if not is_open or self._writer is None or self._schema is None or self._parts is None:
            self.close()
            try:
                with guarded():
                    index = tantivy.Index.open(str(directory))
                    self._writer = index.writer(_HEAP, 1)
                    self._parts = PartsWriter(directory)
            except ValueError as error:
                self.close()
                raise SearchUnavailable(reason=f"the search index cannot be written: {error}") from error
            self._schema, self._directory = index.schema, directory
        return self._writer, self._schema, self._parts


def _document(record: definition.Record, schema: "tantivy.Schema") -> "tantivy.Document":
    import tantivy  # noqa: PLC0415  already loaded by the writer

    return tantivy.Document.from_dict(record.row, schema)
