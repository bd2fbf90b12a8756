"""Rows of our table of declarations with invented figures, as files."""

import csv
import io

from registry.declarations.dataset import Dataset
from registry.declarations.formats import template

WRITERS = {"csv": template.write_csv, "xlsx": template.write_xlsx}
ROW = {
    "产品名称（中文）": "示例砌块（虚构）",
    "标准": "EN 15804:2012+A2:2019",
    "声明单位数量": "1",
    "声明单位": "m3",
    "GWP 总量 A1-A3": "245.5",
}


def table(*rows: dict[str, str], encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(key for row in rows for key in row)))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def one(**more: str) -> Dataset:
    return template.read(table(ROW | more))[0].dataset
