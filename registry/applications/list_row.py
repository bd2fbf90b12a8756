"""A row of a product list: what makes two rows the same product, and the verdict on each."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from registry.applications.checking import check
from registry.applications.findings import Finding, error, errors_of
from registry.applications.given import Given, Outcome
from registry.applications.parts import Subject
from registry.applications.reference import Reference
from registry.applications.typed import Typed, lines
from registry.kit.ids import derived
from registry.products.facts import ProductFact
from registry.products.gtin import NoGtin, read_gtin

LIST_NAME = "list.name"  # where an application keeps the name of the file it came from
_ROW = re.compile(r"rows\.([1-9][0-9]{0,6})")


class Verdict(StrEnum):
    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Listed:
    """A row as it was received; `gtin` has fourteen figures, None where the cell holds none."""

    row: int
    typed: Typed
    identity: str
    gtin: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """What rows are held against: by identity a record, an earlier row, a pending application."""

    organisation_id: UUID
    reference: Reference
    recorded: Mapping[str, str] = field(default_factory=dict)
    first_rows: Mapping[str, int] = field(default_factory=dict)
    first_gtins: Mapping[str, int] = field(default_factory=dict)
    pending: Mapping[str, str] = field(default_factory=dict)


def row_path(row: int) -> str:
    """Where remarks on a row are pinned."""
    return f"rows.{row}"


def row_named(path: str) -> int | None:
    """The row of a list that a remark's path names."""
    found = _ROW.fullmatch(path)
    return int(found[1]) if found else None


def listed(row: int, typed: Typed) -> Listed:
    gtin = read_gtin(typed.get("product.gtin", ""))
    return Listed(row, typed, identity(typed), None if isinstance(gtin, NoGtin) else gtin)


def identity(typed: Typed) -> str:
    """Kind, Chinese name, trademark and models: rows that agree in these are one product."""
    models = lines(typed.get("product.models", ""))
    texts = [typed.get(f"product.{name}", "") for name in ("kind", "name_zh", "brand")]
    return _identity(texts, models)


def identity_of(fact: ProductFact) -> str:
    return _identity([fact.kind, fact.name_zh, fact.brand or ""], fact.models)


def _identity(texts: Iterable[str], models: Iterable[str]) -> str:
    parts = [[_folded(text) for text in texts], sorted({_folded(model) for model in models})]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _folded(text: str) -> str:
    """Width, case and spaces make no other product."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def given(organisation_id: UUID, row: Listed) -> Given:
    """A row as an application of its own would say it; its key never changes, whatever file it comes in."""
    own = derived("product-list-row", str(organisation_id), row.identity)
    return Given(own, Subject.NEW_PRODUCT, organisation_id, row.typed)


def judge(row: Listed, known: Known) -> Outcome:
    """Everything wrong or doubtful about a row; its record where nothing is wrong."""
    outcome = check(given(known.organisation_id, row), known.reference)
    findings = (*outcome.findings, *_repeated(row, known))
    return Outcome(findings, () if errors_of(findings) else outcome.records)


def verdict(findings: Iterable[Finding]) -> Verdict:
    found = tuple(findings)
    return Verdict.ERROR if errors_of(found) else Verdict.WARNING if found else Verdict.OK


def _repeated(row: Listed, known: Known) -> Iterable[Finding]:
    first = known.first_rows.get(row.identity, row.row)
    if first < row.row:
        yield error("product.name_zh", "repeats-row", row=str(first))
    elif row.identity in known.recorded:
        yield error("product.name_zh", "already-recorded", record=known.recorded[row.identity])
    elif row.identity in known.pending:
        yield error("product.name_zh", "in-another-list", number=known.pending[row.identity])
    gtin_row = known.first_gtins.get(row.gtin or "", row.row)
    if gtin_row < row.row:
        yield error("product.gtin", "repeats-gtin", row=str(gtin_row))
