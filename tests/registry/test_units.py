"""Spellings of units are read as people write them, and nothing unknown is guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.units.parse import parse_unit
from registry.units.table import Dimension, base, table, unit

SPELLINGS = {
    "m3": ["m3", "M3", "m³", "㎥", "m^3", "立方", "立方米", "立米", "方", " m 3 ", "ｍ３", "m3(实方)"],
    "m2": ["m2", "㎡", "m²", "M²", "平方米", "平米", "平方", "Ｍ２", "m2（投影面积）", "(m2)"],
    "t": ["t", "T", "吨", "Ｔ", "公吨"],
    "kg": ["kg", "KG", "Kg", "㎏", "公斤", "千克"],
    "m": ["m", "M", "米", "延米", "延长米", "m."],
    "piece": ["个", "件", "只", "樘", "台", "块", "根", "片", "张", "PCS"],
    "set": ["套", "组", "副"],
    "kWh": ["kWh", "KWH", "度", "千瓦时"],
    "workday": ["工日", "综合工日"],
}


@pytest.mark.parametrize(("code", "spelling"), [(c, s) for c, many in SPELLINGS.items() for s in many])
def test_a_spelling_names_its_unit(code: str, spelling: str) -> None:
    read = parse_unit(spelling)
    assert read is not None
    assert read.unit == unit(code)
    assert read.multiplier == 1


@pytest.mark.parametrize(
    ("text", "code", "multiplier"),
    [
        ("10m3", "m3", 10),
        ("100m²", "m2", 100),
        ("１００ｍ２", "m2", 100),
        ("1000块", "piece", 1000),
        ("千块", "piece", 1000),
        ("百块", "piece", 100),
        ("万吨", "t", 10000),
        ("m2×100", "m2", 100),
        ("10*m3", "m3", 10),
        ("1m3", "m3", 1),
    ],
)
def test_quota_units_keep_their_multiplier(text: str, code: str, multiplier: int) -> None:
    read = parse_unit(text)
    assert read is not None
    assert (read.unit.code, read.multiplier) == (code, Decimal(multiplier))


@pytest.mark.parametrize(
    "text", ["", " ", "2m3", "m4", "ton", "见备注", "个/套", "m2/m3", "100", "千", "米" * 50]
)
def test_an_unknown_unit_is_not_guessed(text: str) -> None:
    assert parse_unit(text) is None


def test_a_bracketed_remark_is_kept_beside_the_unit() -> None:
    read = parse_unit("m2（投影面积）")
    assert read is not None
    assert read.qualifier == "投影面积"


def test_every_dimension_has_one_base_unit_and_positive_factors() -> None:
    assert {base(dimension).dimension for dimension in Dimension} == set(Dimension)
    assert all(base(dimension).factor == 1 for dimension in Dimension)
    assert all(found.factor > 0 for found in table().by_code.values())


def test_every_symbol_reads_back_as_its_own_unit() -> None:
    for found in table().by_code.values():
        for symbol in (found.symbol_zh, found.symbol_en):
            read = parse_unit(symbol)
            if read is not None:
                assert read.unit == found


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    read = parse_unit(text)
    assert read is None or read.multiplier >= 1
