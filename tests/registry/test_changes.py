"""The record format: canonical JSON, and hashes that must never change."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from registry.changes.kinds import KINDS, FactKind, define
from registry.changes.record import LARGEST_HEADER, Header, canonical, canonical_json, leaf, seal
from registry.kit.ids import derived
from registry.kit.types import Exact, Fact, instant_text, plain
from tests import factories

HEADER = Header(7, "plant", factories.key("plant"), 2, date(2026, 6, 1), factories.NOW)


class Sample(Fact):
    amount: Exact
    day: date
    names: tuple[str, ...] = ()
    note: str | None = None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        # RFC 8785, section 3.2.3: keys sort by UTF-16 code units, so 😀 stands before U+FB33.
        (
            {"€": 1, "\r": 2, "\ufb33": 3, "1": 4, "😀": 5, "\x80": 6, "ö": 7},
            '{"\\r":2,"1":4,"\x80":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
        ),
        # RFC 8785, section 3.2.2.
        (
            {
                "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 1e-27],
                "string": '€$\x0f\nA\'B"\\\\"/',
                "literals": [None, True, False],
            },
            (
                r"""{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"""
                r""""string":"€$\u000f\nA'B\"\\\\\"/"}"""
            ),
        ),
        ({}, "{}"),
        ([], "[]"),
        ({"b": {"d": 1, "c": 2}, "a": 0}, '{"a":0,"b":{"c":2,"d":1}}'),
    ],
)
def test_canonical_json_follows_rfc_8785(value: Any, text: str) -> None:
    assert canonical_json(value) == text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("1.500", "1.5"), ("100", "100"), ("1E+3", "1000"), ("-0.0", "0"), ("0E-9", "0"), ("0.10", "0.1"),
        ("-12.3400", "-12.34"), ("1E-7", "0.0000001"), ("0.399999999999", "0.399999999999"),
    ],
)  # fmt: skip
def test_a_decimal_has_one_text_form(written: str, text: str) -> None:
    sample = Sample(amount=Decimal(written), day=date(2026, 6, 1))
    assert canonical(sample) == f'{{"amount":"{text}","day":"2026-06-01","names":[],"note":null}}'


@given(st.decimals(-(10**20), 10**20, places=6), st.integers(0, 5))
def test_trailing_zeros_never_change_a_payload(amount: Decimal, zeros: int) -> None:
    padded = Decimal(f"{amount:f}" + "0" * zeros)
    assert plain(padded) == plain(amount)
    assert Decimal(plain(amount)) == amount
    assert canonical(Sample(amount=padded, day=date.min)) == canonical(Sample(amount=amount, day=date.min))


@pytest.mark.parametrize(
    "unwanted", ["NaN", "Infinity", "-Infinity", "sNaN", "1E+31", "-1E+999999999", "1E-31", "1E-999999999"]
)
def test_a_number_must_be_finite_and_short_in_full(unwanted: str) -> None:
    with pytest.raises(ValidationError):
        Sample(amount=Decimal(unwanted), day=date(2026, 6, 1))


def test_a_payload_refuses_fields_it_does_not_know() -> None:
    with pytest.raises(ValidationError):
        Sample.model_validate({"amount": "1", "day": "2026-06-01", "contact": "someone"})


def test_the_hash_is_that_of_the_header_with_the_payloads_digest() -> None:
    payload = canonical(Sample(amount=Decimal("1.50"), day=date(2026, 6, 1), names=("示例", "é")))
    change = seal(HEADER, payload)
    header = {
        "seq": 7,
        "kind": "plant",
        "key": str(HEADER.key),
        "version": 2,
        "effective_on": "2026-06-01",
        "recorded_at": "2026-06-01T04:00:00.000000Z",
        "payload_sha256": hashlib.sha256(payload.encode()).hexdigest(),
    }
    text = json.dumps(header, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert leaf(HEADER, change.payload_sha256) == text
    assert change.hash == hashlib.sha256(text.encode()).hexdigest()


def test_recorded_hashes_never_change() -> None:
    """Golden: a difference here breaks every published hash, so mend the code and not this test."""
    change = seal(HEADER, canonical(Sample(amount=Decimal("1.50"), day=date(2026, 6, 1), names=("示例",))))
    assert change.payload == '{"amount":"1.5","day":"2026-06-01","names":["示例"],"note":null}'
    assert change.payload_sha256 == "44d51b1e55142460c2acc1b7b521668f7c99751efd2363ae51b9cfbfbc8f068b"
    assert change.hash == "7b2520177d1400cbbebdf4987bd67979d02fba1e5a96b629eada05486183da5c"


@given(st.sampled_from(["seq", "kind", "key", "version", "effective_on", "recorded_at", "payload"]))
def test_every_part_of_a_record_is_hashed(part: str) -> None:
    other = {
        "seq": Header(8, "plant", HEADER.key, 2, HEADER.effective_on, HEADER.recorded_at),
        "kind": Header(7, "product", HEADER.key, 2, HEADER.effective_on, HEADER.recorded_at),
        "key": Header(7, "plant", derived("other"), 2, HEADER.effective_on, HEADER.recorded_at),
        "version": Header(7, "plant", HEADER.key, 3, HEADER.effective_on, HEADER.recorded_at),
        "effective_on": Header(7, "plant", HEADER.key, 2, date(2026, 6, 2), HEADER.recorded_at),
        "recorded_at": Header(
            7, "plant", HEADER.key, 2, HEADER.effective_on, HEADER.recorded_at + timedelta(microseconds=1)
        ),
    }
    changed = seal(other.get(part, HEADER), '{"a":"2"}' if part == "payload" else '{"a":"1"}')
    assert changed.hash != seal(HEADER, '{"a":"1"}').hash


def test_a_header_fits_two_bytes_of_length() -> None:
    wide = Header(7, "k" * LARGEST_HEADER, HEADER.key, 2, HEADER.effective_on, HEADER.recorded_at)
    with pytest.raises(ValueError, match="65,535"):
        leaf(wide, "0" * 64)


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        (datetime(2026, 6, 1, 12, tzinfo=timezone(timedelta(hours=8))), "2026-06-01T04:00:00.000000Z"),
        (datetime(2026, 6, 1, 4, 0, 0, 5, tzinfo=UTC), "2026-06-01T04:00:00.000005Z"),
        (datetime(999, 1, 1, tzinfo=UTC), "0999-01-01T00:00:00.000000Z"),
    ],
)
def test_an_instant_has_one_text_of_one_length(instant: datetime, text: str) -> None:
    assert instant_text(instant) == text


def test_an_instant_without_its_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        instant_text(datetime(2026, 6, 1))  # noqa: DTZ001 - the very thing refused


def test_a_kind_is_defined_once() -> None:
    taken: FactKind[Any] = KINDS["plant"]
    with pytest.raises(ValueError, match="twice"):
        define("plant", taken.schema, taken.project)


def test_no_payload_schema_has_room_for_a_person() -> None:
    personal = {"contact", "phone", "email", "person", "inspector", "signer", "telephone", "mobile"}
    for kind in KINDS.values():
        names = {word for field in kind.schema.model_fields for word in field.split("_")}
        assert not names & personal, kind.name
