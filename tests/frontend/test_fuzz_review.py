"""Anything at all typed on the pages of officers and bodies: refused or shown again, never a fault."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from tests.factories import code
from tests.officers import CASES, Office, handed_in, issued, office, post

QUEUE, BODY_PAGE = "/zh/account/review/queue", "/zh/account/body/certificates"
GIVEN = ("on", "reason", "evidence", "appeal", "source")


@pytest.fixture(scope="module")
def shared(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, str]]:
    """A site with one case that the first officer has taken."""
    with office(empty_database, tmp_path_factory.mktemp("office")) as opened:
        number = handed_in(opened["maker"])
        assert post(opened["first"], number, "take").status_code == 303
        yield opened, number


@pytest.fixture(scope="module")
def bodied(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, str]]:
    with office(empty_database, tmp_path_factory.mktemp("office")) as opened:
        yield opened, issued(opened)


TELLING = (
    "",
    "0",
    "-1",
    "9" * 30,
    "\x00",
    "\u202e",
    "a" * 5000,
    "../..",
    "{0}",
    "'",
    "<b>",
    "六月",
    "agrees",
)
texts = st.sampled_from(TELLING) | st.text(max_size=40)
FORMS = ("take", "remarks", "return", "approve", "publish", "hand-over", "put-back", "remove")
NAMES = (
    "revision", "path", "note:product.models", "note:x", "reason", "to", "look-certificate-platform",
    "look-certificate-result", "look-certificate-checked_on", "look-certificate-recheck_due",
    "look-certificate-screenshot_sha256",
)  # fmt: skip
usual = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("step", FORMS)
def test_no_form_of_a_case_makes_an_answer_fail(shared: tuple[Office, str], step: str) -> None:
    site, number = shared

    @usual
    @given(sent=st.dictionaries(st.sampled_from(NAMES), texts, max_size=6))
    @example(sent={"revision": "1", "path": "\x00", "note:\x00": "x"})
    def answers(sent: dict[str, str]) -> None:
        answer = site["second"].post(f"{CASES}/{number}/{step}", data=_clean(sent))
        assert answer.status_code in {303, 403, 404, 409, 413, 422}

    answers()


@pytest.mark.parametrize("kind", ["suspend", "object", "renew"])
def test_no_form_of_an_act_makes_an_answer_fail(bodied: tuple[Office, str], kind: str) -> None:
    site, certificate = bodied

    @usual
    @given(sent=st.dictionaries(st.sampled_from([*GIVEN, "go", "number", "issued_on"]), texts, max_size=6))
    def answers(sent: dict[str, str]) -> None:
        answer = site["body"].post(f"{BODY_PAGE}/{certificate}/acts/{kind}", data=_clean(sent))
        assert answer.status_code in {200, 303, 403, 409, 413, 422}

    answers()


@pytest.mark.parametrize("path", [QUEUE, f"{CASES}/{{}}", BODY_PAGE, f"{BODY_PAGE}/{{}}"])
def test_no_address_makes_an_answer_fail(shared: tuple[Office, str], path: str) -> None:
    site, _ = shared
    tab = site["first" if "review" in path else "body"]

    @usual
    @given(text=st.sampled_from(["x", code("C", "certificate", 1), "..", "%00", "\u202e"]), value=texts)
    def answers(text: str, value: str) -> None:
        names = ("q", "state", "subject", "order", "page", "overdue", "mine", "done")
        answer = tab.get(path.format(text), params={name: _clean({name: value})[name] for name in names})
        assert answer.status_code in {200, 303, 403, 404, 422}

    answers()


def _clean(sent: dict[str, str]) -> dict[str, str]:
    """Half a character cannot be encoded into a form by any client."""
    return {name: value.encode(errors="replace").decode() for name, value in sent.items()}
