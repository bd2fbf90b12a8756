"""From a 登记号 to the record it names."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlmodel import Session

from registry.changes.kinds import F, FactKind, Known
from registry.changes.reading import Point, find_code, find_codes, get
from registry.kit.errors import NotFound
from registry.kit.ids import parse_code

LONGEST = 40


def key_of_code(session: Session, code: str, kind: str) -> UUID:
    """The key a 登记号 names; NotFound when it names nothing of that kind."""
    printed = parse_code(code)
    found = find_code(session, printed) if printed else None
    if found is None or found.kind != kind:
        raise NotFound("code-not-found", code=code[:LONGEST])
    return found.key


def keys_of_codes(session: Session, codes: Iterable[str], kind: str) -> dict[str, UUID]:
    """The keys that many 登记号 name, by each as it was written; what names nothing is left out."""
    printed = {code: parse_code(code) for code in codes}
    found = find_codes(session, {one for one in printed.values() if one})
    return {code: found[one].key for code, one in printed.items() if one in found and found[one].kind == kind}


def optional_key(session: Session, code: str | None, kind: FactKind[Any]) -> UUID | None:
    """The key of a filter's 登记号; None where the filter was not given."""
    return None if code is None else key_of_code(session, code, kind.name)


def by_code(session: Session, code: str, kind: FactKind[F], at: Point) -> Known[F]:
    """The version in force at a point of what a 登记号 names."""
    known = get(session, kind, key_of_code(session, code, kind.name), at)
    if known is None:
        raise NotFound("code-not-yet-known", code=code[:LONGEST], on=at.on, as_of=at.as_of)
    return known
