"""Every page in both languages: whole, strict, small, without inline script or style, honest in words."""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from frontend.templating import environment, render
from frontend.views.formats import has_han
from frontend.views.frame import Frame
from frontend.views.parts import EvidenceKind
from tests.frontend import samples, samples_pages, samples_product

STATIC = Path("frontend/static")
VOID = {"meta", "link", "input", "br", "img", "path", "rect", "line", "circle"}


class Reader(HTMLParser):
    """Collects what the checks ask for; an end tag that does not fit is kept as a fault."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str]]] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.faults: list[str] = []
        self.stray: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        if tag not in VOID:
            self.open.append((tag, found))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop()[0] != tag:
            self.faults.append(tag)

    def handle_data(self, data: str) -> None:
        spoken = next((attrs["lang"] for _, attrs in reversed(self.open) if "lang" in attrs), "")
        if has_han(data) and not spoken.startswith("zh") and self.open[-1][0] not in {"title", "desc"}:
            self.stray.append(data.strip())


@pytest.fixture(scope="module", params=samples_pages.addresses())
def html(request: pytest.FixtureRequest) -> str:
    return samples_pages.page(str(request.param))


def test_markup_is_well_nested_and_ids_are_unique(html: str) -> None:
    reader = Reader(html)
    ids = [attrs["id"] for _, attrs in reader.tags if "id" in attrs]
    assert (reader.faults, reader.open) == ([], [])
    assert len(ids) == len(set(ids))


def test_nothing_inline_breaks_the_content_policy(html: str) -> None:
    for tag, attrs in Reader(html).tags:
        assert tag != "style"
        assert not [name for name in attrs if name == "style" or name.startswith("on")]
        assert tag != "script" or attrs["src"].startswith("/static/")
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//(?!site\.test|example\.invalid)', html)


def test_every_reference_inside_the_page_leads_somewhere(html: str) -> None:
    tags = Reader(html).tags
    ids = {attrs.get("id") for _, attrs in tags}
    for name in ("aria-labelledby", "aria-describedby", "for", "form"):
        assert {one for _, attrs in tags for one in attrs.get(name, "").split()} <= ids
    assert {attrs["href"][1:] for _, attrs in tags if attrs.get("href", "").startswith("#")} <= ids


def test_one_heading_leads_the_page_and_five_requests_load_it(html: str) -> None:
    tags = Reader(html).tags
    loads = [attrs for tag, attrs in tags if tag == "script" or attrs.get("rel") == "stylesheet"]
    assert [tag for tag, _ in tags].count("h1") == 1
    assert len(loads) <= 4
    assert len(gzip.compress(html.encode())) <= 15_000


@pytest.mark.parametrize("path", samples_pages.in_language("en"))
def test_english_pages_mark_every_chinese_word(path: str) -> None:
    assert Reader(samples_pages.page(f"/en/{path}")).stray == []


def test_a_forgotten_value_stops_the_page() -> None:
    with pytest.raises(UndefinedError):
        render(None, "zh", "home.html")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_demonstration_says_so_and_the_real_site_does_not(lang: str) -> None:
    words = ("演示数据·无效凭证", "all firms, products and certificates are invented")
    shown = render(None, lang, "help/about.html", view=None, frame=Frame(demo=True))
    hidden = render(None, lang, "help/about.html", view=None, frame=Frame(demo=False))
    assert all(word in shown for word in words)
    assert not any(word in hidden for word in words)


def test_the_first_words_of_a_scanned_code_are_its_verdict() -> None:
    body = samples_pages.page("/v/ok").partition("<main>")[2]
    assert re.sub(r"<[^>]+>|\s+", "", body).startswith("登记信息：证书有效")


@pytest.mark.parametrize("address", samples_pages.codes())
def test_a_scanned_code_needs_six_kilobytes_and_no_script(address: str) -> None:
    page, sheet = samples_pages.page(address), (STATIC / "verify.css").read_bytes()
    assert len(page.encode()) + len(sheet) <= 6_000
    assert "<script" not in page


def test_an_undeclared_stage_is_never_printed_as_zero() -> None:
    html = samples_pages.page("/zh/products/p1")
    row = re.search(r"A5</th>.*?</tr>", html, re.DOTALL)
    assert row
    assert "未声明" in row.group()
    assert ">0<" not in row.group()


def test_classes_of_evidence_never_share_a_dress() -> None:
    sheet = (STATIC / "app.css").read_text("utf-8")
    rules = {kind: re.findall(rf"\.evidence\.{kind} \{{([^}}]*)}}", sheet) for kind in EvidenceKind}
    assert all(len(found) == 1 for found in rules.values())
    assert len({found[0] for found in rules.values()}) == len(EvidenceKind)


def test_a_fragment_is_the_part_the_page_holds() -> None:
    view = samples.results("zh")
    part = render(None, "zh", "products_part.html", view=view)
    assert part in render(None, "zh", "products.html", view=view)
    assert "<html" not in part


def test_an_empty_result_names_a_way_out() -> None:
    assert "去掉“浙江”可得 12 个" in samples_pages.page("/zh/products-none")


def test_a_withdrawn_product_keeps_its_page_and_says_so_first() -> None:
    html = render(None, "zh", "product.html", view=samples_product.product_page("zh", withdrawn=True))
    assert html.index("证书已撤销") < html.index("185.1")


def test_styles_and_scripts_stay_inside_their_budgets() -> None:
    def weight(pattern: str) -> int:
        return sum(len(gzip.compress(file.read_bytes())) for file in STATIC.glob(pattern))

    assert weight("app.css") <= 10_000
    assert weight("*.js") <= 12_000


def test_the_style_sheet_asks_only_for_what_old_browsers_know() -> None:
    sheet = (STATIC / "app.css").read_text("utf-8")
    assert not re.search(r"@layer|@import|:has\(|url\(|[{;]\s*&", sheet)


def test_every_template_compiles() -> None:
    env = environment("en")
    for name in env.list_templates():
        env.get_template(name)
