"""Checks of names and languages: present, real, and in the language they are said to be in."""

import re
from collections.abc import Iterator

from registry.declarations.preflight.model import Family, Fault, Severity, at
from registry.declarations.preflight.view import View

checks = Family()
LONGEST = 200  # of a product name in openEPD
LANGUAGES = frozenset(
    [
        "zh",
        "en",
        "de",
        "fr",
        "it",
        "es",
        "pt",
        "nl",
        "da",
        "no",
        "nb",
        "nn",
        "sv",
        "fi",
        "is",
        "pl",
        "cs",
        "sk",
        "sl",
        "hr",
        "hu",
        "ro",
        "bg",
        "el",
        "et",
        "lv",
        "lt",
        "tr",
        "ru",
        "ja",
        "ko",
    ]
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORDS = re.compile(r"[a-z]{3,}")
_PLACEHOLDER = re.compile(
    r"^(?:test\b.*|sample|example|template|muster.*|dummy|x{2,}|n/?a|tbd|tba|unknown|unnamed|none|new"
    r"|todo|待定|未知|无|测试.*|样例|模板|暂无)$"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def placeholder(text: str) -> bool:
    return _PLACEHOLDER.match(text.strip().casefold()) is not None


checks.ask("name-missing", Severity.ERROR, lambda view: not any(view.dataset.names.values()), place="names")


@checks.check("name-placeholder", Severity.ERROR)
def name_placeholder(view: View) -> Iterator[Fault]:
    for lang, name in view.dataset.names.items():
        if placeholder(name):
            yield at(f"names.{lang}", name=name)


@checks.check("name-without-letters", Severity.WARNING)
def name_without_letters(view: View) -> Iterator[Fault]:
    for lang, name in view.dataset.names.items():
        if name and not any(one.isalpha() for one in name):
            yield at(f"names.{lang}", name=name)


@checks.check("name-too-long", Severity.NOTE, source="openEPD 0.1: product_name (medium)")
def name_too_long(view: View) -> Iterator[Fault]:
    for lang, name in view.dataset.names.items():
        if len(name) > LONGEST:
            yield at(f"names.{lang}", length=len(name), longest=LONGEST)


@checks.check("name-chinese-as-other", Severity.WARNING)
def name_chinese_as_other(view: View) -> Iterator[Fault]:
    for lang, name in view.dataset.names.items():
        if lang not in {"zh", "ja", ""} and len(_HAN.findall(name)) * 2 > len(name):
            yield at(f"names.{lang}", lang=lang, name=name)


@checks.check("name-foreign-as-chinese", Severity.WARNING)
def name_foreign_as_chinese(view: View) -> Iterator[Fault]:
    """Two words of a European language and no Chinese character; a bare model such as Low-E is none."""
    name = view.dataset.names.get("zh", "")
    if not _HAN.search(name) and len(_WORDS.findall(name.casefold())) >= 2:
        yield at("names.zh", name=name)


checks.ask(
    "name-chinese-missing", Severity.NOTE, lambda view: "zh" not in view.dataset.names, place="names.zh"
)


@checks.check("language-unstated", Severity.NOTE)
def language_unstated(view: View) -> Iterator[Fault]:
    if view.dataset.names.get(""):
        yield at("names", name=view.dataset.names[""])


@checks.check("language-unknown", Severity.WARNING, source="ISO 639-1")
def language_unknown(view: View) -> Iterator[Fault]:
    for lang in view.dataset.names:
        if lang and lang not in LANGUAGES:
            yield at(f"names.{lang}", lang=lang)


@checks.check("contact-in-text", Severity.WARNING, source="own rule: persons stay out of the hashed feed")
def contact_in_text(view: View) -> Iterator[Fault]:
    for lang, text in view.dataset.descriptions.items():
        if _MAIL.search(text) or _PHONE.search(text):
            yield at(f"descriptions.{lang}")


@checks.check("description-is-the-name", Severity.NOTE)
def description_is_the_name(view: View) -> Iterator[Fault]:
    for lang, text in view.dataset.descriptions.items():
        if text and text == view.dataset.names.get(lang):
            yield at(f"descriptions.{lang}")


@checks.check("classification-empty", Severity.NOTE)
def classification_empty(view: View) -> Iterator[Fault]:
    for one in view.dataset.classifications:
        if not any(level.name for level in one.levels):
            yield at("classifications", system=one.system)
