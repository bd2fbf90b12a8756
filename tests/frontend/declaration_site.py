"""The small site with declarations: one in two versions, one footprint, one without its document."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlmodel import Session

from registry.access.actors import OPERATOR
from registry.categories.service import MATERIAL_KIND
from registry.changes.feed import Draft
from registry.declarations.comparable import Generation
from registry.declarations.dataset import Footprint, Stage, Value
from registry.declarations.documents import kept_readings
from registry.declarations.documents.entering import About, enter
from registry.declarations.documents.kept_readings import File, Saving
from registry.declarations.facts import DocumentKind
from registry.declarations.formats import openepd
from registry.declarations.formats.reading import Reading
from registry.declarations.harvest import store
from registry.declarations.harvest.nodes import Listed, Stock
from registry.declarations.harvest.store import Place
from registry.kit.db import write_session
from registry.kit.ids import derived, public_code
from registry.products.service import PRODUCT
from tests import declared
from tests.factories import NOW, START, code, key, kind, product, record
from tests.frontend import register, small_site

TWICE = public_code("E", derived("declared", "uuid", str(declared.UUIDS[1])), demonstration=True)
FOOTPRINT = public_code("E", derived("declared", "uuid", str(declared.UUIDS[2])), demonstration=True)
BARE = code("E", "declaration", 3)
JUDGED = public_code("E", derived("declared", "uuid", str(declared.UUIDS[5])), demonstration=True)
CONCRETE = product(905, kind="concrete.ready-mixed", unit="m3", attributes={"strength": "C30"})
FILE = openepd.write(declared.dataset()).content
ABOUT = About((key("product"),), (), key("organisation"))


def footprint() -> Reading:
    stages = (
        Stage(words={"zh": "原材料获取", "en": "Raw materials"}, amount=Decimal("410.5")),
        Stage(words={"zh": "分销", "en": "Distribution"}, amount=Decimal("20.25")),
    )
    fields: dict[str, Any] = {
        "document": DocumentKind.FOOTPRINT_REPORT,
        "generation": Generation.GBT24067,
        "compliance": (),
        "indicators": (),
        "footprint": Footprint(total=Decimal("430.75"), stages=stages),
    }
    return declared.reading(2, **fields)


def _harvested(session: Session, declaration_id: UUID) -> None:
    """As if it had been fetched from two invented nodes, of which one lists it no longer."""
    for n, gone in ((1, None), (2, date(2026, 6, 30))):
        place = Place(
            "soda4lca", f"https://node{n}.example/resource", Stock("", f"示例节点 {n}", ""), "CC BY 4.0"
        )
        run = store.begin(session, place, now=NOW)
        store.list_items(session, run, [Listed(str(declared.UUIDS[2]), "01.00.000")])
        (row,) = store.to_do(session, run, 2)
        changes = {
            "fate": store.Fate.KEPT,
            "declaration_id": declaration_id,
            "url": f"{place.address}/processes/{row.item}",
            "fetched_at": NOW + timedelta(days=n),
            "not_listed_since": gone,
        }
        store.settle(session, run, row, changes)
        store.finish(session, run, now=NOW, today=NOW.date())


def judged() -> tuple[Reading, About]:
    """A concrete with its parts and a stated spread, for a product of a kind that foreign tables judge."""
    total = Value(module="A1-A3", amount=Decimal(300), rsd=Decimal("0.1"), distribution="normal", samples=12)
    rows = (
        declared.row("GWP-total", (total, *declared.values(C3="20"))),
        declared.row("GWP-fossil", declared.values(A1_A3="311", C3="8")),
        declared.row("GWP-biogenic", declared.values(A1_A3="-12", C3="12")),
        declared.row("GWP-luluc", declared.values(A1_A3="1")),
    )
    return declared.reading(5, indicators=rows), About((CONCRETE.id,), (), key("organisation"))


@contextmanager
def opened(empty: Engine, folder: Path) -> Iterator[TestClient]:
    with small_site.opened(empty, folder) as client:
        app: Any = client.app
        readings = (
            (declared.reading(), ABOUT),
            (declared.reading(version="01.01.000", reference_year=2026), ABOUT),
            (footprint(), About()),
            judged(),
        )
        with write_session(app.state.site.engine) as session:
            of = kind(
                "concrete.ready-mixed",
                declared_unit="m3",
                name_zh="预拌混凝土",
                name_en="Ready-mixed concrete",
            )
            drafts = [Draft(MATERIAL_KIND, of.id, START, of), Draft(PRODUCT, CONCRETE.id, START, CONCRETE)]
            record(session, drafts)
        for place, (reading, about) in enumerate(readings):
            with write_session(app.state.site.engine) as session:
                entered = enter(session, reading, about, actor=OPERATOR, today=register.DAY)
                file = File(
                    f"示例 {place}.xml", "b" * 64, "machine", "https://node.example/1", "示例许可（虚构）"
                )
                saving = Saving(OPERATOR, NOW + timedelta(days=place), about.maker_id)
                kept_readings.save(session, reading, entered, file, saving)
        with write_session(app.state.site.engine) as session:
            _harvested(session, derived("declared", "uuid", str(declared.UUIDS[2])))
        yield client
