"""Anything at all in an applicant's form or address: kept or refused with a page, never a fault."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from registry.applications.fields import Part
from registry.applications.parts import SECTIONS
from tests import factories
from tests.applicants import MAKER
from tests.frontend import maker_site
from tests.frontend.maker_site import Browser
from tests.frontend.test_fuzz import TELLING, raw

PATHS = sorted(
    {
        *(f"{part}.{field.name}" for part, section in SECTIONS.items() for field in section.fields),
        *(
            f"{part}.{section.rows.name}.{number}.{field.name}"
            for part, section in SECTIONS.items()
            if section.rows
            for number in ("1", "2", "200", "0", "x", "201")
            for field in section.rows.fields
        ),
        "product.attributes.strength", "product.attributes.", "product.attributes.nothing", "about.product",
        "act", "seen", "paste", "file", "file-place", "revision", "subject", "about",
    }
)  # fmt: skip
MORE = (
    "add",
    "remove 1",
    "remove x",
    "unpin carbon x",
    "reuse",
    "later",
    "-",
    "1\t2\t3\t4\t5\t6\t7\t8",
    "是",
)
PARTS = [str(part) for part in Part if part is not Part.ABOUT]
ALONE = {"plant", "honour", "energy", "disclosure"}  # a case of its own each
values = st.sampled_from((*TELLING, *MORE)) | st.text(max_size=40)
forms = st.dictionaries(st.sampled_from(PATHS) | st.text(min_size=1, max_size=8), values, max_size=8)
usual = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ANSWERS = {200, 303, 404, 409, 413, 422}


@pytest.fixture(scope="module")
def maker(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with maker_site.opened(empty_database, tmp_path_factory.mktemp("fuzz")) as found:
        found.acts_as(MAKER)
        yield found


def whole(text: str) -> str:
    """A client of the tests cannot send half a character; the address test below does."""
    return text.encode(errors="replace").decode()


@pytest.mark.parametrize("part", PARTS)
def test_no_form_makes_a_part_fail(maker: Browser, part: str) -> None:
    subject = {"company": "organisation"}.get(part, part if part in ALONE else "new_product")
    number = maker.starts(subject)

    @usual
    @given(typed=forms)
    @example(typed={f"{part}.number": "\0", "act": "later"})
    @example(typed={"act": "continue", "product.kind": factories.CEMENT, "product.attributes.other": "x"})
    def answers(typed: dict[str, str]) -> None:
        sent = {whole(name): whole(text) for name, text in typed.items()}
        found = maker.fills(f"/{number}/{part}", sent)
        assert found.status_code in ANSWERS
        assert maker.get(f"/{number}/{part}?show=errors").status_code == 200
        assert maker.get(f"/{number}/check").status_code == 200
        assert maker.get("").status_code == 200

    answers()


@pytest.mark.parametrize("path", ["/{}", "/{}/check", "/{}/carbon", "/{}/receipt", "?x={}"])
def test_no_address_makes_a_page_fail(maker: Browser, path: str) -> None:
    @usual
    @given(value=values)
    @example("\ud800")
    def answers(value: str) -> None:
        assert maker.get(path.format(raw(value))).status_code in {200, 303, 307, 404, 422}

    answers()


@pytest.mark.parametrize("path", ["", "/D-2026-0/submit", "/D-2026-0/withdraw"])
def test_no_form_makes_a_step_fail(maker: Browser, path: str) -> None:
    @usual
    @given(typed=forms)
    def answers(typed: dict[str, str]) -> None:
        sent = {whole(name): whole(text) for name, text in typed.items()}
        assert maker.sends(path, sent).status_code in ANSWERS

    answers()
