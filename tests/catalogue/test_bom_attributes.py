"""Performance is read from the words of a line, and traps that look like it are not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.bom.agreement import agree, differing
from catalogue.bom.attributes import extract, stated


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("商品砼C30 P6 泵送", {"strength": "C30", "impermeability": "P6", "pumped": "true"}),
        ("C35P8 非泵送 60d", {"strength": "C35", "impermeability": "P8", "pumped": "false", "age": "60"}),
        ("C30 坍落度180±20mm 不含运费", {"slump": "180", "transport_included": "false"}),
        ("砌筑砂浆 M7.5", {"mortar_class": "M7.5"}),
        ("干混砌筑砂浆 DM M10", {"mortar_class": "M10", "mortar_type": "DM"}),
        ("DP15", {"mortar_class": "M15", "mortar_type": "DP"}),
        ("P·O 42.5R 水泥", {"type": "P·O", "strength_class": "42.5R"}),
        ("普通硅酸盐水泥 P.O42.5(R)", {"type": "P·O", "strength_class": "42.5R"}),
        ("P·II 52.5", {"type": "P·II", "strength_class": "52.5"}),
        ("SBS II PY PE 4mm", {"type": "SBS", "grade": "II", "base": "PY", "thickness": "4"}),
        ("SBSⅡ型聚酯胎 4厚", {"type": "SBS", "grade": "II", "thickness": "4"}),
        ("9.5mm厚石膏板", {"thickness": "9.5"}),
        ("石膏板 3000×1200×12mm", {"size": "3000×1200×12"}),
        ("6Low-E+12A+6", {"makeup": "6Low-E+12A+6", "low_e": "true"}),
        ("5+9A+5+9A+5 中空玻璃", {"makeup": "5+9A+5+9A+5"}),
        ("岩棉板 A级 140kg/m³ 50mm", {"reaction_to_fire": "A", "density": "140", "thickness": "50"}),
        ("挤塑板 B1 导热系数0.030W/(m·K)", {"reaction_to_fire": "B1", "conductivity": "0.03"}),
        ("断桥铝窗 K=2.0W/(m²·K)", {"u_value": "2"}),
        ("PVC-U管 DN50", {"nominal_diameter": "50"}),
        ("PE管 De110", {"outer_diameter": "110"}),
        ("加气块 A5.0 B06", {"aac_strength": "A5.0", "aac_density": "B06"}),
        ("页岩多孔砖 MU10", {"unit_strength": "MU10"}),
        ("YJV 4×25+1×16", {"cable_section": "4×25+1×16"}),
        ("螺纹钢 HRB400E Φ12", {"steel_grade": "HRB400E", "outer_diameter": "12"}),
        ("LED筒灯 12W", {"power": "12"}),
        ("面密度 8.5kg/m2", {"area_mass": "8.5"}),
        ("PPR给水管 dn25 S4", {"material": "PP-R", "outer_diameter": "25", "pipe_series": "4"}),
        ("HDPE双壁波纹管 dn300 SN8", {"material": "HDPE", "outer_diameter": "300", "ring_stiffness": "SN8"}),
        ("UPVC排水管 De110", {"material": "PVC-U", "outer_diameter": "110"}),
        ("PVC防水卷材 1.5mm", {"type": "PVC", "thickness": "1.5"}),
        ("蝶阀 DN150 PN16", {"nominal_diameter": "150", "nominal_pressure": "PN16"}),
        ("低烟无卤电线 WDZB-BYJ 2.5", {"cable_section": "1×2.5"}),
        ("BV-4mm2", {"cable_section": "1×4"}),
        ("复合防火玻璃 30mm 耐火极限1.5h", {"fire_resistance": "1.5", "thickness": "30"}),
        ("硅酮耐候密封胶 25LM", {"movement_class": "25LM"}),
        ("胶合板 E0级 18mm", {"formaldehyde_grade": "E0", "thickness": "18"}),
        ("QC75 竖龙骨", {"section": "QC75"}),
        ("连体坐便器 3.8L", {"water_use": "3.8"}),
        ("全热交换新风机 500m³/h", {"rated_flow": "500"}),
        ("中水处理设备 20m3/d", {"daily_flow": "20"}),
        ("空气源热泵机组 65kW", {"heating_capacity": "65"}),
        ("XPS挤塑板 50mm B1级", {"material": "XPS", "reaction_to_fire": "B1", "thickness": "50"}),
    ],
)
def test_performance_is_read(text: str, expected: dict[str, str]) -> None:
    found = stated(extract(text))
    assert expected.items() <= found.items()


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("C75×50×0.6 龙骨", "strength"),
        ("C33 螺母", "strength"),
        ("P·O 42.5", "impermeability"),
        ("泵送剂", "pumped"),
        ("M10×30 螺栓", "mortar_class"),
        ("地下B1层使用", "reaction_to_fire"),
        ("A5.0 砌块", "reaction_to_fire"),
        ("600×600×10mm 与 5mm 胶", "makeup"),
        ("YJV 4×25+1×16", "makeup"),
        ("0.5W/(m·K)", "power"),
        ("面密度 8.5", "density"),
        ("4mm 与 3mm", "thickness"),
        ("S4 楼梯", "pipe_series"),
        ("2t/h 软水器", "fire_resistance"),
        ("YJV 4×25+1×16", "material"),
        ("PVC卷材地板 2mm", "type"),
        ("20m³/h 处理设备", "fire_resistance"),
        ("50kW·h 蓄热", "fire_resistance"),
        ("1000L/h 净水机", "water_use"),
        ("SN8 双壁波纹", "pipe_series"),
        ("PVC-U管 DN50", "outer_diameter"),
        ("PE管 dn110", "nominal_diameter"),
    ],
)
def test_look_alikes_are_not_read(text: str, absent: str) -> None:
    assert absent not in extract(text)


def test_values_keep_their_types() -> None:
    found = extract("C30 泵送 28d")
    assert (found["strength"], found["pumped"], found["age"]) == ("C30", True, Decimal(28))


@pytest.mark.parametrize(
    ("name", "one", "other", "same"),
    [("thickness", "4", "4.0", True), ("type", "P·O", "PO", True),
     ("reaction_to_fire", "A", "A2", True), ("reaction_to_fire", "A1", "A2", False),
     ("reaction_to_fire", "B1", "B2", False), ("age", "28", "60", False),
     ("size", "600×600", "600×600×10", True), ("size", "600×600", "600×1200", False),
     ("density", "140", "130", True), ("density", "140", "100", False)],
)  # fmt: skip
def test_values_agree_by_meaning(name: str, one: str, other: str, same: bool) -> None:
    assert agree(name, one, other) is same
    assert agree(name, other, one) is same


@pytest.mark.parametrize(
    ("name", "asked", "better", "worse"),
    [("conductivity", "0.03", "0.028", "0.033"), ("u_value", "2", "1.8", "2.1"),
     ("fire_resistance", "1.5", "2", "1"), ("water_use", "4", "3.8", "5")],
)  # fmt: skip
def test_a_limit_is_met_by_what_is_better_and_not_by_what_is_worse(
    name: str, asked: str, better: str, worse: str
) -> None:
    assert agree(name, asked, asked)
    assert agree(name, asked, better)
    assert not agree(name, asked, worse)


def test_only_names_both_state_can_differ() -> None:
    assert differing({"strength": "C30", "age": "60"}, {"strength": "C35", "pumped": "true"}) == ("strength",)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert all(isinstance(value, str) and value for value in stated(extract(text)).values())
