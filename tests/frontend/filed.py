"""The slow second answer: under what each product of the small register is filed, and who is found."""

from collections.abc import Mapping, Sequence

from tests.frontend.register import (
    BARE,
    CANCELLED,
    CLAIMED,
    CLASS,
    EXPIRED,
    GLASS,
    LAST,
    REPORTED,
    STAGES,
    STRONG,
    SUSPENDED,
    WITHDRAWN,
    YEARLY,
    case,
)

OPTIONS: Mapping[str, Sequence[str]] = {
    "kind": ("cement", "glass"),
    "province": ("520000", "510000"),
    "status": ("valid", "suspended", "withdrawn", "cancelled", "expired", "none"),
    "star": ("3", "2", "1"),
    "evidence": ("certificate", "test_report", "self_declaration", "green_product"),
    "data_kind": ("specific", "average", "generic", "none"),
    "group": ("cement", "glass"),
    "scheme": ("graded", "green_product"),
    "verification": ("third_party", "internal", "none"),
}
_STATUS = {
    SUSPENDED: "suspended",
    WITHDRAWN: "withdrawn",
    CANCELLED: "cancelled",
    EXPIRED: "expired",
    REPORTED: "none",
    CLAIMED: "none",
    BARE: "none",
}
_EVIDENCE = {REPORTED: "test_report", CLAIMED: "self_declaration", BARE: ""}
_DATA_KIND = {YEARLY: "average", STRONG: "specific", STAGES: "specific", GLASS: "specific"}

Chosen = Mapping[str, Sequence[str]]


def filed(n: int) -> dict[str, str]:
    certified, declared = n not in _EVIDENCE, case(n).declaration
    return {
        "kind": "glass" if n == GLASS else "cement",
        "performance": "" if n == GLASS else "52.5" if n >= STRONG else "42.5",
        "province": "510000" if n >= STRONG else "520000",
        "status": _STATUS.get(n, "valid"),
        "star": ("2" if n >= STRONG else "3") if certified else "",
        "evidence": _EVIDENCE.get(n, "certificate"),
        "data_kind": "specific" if n <= CLASS else _DATA_KIND.get(n, "none"),
        "group": "glass" if n == GLASS else "cement",
        "scheme": "graded" if certified else "",
        "verification": declared.verification.value if declared else "",
    }


def found(chosen: Chosen, *, without: str = "") -> list[int]:
    """The numbers that pass every filter but one; a filter without values lets everything pass."""
    return [
        n
        for n in range(1, LAST + 1)
        if all(filed(n)[name] in values for name, values in chosen.items() if values and name != without)
    ]


def count(chosen: Chosen, name: str, value: str) -> int:
    """How many an option of a filter would find, its own filter left aside."""
    return sum(filed(n)[name] == value for n in found(chosen, without=name))


def codes(numbers: Sequence[int]) -> set[str]:
    return {case(n).product.code for n in numbers}
