"""Limits among the words of a query: read where they name one number in its unit, else left as words."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.comparisons import Comparison, comparisons, is_compared, numbers, unused, without
from search.text.analyze import key
from seeds.mapping import kind_facts

KINDS = kind_facts()
KNOWN = numbers(KINDS, KINDS)
NAMES = frozenset(key(word) for one in KINDS for word in (one.name_zh, one.name_en, *one.synonyms))


def read(text: str) -> tuple[Comparison, ...]:
    return comparisons(text, KNOWN, NAMES)


@pytest.mark.parametrize(
    ("text", "parameter", "value", "rest"),
    [
        ("传热系数1.5以下", "attr.u_value_max", "1.5", ""),
        ("传热系数不大于1.5", "attr.u_value_max", "1.5", ""),
        ("传热系数≤1.5", "attr.u_value_max", "1.5", ""),
        ("U≤1.5", "attr.u_value_max", "1.5", ""),
        ("K值 <= 1.5 W/(m²·K) 窗", "attr.u_value_max", "1.5", "窗"),
        ("U值≤1.5 w/m2k low-e", "attr.u_value_max", "1.5", "low-e"),
        ("λ≤０．０４", "attr.conductivity_max", "0.04", ""),
        ("中空玻璃的传热系数≤1.5", "attr.u_value_max", "1.5", "中空玻璃"),
        ("厚度50毫米及以上的岩棉板", "attr.thickness_min", "50", "岩棉板"),
        ("岩棉 厚度至少为 50", None, None, "岩棉 厚度至少为 50"),
        ("岩棉，厚度至少 50 毫米", "attr.thickness_min", "50", "岩棉,"),
        ("thickness at least 50 mm, rock wool", "attr.thickness_min", "50", ", rock wool"),
        ("孔洞率 ≥ 40%", "attr.void_ratio_min", "40", ""),
    ],
)
def test_a_limit_on_one_number_is_taken_out_of_the_words(
    text: str, parameter: str | None, value: str | None, rest: str
) -> None:
    found = read(text)
    assert [(one.parameter, str(one.value)) for one in found] == ([(parameter, value)] if parameter else [])
    assert without(text, found) == rest


@pytest.mark.parametrize(
    "text",
    [
        "强度不低于42.5",  # of cement a class, of others several numbers
        "抗压强度≥5",  # MPa of blocks, kPa of insulation
        "面板厚度≥5",
        "厚度≥5cm",
        "厚度≥5 cm",
        "厚度≥5厘米",
        "传热系数<1.5",
        "传热系数小于1.5",
        "传热系数超过1.5",
        "厚度≥1,000",
        "厚度50-100",
        "厚度 50",
        "总体厚度≥50",
        "blu≤3",
        "P.O 42.5 以上",
        "42.5R",
        "不低于",
        "",
    ],
)
def test_what_names_no_one_number_stays_as_it_is(text: str) -> None:
    assert read(text) == ()


def test_of_one_kind_a_number_needs_no_unit_that_others_state_otherwise() -> None:
    wool = [one for one in KINDS if one.kind == "insulation.mineral-wool"]
    [found] = comparisons("抗压强度≥50", numbers(wool, KINDS), NAMES)
    assert (found.parameter, found.value) == ("attr.compressive_strength_kpa_min", Decimal(50))


def test_several_limits_are_each_read() -> None:
    found = read("岩棉板 导热系数≤0.04 厚度50mm以上 厚度不超过100mm")
    assert [one.parameter for one in found] == [
        "attr.conductivity_max",
        "attr.thickness_min",
        "attr.thickness_max",
    ]
    text = "岩棉板 导热系数≤0.04 厚度50mm以上 厚度不超过100mm"
    assert without(text, found) == "岩棉板"
    assert without(text, found[1:2]) == "岩棉板 导热系数≤0.04 厚度不超过100mm"


numbers_typed = st.decimals(min_value=0, max_value=10**6, places=3).map(lambda value: f"{value:f}")
single = st.sampled_from(sorted(label for label in KNOWN if label == key(label)))


@given(
    label=single,
    value=numbers_typed,
    blank=st.sampled_from(("", " ")),
    after=st.sampled_from(("", " 板", "，")),
)
def test_every_number_is_read_by_its_name_with_and_without_its_unit(
    label: str, value: str, blank: str, after: str
) -> None:
    number = KNOWN[label]
    for unit in dict.fromkeys(("", number.unit)):
        for sign, side in (("≤", "max"), ("不低于", "min")):
            [found] = read(f"{label}{blank}{sign}{blank}{value}{unit}{after}")
            assert (found.parameter, found.value) == (f"attr.{number.name}_{side}", Decimal(value))
    [found] = read(f"{label}{blank}{value}{number.unit}以下{after}")
    assert found.parameter == f"attr.{number.name}_max"


pieces = st.sampled_from(
    ("传热系数", "厚度", "≤", "不低于", "以下", "1.5", "50mm", "的", " ", "，", "岩棉", "u", "(")
)


@given(st.text(max_size=40) | st.lists(pieces, max_size=10).map("".join))
def test_any_text_is_read_and_nothing_but_limits_is_taken_out(text: str) -> None:
    found = read(text)
    assert is_compared(text) or not found
    assert all(before.end <= after.start for before, after in pairwise(found))
    taken = sum(len("".join(one.said.split())) for one in found)
    rest, whole = without(text, found), without(text, ())
    assert len("".join(whole.split())) - taken - 2 * len(found) <= len("".join(rest.split()))
    assert read(rest) == () or found


@pytest.mark.parametrize(
    ("text", "said", "why", "rest"),
    [
        ("中空玻璃 传热系数<1.5", "传热系数<1.5", "strict", "中空玻璃"),
        ("中空玻璃 传热系数小于1.5", "传热系数小于1.5", "strict", "中空玻璃"),
        ("岩棉 厚度大于50mm", "厚度大于50mm", "strict", "岩棉"),
        ("岩棉 厚度小于50毫米", "厚度小于50mm", "strict", "岩棉"),
        ("碳足迹≤3 石膏板", "碳足迹≤3", "footprint", "石膏板"),
        ("石膏板 碳足迹3以下", "碳足迹3以下", "footprint", "石膏板"),
        ("石膏板 碳足迹 < 3 kgCO2e", "碳足迹 < 3 kgco2e", "footprint", "石膏板"),
    ],
)
def test_a_limit_that_cannot_be_used_is_said_and_no_words(text: str, said: str, why: str, rest: str) -> None:
    assert is_compared(text)
    assert read(text) == ()
    [found] = unused(text, KNOWN, NAMES)
    assert (found.said.replace("毫米", "mm"), found.unused) == (said, f"search.compared-{why}")
    assert without(text, [found]) == rest


@pytest.mark.parametrize(
    "text",
    [
        "传热系数不大于1.5",
        "厚度≥50",
        "厚度<=50mm",
        "碳足迹报告",
        "碳足迹 石膏板",
        "厚度 50",
        "面板厚度<5",
        "blu<3",
    ],
)
def test_what_is_used_or_compares_nothing_is_not_called_unused(text: str) -> None:
    assert unused(text, KNOWN, NAMES) == ()
