"""Ids, numbers and names of invented things: the same words give the same record in every build."""

from typing import Final
from uuid import UUID

from stdnum.cn import uscc

from registry.kit.ids import derived, public_code

# Chinese ordinals for bodies, laboratories and verifiers, whose names must not look like a firm's.
STEMS: Final = "甲乙丙丁戊己庚辛"
FICTION_ZH: Final = "（虚构）"
FICTION_EN: Final = "(fictional)"
PREFIX: Final = "演示-"

_ORG_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

LETTERS: Final = {
    "organisation": "O",
    "plant": "F",
    "product": "P",
    "certificate": "C",
    "test_report": "R",
    "self_declaration": "S",
    "declaration": "E",
    "batch": "B",
    "finding": "T",
    "surveillance_round": "J",
    "recognition": "K",
    "honour": "H",
    "energy_record": "N",
    "disclosure": "D",
}


def key(kind: str, name: str) -> UUID:
    """The id of an invented record; `name` is our own handle for it and never shown."""
    return derived("demonstration", kind, name)


def code(kind: str, name: str) -> str:
    """The 登记号 of an invented record."""
    return public_code(LETTERS[kind], key(kind, name), demonstration=True)


def credit_code(serial: int) -> str:
    """A unified social credit code in region 99xxxx, which GB/T 2260 does not assign; both checks right."""
    body = f"MA{serial:06d}"
    total = sum(_ORG_ALPHABET.index(c) * w for c, w in zip(body, _ORG_WEIGHTS, strict=True))
    check = "0123456789X0"[(11 - total % 11)]
    stem = f"91{990100 + serial % 90:06d}{body}{check}"
    return stem + str(uscc.calc_check_digit(stem))


def certificate_number(year: int, serial: int) -> str:
    return f"{PREFIX}{year}-{serial:07d}"


def report_number(year: int, serial: int) -> str:
    return f"{PREFIX}检测-{year}-{serial:05d}"


def declaration_number(year: int, serial: int) -> str:
    return f"{PREFIX}碳足迹-{year}-{serial:05d}"


def firm_names(number: int) -> tuple[str, str]:
    return f"示例企业 {number:03d}{FICTION_ZH}", f"Sample Company {number:03d} {FICTION_EN}"


def role_names(role_zh: str, role_en: str, index: int) -> tuple[str, str]:
    """「示例认证机构甲（虚构）」 and its English name."""
    return (
        f"示例{role_zh}{STEMS[index]}{FICTION_ZH}",
        f"Sample {role_en} {'ABCDEFGH'[index]} {FICTION_EN}",
    )
