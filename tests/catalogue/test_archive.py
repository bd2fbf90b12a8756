"""Kept evidence: sealed once, opened by its address alone, the same ever after."""

import json
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlmodel import Session, col

from catalogue.archive import store
from catalogue.archive.models import ArchivedRow
from catalogue.archive.numbers import Kind
from catalogue.archive.sealed import Part, Said, Sealed
from registry.changes import feed
from registry.changes.reading import Point
from registry.kit.db import read_session, write_session
from registry.kit.errors import NotFound
from registry.kit.tokens import token_sha256
from registry.kit.types import Exact
from tests.oracles import canonical_oracle

NOW = datetime(2026, 11, 20, 17, 30, 5, 123456, tzinfo=UTC)  # 21 November in China
AT = Point(date(2026, 11, 21), 42)


class Body(Part):
    words: str
    figure: Exact | None = None
    names: tuple[Said, ...] = ()


BODY = Body(words="混凝土 C30 ", figure=Decimal("185.10"), names=(Said(zh="有效", en="valid"),))


def keep(session: Session, body: Part = BODY) -> tuple[str, store.Archived]:
    return store.keep(session, Kind.SEARCH, body, now=NOW, at=AT)


def test_what_is_kept_is_read_again_word_for_word(engine: Engine) -> None:
    with write_session(engine) as session:
        token, kept = keep(session)
    with read_session(engine) as session:
        found = store.get(session, token, now=NOW)
    assert found == kept
    assert found.content(Kind.SEARCH, Body) == BODY, "the blank behind the words too"
    assert found.is_whole
    assert (found.sealed.on, found.sealed.as_of, found.sealed.feed) == ("2026-11-21", 42, "demonstration")
    assert found.sealed.kept_at == "2026-11-20T17:30:05.123456Z"
    assert found.number.startswith("S-2026-")


def test_the_digest_covers_number_time_and_content(session: Session) -> None:
    _, kept = keep(session)
    told = json.loads(kept.text)
    assert canonical_oracle.canonical(told) == kept.text
    assert canonical_oracle.sha256(told) == kept.sha256
    for name in ("number", "kept_at", "as_of", "content", "feed", "on"):
        other = {**told, name: "0"}
        assert canonical_oracle.sha256(other) != kept.sha256, name


PLAIN = st.text(st.characters(codec="utf-8"), max_size=30)
TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PLAIN, inner, max_size=3),
    max_leaves=8,
)


@given(TREES)
@examples(max_examples=150)
def test_any_content_is_written_as_an_independent_writer_writes_it(content: object) -> None:
    sealed = Sealed.model_validate(
        {
            "number": "S-2026-7K3M9Q-4",
            "kind": "search",
            "kept_at": "2026-11-20T17:30:05.123456Z",
            "feed": "production",
            "on": "2026-11-21",
            "as_of": 1,
            "notice": None,
            "content": content,
        }
    )
    assert sealed.text == canonical_oracle.canonical(json.loads(sealed.text))
    assert Sealed.model_validate_json(sealed.text).text == sealed.text


def test_only_the_demonstration_says_that_its_data_are_invented(
    session: Session, new_engine: Callable[[], Engine]
) -> None:
    assert keep(session)[1].sealed.notice == Said(
        zh="演示数据·无效凭证", en="演示数据·无效凭证 Demonstration data, no valid evidence"
    )
    with write_session(new_engine()) as production:
        feed.start(production, "production")
        sealed = keep(production)[1].sealed
    assert (sealed.feed, sealed.notice) == ("production", None)


def test_the_database_holds_no_address(session: Session) -> None:
    token, _ = keep(session)
    row = session.scalars(select(ArchivedRow)).one()
    assert row.token_sha256 == token_sha256(token)
    assert token not in row.model_dump_json()
    assert len(token) >= 24


@pytest.mark.parametrize("token", ["", "x", "../..", "\ud800", "t" * 5000, "S-2026-7K3M9Q-4"])
def test_another_address_opens_nothing(session: Session, token: str) -> None:
    keep(session)
    with pytest.raises(NotFound, match="archive-not-found"):
        store.get(session, token, now=NOW)


def test_a_mangled_address_opens_nothing(session: Session) -> None:
    token, kept = keep(session)
    for mangled in (token[:-1], token + "A", token.swapcase(), kept.number):
        with pytest.raises(NotFound):
            store.get(session, mangled, now=NOW)


def test_it_is_kept_to_the_last_instant_of_its_years_and_then_gone(session: Session) -> None:
    token, kept = keep(session)
    assert kept.kept_until == datetime(2046, 11, 20, 17, 30, 5, 123456, tzinfo=UTC)
    last = kept.kept_until - timedelta(microseconds=1)
    assert store.purge(session, now=last) == 0
    assert store.get(session, token, now=last).number == kept.number
    with pytest.raises(NotFound):
        store.get(session, token, now=kept.kept_until)
    assert store.purge(session, now=kept.kept_until) == 1
    assert session.scalars(select(col(ArchivedRow.number))).all() == []


def test_the_years_are_more_than_the_law_asks_for() -> None:
    """政府采购法 第四十二条: at least fifteen years from the end of the procurement."""
    leap = datetime(2028, 2, 29, 12, tzinfo=UTC)
    assert store.years_later(leap) == datetime(2048, 2, 29, 12, tzinfo=UTC)
    assert store.years_later(leap.replace(year=2080)) == datetime(2100, 3, 1, 12, tzinfo=UTC)
    assert store.YEARS >= 15


def test_a_document_that_was_altered_is_no_longer_whole(session: Session) -> None:
    token, _ = keep(session)
    row = session.scalars(select(ArchivedRow)).one()
    row.document = row.document.replace("185.1", "85.1")
    session.flush()
    assert not store.get(session, token, now=NOW).is_whole


def test_a_thing_of_one_kind_is_not_read_as_another(session: Session) -> None:
    _, kept = keep(session)
    with pytest.raises(NotFound):
        kept.content(Kind.THRESHOLD, Body)


def test_a_number_that_is_taken_is_given_to_nobody_else(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = iter(["S-2026-000000-0", "S-2026-000000-0", "S-2026-000001-0"])
    monkeypatch.setattr(store, "new_number", lambda *_: next(numbers))
    assert [keep(session)[1].number for _ in range(2)] == ["S-2026-000000-0", "S-2026-000001-0"]


def test_many_may_keep_at_once(engine: Engine) -> None:
    kept: list[tuple[str, store.Archived]] = []

    def one(place: int) -> None:
        with write_session(engine) as session:
            kept.append(keep(session, Body(words=str(place))))

    threads = [threading.Thread(target=one, args=(place,)) for place in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len({archived.number for _, archived in kept}) == 8
    with read_session(engine) as session:
        found = {store.get(session, token, now=NOW).content(Kind.SEARCH, Body).words for token, _ in kept}
    assert found == {str(place) for place in range(8)}
