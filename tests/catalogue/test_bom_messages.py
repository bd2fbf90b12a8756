"""Every sentence the bill of materials can speak exists in both languages, and none is left over."""

import re
from pathlib import Path

import catalogue.bom
import registry.kit.sheets
from catalogue.bom.confidence import MakerFit, ModelFit
from catalogue.bom.headers import REQUIRED
from catalogue.bom.rows import SkipReason
from catalogue.bom.unlisted import Unlisted
from registry.kit.messages import catalogue as sentences
from registry.kit.messages import placeholders
from registry.kit.reading.days import DayFault
from registry.kit.reading.numbers import Fault

MADE_FROM_LISTS = {
    *(f"bom.columns.no-{role.value}" for role in REQUIRED),
    *(f"bom.skip.{reason.value}" for reason in SkipReason),
    *(f"bom.line.quantity-{fault.value}" for fault in Fault),
    *(f"bom.line.day-{fault.value}" for fault in DayFault),
    *(f"bom.kind.unlisted-{unlisted.value}" for unlisted in Unlisted),
    *(f"bom.match.maker-{fit.value}" for fit in MakerFit),
    *(f"bom.match.model-{fit.value}" for fit in ModelFit),
}


def spoken() -> set[str]:
    """The keys our code writes out, and those it makes from closed lists."""
    folders = [Path(next(iter(package.__path__))) for package in (catalogue.bom, registry.kit.sheets)]
    files = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    source = "\n".join(path.read_text("utf-8") for path in files)
    whole = set(re.findall(r'"(bom\.[a-z]+\.[a-z0-9-]+)"', source))
    problems = re.findall(
        r'(?:_problem|doubt|_side_figure)\([^"\n]*"([a-z-]+)"(?: if formula else "([a-z-]+)")?', source
    )
    written = {f"bom.line.{name}" for pair in problems for name in pair if name}
    signs = re.findall(r'"(quantity-[a-z]+)" if', source) + re.findall(r'else "(quantity-[a-z]+)"', source)
    return whole | written | {f"bom.line.{name}" for name in signs} | MADE_FROM_LISTS


def test_every_key_has_its_sentence_and_every_sentence_its_key() -> None:
    for lang in ("zh", "en"):
        assert {key for key in sentences(lang) if key.startswith("bom.")} == spoken()


def test_both_languages_name_the_same_facts() -> None:
    zh, en = sentences("zh"), sentences("en")
    for key in spoken():
        assert placeholders(zh[key]) == placeholders(en[key])
