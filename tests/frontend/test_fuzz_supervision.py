"""Anything at all typed on the pages of supervision: refused or shown again, never a fault."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from tests.officers import Office, agreed, office

SAME = {"sec-fetch-site": "same-origin"}
ACCOUNT = "/zh/account"
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
    "明天",
    "2026-06-05",
    "upheld",
    "quality",
    "pass",
    "520000",
    "9999-12-31",
    "0001-01-01",
    "record",
)
texts = st.sampled_from(TELLING) | st.text(max_size=40)
NAMES = (
    "about",
    "allegation",
    "lot",
    "words",
    "contact",
    "revision",
    "dismiss-words",
    "reply-words",
    "decide-words",
    "outcome",
    "appeal",
    "measures",
    "name_zh",
    "name_en",
    "kind",
    "region",
    "scope_on",
    "size",
    "seed_source",
    "seed_day",
    "go",
    "seed",
    "reference",
    "product",
    "result",
    "found_on",
    "report",
    "laboratory",
    "reason",
    "evidence",
    "catalogue_zh",
    "catalogue_en",
    "notice_until",
    "notice_basis",
    "refuse-reason",
)
WHERE = (
    "complain",
    "complaints/{}/withdraw",
    "complaints/{}/erase",
    *(
        f"account/complaints/{{}}/{step}"
        for step in ("admit", "dismiss", "forward", "reply", "decide", "revise")
    ),
    "account/surveillance",
    *(f"account/surveillance/{{}}/{act}" for act in ("draw", "outcome", "close", "annul")),
    "account/recognition",
    *(f"account/recognition/{{}}/{act}" for act in ("enter", "refuse", "remove")),
)
usual = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
Made = tuple[Office, dict[str, str]]


@pytest.fixture(scope="module")
def shared(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """A site with a complaint, a round and a recognition to type at."""
    with office(empty_database, tmp_path_factory.mktemp("office")) as opened:
        codes = agreed(opened)
        given_ = {"about": codes["product"], "allegation": "other", "words": "演示：看看会怎样（虚构）"}
        complaint = opened["maker"].post("/api/v1/complaints", json=given_).json()
        planned = {
            "name_zh": "示例（虚构）", "name_en": "Example (invented)", "scope_on": "2026-06-01", "size": 1,
            "seed_source": "演示（虚构）", "seed_day": "2099-06-05",
        }  # fmt: skip
        lots = opened["first"].post("/api/v1/surveillance-rounds", json=planned).json()
        entry = {
            "product": codes["product"], "evidence": codes["certificate"], "catalogue_zh": "示例（虚构）",
            "catalogue_en": "Example (invented)",
        }  # fmt: skip
        recognition = opened["first"].post("/api/v1/recognitions", json=entry).json()
        yield opened, {
            "complaints": complaint["token"], "account/complaints": complaint["number"],
            "account/surveillance": lots["code"], "account/recognition": recognition["code"],
        }  # fmt: skip


def _clean(sent: dict[str, str]) -> dict[str, str]:
    """Half a character cannot be encoded into a form by any client."""
    return {name: value.encode(errors="replace").decode() for name, value in sent.items()}


@pytest.mark.parametrize("path", WHERE)
def test_no_form_makes_an_answer_fail(shared: Made, path: str) -> None:
    site, made = shared
    place = path.format(made.get(path.partition("/{}")[0], ""))
    tab = site["second"] if path.startswith("account") else site.public

    @usual
    @given(sent=st.dictionaries(st.sampled_from(NAMES), texts, max_size=8))
    @example(
        sent={
            "about": "\x00",
            "words": "\x00" * 20,
            "allegation": "quality",
            "seed": "\x00",
            "reason": "\x00",
        }
    )
    def answers(sent: dict[str, str]) -> None:
        answer = tab.post(f"/zh/{place}", data=_clean(sent), headers=SAME)
        assert answer.status_code in {200, 303, 403, 404, 409, 413, 422, 429}

    answers()


@pytest.mark.parametrize(
    "path",
    [
        "/en/complaints/{}",
        f"{ACCOUNT}/complaints/{{}}",
        f"{ACCOUNT}/complaints/{{}}/file",
        f"{ACCOUNT}/surveillance/{{}}",
        f"{ACCOUNT}/recognition/{{}}",
        "/zh/supervision/rounds/{}",
        "/zh/supervision/rounds/{}/candidates.txt",
        "/api/v1/complaints/{}",
        "/api/v1/complaints/followed/{}",
    ],
)
def test_no_address_makes_an_answer_fail(shared: Made, path: str) -> None:
    site, _ = shared

    @usual
    @given(name=st.sampled_from(["x", "TS-AAAAAAAA", "%00", "\u202e", "..", "a" * 3000]), value=texts)
    def answers(name: str, value: str) -> None:
        asked = {key: _clean({key: value})[key] for key in ("done", "about", "on", "as_of")}
        answer = site["first"].get(path.format(name), params=asked)
        assert answer.status_code in {200, 303, 307, 403, 404, 422}

    answers()
