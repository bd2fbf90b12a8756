"""The applicant's pages: what is kept, what is refused and why, what is open to whom."""

import html
import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from frontend.pages.maker import progress
from registry.access.actors import ANONYMOUS
from registry.applications import reviewing
from registry.applications.parts import ASKED, Subject
from registry.applications.states import State
from registry.kit.db import write_session
from tests import applicants, evidence_files, factories
from tests.applicants import COLLEAGUE, FIRST, MAKER, OTHER_MAKER
from tests.frontend import maker_site
from tests.frontend.maker_site import ROOT, Browser

PRODUCT = factories.product(1).code
CLAIM = dict(applicants.CLAIM_TYPED)


@pytest.fixture(scope="module")
def browser_(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with maker_site.opened(empty_database, tmp_path_factory.mktemp("maker")) as found:
        yield found


@pytest.fixture
def maker(browser_: Browser) -> Browser:
    browser_.acts_as(MAKER)
    return browser_


def words(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", text))


def handed_in(maker: Browser) -> str:
    """A self-declaration, which needs no papers, taken to its receipt."""
    number = maker.starts("self_declaration", PRODUCT)
    assert maker.fills(f"/{number}/self_declaration", CLAIM).headers["location"] == f"{ROOT}/{number}/check"
    sent = maker.sends(f"/{number}/submit", {"revision": str(maker.stored(number).revision)})
    assert sent.headers["location"] == f"{ROOT}/{number}/receipt"
    return number


def test_the_register_of_the_site_is_the_one_applied_to(maker: Browser) -> None:
    assert PRODUCT in maker.get("").text


@pytest.mark.parametrize("subject", [one for one in Subject if ASKED[one].parts])
def test_every_subject_can_be_started_and_every_part_opened(maker: Browser, subject: Subject) -> None:
    about = PRODUCT if "about" in ASKED[subject].parts else ""
    number = maker.starts(subject, about)
    for lang in ("zh", "en"):
        root = f"/{lang}/account/maker/{number}"
        pages = ["", "/check", "/history", "/withdraw"]
        pages += [f"/{part}?show=errors&more=2" for part in ASKED[subject].parts if part != "about"]
        for page in pages:
            answer = maker.get(page, root=root)
            assert answer.status_code == 200, (page, answer.text)


def test_texts_are_kept_exactly_as_typed(maker: Browser) -> None:
    number = maker.starts("carbon", PRODUCT)
    typed = {
        "carbon.modules.A1-A3": " ２０９．１ ",
        "carbon.valid_to": "2030年6月30日",
        "carbon.pcr": '"<b>&',
    }
    maker.fills(f"/{number}/carbon", {**typed, "act": "later"})
    assert {path: maker.stored(number).typed[path] for path in typed} == typed
    shown = maker.get(f"/{number}/carbon").text
    assert all(html.escape(text, quote=True).replace("&#34;", "&quot;") in shown.replace("&#34;", "&quot;")
               for text in typed.values())  # fmt: skip


def test_blank_is_not_declared_and_zero_is_zero(maker: Browser) -> None:
    number = maker.starts("carbon", PRODUCT)
    maker.fills(f"/{number}/carbon", {"carbon.modules.A4": "0", "carbon.modules.A5": "", "act": "later"})
    assert maker.stored(number).typed["carbon.modules.A4"] == "0"
    assert "carbon.modules.A5" not in maker.stored(number).typed


def test_faults_wait_until_somebody_goes_on_and_stand_in_summary_and_beside_the_field(maker: Browser) -> None:
    number = maker.starts("carbon", PRODUCT)
    fresh = maker.get(f"/{number}/carbon").text
    assert 'role="alert"' not in fresh
    assert "错误：" not in fresh
    sent = maker.fills(f"/{number}/carbon", {"carbon.modules.A1-A3": "约209.1"})
    assert sent.headers["location"].endswith("/carbon?show=errors")
    page = maker.get(f"/{number}/carbon?show=errors").text
    assert "<title>错误：" in page
    assert 'href="#carbon.modules.A1-A3"' in page
    assert 'id="carbon.modules.A1-A3-error"' in page
    faults = set(re.findall(r'href="#([^"]+)">', page.partition("</ul>")[0].rpartition('class="summary"')[2]))
    ids = set(re.findall(r'id="([^"]+)"', page))
    assert faults - ids == set(), "every fault leads to something on the page"


def test_a_doubtful_figure_is_a_hint_and_never_blocks(maker: Browser) -> None:
    number = maker.starts("carbon", PRODUCT)
    typed = {**applicants.CARBON_TYPED, "carbon.modules.A1-A3": "612000"}
    sent = maker.fills(f"/{number}/carbon", typed, file=("声明.pdf", evidence_files.pdf()))
    assert sent.headers["location"] == f"{ROOT}/{number}/check"
    page = maker.get(f"/{number}/check").text
    assert "提示（可继续）" in page
    assert "提交申报" in page


def test_a_pasted_row_fills_the_stages(maker: Browser) -> None:
    number = maker.starts("carbon", PRODUCT)
    row = "612\t12.5\tMND\t0\t3\t—\t1\t-20"
    maker.fills(f"/{number}/carbon", {"paste": row, "act": "later"})
    modules = {path[15:]: text for path, text in maker.stored(number).typed.items() if ".modules." in path}
    assert modules == {"A1-A3": "612", "A4": "12.5", "C1": "0", "C2": "3", "C4": "1", "D": "-20"}
    refused = maker.fills(f"/{number}/carbon", {"paste": "1\t2\t3"})
    assert refused.status_code == 422
    assert "3 个单元格" in words(refused.text)
    assert "1\t2\t3" in refused.text


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (("a.txt", b"hello"), "只接收 PDF、PNG 和 JPEG"),
        (("a.png", evidence_files.pdf()), "与内容不符"),
        (("a.pdf", b""), "文件是空的"),
    ],
)
def test_a_refused_file_says_why_and_the_texts_are_kept(
    maker: Browser, file: tuple[str, bytes], said: str
) -> None:
    number = maker.starts("carbon", PRODUCT)
    answer = maker.fills(
        f"/{number}/carbon", {"carbon.number": "演示-7", "file-place": "carbon"}, file=file
    )  # fmt: skip
    assert answer.status_code == 422
    assert said in words(answer.text)
    assert maker.stored(number).typed["carbon.number"] == "演示-7"
    assert maker.stored(number).pinned == ()


def test_a_file_can_be_taken_off_again(maker: Browser) -> None:
    number = maker.starts("carbon", PRODUCT)
    maker.fills(f"/{number}/carbon", {"file-place": "carbon"}, file=("声明.pdf", evidence_files.pdf()))
    pinned = maker.stored(number).pinned[0]
    assert "声明.pdf" in maker.get(f"/{number}/carbon").text
    maker.fills(f"/{number}/carbon", {"act": f"unpin carbon {pinned.file_id}"})
    assert maker.stored(number).pinned == ()


def test_rows_are_added_and_removed_without_script(maker: Browser) -> None:
    number = maker.starts("certificate", PRODUCT)
    first = {f"certificate.rows.1.{name}": name for name in ("unit_name", "product_name")}
    added = maker.fills(f"/{number}/certificate", {**first, "act": "add"})
    assert added.headers["location"].endswith("/certificate?more=1#rows")
    assert 'name="certificate.rows.2.plant"' in maker.get(f"/{number}/certificate?more=1").text
    second = {"certificate.rows.2.unit_name": "乙"}
    maker.fills(f"/{number}/certificate", {**first, **second, "act": "remove 1"})
    assert {p: t for p, t in maker.stored(number).typed.items() if ".rows." in p} == second


def test_choosing_a_kind_lists_its_attributes_before_going_on(maker: Browser) -> None:
    number = maker.starts("new_product")
    typed = {path: text for path, text in applicants.PRODUCT_TYPED.items() if ".attributes." not in path}
    answer = maker.fills(f"/{number}/product", typed)
    assert answer.headers["location"].endswith("/product?show=kind#group")
    assert 'name="product.attributes.strength"' in maker.get(f"/{number}/product?show=kind").text


def test_the_second_of_two_people_sees_both_texts_and_loses_nothing(maker: Browser) -> None:
    number = maker.starts("self_declaration", PRODUCT)
    seen = maker_site.SEEN.search(maker.get(f"/{number}/self_declaration").text)
    assert seen is not None
    maker.fills(f"/{number}/self_declaration", {**CLAIM, "self_declaration.claim_zh": "甲的话"})
    maker.acts_as(COLLEAGUE)
    mine = {**CLAIM, "self_declaration.claim_zh": "乙的话"}
    clash = maker.sends(f"/{number}/self_declaration", {"seen": seen[1], **mine})
    assert clash.status_code == 409
    assert all(one in clash.text for one in ("甲的话", "乙的话", "甲经办人（虚构）"))
    assert maker.stored(number).typed["self_declaration.claim_zh"] == "甲的话"
    again = maker_site.SEEN.search(clash.text)
    assert again is not None
    maker.sends(f"/{number}/self_declaration", {"seen": again[1], "self_declaration.claim_zh": "乙的话"})
    assert maker.stored(number).typed == {**maker.stored(number).typed, **mine}


def test_two_people_in_two_parts_do_not_disturb_each_other(maker: Browser) -> None:
    number = maker.starts("new_product")
    seen = maker_site.SEEN.search(maker.get(f"/{number}/self_declaration").text)
    assert seen is not None
    maker.fills(f"/{number}/product", {"product.name_zh": "甲"})
    maker.acts_as(COLLEAGUE)
    answer = maker.sends(f"/{number}/self_declaration", {"seen": seen[1], **CLAIM})
    assert answer.status_code == 303
    assert maker.stored(number).typed["product.name_zh"] == "甲"


def test_a_second_click_gets_the_same_receipt(maker: Browser) -> None:
    number = handed_in(maker)
    revision = maker.stored(number).revision
    again = maker.sends(f"/{number}/submit", {"revision": str(revision - 1)})
    assert again.headers["location"] == f"{ROOT}/{number}/receipt"
    assert maker.stored(number).revision == revision
    receipt = words(maker.get(f"/{number}/receipt").text)
    assert number in receipt
    assert "最迟答复日" in receipt


def test_what_changed_after_the_check_is_shown_before_it_counts(maker: Browser) -> None:
    number = maker.starts("self_declaration", PRODUCT)
    maker.fills(f"/{number}/self_declaration", CLAIM)
    old = maker.stored(number).revision
    maker.fills(f"/{number}/self_declaration", {"self_declaration.claim_zh": "改过"})
    refused = maker.sends(f"/{number}/submit", {"revision": str(old)})
    assert refused.headers["location"] == f"{ROOT}/{number}/check?changed=1"
    assert maker.stored(number).state is State.DRAFT
    assert "刚刚有变化" in maker.get(f"/{number}/check?changed=1").text


def test_after_handing_in_nothing_can_be_typed_and_what_was_typed_late_is_shown(maker: Browser) -> None:
    number = handed_in(maker)
    assert maker.get(f"/{number}/self_declaration").headers["location"] == f"{ROOT}/{number}"
    late = maker.sends(f"/{number}/self_declaration", {"seen": "", "self_declaration.claim_zh": "迟到的话"})
    assert late.status_code == 409
    assert "迟到的话" in late.text
    assert maker.stored(number).typed["self_declaration.claim_zh"] == CLAIM["self_declaration.claim_zh"]


def returned(maker: Browser) -> str:
    number = handed_in(maker)
    path = "self_declaration.claim_en"
    with write_session(maker.engine) as session:
        taken = reviewing.take(session, number, applicants.by(FIRST, maker.stored(number)))
        said = reviewing.remark(session, number, applicants.by(FIRST, taken), path=path, text="译文不全。")
        by = applicants.by(FIRST, said)
        reviewing.return_for(session, number, by, paths=[path], reason="请补译文。")
    return number


def test_only_what_came_back_is_open_with_the_reason_beside_it(maker: Browser) -> None:
    number = returned(maker)
    page = maker.get(f"/{number}/self_declaration").text
    assert re.findall(r'<textarea[^>]* name="([^"]+)"', page) == ["self_declaration.claim_en"]
    assert "译文不全。" in page
    assert "请补译文。" in page
    closed = {"self_declaration.claim_zh": "偷改", "self_declaration.claim_en": "whole claim"}
    maker.fills(f"/{number}/self_declaration", closed)
    stored = maker.stored(number).typed
    assert stored["self_declaration.claim_zh"] == CLAIM["self_declaration.claim_zh"]
    assert stored["self_declaration.claim_en"] == "whole claim"


def test_returned_ones_come_first_and_finished_ones_last(maker: Browser) -> None:
    back, drafted, done = returned(maker), maker.starts("plant"), handed_in(maker)
    page = maker.get("").text
    assert page.index(back) < page.index(drafted) < page.index(done)


def test_the_history_names_colleagues_and_only_the_role_of_a_reviewer(maker: Browser) -> None:
    said = words(maker.get(f"/{returned(maker)}/history").text)
    assert "甲经办人（虚构）" in said
    assert "登记审核员" in said
    assert "account-11" not in said


def test_a_withdrawn_application_stays_readable_and_closed(maker: Browser) -> None:
    number = handed_in(maker)
    asked = maker.get(f"/{number}/withdraw").text
    revision = re.search(r'name="revision" value="(\d+)"', asked)
    assert revision is not None
    assert maker.sends(f"/{number}/withdraw", {"revision": revision[1]}).status_code == 303
    assert maker.stored(number).state is State.WITHDRAWN
    assert CLAIM["self_declaration.claim_zh"] in maker.get(f"/{number}/check").text
    assert maker.get(f"/{number}/withdraw").status_code == 303


def test_to_others_an_application_does_not_exist_and_visitors_sign_in_first(maker: Browser) -> None:
    number = handed_in(maker)
    pages = ("", "/check", "/history", "/receipt", "/withdraw", "/self_declaration")
    for actor in (OTHER_MAKER, FIRST):
        maker.acts_as(actor)
        assert {maker.get(f"/{number}{page}").status_code for page in pages} == {404}
        assert maker.sends(f"/{number}/submit", {"revision": "1"}).status_code == 404
        assert number not in maker.get("").text
    maker.acts_as(ANONYMOUS)
    assert all("/account/sign-in?" in maker.get(f"/{number}{page}").headers["location"] for page in pages)


def test_the_first_open_part_is_where_one_goes_on(maker: Browser) -> None:
    number = maker.starts("new_product")
    assert f'href="{ROOT}/{number}/product"' in maker.get("").text
    maker.fills(f"/{number}/product", applicants.PRODUCT_TYPED)
    maker.fills(f"/{number}/carbon", {"carbon.number": "演示-1", "act": "later"})
    assert f'href="{ROOT}/{number}/carbon"' in maker.get("").text
    assert {str(one) for one in progress.Status} >= {"done", "started", "optional"}
