"""Product lists that were not handed in: deleted for good, counted together, received once."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event, func
from sqlmodel import Session, select

from catalogue.bulk import service
from catalogue.bulk.progress import progress
from registry.access import walls
from registry.applications import service as applications
from registry.applications import store
from registry.applications.models import ListedProductRow
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict, NotAllowed, NotFound
from tests import applicants, product_files, racing
from tests.applicants import BODY_OFFICER, FIRST, MAKER, OTHER_MAKER, by
from tests.catalogue.bulk_lists import checked, committed, received
from tests.product_files import row, rows


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with write_session(engine) as session:
        applicants.registered(session)
        yield session


def test_a_list_that_was_not_handed_in_is_deleted_with_its_rows(session: Session) -> None:
    data = product_files.as_csv(rows(2))
    known, other = checked(session, data), received(session, product_files.as_csv(rows(1)))
    for stranger in (OTHER_MAKER, FIRST, BODY_OFFICER):
        with pytest.raises(NotFound):
            service.remove(session, known.kept.id, by(stranger))
    service.remove(session, known.kept.id, by(MAKER))
    assert [one.kept.id for one in service.of_organisation(session, MAKER)] == [other.kept.id]
    assert session.scalar(select(func.count()).select_from(ListedProductRow)) == 1
    with pytest.raises(NotFound):
        service.remove(session, known.kept.id, by(MAKER))
    assert received(session, data).kept.checked == 0, "the same file may come again, as a new list"


def test_a_list_deleted_twice_at_the_same_moment_is_not_found_by_the_second(engine: Engine) -> None:
    with write_session(engine) as session:
        applicants.registered(session)
        list_id = received(session, product_files.as_csv(rows(2))).kept.id
    with pytest.raises(NotFound):
        racing.twice(engine, lambda session: service.remove(session, list_id, by(MAKER)))
    with read_session(engine) as session:
        assert service.of_organisation(session, MAKER) == []


def test_what_was_handed_in_is_not_deleted_not_even_withdrawn(session: Session) -> None:
    known = committed(session, product_files.as_csv(rows(2)))
    assert known.application is not None
    with pytest.raises(Conflict, match="bulk-handed-in"):
        service.remove(session, known.kept.id, by(MAKER))
    with pytest.raises(NotAllowed):
        service.remove(session, known.kept.id, by(FIRST))
    handed_in = store.get(session, known.application[0])
    walls.stand_for(session, MAKER)
    applications.withdraw(session, handed_in.number, by(MAKER, handed_in))
    with pytest.raises(Conflict, match="bulk-handed-in"):
        service.remove(session, known.kept.id, by(MAKER))


def test_a_deleted_list_makes_room_for_another(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST_OPEN", 1)
    known = received(session, product_files.as_csv(rows(1)))
    with pytest.raises(Conflict, match="bulk-too-many-lists"):
        received(session, product_files.as_csv(rows(2)))
    service.remove(session, known.kept.id, by(MAKER))
    assert received(session, product_files.as_csv(rows(2))).kept.rows == 2


def test_many_lists_are_asked_for_with_as_many_statements_as_one(session: Session) -> None:
    def asked() -> int:
        statements: list[object] = []
        note = statements.append
        event.listen(session, "do_orm_execute", note)
        found = service.of_organisation(session, MAKER)
        event.remove(session, "do_orm_execute", note)
        session.expire_all()
        assert found == [progress(session, one.kept) for one in found]
        return len(statements)

    committed(session, product_files.as_csv(rows(1)))
    one = asked()
    for count in range(2, 6):
        checked(session, product_files.as_csv(rows(count)))
    received(session, product_files.as_csv(rows(9)))
    committed(session, product_files.as_csv([row(n) for n in range(20, 23)]))
    assert asked() == one
    assert len(service.of_organisation(session, MAKER)) == 7


def test_the_same_file_twice_at_the_same_moment_is_one_list(engine: Engine) -> None:
    with write_session(engine) as session:
        applicants.registered(session)
    data = product_files.as_csv(rows(3))
    first, second = racing.twice(engine, lambda session: received(session, data).kept.id)
    assert first == second
    with read_session(engine) as session:
        assert [one.kept.rows for one in service.of_organisation(session, MAKER)] == [3]
        assert len(service.page(session, first)) == 3
