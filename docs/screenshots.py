"""Take the pictures of docs/images from a running demonstration site; the address may be given."""

import re
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

DOCS = Path(__file__).parent
IMAGES = DOCS / "images"
BILL = DOCS.parent / "seeds" / "demo" / "files" / "demo-bill.xlsx"
BROWSER = "/usr/bin/chromium"
SITE = "http://127.0.0.1:8000"
LOWEST_C30 = "kind=concrete.ready-mixed&performance=C30&province=330000&status=valid&sort=gwp"
RULE = "sichuan-2024"


def search(page: Page, site: str) -> None:
    page.goto(f"{site}/zh/products?{LOWEST_C30}")


def report(page: Page, site: str) -> None:
    """The example bill as a user in a hurry would take it through: the best candidate for every line."""
    page.goto(f"{site}/zh/check")
    page.get_by_label("材料清单").set_input_files(BILL)
    page.get_by_label("核算规则").select_option(RULE)
    page.get_by_role("button", name="上传并继续").click()
    page.wait_for_url(re.compile("/columns$"))
    page.get_by_role("button", name="保存并逐行匹配").click()
    page.wait_for_url(re.compile("/match"))
    for line in page.locator(".decide fieldset").all():
        line.get_by_role("radio").first.check()
    page.get_by_role("button", name="保存并生成报告").click()
    page.wait_for_url(re.compile("/report/"))
    page.locator("main").wait_for()


def take(site: str) -> None:
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(locale="zh-CN", timezone_id="Asia/Shanghai")
        for shot, height in ((search, 940), (report, 1400)):
            page.set_viewport_size({"width": 1120, "height": height})
            shot(page, site)
            page.screenshot(path=IMAGES / f"{shot.__name__}.png")
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1] if len(sys.argv) > 1 else SITE)
