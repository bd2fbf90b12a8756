"""What a person is told who is refused: names instead of codes, and a next step that fits the refusal."""

from collections.abc import Iterator
from enum import StrEnum
from typing import get_args

import pytest

from catalogue.naming import Lang
from frontend.pages.coded import SORTS, worded
from frontend.pages.error_codes import codes, remedy
from registry.access.actors import ActorRole
from registry.access.permissions import Act
from registry.applications.states import State as ApplicationState
from registry.applications.states import Step as ApplicationStep
from registry.certificates.facts import ActKind
from registry.certificates.facts import State as CertificateState
from registry.kit.messages import catalogue, placeholders
from registry.supervision.facts import RecognitionState, RoundState
from registry.supervision.states import State as ComplaintState
from registry.supervision.states import Step as ComplaintStep
from tests.frontend.account_site import NewDatabase, Town, opened
from tests.frontend.reading import Page

# Which closed list the words of a coded fact stand for.
LISTS: dict[str, type[StrEnum]] = {
    "actor": ActorRole,
    "act": Act,
    "review.step": ApplicationStep,
    "review.state": ApplicationState,
    "body.act": ActKind,
    "state": CertificateState,
    "complaint.act": ComplaintStep,
    "complaint.state": ComplaintState,
    "round.state": RoundState,
    "recognition.state": RecognitionState,
}


@pytest.fixture
def town(new_database: NewDatabase) -> Iterator[Town]:
    with opened(new_database()) as found:
        yield found


@pytest.mark.parametrize("lang", get_args(Lang))
@pytest.mark.parametrize("code", sorted(SORTS))
def test_every_code_a_refusal_may_carry_has_words(code: str, lang: Lang) -> None:
    sorts = SORTS[code]
    assert placeholders(catalogue(lang)[code]) <= set(sorts)
    for name, group in sorts.items():
        for value in LISTS[group]:
            said = worded(code, {name: str(value)}, lang)[name]
            assert said == catalogue(lang)[f"{group}.{value}"]


def test_facts_that_are_no_codes_stay_as_they_are() -> None:
    assert worded("complaint-reply-time-runs", {"day": "2026-12-04"}, "zh") == {"day": "2026-12-04"}
    assert worded("not-allowed", {"role": "unheard-of", "act": "read"}, "zh")["role"] == "unheard-of"


@pytest.mark.parametrize(("lang", "names"), [("zh", "采购人 审核申报"), ("en", "purchasing review")])
def test_a_page_for_others_names_role_and_act_and_leads_back_to_the_account(
    town: Town, lang: str, names: str
) -> None:
    answer = town.person(ActorRole.PURCHASING_OFFICER).get(f"/{lang}/account/review/queue")
    assert answer.status_code == 403
    shown = Page(answer.text)
    title = shown.one("h1").text
    assert [name for name in names.split() if name not in title] == []
    assert "purchasing_officer" not in answer.text
    assert "review-application" not in answer.text
    assert f"/{lang}/account" in [one.attributes["href"] for one in shown.one("main").below("a")]
    assert catalogue(lang)["error.remedy.403"] in answer.text


def test_public_pages_lead_nobody_to_an_account(town: Town) -> None:
    answer = town.browser().get("/zh/products/YS-P00000-00000-0")
    assert "/zh/account" not in [one.attributes["href"] for one in Page(answer.text).one("main").below("a")]


def test_only_an_address_that_may_be_wrong_is_to_be_checked() -> None:
    general = {code for code, status in codes().items() if remedy(code, status) == "error.remedy"}
    assert {codes()[code] for code in general}.isdisjoint({403, 409, 410, 422, 429})
