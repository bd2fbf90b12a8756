"""Performance read from the words of a line: C30 P6, P·O 42.5R, SBS II PY 4mm, 6Low-E+12A+6, B1级, DN50.

The names are those of the tree of material kinds, so that a line and a product compare name by name.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypedDict, cast

from registry.kit.types import plain


class Attributes(TypedDict, total=False):
    """What a line states of its material; a name left out is not stated."""

    strength: str  # concrete: C30
    impermeability: str  # P6
    pumped: bool
    transport_included: bool
    age: Decimal  # days
    slump: Decimal  # mm
    mortar_class: str  # M10
    mortar_type: str  # DM, DP, DS, WM …
    type: str  # cement P·O; membrane SBS, APP, TPO …
    strength_class: str  # cement: 42.5R
    grade: str  # membrane: I, II
    base: str  # membrane carrier: PY, G, PYG
    thickness: Decimal  # mm
    makeup: str  # glass: 6Low-E+12A+6
    low_e: bool
    reaction_to_fire: str  # A, A1, A2, B1, B2
    density: Decimal  # kg/m3
    area_mass: Decimal  # kg/m2
    conductivity: Decimal  # W/(m·K)
    u_value: Decimal  # W/(m2·K)
    nominal_diameter: Decimal  # DN, mm
    outer_diameter: Decimal  # De, mm
    steel_grade: str  # HRB400E, Q355B
    aac_strength: str  # A5.0
    aac_density: str  # B06
    unit_strength: str  # bricks: MU10
    cable_section: str  # 4×25+1×16
    size: str  # 600×600×10
    power: Decimal  # W
    material: str  # insulation: rock-wool, XPS …; pipe: PP-R, HDPE …
    ring_stiffness: str  # SN8
    pipe_series: str  # S4
    nominal_pressure: str  # PN16
    fire_resistance: Decimal  # h
    movement_class: str  # sealant: 25LM
    formaldehyde_grade: str  # E1, E0, ENF
    section: str  # keel: QC75
    water_use: Decimal  # L per flush
    rated_flow: Decimal  # m3/h
    daily_flow: Decimal  # m3/d
    heating_capacity: Decimal  # kW


_FIGURE = r"([0-9]+(?:\.[0-9]+)?)"
_START = r"(?<![A-Z0-9.])"
_END = r"(?![A-Z0-9])"


def _figure(text: str) -> Decimal:
    return Decimal(plain(Decimal(text)))


def _cement_type(text: str) -> str:
    letters = re.sub(r"[^A-Z]", "", text)
    return "·".join(("P", letters[1:])) if len(letters) < 3 or letters[1:] == "II" else "·".join(letters)


def _sizes(text: str) -> str:
    return re.sub(r"[X*×]", "×", text).removesuffix("MM")


_FIRE = (
    r"(?<![A-Z0-9.])(A1|A2|A|B1|B2)级|燃烧性能(?:等级)?[:为]?(A1|A2|A|B1|B2)"
    r"|(?<![A-Z0-9.])(B1|B2)(?![0-9A-Z.]|层|楼|区|栋|户|型)"  # B1层 is a basement
)
# Each attribute: the pattern whose first group is its value, and how the value is made.
_PATTERNS: tuple[tuple[str, str, Callable[[str], object]], ...] = (
    ("strength", rf"{_START}L?(C(?:[1-9][05]|100))(?![0-9.A-OQRT-Z×*])", str),
    ("impermeability", r"(?<![A-Z.·])(P(?:4|6|8|10|12))(?![0-9.])", str),
    ("age", rf"{_START}(28|56|60|90)(?:D|天){_END}", _figure),
    ("slump", rf"坍落度[:=]?{_FIGURE}", _figure),
    ("mortar_class", r"(?<![A-Z0-9])(M(?:2\.5|5|7\.5|10|15|20|25|30))(?:\.0)?(?![0-9.×X*A-Z])", str),
    ("strength_class", r"(?<![0-9.])((?:32|42|52|62)\.5R?)(?![0-9]|MM|KG|%)", str),
    ("grade", r"(?:SBS|APP|自粘|卷材)[-( ]?(I{1,2})(?![A-Z])|(?<![A-Z])(I{1,2})型", str),
    ("base", r"(?:SBS|APP)[- ]?(?:I{1,2})?[- ]?(PYG|PY|G)(?![A-Z])|(?<![A-Z])(PYG|PY)(?![A-Z])", str),
    ("reaction_to_fire", _FIRE, str),
    ("conductivity", rf"{_FIGURE}W/\(?M[·.*]?K\)?", _figure),
    ("u_value", rf"{_FIGURE}W/\(?M2[·.*]?K\)?", _figure),
    ("density", rf"{_FIGURE}KG/M3|(?<!面)(?:密度|容重)[:=≥≧>]*{_FIGURE}", _figure),
    ("area_mass", rf"{_FIGURE}KG/M2|面密度[:=≥≧>]*{_FIGURE}", _figure),
    ("nominal_diameter", rf"DN{_FIGURE}", _figure),
    ("outer_diameter", rf"(?<![A-Z])(?:DE|Φ|Ø){_FIGURE}", _figure),
    ("steel_grade", r"(?<![A-Z])(HRB[F]?[3-6][0-9]{2}E?|HPB300|Q[23459][0-9]{2}[A-E]?)(?![0-9])", str),
    ("aac_strength", r"(?<![A-Z0-9])(A(?:2\.[05]|3\.5|5\.0|7\.5|10(?:\.0)?))(?![0-9.])", str),
    ("aac_density", r"(?<![A-Z0-9])(B0[3-8])(?![0-9])", str),
    ("unit_strength", r"(?<![A-Z0-9])(MU[0-9]+(?:\.[0-9])?)", str),
    ("power", rf"(?<![0-9.×X*]){_FIGURE}W(?![A-Z/(])", _figure),
    ("ring_stiffness", rf"{_START}(SN(?:2|4|6\.3|8|10|12\.5|16))(?![0-9.])", str),
    ("pipe_series", rf"(?:PP-?R|PE-?RT|PE-?X|PB).*{_START}S(2\.5|3\.2|4|5|6\.3)(?![0-9.])", str),
    ("nominal_pressure", rf"{_START}(PN(?:10|16|25|40))(?![0-9.])", str),
    ("fire_resistance", rf"(?<![0-9.]){_FIGURE}(?:H|小时)(?![A-Z0-9])", _figure),
    ("movement_class", rf"{_START}((?:50|35|25|20)[LH]M){_END}", str),
    ("formaldehyde_grade", rf"{_START}(E0|E1|ENF){_END}", str),
    ("section", rf"{_START}(Q[CU](?:50|75|100|150)){_END}", str),
    ("water_use", rf"(?<![0-9.]){_FIGURE}L(?![A-Z0-9/])", _figure),
    ("rated_flow", rf"{_FIGURE}(?:M3|立方)/H", _figure),
    ("daily_flow", rf"{_FIGURE}(?:M3|立方)/D", _figure),
    ("heating_capacity", rf"(?<![0-9.]){_FIGURE}KW(?![A-Z])", _figure),
)  # fmt: skip
_COMPILED = tuple((name, re.compile(pattern), made) for name, pattern, made in _PATTERNS)
# What an insulation or a plastic pipe is made of, by the words that say so; the first that stands decides.
_MATERIALS = tuple(
    (re.compile(pattern), material)
    for pattern, material in (
        ("岩棉", "rock-wool"), ("矿渣棉", "slag-wool"), ("玻璃棉", "glass-wool"), ("XPS|挤塑", "XPS"),
        ("EPS|聚苯板|模塑聚苯", "EPS"), ("(?:硬泡)?聚氨酯(?:保温)?板", "PU"), ("泡沫玻璃", "foamed-glass"),
        ("真空绝热板", "vacuum-core"), ("PP-?R(?![A-Z])", "PP-R"), ("PE-?RT", "PE-RT"),
        ("PE-?X(?![A-Z])", "PE-X"),
        (r"HDPE(?!.*(?:卷材|胶膜))", "HDPE"), (r"(?<![A-Z-])U?PVC(?:-U)?[^,;]*(?:管|排水|给水)", "PVC-U"),
        ("(?<![A-Z])PE(?:给水|燃气)?管", "PE"),
    )
)  # fmt: skip
_WIRE = re.compile(rf"(?:BV|BVR|BYJ|RV)[- ]?{_FIGURE}(?:MM2)?(?![0-9X×*.])")
_OUTSIDE = re.compile(rf"(?<![A-Za-z])dn\s?{_FIGURE}")
_DRY_MORTAR = re.compile(r"(?<![A-Z0-9])([DW][MPSW])[- ]?M?(2\.5|5|7\.5|10|15|20|25|30)(?![0-9×X*])")
_CEMENT_TYPE = re.compile(r"(?<![A-Z])(P[·.]?(?:II|I|O|S(?:[·.]?[AB])?|P|F|C))(?=[- (]*[3-6]2\.5)")
_MEMBRANE_TYPE = re.compile(
    r"(?<![A-Z])(SBS|APP|TPO|EPDM)(?![A-Z]*[SEA]PS)|(?<![A-Z])(PVC|HDPE)(?=[^,;]*(?:防水卷材|胶膜))"
)
_PANE = r"[0-9]{1,2}(?:LOW-?E|PVB|SGP|AR|A|V|TP|T|C)?(?:\([^()]*\))?"
_MAKEUP = re.compile(rf"(?<![0-9×X*.])({_PANE}(?:\+(?:[0-9]\.)?{_PANE})+)")
_CABLE = re.compile(r"(?:YJ|BV|RV|KV|VV|BYJ|BTT)[A-Z0-9-]*?[- ]?([1-9][X×*][0-9.]+(?:\+[1-9][X×*][0-9.]+)*)")
_SIZE = re.compile(r"(?<![0-9.×X*])([0-9]{2,5}(?:[X×*][0-9]{1,5}(?:\.[0-9])?){1,2}(?:MM)?)(?![0-9×X*+])")
_THICK = re.compile(rf"{_FIGURE}(?:MM|毫米)?厚|厚度?[:=为]?{_FIGURE}(?:MM|毫米)?")
_MILLIMETRES = re.compile(rf"(?<![0-9.×X*+Φ]){_FIGURE}(?:MM|毫米)(?![×X*+0-9])")


def extract(*texts: str) -> Attributes:
    """Everything the words state; of several values of one name the first counts."""
    words = " ".join(texts)
    text = _normal(words)
    found: dict[str, object] = {}
    for name, pattern, made in _COMPILED:
        match = pattern.search(text)
        if match is not None:
            found[name] = made(next(group for group in match.groups() if group is not None))
    found.update(_types(text))
    found.update(_shapes(text))
    found.update(_answers(text))
    found.update(_made_of(text))
    outside = _OUTSIDE.search(unicodedata.normalize("NFKC", words))
    if outside is not None:  # dn is an outside diameter, DN a nominal one: only the case tells them apart
        found["outer_diameter"] = _figure(outside[1])
        found.pop("nominal_diameter", None)
    return cast("Attributes", found)


def stated(attributes: Attributes) -> dict[str, str]:
    """The values as the registry writes them: plain decimals, `true` and `false`."""
    return {name: _text(value) for name, value in attributes.items()}


def _types(text: str) -> Iterator[tuple[str, object]]:
    mortar = _DRY_MORTAR.search(text)
    if mortar is not None:
        yield "mortar_type", mortar[1]
        yield "mortar_class", f"M{mortar[2]}"
    cement = _CEMENT_TYPE.search(text)
    membrane = _MEMBRANE_TYPE.search(text)
    if cement is not None:
        yield "type", _cement_type(cement[1])
    elif membrane is not None:
        yield "type", membrane[1] or membrane[2]


def _shapes(text: str) -> Iterator[tuple[str, object]]:
    makeup, cable, size = _MAKEUP.search(text), _CABLE.search(text), _SIZE.search(text)
    wire = _WIRE.search(text)
    if makeup is not None and cable is None:
        yield "makeup", re.sub(r"LOW-?E", "Low-E", makeup[1])
    if cable is not None:
        yield "cable_section", _sizes(cable[1])
    elif wire is not None:
        yield "cable_section", f"1×{_figure(wire[1])}"
    elif size is not None:
        yield "size", _sizes(size[1])
    thick = _THICK.search(text)
    lengths = set(_MILLIMETRES.findall(text))
    if thick is not None:
        yield "thickness", _figure(next(group for group in thick.groups() if group is not None))
    elif len(lengths) == 1:
        yield "thickness", _figure(lengths.pop())


def _made_of(text: str) -> Iterator[tuple[str, object]]:
    for pattern, material in _MATERIALS:
        if pattern.search(text):
            yield "material", material
            return


def _answers(text: str) -> Iterator[tuple[str, object]]:
    """Yes and no: 非泵送 says no, silence says nothing."""
    if re.search(r"泵送(?!剂)", text):
        yield "pumped", re.search(r"[非不]泵送", text) is None
    if re.search(r"含运[费输]|含运(?![动])", text):
        yield "transport_included", re.search(r"[不未]含运", text) is None
    if re.search(r"LOW-?E|低辐射", text):
        yield "low_e", True


def _normal(text: str) -> str:
    """Plain forms, capitals, Roman numerals as letters, one space at most and none beside a sign."""
    folded = unicodedata.normalize("NFKC", text).upper()
    folded = re.sub(r"[•‧・⋅]", "·", folded)
    folded = re.sub(r"[—–－]", "-", folded)
    return re.sub(r"\s*([×*·+/:=()])\s*", r"\1", re.sub(r"\s+", " ", folded)).replace("(R)", "R")


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain(value) if isinstance(value, Decimal) else str(value)
