"""The words that head the columns of materials lists, and what each column holds."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache


class ColumnRole(StrEnum):
    """What a column holds. A supplier (dealer) is never read as the maker: a dealer is no cover."""

    NUMBER = "number"
    CODE = "code"
    NAME = "name"
    SPEC = "spec"
    UNIT = "unit"
    QUANTITY = "quantity"
    PRICE = "price"
    AMOUNT = "amount"
    MAKER = "maker"
    PLANT = "plant"
    SUPPLIER = "supplier"
    BRAND = "brand"
    CERTIFICATE = "certificate"
    BUILDING = "building"
    DELIVERY = "delivery"
    PRODUCTION = "production"
    SUPPLIED_BY = "supplied-by"
    LOSS_RATE = "loss-rate"
    REMARK = "remark"


REQUIRED = (ColumnRole.NAME, ColumnRole.UNIT, ColumnRole.QUANTITY)

PHRASES: Mapping[ColumnRole, str] = {
    ColumnRole.NUMBER: "序号 编号 项次 no no. item itemno index",
    ColumnRole.CODE: "材料编码 编码 材料编号 材料代码 物料编码 物资编码 项目编码 清单编码 code",
    ColumnRole.NAME: (
        "名称 材料名称 材料设备名称 物资名称 产品名称 建材名称 绿色建材名称 品名 项目名称 "
        "人材机名称 工料机名称 材料 材料种类 名称规格型号 材料名称规格型号 名称及规格型号 材料名称及规格型号 "
        "材料名称及规格 名称及规格 名称规格 品名规格 材料名称、规格、型号 名称、规格、型号 材料名称规格 "
        "material materialname product productname name description"
    ),
    ColumnRole.SPEC: (
        "规格 型号 规格型号 型号规格 规格及型号 规格、型号 规格/型号 规格型号等级 规格及技术参数 规格参数 "
        "技术参数 技术要求 性能参数 强度等级 项目特征 spec specification model type grade"
    ),
    ColumnRole.UNIT: "单位 计量单位 数量单位 unit uom units",
    ColumnRole.QUANTITY: (
        "数量 工程量 用量 消耗量 总用量 总量 合计数量 采购数量 采购量 供货数量 使用数量 使用量 设计用量 "
        "实际用量 计划用量 暂定数量 数量合计 进场数量 quantity qty amountofwork"
    ),
    ColumnRole.PRICE: (
        "单价 市场价 预算价 暂估价 暂估单价 含税单价 不含税单价 除税单价 综合单价 基准单价 材料单价 基准价 "
        "投标单价 投标报价 甲供单价 price "
        "unitprice rate"
    ),
    ColumnRole.AMOUNT: "合价 合计 金额 总价 总金额 合价金额 市场价合计 价格合计 小计 amount total totalprice",
    ColumnRole.MAKER: (
        "厂家 生产厂家 生产企业 制造商 生产商 生产单位 厂商 制造厂家 制造单位 企业名称 产地厂家 "
        "产地及厂家 生产厂商 maker manufacturer producer"
    ),
    ColumnRole.PLANT: (
        "生产厂 生产厂名称 生产工厂 生产基地 生产场所 工厂 工厂名称 "
        "plant productionsite productionplant factory"
    ),
    ColumnRole.SUPPLIER: "供应商 经销商 供货单位 供应单位 供货商 供货厂家 代理商 supplier dealer vendor",
    ColumnRole.BRAND: "品牌 商标 品牌商标 品牌/商标 厂牌 品牌型号 推荐品牌 brand trademark",
    ColumnRole.CERTIFICATE: (
        "证书编号 认证证书编号 绿色建材证书编号 绿色建材认证证书编号 绿色建材标识证书编号 证书号 认证编号 "
        "标识编号 绿色建材评价标识编号 绿建证书编号 certificate certificateno certificatenumber"
    ),
    ColumnRole.BUILDING: (
        "使用部位 部位 应用部位 使用位置 单体 单体名称 单体建筑 楼栋 楼号 栋号 楼栋号 单位工程 单位工程名称 "
        "计算单元 子项 子项名称 building block location"
    ),
    ColumnRole.DELIVERY: (
        "供货日期 供货时间 进场日期 进场时间 到货日期 到货时间 到场日期 交货日期 交货期 送货日期 验收日期 "
        "delivery deliverydate deliveredon supplydate"
    ),
    ColumnRole.PRODUCTION: "生产日期 出厂日期 制造日期 productiondate madeon manufacturedate",
    ColumnRole.SUPPLIED_BY: (
        "供应方式 供货方式 供应方 供应类型 供料方式 采购方式 是否甲供 甲供 甲供/乙供 甲供乙供 甲乙供 "
        "suppliedby"
    ),
    ColumnRole.LOSS_RATE: "损耗率 损耗 损耗系数 损耗率% lossrate waste wastage",
    ColumnRole.REMARK: "备注 说明 附注 备注说明 remark remarks note notes comment",
}

_EXACT = Decimal(1)
_WITHIN = Decimal("0.9")
_LEAST_COVER = Decimal("0.4")
_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")


@cache
def _by_phrase() -> Mapping[str, ColumnRole]:
    return {phrase: role for role, phrases in PHRASES.items() for phrase in phrases.split()}


def split_header(text: str) -> tuple[str, str]:
    """A header's words and what stood in brackets: 数量（m³） → 数量, m3."""
    folded = re.sub(r"[\s*:：_]+", "", unicodedata.normalize("NFKC", text).casefold())
    inside = "".join(_BRACKETS.findall(folded))
    return _BRACKETS.sub("", folded) or inside, inside


def role_of(text: str) -> tuple[ColumnRole, Decimal] | None:
    """The role a header names and how sure that is: 1 for the phrase itself, less for a phrase within."""
    words, _ = split_header(text)
    if not words or len(words) > 40:
        return None
    exact = _by_phrase().get(words)
    if exact is not None:
        return exact, _EXACT
    best = max(
        (
            (len(phrase), words.endswith(phrase), role)
            for phrase, role in _by_phrase().items()
            if _within(phrase, words)
        ),
        default=None,
        key=lambda found: found[:2],
    )
    if best is None:
        return None
    cover = Decimal(best[0]) / Decimal(len(words))
    return (best[2], (_WITHIN * cover).quantize(Decimal("0.01"))) if cover >= _LEAST_COVER else None


def _within(phrase: str, words: str) -> bool:
    """A phrase inside longer words; Latin phrases must be whole headers (no: 'no' is in 'note')."""
    return len(phrase) > 1 and not phrase.isascii() and phrase in words
