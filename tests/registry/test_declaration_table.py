"""Our table of declarations: out and back, both languages' headings, and faults that name their cell."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.declarations.comparable import Generation
from registry.declarations.dataset import Dataset, Mark, Scenario, Value
from registry.declarations.documents.examining import examined
from registry.declarations.facts import MODULES, Precision
from registry.declarations.figures.headline import headline
from registry.declarations.formats import template
from registry.declarations.formats.reading import Unreadable, Weight, Written
from registry.declarations.formats.template.columns import COLUMNS
from registry.declarations.preflight.view import Context
from registry.kit.messages import LANGUAGES, say
from tests import declaration_strategies as drawn
from tests import declared
from tests.declaration_tables import ROW, WRITERS, one, table

UNHURRIED = [HealthCheck.too_slow, HealthCheck.data_too_large]
SLOW = settings(max_examples=6, deadline=None, suppress_health_check=UNHURRIED)


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("lang", LANGUAGES)
@SLOW
@given(dataset=drawn.datasets() | drawn.footprint_reports())
def test_a_row_comes_back_but_for_what_the_report_lists(form: str, lang: str, dataset: Dataset) -> None:
    written = WRITERS[form]([dataset], lang)
    listed = {remark.facts["field"] for remark in written.remarks}
    try:
        (reading,) = template.read(written.content)
    except Unreadable:
        assert listed == set(Dataset.model_fields)
        return
    back = reading.dataset
    assert {name for name in Dataset.model_fields if getattr(back, name) != getattr(dataset, name)} == listed


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_row_can_say_comes_back_whole(form: str, lang: str) -> None:
    dataset = one(
        **{"GWP 总量 A4": "MND", "GWP 化石 A1-A3": "-1.23456789012345678E-9", "有效期至": "2030-05"}
    )
    write: Callable[[Sequence[Dataset], str], Written] = WRITERS[form]
    written = write([dataset, dataset], lang)
    assert written.remarks == ()
    assert [reading.dataset for reading in template.read(written.content)] == [dataset, dataset]


def results(dataset: Dataset) -> dict[str, list[tuple[str, str | None, Decimal | Mark | None]]]:
    return {
        row.code or "": sorted(
            ((one.module, one.scenario, one.mark or one.amount) for one in row.values), key=str
        )
        for row in dataset.indicators
        if (row.code or "").startswith("GWP")
    }


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_scenario_comes_through_with_the_default_one(form: str, lang: str) -> None:
    """C3 has two scenarios; another declaration of the file has none and one of its own."""
    other = declared.dataset(
        2,
        scenarios=(Scenario(name="海运", default=True), Scenario(name="a; b (c) [d]")),
        indicators=(
            declared.row(
                "GWP-total",
                (
                    *declared.values(A1_A3="5", C3="1"),
                    Value(module="A4", scenario="海运", amount=Decimal("0.5")),
                    Value(module="A4", scenario="a; b (c) [d]", mark=Mark.MND),
                ),
            ),
        ),
    )
    papers = [declared.dataset(), other]
    back = [reading.dataset for reading in template.read(WRITERS[form](papers, lang).content)]
    assert [results(one) for one in back] == [results(one) for one in papers]
    assert [one.scenarios for one in back] == [one.scenarios for one in papers]
    assert headline(back[0]).values["modules"] == headline(papers[0]).values["modules"]
    assert "C3" in headline(back[0]).values["modules"]


def lacking(dataset: Dataset) -> list[str]:
    notes = examined(dataset, Context(day=date(2026, 6, 1)))
    return [say(one.key, "zh", one.facts) for one in notes if "module-c-missing" in one.key]


def test_our_own_file_sent_again_lacks_no_module() -> None:
    (back,) = template.read(template.write_csv([declared.dataset()], "zh").content)
    assert lacking(back.dataset) == lacking(declared.dataset()) != []
    assert "C3" not in lacking(back.dataset)[0].partition("已有")[0]


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(MODULES), st.sampled_from([None, "回收", "填埋", "S 1 [2]", "情景"])),
        st.decimals(-(10**6), 10**6, places=4) | st.sampled_from(Mark),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from(LANGUAGES),
)
def test_every_cell_of_every_scenario_comes_back(
    cells: dict[tuple[str, str | None], Decimal | Mark], lang: str
) -> None:
    values = tuple(
        Value(module=module, scenario=name, mark=held)
        if isinstance(held, Mark)
        else Value(module=module, scenario=name, amount=held)
        for (module, name), held in cells.items()
    )
    names = {name for _, name in cells if name}
    paper = declared.dataset(
        indicators=(declared.row("GWP-total", values),),
        scenarios=tuple(Scenario(name=name, default=name == "填埋") for name in sorted(names)),
    )
    (reading,) = template.read(template.write_csv([paper], lang).content)
    assert results(reading.dataset) == results(paper)
    assert sorted(reading.dataset.scenarios, key=str) == sorted(paper.scenarios, key=str)


@pytest.mark.parametrize(
    "heading",
    [
        "GWP 总量 C3 [情景：填埋]",
        "GWP total C3 [scenario: 填埋]",
        "gwp_total C3［情景:填埋］",
        "GWP 总量 C3[Scenario：填埋 ]",
    ],
)
def test_a_scenario_is_named_in_its_heading(heading: str) -> None:
    dataset = one(**{heading: "4.75", "默认情景": "填埋"})
    assert results(dataset)["GWP-total"] == [
        ("A1-A3", None, Decimal("245.5")),
        ("C3", "填埋", Decimal("4.75")),
    ]
    assert dataset.scenarios == (Scenario(name="填埋", default=True),)


def test_a_file_without_columns_of_scenarios_reads_as_before() -> None:
    dataset = one(**{"GWP 总量 C3": "1", "GWP 总量 C4 [kg CO2e]": "2"})
    assert dataset.scenarios == ()
    assert results(dataset)["GWP-total"] == [("A1-A3", None, Decimal("245.5")), ("C3", None, Decimal(1))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_is_read_in_the_encodings_people_save_it_in(encoding: str) -> None:
    (reading,) = template.read(table(ROW, encoding=encoding))
    assert reading.dataset.names == {"zh": "示例砌块（虚构）"}


@pytest.mark.parametrize(
    ("written", "day", "precision"),
    [
        ("2026", date(2026, 1, 1), Precision.YEAR),
        ("2026年", date(2026, 1, 1), Precision.YEAR),
        ("2026-05", date(2026, 5, 1), Precision.MONTH),
        ("2026年5月", date(2026, 5, 1), Precision.MONTH),
        ("2026-05-01", date(2026, 5, 1), Precision.DAY),
        ("2026年5月1日", date(2026, 5, 1), Precision.DAY),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(written: str, day: date, precision: Precision) -> None:
    found = one(有效期至=written).valid_to
    assert found is not None
    assert (found.day, found.precision) == (day, precision)


def test_blank_cells_state_nothing_and_zero_and_marks_do() -> None:
    dataset = one(**{"GWP 总量 A1-A3": "0", "GWP 总量 A4": "", "GWP 总量 C1": "未声明", "GWP 总量 D": "-3.5"})
    cells = {value.module: value.mark or value.amount for value in dataset.indicators[0].values}
    assert cells == {"A1-A3": Decimal(0), "C1": Mark.MND, "D": Decimal("-3.5")}


@pytest.mark.parametrize(
    ("standard", "code"),
    [("EN 15804+A1", "GWP"), ("EN 15804+A2", "GWP-total"), ("ISO 21930:2017", "GWP")],
)
def test_a_total_is_named_by_its_standard(standard: str, code: str) -> None:
    assert one(标准=standard).indicators[0].code == code


def test_a_footprint_has_a_total_and_no_modules() -> None:
    row = ROW | {"标准": "GB/T 24067-2024", "GWP 总量 A1-A3": "", "产品碳足迹总量": "88.8"}
    (reading,) = template.read(table(row))
    assert reading.dataset.generation is Generation.GBT24067
    assert reading.dataset.indicators == ()
    assert reading.dataset.footprint is not None
    assert reading.dataset.footprint.total == Decimal("88.8")


@pytest.mark.parametrize(
    ("change", "why", "cell"),
    [
        ({"声明单位数量": "约5"}, "not-a-number", "CSV!C2"),
        ({"声明单位数量": "-1"}, "too-small", "CSV!C2"),
        ({"声明单位数量": ""}, "missing", "CSV!C2"),
        ({"声明单位": ""}, "missing", "CSV!D2"),
        ({"产品名称（中文）": ""}, "missing", "CSV!A2"),
        ({"标准": "示例标准"}, "standard-unknown", "CSV!B2"),
        ({"标准": "ISO 14067"}, "modules-of-a-footprint", "CSV!E2"),
        ({"GWP 总量 A1-A3": "12 kg"}, "not-a-number", "CSV!E2"),
        ({"有效期至": "2026-02-30"}, "not-a-day", "CSV!F2"),
        ({"参考年": "二零二六"}, "not-a-year", "CSV!F2"),
        ({"UUID": "x"}, "not-a-uuid", "CSV!F2"),
        ({"数据类型": "示例"}, "not-in-list", "CSV!F2"),
        ({"产品碳足迹总量": "1"}, "footprint-of-modules", "CSV!F2"),
        ({"标准": "EN 15804+A1", "GWP 土地利用 A1": "1"}, "not-of-the-standard", "CSV!F2"),
        ({"默认情景": "填埋"}, "scenario-unknown", "CSV!F2"),
    ],
)
def test_a_fault_names_its_cell_and_heading_in_the_readers_language(
    change: dict[str, str], why: str, cell: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        template.read(table(ROW | change))
    assert (refused.value.key, refused.value.facts["cell"]) == (f"declaration-table-{why}", cell)
    heading = str(refused.value.facts["heading"])
    assert heading in (ROW | change)
    assert all(heading in say(refused.value.key, lang, refused.value.facts) for lang in LANGUAGES)


def test_good_rows_beside_a_bad_one_are_told_apart() -> None:
    found = template.rows(table(ROW, ROW | {"声明单位数量": "x"}, ROW))
    assert [(row.number, row.reading is not None, len(row.faults)) for row in found] == [
        (2, True, 0),
        (3, False, 1),
        (4, True, 0),
    ]


def test_a_column_that_is_not_ours_is_told_with_its_cell() -> None:
    (reading,) = template.read(table(ROW | {"备注": "示例"}))
    assert [(r.weight, r.place, r.facts["heading"]) for r in reading.remarks] == [
        (Weight.NOT_CARRIED, "CSV!F2", "备注")
    ]


def test_an_unknown_unit_is_a_doubt_and_never_a_guess() -> None:
    (reading,) = template.read(table(ROW | {"声明单位": "ton"}))
    assert (reading.dataset.declared.unit, reading.dataset.declared.stated) == (None, "ton")
    assert [remark.weight for remark in reading.remarks] == [Weight.DOUBT]


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    dataset = one(**{"产品名称（中文）": "=1+1（虚构）"})
    written = template.write_csv([dataset], "zh")
    assert "'=1+1" in written.content.decode("utf-8-sig")
    assert template.read(written.content)[0].dataset == dataset


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"a,b\n1,2\n", "declaration-table-none"),
        ("产品名称（中文）,编号,有效期至,PCR\nx,y,2026,z\n".encode(), "declaration-table-columns"),
        (",".join(ROW).encode(), "declaration-table-empty"),
        (b"", "bom.read.empty"),
    ],
)
def test_what_is_no_table_of_ours_says_why(data: bytes, key: str) -> None:
    with pytest.raises(Unreadable) as refused:
        template.read(data)
    assert refused.value.key == key


def test_every_column_has_one_heading_in_each_language() -> None:
    for lang in LANGUAGES:
        assert len({column.heading(lang) for column in COLUMNS}) == len(COLUMNS)
