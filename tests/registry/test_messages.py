"""Sentences: the same keys and facts in both languages, and one for every refusal the code can raise."""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from frontend.pages.words import Words
from registry.kit.errors import DomainError
from registry.kit.messages import LANGUAGES, PACKAGES, Listed, Spoken, as_text, catalogue, placeholders, say

ROOT = Path(__file__).parents[2]


class Greeting(Spoken):
    """A fact with words of its own."""

    __slots__ = ()

    def said(self, lang: str) -> str:
        return {"zh": "你好", "en": "hello"}[lang]


@pytest.mark.parametrize(
    ("several", "lang", "said"),
    [
        (["A4", "C3"], "zh", "A4、C3"),
        (("A4", "C3"), "en", "A4, C3"),
        (Listed(["A4", "C3"]), "zh", "A4、C3"),
        (Listed(["A4", "C3"]), "en", "A4, C3"),
        (Listed([Greeting("greeting"), "C3"]), "zh", "你好、C3"),
        (Listed([]), "zh", ""),
    ],
)
def test_lists_are_separated_as_the_language_does(several: object, lang: str, said: str) -> None:
    assert said in say("gwp.module-missing", lang, {"modules": several})
    assert said == listed_alone(several, lang)


def listed_alone(several: object, lang: str) -> str:
    """By the names that pages use."""
    sentence = Words("zh" if lang == "zh" else "en").say("gwp.module-missing", modules=several)
    frame = say("gwp.module-missing", lang, {"modules": "|"})
    before, _, after = frame.partition("|")
    return sentence.removeprefix(before).removesuffix(after)


def test_programs_read_the_same_in_every_language() -> None:
    assert as_text(["a", "b"]) == as_text(Listed(["a", "b"])) == "a, b"
    assert as_text(Greeting("greeting")) == json.loads(json.dumps(Greeting("greeting"))) == "greeting"
    assert as_text(3) == "3"


@dataclass(frozen=True, slots=True)
class Raised:
    """One place in the code that makes a refusal: its message key and the facts it gives; None: passed on."""

    place: str
    key: str
    facts: frozenset[str] | None


def trees() -> dict[str, ast.Module]:
    """Every module of the layers that carry sentences, read and not run."""
    files = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text("utf-8")) for path in files}


def error_codes(modules: Iterable[ast.Module]) -> dict[str, str]:
    """The code each kind of refusal carries, by class name; one without its own has its parent's."""
    waiting = [node for tree in modules for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    codes = {"DomainError": DomainError.code}
    while ready := [c for c in waiting if c.name not in codes and _parent(c) in codes]:
        for found in ready:
            codes[found.name] = _own_code(found) or codes[_parent(found)]
    return codes


def _parent(found: ast.ClassDef) -> str:
    return _name(found.bases[0]) if found.bases else ""


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _own_code(found: ast.ClassDef) -> str | None:
    for node in found.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if isinstance(target, ast.Name) and target.id == "code" and isinstance(value, ast.Constant):
            return str(value.value)
    return None


def raised(place: str, tree: ast.Module, codes: dict[str, str]) -> Iterator[Raised]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and node.exc is not None and _name(node.exc) in codes:
            yield Raised(f"{place}:{node.lineno}", codes[_name(node.exc)], frozenset())
        if not isinstance(node, ast.Call) or _name(node.func) not in codes:
            continue
        if node.args and not isinstance(node.args[0], ast.Constant):
            continue  # the key is computed; its own suite holds it
        key = str(node.args[0].value) if node.args else codes[_name(node.func)]  # type: ignore[attr-defined]
        names = [keyword.arg for keyword in node.keywords]
        yield Raised(f"{place}:{node.lineno}", key, None if None in names else frozenset(map(str, names)))


@pytest.fixture(scope="module")
def everything_raised() -> list[Raised]:
    modules = trees()
    codes = error_codes(modules.values())
    return [found for place, tree in modules.items() for found in raised(place, tree, codes)]


def test_both_languages_have_the_same_keys_with_the_same_facts() -> None:
    chinese, english = catalogue("zh"), catalogue("en")
    assert set(chinese) == set(english)
    assert [key for key in chinese if placeholders(chinese[key]) != placeholders(english[key])] == []


def test_every_sentence_is_in_its_language() -> None:
    foreign = {
        key: text for key, text in catalogue("zh").items() if _has_words(text) and not _has_chinese(text)
    }
    assert foreign == {}
    english = {key: text.removeprefix("演示数据·无效凭证") for key, text in catalogue("en").items()}
    assert {key: text for key, text in english.items() if _has_chinese(text)} == {}


def _has_words(sentence: str) -> bool:
    """Signs, figures and codes such as A1–A3 belong to no language."""
    return re.search(r"[a-z]{2}|[一-鿿]", re.sub(r"\{[^}]*\}", "", sentence)) is not None


def _has_chinese(sentence: str) -> bool:
    return any("一" <= character <= "鿿" for character in sentence)


def test_every_refusal_has_a_sentence_whose_facts_it_gives(everything_raised: list[Raised]) -> None:
    assert len(everything_raised) > 15, "the scan sees the code"
    silent = [found for found in everything_raised if found.key not in catalogue("zh")]
    assert silent == []
    short = [
        found
        for found in everything_raised
        if found.facts is not None and not placeholders(catalogue("zh")[found.key]) <= found.facts
    ]
    assert short == []


def test_every_kind_of_refusal_has_a_sentence_and_a_code_of_its_own() -> None:
    modules = trees().values()
    codes = error_codes(modules)
    own = [
        code
        for tree in modules
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name in codes and (code := _own_code(node))
    ]
    assert len(own) >= 8, "the scan sees the code"
    assert len(own) == len(set(own))
    assert set(own) <= set(catalogue("en"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_facts_are_put_into_the_sentence(lang: str) -> None:
    said = say("attribute-value-unknown", lang, {"attribute": "a", "value": 0, "values": ("x", "y")})
    assert {"zh": "x、y", "en": "x, y"}[lang] in said
    assert "{" not in said


def test_a_missing_sentence_or_fact_is_a_defect() -> None:
    with pytest.raises(KeyError):
        say("no-such-sentence", "en")
    with pytest.raises(KeyError):
        say("feed-hole", "en", {"expected": 1})
