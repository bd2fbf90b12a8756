"""The small site with batches: of a product with a GTIN, at two plants, withdrawn, and named alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import Engine

from registry.batches.facts import BatchTest
from registry.changes.feed import Draft
from registry.kit.db import write_session
from registry.products.service import PRODUCT
from tests.factories import START, key, record
from tests.frontend import small_site
from tests.frontend.register import TWO_PLANTS, case
from tests.registry.batches import GTIN, HANDLE, batch, recorded

ITEM = GTIN.zfill(14)
PRODUCT_CODE = case(TWO_PLANTS).product.code
COVERED, ELSEWHERE, GONE, TWIN, PLAIN = range(1, 6)
LOT = "L/26&05+A"
LONGEST_NUMBER = "演示批号" + "长" * 56
TEST = BatchTest(indicator="28 d 强度", value=Decimal("48.2"), unit="MPa", tested_on=date(2026, 6, 1))
BATCHES = {
    COVERED: batch(
        COVERED, product_n=TWO_PLANTS, number=LOT, model="P·O 42.5", gtin=ITEM, amount="320", unit="t",
        industrial_ids=(HANDLE,), serials=("S-1", "S-2"), tests=(TEST,),
    ),
    ELSEWHERE: batch(ELSEWHERE, product_n=TWO_PLANTS, plant_id=key("plant", 2), number="L2", gtin=ITEM),
    GONE: batch(
        GONE, product_n=TWO_PLANTS, number="L3", gtin=ITEM, withdrawn=True, withdrawn_reason="演示：抄错"
    ),
    TWIN: batch(TWIN, product_n=1, number="L2"),
    PLAIN: batch(PLAIN, product_n=1, number=LONGEST_NUMBER),
}  # fmt: skip


@contextmanager
def opened(empty: Engine, folder: Path) -> Iterator[TestClient]:
    with small_site.opened(empty, folder) as client:
        labelled = case(TWO_PLANTS).product.model_copy(update={"gtin": GTIN})
        app: Any = client.app
        with write_session(app.state.site.engine) as session:
            named = Draft(PRODUCT, labelled.id, START, labelled)
            record(session, [named, *(recorded(one) for one in BATCHES.values())])
        yield client
