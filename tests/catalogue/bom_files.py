"""Uploads made on the spot: honest lists and the zoo of bad ones."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from registry.kit.sheets.kinds import OLE

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
    '<sheets><sheet name="清单" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
OFFICE = "http://schemas.openxmlformats.org/package/2006/relationships"
ROOT_RELATIONS = (
    f'<Relationships xmlns="{OFFICE}"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
WORKBOOK_RELATIONS = (
    f'<Relationships xmlns="{OFFICE}">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)
HEADER = ("序号", "材料名称", "规格型号", "单位", "数量")
LIST = [
    HEADER,
    (1, "预拌混凝土", "C30", "m3", 120.5),
    (2, "SBS防水卷材", "4mm", "m2", 800),
]


def xlsx(rows: Sequence[Sequence[Any]], *, sheet: str = "清单") -> bytes:
    """An honest workbook; cells that start with = become formulas without a saved result of their own."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                page.write(number, column, value)
    return buffer.getvalue()


def raw_xlsx(sheet_data: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A minimal workbook around given sheet XML; a part given as empty text is left out."""
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": ROOT_RELATIONS,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": WORKBOOK_RELATIONS,
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet_data}</worksheet>',
        **(parts or {}),
    }
    return zipped({name: content for name, content in found.items() if content != ""})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def one_cell(address: str, value: str = "1") -> str:
    row = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<sheetData><row r="{row}"><c r="{address}"><v>{value}</v></c></row></sheetData>'


def csv_text(rows: Sequence[Sequence[Any]], delimiter: str = ",") -> str:
    return "\r\n".join(delimiter.join(str(cell) for cell in row) for row in rows) + "\r\n"


def ole(stream: str) -> bytes:
    """An old Office container that names one stream, as a directory entry does (UTF-16)."""
    return OLE + bytes(1024) + stream.encode("utf-16-le") + bytes(512)


def without_cached_results() -> bytes:
    """A workbook as openpyxl writes it: formulas, but no results."""
    rows = "".join(
        f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>{text}</t></is></c>{rest}</row>'
        for number, text, rest in [
            (1, "名称", '<c r="B1" t="inlineStr"><is><t>数量</t></is></c>'),
            (2, "水泥", '<c r="B2"><f>1+1</f></c>'),
            (3, "砂浆", '<c r="B3"><f>2+2</f><v>4</v></c>'),
        ]
    )
    return raw_xlsx(f"<sheetData>{rows}</sheetData>")
