"""The engine and the transaction: one act is one `write_session`, committed here and nowhere else."""

import threading
from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import pysqlite3.dbapi2 as sqlite
from anyio import Semaphore
from fastapi import Depends, Request
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlmodel import Session, SQLModel

from registry.kit.errors import Unavailable
from registry.kit.settings import Settings

# Older SQLite has a WAL bug that can corrupt a database; the fix is in 3.51.3.
OLDEST_SQLITE = (3, 51, 3)
PATIENCE = 60.0  # seconds until a writer's turn must have come


class FifoLock:
    """A lock that serves waiters in the order they came, so no writer starves.

    A turn that does not come in time is Unavailable: nothing was written, the same may be asked again.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._held = False
        self._patience = patience

    def acquire(self) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            turn = threading.Event()
            self._waiting.append(turn)
        if not turn.wait(self._patience):
            self._give_up(turn)

    def _give_up(self, turn: threading.Event) -> None:
        """Leave the queue; a turn that came in this very moment is passed on."""
        with self._guard:
            if not turn.is_set():
                self._waiting.remove(turn)
                raise Unavailable
        self.release()
        raise Unavailable

    def release(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._held = False


def make_engine(settings: Settings) -> Engine:
    """An engine for the configured database.

    Its pool has a connection for every thread, and as many again for requests between two threads.
    """
    if settings.database_url:
        return create_engine(
            settings.database_url,
            pool_size=settings.threads,
            max_overflow=settings.threads,
            pool_pre_ping=True,
        )
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return sqlite_engine(str(settings.sqlite_path), threads=settings.threads)


@contextmanager
def open_engine(settings: Settings) -> Iterator[Engine]:
    """An engine for one task: no connection outlives the block."""
    engine = make_engine(settings)
    try:
        yield engine
    finally:
        engine.dispose()


def sqlite_engine(path: str, *, threads: int = 8) -> Engine:
    """SQLite in WAL mode with real transactions; refuses a library older than 3.51.3."""
    if sqlite.sqlite_version_info < OLDEST_SQLITE:
        raise RuntimeError(f"SQLite {sqlite.sqlite_version} is older than 3.51.3, which fixes a WAL bug.")
    engine = create_engine(
        f"sqlite:///{path}",
        module=sqlite,
        pool_size=threads,
        max_overflow=threads,
        connect_args={"check_same_thread": False, "timeout": 30},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    _queue_writers(engine)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def _queue_writers(engine: Engine) -> None:
    """Writers of this process take turns: the lock is taken at BEGIN and given back with the connection.

    Who holds it must need no second thread to give it back, or a thread pool full of waiting writers stops
    everything: a session that writes is opened and closed inside one handler, never by a dependency, whose
    answer is made and whose session is closed on further threads.
    """
    lock = FifoLock()

    def begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("greenmat_writes", False):
            connection.exec_driver_sql("BEGIN")
            return
        if not connection.info.get("holds_writer_lock"):
            lock.acquire()
            connection.info["holds_writer_lock"] = True
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def checkin(connection: Any, record: Any) -> None:
        # After a failed COMMIT (a full disk, say) SQLite keeps the transaction and SQLAlchemy forgets it.
        if connection is not None and connection.in_transaction:
            connection.rollback()
        if record.info.pop("holds_writer_lock", False):
            lock.release()

    event.listen(engine, "begin", begin)
    event.listen(engine, "checkin", checkin)


@contextmanager
def read_session(engine: Engine) -> Iterator[Session]:
    """A session whose reads all see one snapshot; it never commits."""
    isolation = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with Session(engine.execution_options(**isolation)) as session:
        yield session


@contextmanager
def write_session(engine: Engine) -> Iterator[Session]:
    """A session that commits when the block ends well and rolls back when it does not."""
    with Session(engine.execution_options(greenmat_writes=True)) as session:
        yield session
        session.commit()


def add_once(session: Session, row: SQLModel) -> bool:
    """Insert a row unless it is there, also by whoever commits it at this moment; whether it was new."""
    adding = _adding(session, row).on_conflict_do_nothing()
    return session.execute(adding.returning(*adding.table.primary_key.columns)).first() is not None


def add_each_once(session: Session, rows: Sequence[SQLModel]) -> None:
    """Insert the rows of one table that are not there yet, with one statement."""
    if rows:
        adding = _inserting(session, rows[0]).on_conflict_do_nothing()
        session.execute(adding, [row.model_dump() for row in rows])


def add_or_renew(session: Session, row: SQLModel, *names: str) -> None:
    """Insert a row; one with its primary key, also of this moment, takes over these columns instead."""
    adding = _adding(session, row)
    key, renewed = adding.table.primary_key.columns, {name: adding.excluded[name] for name in names}
    session.execute(adding.on_conflict_do_update(index_elements=key, set_=renewed))


def _adding(session: Session, row: SQLModel) -> Any:
    return _inserting(session, row).values(row.model_dump())


def _inserting(session: Session, row: SQLModel) -> Any:
    """Both dialects have the clause, each with a type of its own."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite_dialect.insert
    return insert(SQLModel.metadata.tables[str(row.__tablename__)])


class _Places:
    """How many requests may hold a reader's session at once; the others wait in the event loop.

    FastAPI turns an answer into JSON on a thread of the same pool and closes the session only then. If every
    thread waited for a connection, the request that has it could never end.
    """

    def __init__(self, engine: Engine) -> None:
        threads = engine.pool.size() if isinstance(engine.pool, QueuePool) else 2
        self.readers = Semaphore(max(1, threads // 2))


def _places(request: Request) -> _Places:
    state = request.app.state
    if not hasattr(state, "places"):
        state.places = _Places(state.engine)
    found: _Places = state.places
    return found


async def _reading_place(request: Request) -> AsyncIterator[None]:
    async with _places(request).readers:
        yield


def _reading_for_request(
    request: Request, _place: Annotated[None, Depends(_reading_place, scope="function")]
) -> Iterator[Session]:
    with read_session(request.app.state.engine) as session:
        yield session


# scope="function": the session ends before the answer leaves.
ReadDep = Annotated[Session, Depends(_reading_for_request, scope="function")]
