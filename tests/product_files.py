"""Files of many invented products, as a maker's program would write them."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from xlsxwriter import Workbook

from registry.categories.facts import MaterialKindFact
from tests import factories
from tests.factories import code

HEADINGS = (
    "材料种类*", "产品名称（中文）*", "产品名称（英文）*", "生产厂*", "规格型号*", "商标", "计量单位*",
    "密度（kg/m³）", "商品条码（GTIN）", "强度等级", "细度 (m²/kg)", "早强",
)  # fmt: skip
ENGLISH = (
    "Material kind", "Product's name in Chinese", "Product's name in English", "Production sites", "Models",
    "Trademark", "Unit", "Density (kg/m³)", "GTIN", "Strength class", "Fineness", "Early strength",
)  # fmt: skip
PLANT = code("P", "plant", 1)
Row = Sequence[str]


def row(n: int, **changes: str) -> list[str]:
    """A sound row by its number."""
    values = {
        "kind": "水泥",
        "name_zh": f"示例水泥 批量 {n:05d}（虚构）",
        "name_en": f"Example cement, bulk {n:05d} (invented)",
        "plants": PLANT,
        "models": f"P·O 42.5；B-{n}",
        "brand": "",
        "unit": "t",
        "density": "3100",
        "gtin": "",
        "strength": "42.5",
        "fineness": "350.5",
        "early": "是",
    }
    return list((values | changes).values())


def rows(count: int) -> list[list[str]]:
    return [row(n) for n in range(1, count + 1)]


def as_csv(lines: Iterable[Row], headings: Sequence[str] = HEADINGS) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([headings, *lines])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(lines: Iterable[Row], headings: Sequence[str] = HEADINGS) -> bytes:
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("产品")
        for place, cells in enumerate([headings, *lines]):
            for column, text in enumerate(cells):
                sheet.write_string(place, column, text)
    return content.getvalue()


KINDS: Mapping[str, MaterialKindFact] = {factories.CEMENT: factories.kind()}
