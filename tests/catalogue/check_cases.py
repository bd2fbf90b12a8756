"""A check without a database: lines, one product's dossier of invented parties, and the report of both."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from catalogue.checks.facts import Facts
from catalogue.checks.inputs import CheckInput, LineInput, Standing
from catalogue.checks.judge import compute
from catalogue.checks.report import Report
from catalogue.compliance.verdicts import Verdict
from registry.certificates.facts import CertificateFact
from registry.certificates.timeline import Span
from registry.changes.kinds import Known
from registry.changes.reading import Point
from registry.changes.record import Header
from registry.dossiers.dossier import Dossier
from registry.kit.types import Fact
from registry.policies.pack import Pack
from registry.products.facts import ProductFact
from registry.reports.facts import TestReportFact
from seeds.policies.packs import read_pack
from tests import factories as f

DAY = date(2026, 7, 1)
SICHUAN = read_pack("sichuan-2024")
CHENGDU = read_pack("chengdu-2024")
MODEL = "P·O 42.5"
F = TypeVar("F", bound=Fact)


def line(number: int = 1, **fields: Any) -> LineInput:
    """A confirmed line of ready-mixed concrete, of the factories' first product from its only plant."""
    values: dict[str, Any] = {
        "line_id": f"S!{number}",
        "row": number,
        "sheet": "S",
        "name": "预拌混凝土",
        "spec": MODEL,
        "unit_text": "m3",
        "unit": "m3",
        "quantity": Decimal(100),
        "building": "",
        "delivery": DAY,
        "production_day": None,
        "supplied_by": None,
        "material_kind": "concrete.ready-mixed",
        "ratio_kind": "Q1a",
        "ratio_kind_open": False,
        "standing": Standing.CONFIRMED,
        "product_id": f.key("product"),
        "plant_id": f.key("plant"),
        "model": MODEL,
        "trademark": None,
        "match_tier": None,
    }
    return LineInput(**{**values, **fields})


def nobodys(number: int = 2, **fields: Any) -> LineInput:
    """A line for which the user found no registered product."""
    none = {"standing": Standing.NONE, "product_id": None, "plant_id": None, "model": None}
    return line(number, **{**none, **fields})


def given(*lines: LineInput, pack: Pack = SICHUAN) -> CheckInput:
    return CheckInput(
        number="R-1",
        made_at=datetime(2026, 7, 1, tzinfo=UTC),
        project="示例项目（虚构）",
        file_name="bill.xlsx",
        file_sha256="0" * 64,
        pack_id=pack.id,
        pack_edition=pack.edition,
        choices={},
        report_day=DAY,
        as_of=1,
        feed="demonstration",
        lines=lines,
    )


def known(fact: F, *, kind: str, key: UUID, since: date = f.START) -> Known[F]:
    return Known(Header(1, kind, key, 1, since, f.NOW), fact)


def dossier(
    *,
    certificates: Sequence[CertificateFact] | None = None,
    reports: Sequence[TestReportFact] = (),
    day: date = DAY,
    product: ProductFact | None = None,
    **fields: Any,
) -> Dossier:
    """The first product with its certificate; a test names what is otherwise."""
    fact = product or f.product()
    found = [f.certificate()] if certificates is None else certificates
    parties = {one.id: one for one in (f.organisation(), f.body(), f.organisation(950))}
    values: dict[str, Any] = {
        "at": Point(day, 1),
        "product": known(fact, kind="product", key=fact.id),
        "kind": f.kind(),
        "organisations": parties,
        "plants": {one.id: one for one in (f.plant(), f.plant(2))},
        "certificates": tuple(known(one, kind="certificate", key=one.id) for one in found),
        "reports": tuple(known(one, kind="test_report", key=one.id) for one in reports),
        "self_declarations": (),
        "declarations": (),
    }
    return Dossier(**{**values, **fields})


def report(
    *lines: LineInput,
    pack: Pack = SICHUAN,
    about: Dossier | None = None,
    timelines: Mapping[UUID, tuple[Span, ...]] | None = None,
) -> Report:
    """The lines judged against one dossier, which stands for every day a line was delivered on."""
    asked = given(*lines, pack=pack)
    found = about or dossier()
    days = {one.delivery or asked.report_day for one in lines}
    dossiers = {(day, found.product.fact.id): found for day in sorted(days)}
    return compute(asked, pack, Facts(dossiers, {}, timelines or {}))


def said(verdicts: Sequence[Verdict]) -> list[str]:
    return [verdict.reason for verdict in verdicts]
