"""Words of lines that are no listed building material: labour, plant, fees, aggregates, water and power."""

import re
from collections.abc import Mapping
from enum import StrEnum

from registry.units.table import Dimension, Unit


class Unlisted(StrEnum):
    """Why a line has no material kind; the last part of the key `bom.kind.unlisted-…`."""

    LABOUR = "labour"
    PLANT = "plant"
    SERVICE = "service"
    AGGREGATE = "aggregate"
    UTILITY = "utility"
    AUXILIARY = "auxiliary"


WORDS: Mapping[Unlisted, str] = {
    Unlisted.LABOUR: "综合工日 人工 人工费 普工 技工 高级工 一般技工 综合用工 机上人工 labour",
    Unlisted.PLANT: (
        "挖掘机 推土机 压路机 起重机 塔吊 汽车吊 搅拌机 振捣器 振动器 输送泵 泵车 搅拌车 运输车 "
        "自卸汽车 载重汽车 载货汽车 切断机 弯曲机 电焊机 弧焊机 卷扬机 空压机 空气压缩机 装载机 "
        "打夯机 夯实机 切割机 机械费 机具 施工机械"
    ),
    Unlisted.SERVICE: (
        "运费 运输费 安装费 检测费 试验费 措施费 管理费 利润 税金 规费 服务费 设计费 泵送费 "
        "吊装费 其他材料费 材料费 其他机械费 折旧费 养护费 保管费"
    ),
    Unlisted.AGGREGATE: (
        "中砂 粗砂 细砂 河砂 机制砂 天然砂 砂子 砂石 碎石 卵石 石子 砾石 石屑 级配碎石 毛石 片石 "
        "块石 素土 黏土 粘土 石灰 生石灰 粉煤灰"
    ),
    Unlisted.UTILITY: "自来水 施工用水 施工用电 电费 水费 柴油 汽油 氧气 乙炔气 乙炔 天然气",
    Unlisted.AUXILIARY: (
        "铁钉 圆钉 水泥钉 铁丝 镀锌铁丝 铁件 焊条 电焊条 螺栓 螺钉 自攻螺钉 膨胀螺栓 垫片 砂纸 "
        "棉纱 草袋 塑料薄膜 木模板 模板 脚手架 脚手架钢管 扣件 安全网 竹胶板模板 木方 枋材 板方材 "
        "脱模剂 隔离剂 养护剂 钢筋 螺纹钢 圆钢 盘条 钢绞线 套筒 直螺纹套筒"
    ),
}
# One sign is a material only when it is the whole name: 水 is water, 水泥 is not.
WHOLE_NAMES: Mapping[str, Unlisted] = {
    "水": Unlisted.UTILITY,
    "电": Unlisted.UTILITY,
    "煤": Unlisted.UTILITY,
    "砂": Unlisted.AGGREGATE,
    "石": Unlisted.AGGREGATE,
    "土": Unlisted.AGGREGATE,
}
_SECTIONS = {"人工": Unlisted.LABOUR, "机械": Unlisted.PLANT}
_HEADING = re.compile(r"^[(（]?[一二三四五六七八九十0-9A-Z]*[)）]?[、.．]?\s*(人工|机械)[类费]?$")


def by_measure(unit: Unit | None, section: str | None) -> Unlisted | None:
    """What the unit (工日, 台班, 元, %) or the section of a 人材机 list says by itself."""
    dimension = None if unit is None else unit.dimension
    if dimension is Dimension.LABOUR:
        return Unlisted.LABOUR
    if dimension is Dimension.PLANT_TIME:
        return Unlisted.PLANT
    if dimension in {Dimension.MONEY, Dimension.SHARE}:
        return Unlisted.SERVICE
    heading = _HEADING.match(section or "")
    return None if heading is None else _SECTIONS[heading[1]]
