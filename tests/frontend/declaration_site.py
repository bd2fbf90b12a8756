"""The small site with declarations: one in two versions, one footprint, one without its document."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import Engine

from registry.access.actors import OPERATOR
from registry.declarations.comparable import Generation
from registry.declarations.dataset import Footprint, Stage
from registry.declarations.documents import kept_readings
from registry.declarations.documents.entering import About, enter
from registry.declarations.documents.kept_readings import File, Saving
from registry.declarations.facts import DocumentKind
from registry.declarations.formats import openepd
from registry.declarations.formats.reading import Reading
from registry.kit.db import write_session
from registry.kit.ids import derived, public_code
from tests import declared
from tests.factories import NOW, code, key
from tests.frontend import register, small_site

TWICE = public_code("E", derived("declared", "uuid", str(declared.UUIDS[1])), demonstration=True)
FOOTPRINT = public_code("E", derived("declared", "uuid", str(declared.UUIDS[2])), demonstration=True)
BARE = code("E", "declaration", 3)
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


@contextmanager
def opened(empty: Engine, folder: Path) -> Iterator[TestClient]:
    with small_site.opened(empty, folder) as client:
        app: Any = client.app
        readings = (
            (declared.reading(), ABOUT),
            (declared.reading(version="01.01.000", reference_year=2026), ABOUT),
            (footprint(), About()),
        )
        for place, (reading, about) in enumerate(readings):
            with write_session(app.state.site.engine) as session:
                entered = enter(session, reading, about, actor=OPERATOR, today=register.DAY)
                file = File(
                    f"示例 {place}.xml", "b" * 64, "machine", "https://node.example/1", "示例许可（虚构）"
                )
                saving = Saving(OPERATOR, NOW + timedelta(days=place), about.maker_id)
                kept_readings.save(session, reading, entered, file, saving)
        yield client
