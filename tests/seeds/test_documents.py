"""The restated documents say what the shared extract found, in our own words, with nothing added."""

import hashlib
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from seeds.documents.reader import Item, Reading, Statement, Target, documents, items, targets
from seeds.reference.loading import Standing

SHARED = Path(__file__).resolve().parents[3] / "shared"
EXTRACT = SHARED / "domain" / "seeds-extract.json"
SOURCES = SHARED / "seeds"
LONGEST_TITLE = 20

needs_extract = pytest.mark.skipif(
    not EXTRACT.is_file(), reason="shared extract of the source documents is absent"
)
needs_sources = pytest.mark.skipif(not SOURCES.is_dir(), reason="shared source documents are absent")


def _extract(part: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in json.loads(EXTRACT.read_text(encoding="utf-8"))[part]}


def _document_of(row: dict[str, Any]) -> str:
    return next(document.id for document in documents() if document.file == row["seed_file"])


def _statements() -> list[Statement]:
    return [*items(), *targets()]


def test_five_documents_87_items_and_54_targets_stand_in_id_order() -> None:
    assert [document.id for document in documents()] == [
        "guizhou",
        "zhejiang",
        "xinjiang",
        "anqing",
        "chongqing",
    ]
    assert [item.id for item in items()] == [f"I{n:03}" for n in range(1, 88)]
    assert [target.id for target in targets()] == [f"T{n:03}" for n in range(1, 55)]


def test_only_guizhou_is_a_draft_and_says_so_in_both_languages() -> None:
    drafts = [document for document in documents() if document.status is Standing.DRAFT]
    assert [document.id for document in drafts] == ["guizhou"]
    assert "征求意见稿" in drafts[0].title_zh
    assert "征求意见稿" in str(drafts[0].note_zh)
    assert "draft" in str(drafts[0].note_en)
    assert drafts[0].issued is None


def test_every_statement_is_told_in_chinese_and_in_english() -> None:
    for statement in _statements():
        assert re.search(r"[\u4e00-\u9fff]", statement.summary_zh), statement.id
        assert not re.search(r"[\u4e00-\u9fff]", statement.summary_en), statement.id


def test_a_goal_in_words_never_turns_into_a_percentage() -> None:
    goals = [target for target in targets() if target.topic == "green building goal"]
    assert {goal.id for goal in goals} == {"T027", "T050"}
    assert all(goal.status is Reading.QUALITATIVE and goal.value is None for goal in goals)


def test_no_figure_of_a_damaged_cell_can_be_loaded() -> None:
    damaged = next(target for target in targets() if target.status is Reading.DAMAGED)
    with pytest.raises(ValidationError, match="carries no figure"):
        Target.model_validate(damaged.model_dump() | {"value": "100"})


def test_a_readable_target_without_its_unit_is_refused() -> None:
    readable = next(target for target in targets() if target.status is Reading.OK)
    with pytest.raises(ValidationError, match="needs value, unit and comparator"):
        Target.model_validate(readable.model_dump() | {"unit": None})


def test_a_figure_written_as_a_number_is_refused() -> None:
    readable = next(target for target in targets() if target.status is Reading.OK)
    with pytest.raises(ValidationError, match="write a figure as text"):
        Target.model_validate(readable.model_dump() | {"value": 9.5})


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Item.model_validate(items()[0].model_dump() | {"quote": "x"})


@needs_sources
def test_each_fingerprint_is_that_of_the_copy_that_was_read() -> None:
    for document in documents():
        digest = hashlib.sha256((SOURCES / document.file).read_bytes()).hexdigest()
        assert digest == document.sha256, document.id


@needs_sources
def test_titles_numbers_and_dates_stand_in_the_source_text() -> None:
    for document in documents():
        text = re.sub(r"[\s*#]", "", (SOURCES / document.file).read_text(encoding="utf-8"))
        assert document.title_zh.replace("（征求意见稿）", "") in text, document.id
        assert document.number is None or document.number in text
        for day in (document.issued, document.in_force):
            assert day is None or f"{day.year}年{day.month}月{day.day}日" in text, document.id


@needs_sources
def test_no_sentence_of_a_source_document_is_carried_over() -> None:
    texts = {
        document.id: re.sub(r"[\s*]", "", (SOURCES / document.file).read_text(encoding="utf-8"))
        for document in documents()
    }
    for statement in _statements():
        ours = re.sub(r"\s", "", statement.summary_zh)
        windows = [ours[i : i + LONGEST_TITLE] for i in range(len(ours) - LONGEST_TITLE + 1)]
        assert not [part for part in windows if part in texts[statement.document]], statement.id


@needs_extract
def test_regions_agree_with_the_extract() -> None:
    told = {
        row["seed_file"]: row["gbt2260"]
        for row in json.loads(EXTRACT.read_text(encoding="utf-8"))["documents"]
    }
    assert {document.file: document.region for document in documents()} == told


@needs_extract
def test_every_item_of_the_extract_is_restated_and_none_is_added() -> None:
    told = _extract("items")
    assert [item.id for item in items()] == list(told)
    for item in items():
        row = told[item.id]
        assert item.document == _document_of(row), item.id
        assert item.topic == row["topic"], item.id
        assert item.section.split()[0] == row["section"].split()[0], item.id
        assert item.summary_en != row["summary"], item.id


@needs_extract
def test_every_target_carries_the_figure_of_the_extract_where_it_is_readable() -> None:
    told = _extract("targets")
    assert [target.id for target in targets()] == list(told)
    for target in targets():
        row = told[target.id]
        assert (target.status, target.document) == (row["status"], _document_of(row)), target.id
        if target.status is Reading.OK:
            ours = (target.value, target.unit, target.comparator)
            assert ours == (Decimal(str(row["value"])), row["unit"], row["comparator"]), target.id
        else:
            assert target.value is None, target.id
        assert target.baseline == row["baseline"], target.id
        years = set(re.findall(r"\d{4}", row["year_or_period"]))
        assert years <= set(re.findall(r"\d{4}", f"{target.period} {target.note}")), target.id
