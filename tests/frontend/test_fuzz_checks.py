"""Anything at all sent to a check that is under way: refused in words or taken, never a fault."""

from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.frontend.check_site import LIKELY, PROVEN, ROUGH, Visitor, filled
from tests.frontend.test_fuzz import CHECKS, NAMES, TELLING, of_running, operations, query_of, usual

STEPS = ("columns", "match")
MOST = 8
values = st.sampled_from(TELLING) | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.fixture(scope="module")
def described(checks: TestClient) -> OpenApiSchema:
    return of_running(checks)


@pytest.fixture(scope="module")
def address(checks: TestClient) -> str:
    """A check whose lines are found and not decided."""
    return Visitor(checks).match(LIKELY, PROVEN, ROUGH).removesuffix("/match")


def steered() -> list[tuple[str, str]]:
    """Everything but deletion, after which there would be nothing left to ask."""
    return [one for one in operations() if "{token}" in one[1] and one[0] != "DELETE"]


@pytest.mark.parametrize(("method", "path"), steered())
def test_a_check_under_way_answers_as_documented(
    described: OpenApiSchema, address: str, method: str, path: str
) -> None:
    @usual
    @given(asked=described[path][method].as_strategy())
    def answers(asked: schemathesis.Case[Any]) -> None:
        asked.path_parameters["token"] = address.rpartition("/")[2]
        asked.call_and_validate(checks=CHECKS)

    answers()


@pytest.mark.parametrize("step", STEPS)
def test_no_form_makes_a_check_fail(checks: TestClient, address: str, step: str) -> None:
    """The page's own fields with some values exchanged, and fields it never had."""
    sound = filled(Visitor(checks).page(f"{address}/{step}"))
    names = st.sampled_from([*sorted(sound), *NAMES[:3], "then", "search-0", "line-99999", "page"])

    @usual
    @given(changed=st.dictionaries(names, values, max_size=MOST), dropped=st.sets(names, max_size=3))
    def answers(changed: dict[str, str], dropped: set[str]) -> None:
        form = {name: value for name, value in (sound | changed).items() if name not in dropped}
        answer = checks.post(f"{address}/{step}", data=form)
        assert answer.status_code in {200, 303, 404, 409, 413, 422}

    answers()


@pytest.mark.parametrize("step", [*STEPS, "", "rule", "report/none", "delete"])
def test_no_query_makes_a_page_of_a_check_fail(checks: TestClient, address: str, step: str) -> None:
    @usual
    @given(
        pairs=st.lists(st.tuples(st.sampled_from([*NAMES, "filter", "line", "search"]), values), max_size=4)
    )
    def answers(pairs: list[tuple[str, str]]) -> None:
        answer = checks.get(f"{address}/{step}".rstrip("/") + f"?{query_of(pairs)}")
        assert answer.status_code in {200, 303, 404, 422}

    answers()


@given(project=values, pack=values, day=values)
@usual
def test_no_upload_form_fails(checks: TestClient, project: str, pack: str, day: str) -> None:
    answer = Visitor(checks).upload(b"a,b\n1,2\n", project=project, pack=pack, day=day)
    assert answer.status_code in {303, 422}
