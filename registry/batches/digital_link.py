"""GS1 Digital Link URIs of trade items, read and written (GS1 Digital Link: URI Syntax, 1.6.0).

A path is `/01/{gtin}`, then, in this order and each at most once, consumer product variant 22, batch 10 and
serial number 21; or the third party's 235 alone. Values are percent-encoded characters of GS1's set of 82.
Compressed forms are not read, and say so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import quote, unquote_to_bytes

from registry.kit.errors import DomainError
from registry.products.gtin import GtinFault, NoGtin, read_gtin

GTIN, VARIANT, LOT, SERIAL, THIRD_PARTY = "01", "22", "10", "21", "235"
ORDER = (VARIANT, LOT, SERIAL)
LONGEST: Mapping[str, int] = {VARIANT: 20, LOT: 20, SERIAL: 20, THIRD_PARTY: 28}
# Character set 82 of the GS1 General Specifications (7.11).
_LETTERS = re.compile(r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+")
_BROKEN = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SHOWN = 60


class LinkRefused(DomainError):
    """An address that is no GS1 Digital Link URI of a trade item; a resolver answers it with 400."""

    code = "digital-link-unreadable"
    status: ClassVar[int] = 400


@dataclass(frozen=True, slots=True)
class DigitalLink:
    """What a URI names: a trade item, or a batch or a single piece of it; the GTIN has fourteen figures."""

    gtin: str
    variant: str | None = None
    lot: str | None = None
    serial: str | None = None
    third_party: str | None = None

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Application identifiers with their values, in the order of the path."""
        every = (
            (GTIN, self.gtin),
            (VARIANT, self.variant),
            (LOT, self.lot),
            (SERIAL, self.serial),
            (THIRD_PARTY, self.third_party),
        )
        return tuple((name, value) for name, value in every if value is not None)

    @property
    def path(self) -> str:
        """The one way we write it: everything that is not unreserved (RFC 3986) is percent-encoded."""
        return "".join(f"/{name}/{quote(value, safe='')}" for name, value in self.parts)

    @property
    def above(self) -> tuple["DigitalLink", ...]:
        """This and each coarser level up to the trade item, the finest first."""
        levels = [self]
        if self.serial is not None and self.lot is not None:
            levels.append(DigitalLink(self.gtin, self.variant, self.lot))
        if levels[-1] != DigitalLink(self.gtin):
            levels.append(DigitalLink(self.gtin))
        return tuple(levels)


def fits(value: str | None, name: str = LOT) -> bool:
    """Whether a number of ours can stand in a Digital Link: at most so long, and of the set of 82."""
    return value is not None and len(value) <= LONGEST[name] and _LETTERS.fullmatch(value) is not None


def parse(path: str) -> DigitalLink:
    """What a path names, still percent-encoded and from its first slash on; one slash may end it."""
    parts = path.removeprefix("/").removesuffix("/").split("/")
    if parts[0] != GTIN or len(parts) < 2:
        raise LinkRefused
    if len(parts) % 2:
        raise LinkRefused("digital-link-compressed", path=path[:_SHOWN])
    named = list(zip(parts[::2], map(_decoded, parts[1::2]), strict=True))
    _in_order([name for name, _ in named])
    values = dict(named)
    for name, value in named[1:]:
        if not fits(value, name):
            raise LinkRefused("digital-link-value", name=name, value=value[:_SHOWN], most=LONGEST[name])
    return DigitalLink(
        _gtin(values[GTIN]),
        values.get(VARIANT),
        values.get(LOT),
        values.get(SERIAL),
        values.get(THIRD_PARTY),
    )


def _in_order(names: list[str]) -> None:
    """Known qualifiers in the order of the standard, none twice."""
    rest = names[1:]
    if rest != [THIRD_PARTY] and rest != [name for name in ORDER if name in rest]:
        raise LinkRefused("digital-link-qualifiers", names=[name[:_SHOWN] for name in rest])


def _decoded(text: str) -> str:
    if _BROKEN.search(text):
        raise LinkRefused("digital-link-encoding", value=text[:_SHOWN])
    try:
        return unquote_to_bytes(text).decode()
    except UnicodeDecodeError as wrong:
        raise LinkRefused("digital-link-encoding", value=text[:_SHOWN]) from wrong


def _gtin(text: str) -> str:
    """As figures alone: what people type kindly is not a URI."""
    read = read_gtin(text) if text.isascii() and text.isdecimal() else NoGtin(GtinFault.NOT_FIGURES)
    if isinstance(read, str):
        return read
    if read.fault is GtinFault.CHECK_DIGIT:
        raise LinkRefused("gtin.check-digit", figures=read.figures, expected=read.expected)
    if read.fault is GtinFault.LENGTH:
        raise LinkRefused("gtin.length")
    raise LinkRefused("gtin.not-figures")
