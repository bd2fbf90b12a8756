"""Dates, numbers and units as the reader's language writes them."""

import re
from datetime import date, datetime
from decimal import Decimal

from frontend.i18n import Lang
from registry.kit.clock import SHANGHAI

MINUS = "\N{MINUS SIGN}"
SPACE = "\N{NO-BREAK SPACE}"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SIZES = ("B", "kB", "MB", "GB")


def day(value: date, lang: Lang) -> str:
    if lang == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def instant(value: datetime, lang: Lang) -> str:
    """A moment on the civil clock, to the minute; a moment without a zone is a defect."""
    if value.tzinfo is None:
        raise ValueError("an instant needs its zone")
    local = value.astimezone(SHANGHAI)
    return f"{day(local.date(), lang)} {local:%H:%M}"


def number(value: Decimal | int, places: int | None = None) -> str:
    """Thousands by comma, a true minus sign; `places` rounds half up for the eye, None keeps every digit."""
    exact = Decimal(value)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")
    text = f"{abs(exact):,f}"
    return MINUS + text if exact < 0 else text


def signed(value: Decimal, places: int | None = None) -> str:
    text = number(value, places)
    return "+" + text if value > 0 and text.strip("0.,") else text


def quantity(value: Decimal, unit: str, places: int | None = None) -> str:
    return f"{number(value, places)}{SPACE}{unit}"


def percent(share: Decimal, places: int = 0) -> str:
    """0.524 → 52%; the share is a fraction of one."""
    return number(share * 100, places) + "%"


def file_size(octets: int) -> str:
    value, step = Decimal(octets), 0
    while value >= 1000 and step < len(_SIZES) - 1:
        value, step = value / 1000, step + 1
    return quantity(value, _SIZES[step], 0 if step == 0 or value >= 100 else 1)


def has_han(text: str) -> bool:
    return HAN.search(text) is not None
