"""The English catalogue is whole, and each way of breaking it is noticed."""

import pytest
from babel.messages.catalog import Catalog, Message

from frontend import i18n
from frontend.templating import environment


def said(lang: i18n.Lang, source: str, **facts: object) -> str:
    return environment(lang).from_string(source).render(**facts)


def test_templates_and_catalogue_agree() -> None:
    assert i18n.problems() == []


def test_the_templates_are_really_read() -> None:
    assert {"未声明", ("有 {n} 处需要修改", "有 {n} 处需要修改")} <= i18n.used_in_templates()


@pytest.mark.parametrize(
    ("message", "found"),
    [
        (Message("甲", "A"), []),
        (Message("甲", ""), ["missing: 甲 has no English"]),
        (Message("甲", "A", flags={"fuzzy"}), ["fuzzy: 甲"]),
        (Message("{n} 甲", "A"), ["placeholders differ: {n} 甲"]),
        (Message(("{n} 甲", "{n} 甲"), ("{n} A", "As")), ["placeholders differ: {n} 甲"]),
        (Message("甲", "%(n)s A"), ["lone percent sign: 甲"]),
        (Message("甲", "about 5% less"), []),
        (Message("{n}%", "{n} % more"), []),
    ],
)
def test_each_fault_is_named(message: Message, found: list[str]) -> None:
    assert list(i18n.faults(message)) == found


def test_missing_and_obsolete_are_named() -> None:
    catalogue = Catalog(locale="en")
    catalogue.add("旧", "old")
    assert list(i18n.compare(frozenset({"新"}), catalogue)) == ["missing: 新", "obsolete: 旧"]


def test_a_percent_sign_is_only_a_percent_sign() -> None:
    assert (
        said("zh", "{{ _('低于同类 {share}，%s 50% 完') }}".replace("{share}", "95%"))
        == "低于同类 95%，%s 50% 完"
    )


def test_facts_are_escaped_and_markup_is_kept() -> None:
    assert said("zh", "{{ _('第 {page} 页', page=page) }}", page="<b>") == "第 &lt;b&gt; 页"
    assert said("zh", "{{ _('第 {page} 页', page='<b>' | safe) }}") == "第 <b> 页"


def test_english_counts_one_and_many() -> None:
    source = "{{ ngettext('有 {n} 处需要修改', '有 {n} 处需要修改', n) }}"
    assert [said("en", source, n=n) for n in (1, 2)] == [
        "There is 1 thing to correct",
        "There are 2 things to correct",
    ]
    assert said("zh", source, n=2) == "有 2 处需要修改"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("C30", "C30"),
        ("示例企业 017（虚构）", '<span lang="zh-CN">示例企业 017（虚构）</span>'),
        (
            "made by 示例企业 017（虚构）, valid",
            'made by <span lang="zh-CN">示例企业 017（虚构）</span>, valid',
        ),
        ("<i>岩棉", '<span lang="zh-CN">&lt;i&gt;岩棉</span>'),
    ],
)
def test_english_pages_mark_chinese_words_and_only_them(text: str, marked: str) -> None:
    assert said("en", "{{ text | han }}", text=text) == marked
    assert "span" not in said("zh", "{{ text | han }}", text=text)


def test_words_without_english_fall_back_to_chinese() -> None:
    assert said("en", "{{ _('没有译文的句子') }}") == "没有译文的句子"


@pytest.mark.parametrize(("asked", "lang"), [("en", "en"), ("zh", "zh"), ("fr", "zh"), ("", "zh")])
def test_anything_but_english_is_chinese(asked: str, lang: str) -> None:
    assert i18n.language(asked) == lang
