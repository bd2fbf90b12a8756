"""Product lists: read, checked, handed in and published, each exactly once."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine, func
from sqlmodel import Session, select

from catalogue.bulk import service
from catalogue.bulk.progress import Progress
from catalogue.bulk.service import findings_of
from registry.applications import reviewing, store
from registry.applications import service as applications
from registry.applications.list_row import Verdict
from registry.applications.models import ApplicationRow, ListedProductRow
from registry.applications.parts import Subject
from registry.applications.states import State
from registry.changes.models import ChangeRow
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.kit.sheets import ReadProblem
from tests import applicants, factories, product_files
from tests.applicants import BODY_OFFICER, FIRST, MAKER, OTHER_MAKER, SECOND, by
from tests.catalogue.bulk_lists import checked, committed, file_of, received
from tests.product_files import ENGLISH, row, rows


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with write_session(engine) as session:
        applicants.registered(session)
        yield session


def verdicts(session: Session, known: Progress) -> dict[int, set[str]]:
    """The last parts of the keys found, by the row's number in the file."""
    found = service.page(session, known.kept.id)
    return {
        one.row: {finding.key.rpartition(".")[2] for finding in findings_of(one)}
        for one in found
        if one.verdict != Verdict.OK
    }


def published(session: Session, known: Progress) -> None:
    assert known.application is not None
    application = store.get(session, known.application[0])
    ready = applicants.approved(session, application)
    reviewing.publish(session, ready.number, by(SECOND, ready))


def products(session: Session) -> int:
    return session.scalar(select(func.count()).where(ChangeRow.kind == "product")) or 0


@pytest.mark.parametrize("headings", [product_files.HEADINGS, ENGLISH])
def test_headings_in_either_language_and_either_kind_of_file_say_the_same(headings: tuple[str, ...]) -> None:
    sheet = file_of(product_files.as_xlsx(rows(3), headings), "list.xlsx")[0]
    text = file_of(product_files.as_csv(rows(3)))[0]
    assert sheet == text
    assert [one.row for one in text.rows] == [2, 3, 4]
    assert text.rows[0].typed["product.kind"] == factories.CEMENT
    assert text.rows[0].typed["product.models"] == "P·O 42.5\nB-1"
    assert text.rows[0].typed["product.attributes.fineness"] == "350.5"


def test_what_is_no_product_file_is_refused_and_says_why() -> None:
    for data, key in (
        (b"", "bom.read.empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "bom.read.image"),
        ("甲,乙,丙\n1,2,3\n".encode(), "bulk-no-headings"),
        (product_files.as_csv(rows(1), ("材料种类", "规格型号", "计量单位")), "bulk-columns-missing"),
        (product_files.as_csv([]), "bulk-no-rows"),
    ):
        with pytest.raises(ReadProblem) as refused:
            file_of(data)
        assert refused.value.key == key


def test_a_column_nobody_reads_is_told() -> None:
    found = file_of(product_files.as_csv([[*row(1), "甲"]], (*product_files.HEADINGS, "内部编号")))[0]
    assert found.unread == ("内部编号",)


def test_every_row_has_its_verdict_and_its_reason(session: Session) -> None:
    lines = [
        row(1),
        row(2, unit="个月"),
        row(3, strength="99"),
        row(4, plants="YS-P00000-00000-0"),
        row(5, density="三千"),
        row(1, brand=" "),
        row(7, name_zh="示例水泥 001（虚构）", models="P·O 42.5"),
        row(8, gtin="6901234567892"),
        row(9, gtin="６９０１２３４５６７８９２"),
        row(10, kind="没有的种类"),
        row(11, plants=factories.code("P", "plant", 3)),
    ]
    known = checked(session, product_files.as_csv(lines))
    assert verdicts(session, known) == {
        3: {"unit-unknown"},
        4: {"not-an-option"},
        5: {"not-a-code"},
        6: {"not-digits"},
        7: {"repeats-row"},
        8: {"already-recorded"},
        10: {"repeats-gtin"},
        11: {"names-nothing"},
        12: {"contract-papers-missing"},
    }
    assert known.sound == 2


@pytest.mark.parametrize("written", ["06901234567892", "０６９０１２３４５６７８９２"])
def test_one_gtin_in_two_spellings_is_one_gtin(session: Session, written: str) -> None:
    lines = [row(1, gtin="6901234567892"), row(2, gtin=written)]
    assert verdicts(session, checked(session, product_files.as_csv(lines))) == {3: {"repeats-gtin"}}


def test_the_same_file_again_is_the_same_list_and_the_same_application(session: Session) -> None:
    data = product_files.as_csv(rows(4))
    first = committed(session, data)
    again = received(session, data, "另一个名字.csv")
    assert (again.kept.id, again.application) == (first.kept.id, first.application)
    assert service.commit(session, first.kept.id, by(MAKER), rows=4).application == first.application
    assert session.scalar(select(func.count()).select_from(ApplicationRow)) == 1
    published(session, first)
    before = products(session)
    assert before == 1 + 4
    assert service.commit(session, first.kept.id, by(MAKER), rows=4).application == (
        first.application[0] if first.application else "",
        State.PUBLISHED,
    )
    assert products(session) == before


def test_an_organisation_has_only_so_many_lists_that_it_did_not_hand_in(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST_OPEN", 2)
    committed(session, product_files.as_csv(rows(1)))
    received(session, product_files.as_csv([row(2)]))
    received(session, product_files.as_csv([row(3)]))
    with pytest.raises(Conflict, match="bulk-too-many-lists"):
        received(session, product_files.as_csv([row(4)]))
    assert received(session, product_files.as_csv([row(3)])).kept.rows == 1, "the same file again is no other"


def test_another_file_with_the_same_rows_adds_only_what_is_new(session: Session) -> None:
    first = committed(session, product_files.as_csv(rows(3)))
    second = checked(session, product_files.as_csv(rows(5)))
    assert verdicts(session, second) == {n: {"in-another-list"} for n in (2, 3, 4)}
    published(session, first)
    second = service.check_some(session, second.kept.id, by(MAKER), again=True)
    assert verdicts(session, second) == {n: {"already-recorded"} for n in (2, 3, 4)}
    published(session, service.commit(session, second.kept.id, by(MAKER), rows=2))
    assert products(session) == 1 + 5


def test_nobody_hands_in_what_nobody_looked_at(session: Session) -> None:
    known = received(session, product_files.as_csv(rows(4)))
    with pytest.raises(Conflict, match="bulk-not-checked"):
        service.commit(session, known.kept.id, by(MAKER), rows=4)
    known = service.check_some(session, known.kept.id, by(MAKER))
    with pytest.raises(Conflict, match="bulk-rows-differ"):
        service.commit(session, known.kept.id, by(MAKER), rows=3)
    bad = checked(session, product_files.as_csv([row(1, unit="?")]))
    with pytest.raises(Conflict, match="bulk-rows-differ"):
        service.commit(session, bad.kept.id, by(MAKER), rows=1)
    with pytest.raises(Invalid, match="bulk-nothing-sound"):
        service.commit(session, bad.kept.id, by(MAKER), rows=0)


def test_a_register_that_changed_after_the_check_stops_the_list_whole(engine: Engine) -> None:
    with write_session(engine) as session:
        applicants.registered(session)
        early = checked(session, product_files.as_csv(rows(2)))
        late = checked(session, product_files.as_csv(rows(3))).kept.id
        published(session, service.commit(session, early.kept.id, by(MAKER), rows=2))
    with pytest.raises(Conflict) as refused, write_session(engine) as session:
        service.commit(session, late, by(MAKER), rows=3)
    assert refused.value.facts["rows"] == ["2", "3"]
    with read_session(engine) as session:
        assert service.read(session, late, by(MAKER)).application is None
        assert session.scalar(select(func.count()).select_from(ApplicationRow)) == 1


def test_a_list_is_private_until_it_is_handed_in_and_of_no_third_party_ever(session: Session) -> None:
    known = checked(session, product_files.as_csv(rows(2)))
    for stranger in (OTHER_MAKER, FIRST, BODY_OFFICER):
        with pytest.raises(NotFound):
            service.read(session, known.kept.id, by(stranger))
    service.commit(session, known.kept.id, by(MAKER), rows=2)
    assert service.read(session, known.kept.id, by(FIRST)).sound == 2
    assert len(service.sample(session, known.kept.id)) == 2
    with pytest.raises(NotFound):
        service.read(session, known.kept.id, by(OTHER_MAKER))
    with pytest.raises(NotAllowed):
        service.check_some(session, known.kept.id, by(FIRST))
    with pytest.raises(NotAllowed):
        service.receive(session, *file_of(product_files.as_csv(rows(1))), by(BODY_OFFICER))


def test_a_list_is_returned_by_rows_and_removed_whole(session: Session) -> None:
    known = committed(session, product_files.as_csv(rows(2)))
    assert known.application is not None
    taken_ = reviewing.take(
        session, known.application[0], by(FIRST, store.get(session, known.application[0]))
    )
    with pytest.raises(Invalid):
        reviewing.return_for(session, taken_.number, by(FIRST, taken_), paths=["product.unit"], reason="-")
    with pytest.raises(Invalid):
        reviewing.return_for(session, taken_.number, by(FIRST, taken_), paths=["rows.9"], reason="-")
    back = reviewing.return_for(
        session, taken_.number, by(FIRST, taken_), paths=["rows.3"], reason="型号不清"
    )
    assert back.state is State.RETURNED
    again = applications.submit(session, back.number, by(MAKER, back))
    published(session, replace(known, application=(again.number, again.state)))
    public = store.get(session, again.number)
    reviewing.remove(session, public.number, by(FIRST, public), reason="演示移出")
    assert products(session) == 1 + 2 + 2


def test_a_withdrawn_list_may_be_handed_in_again_by_the_same_file(session: Session) -> None:
    data = product_files.as_csv(rows(2))
    first = committed(session, data)
    assert first.application is not None
    handed_in = store.get(session, first.application[0])
    applications.withdraw(session, handed_in.number, by(MAKER, handed_in))
    again = committed(session, data)
    assert again.application is not None
    assert again.application != first.application
    assert service.check_some(session, again.kept.id, by(MAKER), again=True).application == again.application
    published(session, again)
    assert products(session) == 1 + 2


def test_a_list_is_started_by_a_file_alone(session: Session) -> None:
    with pytest.raises(Invalid, match="application-list-needs-file"):
        applications.start(session, Subject.PRODUCT_LIST, by(MAKER))


def test_a_check_cut_into_steps_says_what_one_step_says(session: Session) -> None:
    lines = [row(n % 5, unit="t" if n % 3 else "?") for n in range(12)]
    known = checked(session, product_files.as_csv(lines))
    stepwise = [(one.verdict, one.findings) for one in service.page(session, known.kept.id)]
    service.check_some(session, known.kept.id, by(MAKER), again=True)
    session.expire_all()
    assert [(one.verdict, one.findings) for one in service.page(session, known.kept.id)] == stepwise
    assert session.scalar(select(func.count()).select_from(ListedProductRow)) == 12
