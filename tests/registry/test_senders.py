"""Senders are told apart for a day: two first ones at once share its key, and a household is one sender."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Barrier, Thread

from sqlalchemy import Engine
from sqlmodel import Session

from registry.feedback.senders import forget_senders, sender_digest
from registry.kit.db import write_session

DAY = date(2026, 6, 1)


def test_a_digest_lasts_a_day_and_the_key_goes_with_it(session: Session) -> None:
    first = sender_digest(session, "192.0.2.1", DAY)
    assert sender_digest(session, "192.0.2.1", DAY) == first
    assert sender_digest(session, "192.0.2.2", DAY) != first
    assert sender_digest(session, "192.0.2.1", DAY + timedelta(days=1)) != first
    forget_senders(session, before=DAY + timedelta(days=1))
    assert sender_digest(session, "192.0.2.1", DAY) != first, "the key is gone for good"


def test_one_household_is_one_sender_however_it_writes_its_address(session: Session) -> None:
    def digest(address: str) -> str:
        return sender_digest(session, address, DAY)

    assert digest("2001:db8:1:2::1") == digest("2001:db8:1:2:ffff::9")
    assert digest("2001:db8:1:2::1") != digest("2001:db8:1:3::1")
    assert digest("::ffff:192.0.2.1") == digest("192.0.2.1")
    assert digest("testclient") != digest("another")


def test_the_first_two_of_a_day_at_once_get_one_key(engine: Engine) -> None:
    begin, digests = Barrier(2), list[str]()

    def send() -> None:
        begin.wait(10)
        with write_session(engine) as session:
            digests.append(sender_digest(session, "192.0.2.1", DAY))

    senders: list[Callable[[], None]] = [send, send]
    threads = [Thread(target=one) for one in senders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(digests) == 2
    assert len(set(digests)) == 1
