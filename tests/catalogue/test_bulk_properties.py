"""Whatever stands in a product file: it is read or refused, and duplicates are what the oracle says."""

import csv
import io
from uuid import UUID

from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalogue.bulk.columns import REQUIRED, columns_of
from catalogue.bulk.taking import LIMITS, taken
from registry.applications.findings import Finding
from registry.applications.list_row import Known, Listed, Verdict, judge, listed, verdict
from registry.kit.messages import LANGUAGES, say
from registry.kit.sheets.delimited import read_text
from registry.kit.sheets.sheets import ReadProblem
from tests import applicants, product_files
from tests.oracles import bulk_oracle
from tests.product_files import ENGLISH, HEADINGS, KINDS, row

WORD = st.sampled_from(["", "甲", "甲 ", "ａ", "A", "a", "B", "P·O 42.5", "ſ", "ß", "SS"])
TYPED = st.fixed_dictionaries(
    {
        "product.kind": st.sampled_from(["cement", "glass"]),
        "product.name_zh": WORD,
        "product.brand": WORD,
        "product.models": st.lists(WORD, max_size=3).map("\n".join),
    }
)


@settings(max_examples=200)
@given(st.lists(TYPED, max_size=12))
def test_rows_have_one_identity_exactly_where_the_oracle_sees_one_product(rows: list[dict[str, str]]) -> None:
    first: dict[str, int] = {}
    found = {}
    for place, typed in enumerate(rows):
        identity = listed(place, typed).identity
        if identity in first:
            found[place] = first[identity]
        first.setdefault(identity, place)
    assert found == bulk_oracle.repeats(rows)


CELL = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["=1+1", "@SUM(A1)", "-1", "1e999", "0", "NaN", "水泥", "t", "是", "\0", "9" * 400]),
)


@settings(max_examples=150)
@given(st.lists(st.lists(CELL, min_size=len(HEADINGS), max_size=len(HEADINGS)), min_size=1, max_size=4))
@example([["水泥", *[""] * (len(HEADINGS) - 1)]])
def test_reading_and_judging_are_total(lines: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([HEADINGS, *lines])
    try:
        found = taken(read_text(text.getvalue().encode("utf-8-sig", "replace"), LIMITS), KINDS)
    except ReadProblem as problem:
        assert_said(problem)
        return
    known = Known(UUID(int=1), applicants.REFERENCE)
    for one in found.rows:
        outcome = judge(one, known)
        assert bool(outcome.records) == (verdict(outcome.findings) is not Verdict.ERROR)
        for finding in outcome.findings:
            assert_said(finding)


def assert_said(one: ReadProblem | Finding) -> None:
    for lang in LANGUAGES:
        assert say(one.key, lang, one.facts)


@given(st.permutations(range(len(HEADINGS))), st.booleans())
def test_the_order_of_columns_says_nothing(order: list[int], english: bool) -> None:
    headings = ENGLISH if english else HEADINGS
    cells = row(1)
    shuffled = product_files.as_csv([[cells[n] for n in order]], [headings[n] for n in order])
    assert _only(shuffled) == _only(product_files.as_csv([cells]))


def _only(data: bytes) -> Listed:
    return taken(read_text(data, LIMITS), KINDS).rows[0]


def test_every_needed_column_has_a_heading_in_both_languages() -> None:
    for headings in (HEADINGS, ENGLISH, REQUIRED):
        columns = columns_of(headings, KINDS)
        assert columns.missing == ()
        assert columns.unread == ()
