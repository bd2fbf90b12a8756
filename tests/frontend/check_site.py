"""The seeded site for the check pages, and a visitor without scripts who fills in their forms."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlsxwriter
from fastapi.testclient import TestClient
from httpx2 import Response

from frontend.app import create_app
from registry.kit import clock
from registry.kit.clock import asked_today
from tests.frontend.reading import Element, Page
from tests.seeded import TODAY as DAY
from tests.seeded import Seeded

PACK = "sichuan-2024"
HEAD = ("材料名称", "规格型号", "单位", "数量", "生产厂家", "证书编号", "供货日期")

# Lines of the demonstration register, each for one need.
PROVEN = ("商品砼C30（泵送）", "C30", "m³", "800", "示例企业 325（虚构）", "演示-2025-0008325", "2026-04-15")
LIKELY = ("预拌混凝土", "C30", "立方", "200", "示例企业 326（虚构）", "", "2026-04-18")
TWIN = (*LIKELY[:3], "50", *LIKELY[4:])
ROUGH = ("密封胶", "硅酮耐候胶", "kg", "约五十", "", "", "2026-08-05")
UNCLASSED = ("纸面石膏板", "普通9.5mm", "㎡", "1500", "示例企业 302（虚构）", "", "2026-07-02")
NO_UNIT = ("铝合金百叶遮阳", "80mm", "", "65", "", "", "2026-08-09")
WRONG_DAY = ("预拌混凝土", "C35", "m3", "30", "", "", "2026/13/40")
SERVICE = ("综合人工费", "普工", "工日", "1860", "", "", "")
NOBODY = ("量子隔音涂层", "Z-9", "m2", "12", "", "", "")

Line = tuple[str, ...]


def bill(*lines: Line, head: Line = HEAD) -> bytes:
    """A CSV as a spreadsheet writes it."""
    written = io.StringIO()
    csv.writer(written).writerows([head, *lines])
    return written.getvalue().encode()


def workbook(sheets: int) -> bytes:
    """An XLSX whose first sheet is a bill, the others a few words each."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        first = book.add_worksheet("清单")
        first.write_row(0, 0, HEAD)
        first.write_row(1, 0, LIKELY)
        for place in range(1, sheets):
            book.add_worksheet(f"备注{place}").write(0, 0, "仅供参考")
    return written.getvalue()


@contextmanager
def opened(seeded: Seeded, folder: Path) -> Iterator[TestClient]:
    """The demonstration register behind the running application, on a fixed civil day."""
    with seeded.copy(folder) as settings, pytest.MonkeyPatch.context() as patched:
        patched.setattr(clock, "today", lambda: DAY)
        app = create_app(settings)
        app.dependency_overrides[asked_today] = lambda: DAY
        with TestClient(app, follow_redirects=False) as client:
            yield client


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with a bill; every method answers what the browser would be given."""

    site: TestClient
    lang: str = "zh"

    def upload(self, content: bytes | None, name: str = "清单.csv", **fields: str) -> Response:
        asked = {"project": "示例中学（虚构）", "pack": PACK, "day": DAY.isoformat()} | fields
        files = {"file": (name, content)} if content is not None else {"other": ("", b"")}
        return self.site.post(f"/{self.lang}/check", data=asked, files=files)

    def columns(self, *lines: Line, head: Line = HEAD) -> str:
        """The address of the second step for these lines."""
        answer = self.upload(bill(*lines, head=head))
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    def match(self, *lines: Line) -> str:
        """The address of the third step for these lines, their columns left as guessed."""
        answer = self.send(self.columns(*lines))
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    def page(self, address: str, status: int = 200) -> Page:
        return page(self.site.get(address), status)

    def send(self, address: str, **changes: str) -> Response:
        """The form of a page as it stands, with some fields filled in."""
        return self.site.post(address, data=filled(self.page(address)) | changes)


def page(answer: Response, status: int = 200) -> Page:
    assert answer.status_code == status, answer.text[:2000]
    return Page(answer.text)


def filled(shown: Page) -> dict[str, str]:
    """What a browser would send of the page's form when nothing is touched and no button is pressed."""
    form = max(shown.all("form", method="post"), key=lambda one: len(one.inside))
    found: dict[str, str] = {}
    for one in form.below("input", "select"):
        name, kind = one.attributes.get("name"), one.attributes.get("type", "text")
        if one.tag == "select" and name:
            found[name] = _selected(one)
        elif name and (kind not in {"radio", "checkbox", "file"} or "checked" in one.attributes):
            found[name] = one.attributes.get("value", "")
    return found


def _selected(select: Element) -> str:
    options = select.below("option")
    chosen = [one for one in options if "selected" in one.attributes] or options[:1]
    return chosen[0].attributes["value"]


def line(shown: Page, place: int) -> Element:
    """One line of the match page by its place in the bill."""
    return shown.one("li", id=f"l-{place}")


def places(shown: Page) -> list[int]:
    """The lines a match page holds."""
    found = (one.attributes.get("id", "") for one in shown.all("li"))
    return [int(ident[2:]) for ident in found if ident.startswith("l-")]


def radios(element: Element) -> dict[str, bool]:
    """The choices of a line, and whether each is made."""
    return {
        one.attributes["value"]: "checked" in one.attributes
        for one in element.below("input")
        if one.attributes.get("type") == "radio"
    }


def offered(element: Element) -> list[str]:
    """The products offered for a line, the best first."""
    return [value for value in radios(element) if value not in {"none", "open", "not-a-material"}]


def chosen(element: Element) -> list[str]:
    return [value for value, made in radios(element).items() if made]
