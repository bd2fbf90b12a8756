"""Totals of a building are rows of the list's own arithmetic, never materials."""

import pytest

from catalogue.bom.columns import guess_columns
from catalogue.bom.lines import read_sheet
from catalogue.bom.rows import SkipReason
from registry.kit.sheets.sheets import Row, Sheet


@pytest.mark.parametrize("words", ["1号楼小计", "2#楼合计", "裙房及室外小计", "地下室 小计", "A栋合计"])
def test_a_buildings_total_is_no_line(words: str) -> None:
    sheet = Sheet(
        "清单",
        (
            Row(1, ("材料名称", "规格", "单位", "数量")),
            Row(2, ("预拌混凝土", "C30", "m³", "10")),
            Row(3, (words, None, None, None)),
        ),
    )
    reading = read_sheet(sheet, guess_columns(sheet))
    assert [line.name for line in reading.lines] == ["预拌混凝土"]
    assert [row.reason for row in reading.skipped if row.row == 3] == [SkipReason.TOTAL]
