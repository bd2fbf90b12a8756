"""Groups of words that mean the same building material, in Chinese and English."""

from collections.abc import Iterator, Mapping
from functools import cache

from search.text.analyze import is_cjk, key, units

# Every line is one group. Trade usage and the titles of the national product standards; each word is
# replaced by the others only as a whole word of the query, never inside one.
GROUPS: tuple[tuple[str, ...], ...] = (
    ("石膏板", "纸面石膏板", "plasterboard", "gypsum board", "drywall"),
    ("磷石膏", "phosphogypsum"),
    ("脱硫石膏", "FGD gypsum"),
    ("石膏", "gypsum"),
    ("预拌混凝土", "商品混凝土", "商品砼", "商砼", "ready-mixed concrete", "ready-mix concrete"),
    ("混凝土", "砼", "concrete"),
    ("预拌砂浆", "干混砂浆", "ready-mixed mortar", "dry-mix mortar"),
    ("岩棉", "mineral wool", "rock wool", "stone wool"),
    ("玻璃棉", "glass wool"),
    ("低辐射玻璃", "低辐射镀膜玻璃", "Low-E玻璃", "LowE玻璃", "low-e glass"),
    ("低辐射", "Low-E", "LowE"),
    ("中空玻璃", "insulating glass", "insulated glass", "IGU"),
    ("夹层玻璃", "laminated glass"),
    ("加气块", "加气混凝土砌块", "蒸压加气混凝土砌块", "AAC", "autoclaved aerated concrete"),
    ("SBS", "SBS改性沥青", "弹性体改性沥青"),
    ("APP改性沥青", "塑性体改性沥青"),
    ("防水卷材", "waterproofing membrane", "waterproof sheet"),
    ("A级", "不燃", "non-combustible", "noncombustible"),
    ("B1级", "难燃"),
    ("P·O", "普通硅酸盐水泥", "普硅水泥", "普通水泥", "ordinary portland cement", "OPC"),
    ("P·C", "复合硅酸盐水泥", "复合水泥"),
    ("P·S", "矿渣硅酸盐水泥", "矿渣水泥", "slag cement"),
    ("P·F", "粉煤灰硅酸盐水泥", "粉煤灰水泥"),
    ("P·P", "火山灰质硅酸盐水泥", "火山灰水泥"),
    ("P·LC", "石灰石硅酸盐水泥", "portland limestone cement"),
    ("低熟料水泥", "low-clinker cement"),
    ("水泥", "cement"),
    ("熟料", "clinker"),
    ("钢筋", "螺纹钢", "rebar"),
    ("光伏组件", "太阳能组件", "photovoltaic module", "PV module"),
    ("挤塑板", "XPS", "挤塑聚苯板"),
    ("聚苯板", "EPS", "模塑聚苯板"),
    ("泡沫板", "聚苯板", "挤塑板", "foam board"),
    ("马桶", "坐便器", "蹲便器", "toilet"),
    ("洗脸盆", "洗面器", "洗手盆", "wash basin", "washbasin"),
    ("欧松板", "定向刨花板", "OSB", "oriented strand board"),
    ("胶合木", "glulam", "glued laminated timber"),
    ("正交胶合木", "CLT", "cross laminated timber"),
    ("减水剂", "superplasticizer", "superplasticiser", "water reducer"),
    ("硅藻泥", "矽藻泥", "diatom mud"),
    ("塑钢窗", "塑料窗", "PVC窗", "PVC window"),
    ("防盗门", "防盗安全门", "security door"),
    ("铝模板", "铝合金模板", "aluminium formwork"),
    ("石膏线", "石膏装饰线", "gypsum cornice"),
    ("粉刷石膏", "抹灰石膏", "gypsum plaster"),
    ("三玻两腔", "triple glazing", "triple-glazed"),
    ("JS防水", "聚合物水泥防水"),
    ("地源热泵", "geothermal heat pump", "ground-source heat pump"),
    ("瓷砖", "陶瓷砖", "ceramic tile"),
    ("涂料", "coating", "paint"),
    ("EPD", "环境产品声明", "III 型环境声明", "environmental product declaration"),
    ("断桥铝", "断热铝合金", "thermal break aluminium"),
)

_ABBREVIATION = 4  # letters


@cache
def _by_key() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for group in GROUPS:
        for word in group:
            others = (other for other in group if key(other) != key(word))
            found[key(word)] = tuple(dict.fromkeys((*found.get(key(word), ()), *others)))
    return found


def others(word_key: str) -> tuple[str, ...]:
    """The other members of the groups a word belongs to."""
    return _by_key().get(word_key, ())


def is_abbreviation(word: str) -> bool:
    """A short Latin word that is whole as it stands: EPD must not find EPDM."""
    return len(word) <= _ABBREVIATION and word.isascii() and word.isalpha() and word in _by_key()


def longest_key() -> int:
    return max(map(len, _by_key()))


def chinese_words() -> Iterator[str]:
    """The CJK runs of all groups, for the segmenter's dictionary."""
    for group in GROUPS:
        for word in group:
            yield from (unit.text for unit in units(word) if is_cjk(unit.text) and len(unit.text) > 1)
