"""Hints beside the fields of an application: whose they are, how to mend them, and how far a figure moved."""

import pytest

from frontend.pages.account.review.submitted import moved
from frontend.pages.finding_words import finding_said
from frontend.pages.words import Words
from registry.applications.comparing import Difference
from registry.kit.messages import Listed

MISSING = "preflight.verifier-missing.says"
GROUPED = "preflight.scenario-default-missing.says"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "所附的声明文件：写着第三方核查，却没有核查机构。填写核查机构名称。"),
        ("en", "In the declaration's file: "),
    ],
)
def test_a_hint_about_the_document_says_so_and_how_to_mend_it(lang: str, said: str) -> None:
    """The form may name the verifier where the document does not."""
    words = Words("zh" if lang == "zh" else "en")
    found = finding_said(words, MISSING, {})
    assert found.startswith(said)
    assert found.endswith(words.say("preflight.verifier-missing.mend"))


def test_a_finding_about_the_form_stands_as_it_is() -> None:
    facts = {"record": "YS-E1", "before": "1", "now": "2"}
    words = Words("zh")
    said = finding_said(words, "application.check.replaces", facts)
    assert said == words.say("application.check.replaces", **facts)


def test_lists_in_a_hint_are_separated_as_the_language_does() -> None:
    facts = {"names": Listed(["回收", "填埋"])}
    assert "回收、填埋" in finding_said(Words("zh"), GROUPED, facts)
    assert "回收, 填埋" in finding_said(Words("en"), GROUPED, facts)


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ("3.33", "4.44", "+33.33%"),
        ("3", "4", "+33.33%"),
        ("2", "4", "+100%"),
        ("10000", "10001", "+0.01%"),
        ("4", "1", "-75%"),
        ("0", "1", ""),
        ("约 3", "4", ""),
        ("", "4", ""),
    ],
)
def test_how_far_a_figure_moved_has_as_many_digits_as_a_reader_takes_in(
    before: str, now: str, said: str
) -> None:
    assert moved(Difference("carbon.modules.A4", before, now)).replace("−", "-") == said
