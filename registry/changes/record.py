"""The final record format: canonical payload, header, and the hash that covers both."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import rfc8785

from registry.kit.types import Fact, instant_text

# The log's leaf is the header; its length must fit two bytes.
LARGEST_HEADER = 65_535


@dataclass(frozen=True, slots=True)
class Header:
    """What identifies a version and when it counts."""

    seq: int
    kind: str
    key: UUID
    version: int
    effective_on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One record of the feed as every follower sees it; `payload` is canonical JSON text."""

    header: Header
    payload: str
    payload_sha256: str
    hash: str


def canonical(fact: Fact) -> str:
    """Canonical JSON (RFC 8785) of a fact: decimals as strings without trailing zeros, days as ISO."""
    return canonical_json(fact.model_dump(mode="json"))


def canonical_json(value: Any) -> str:
    return rfc8785.dumps(value).decode()


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def leaf(header: Header, payload_sha256: str) -> str:
    """The hashed text of a record: its header with the payload's digest, in canonical JSON."""
    text = canonical_json(
        {
            "effective_on": header.effective_on.isoformat(),
            "key": str(header.key),
            "kind": header.kind,
            "payload_sha256": payload_sha256,
            "recorded_at": instant_text(header.recorded_at),
            "seq": header.seq,
            "version": header.version,
        }
    )
    if len(text.encode()) > LARGEST_HEADER:
        raise ValueError("a feed header is longer than 65,535 bytes")
    return text


def seal(header: Header, payload: str) -> Change:
    """The complete record of a header and a canonical payload."""
    payload_sha256 = digest(payload)
    return Change(header, payload, payload_sha256, digest(leaf(header, payload_sha256)))
