"""Products behind a line are looked for by every number its cell holds."""

from datetime import date
from decimal import Decimal
from unittest.mock import create_autospec

from sqlmodel import Session

from catalogue.bom.lines import BomLine
from catalogue.checks.finding import product_ids
from registry.changes.reading import point
from search.engine.ports import SearchEngine
from tests import factories


def test_each_of_several_numbers_in_a_cell_is_looked_up(session: Session) -> None:
    factories.record(session, factories.world())
    cell = "演示-2020-99999、演示−2026_00001"
    line = BomLine(
        sheet="S", row=1, name="水泥", spec="", unit_text="t", unit=None, quantity=Decimal(1), raw=(),
        certificate_text=cell,
    )  # fmt: skip
    at = point(session, date(2026, 6, 1))
    found = product_ids(session, create_autospec(SearchEngine), line, kinds=(), at=at)
    assert found == [factories.key("product")]
