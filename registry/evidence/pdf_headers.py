"""The dictionaries in front of a PDF's streams, read sign by sign: no string or comment imitates one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

LONGEST = 64 * 1024  # a dictionary in front of a stream; honest ones have a few hundred bytes

_OBJECT = re.compile(rb"(?<!\d)\d{1,10}[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]+obj(?![^\0\t\n\f\r <%])")
_BLANK = re.compile(rb"(?:[\0\t\n\f\r ]++|%[^\r\n]*+)++")
# A name, or a number, a word or a reference's sign.
_PLAIN = re.compile(rb"/[^\0\t\n\f\r ()<>\[\]{}/%]*|[^\0\t\n\f\r ()<>\[\]{}/%]+")
_HEXADECIMAL = re.compile(rb"<[0-9A-Fa-f\0\t\n\f\r ]*>")
_IN_STRING = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_BEGINS = re.compile(rb"stream\r?\n")
# The word at the end of a line, or behind a dictionary: a reader may take it for the start of a stream.
_WORDS = (
    re.compile(rb"(?<![A-Za-z])stream(?=[\r\n])"),
    re.compile(rb">>(?:[\0\t\n\f\r ]++|%[^\r\n]*+)*+stream"),
)
_OPENING: Final = {b"<<": b">>", b"[": b"]"}
_STRING = b"()"


class Unfit(Exception):
    """Why the file is refused: the last part of a message key, and the name that was found."""

    def __init__(self, reason: str, found: str = "") -> None:
        self.reason, self.found = reason, found
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Header:
    """The entries of one dictionary by name, each value as its signs; `start` is where the content begins."""

    entries: dict[bytes, tuple[bytes, ...]]
    start: int

    def filters(self) -> list[bytes]:
        """The filters in their order; refused where they are named elsewhere in the file."""
        signs = self.entries.get(b"/Filter", ())
        inner = signs[1:-1] if signs[:1] == (b"[",) else signs
        if b"/F" in self.entries or any(not sign.startswith(b"/") for sign in inner):
            raise Unfit("hidden")  # some readers take /F for the filter; by the standard it is another file
        return [sign[1:] for sign in inner]

    @property
    def holds_objects(self) -> bool:
        return b"/First" in self.entries or self.entries.get(b"/Type") == (b"/ObjStm",)

    @property
    def is_predicted(self) -> bool:
        """Whether bytes are told by their neighbours, as far as this dictionary can say."""
        return not {b"/Predictor", b"R"}.isdisjoint(self.entries.get(b"/DecodeParms", ()))


def headers(data: bytes) -> Iterator[Header]:
    """Every header in front of every stream; a stream that none of them can be read for is refused.

    Where a string holds what looks like an object, both readings are given: a reader may follow either.
    """
    begun = set[int]()
    for match in _OBJECT.finditer(data):
        found = _dictionary(data, match.end())
        if found is None:
            continue
        entries, at = found
        if not data.startswith(b"stream", at):
            continue
        begins = _BEGINS.match(data, at)
        if begins is None:
            raise Unfit("hidden")
        begun.add(at)
        yield Header(entries, begins.end())
    words = {match.end() - len(b"stream") for word in _WORDS for match in word.finditer(data)}
    if words - begun:
        raise Unfit("hidden")


def _dictionary(data: bytes, start: int) -> tuple[dict[bytes, tuple[bytes, ...]], int] | None:
    """The dictionary that begins here and where the next sign stands; None where there is no whole one."""
    signs, closing = list[tuple[int, bytes]](), list[bytes]()
    at = _past_blank(data, start)
    if not data.startswith(b"<<", at):
        return None
    while at < min(len(data), start + LONGEST):
        sign, at = _sign(data, at)
        if sign in _OPENING:
            signs.append((len(closing), sign))
            closing.append(_OPENING[sign])
        elif sign in (b">>", b"]"):
            if not closing or closing.pop() != sign:
                return None
            signs.append((len(closing), sign))
        elif sign:
            signs.append((len(closing), sign))
        else:
            return None
        at = _past_blank(data, at)
        if not closing:
            return _entries(signs[1:-1]), at
    return None


def _entries(signs: list[tuple[int, bytes]]) -> dict[bytes, tuple[bytes, ...]]:
    """Names with what stands behind each of them; a filter named twice has no one meaning."""
    entries, name, value = dict[bytes, tuple[bytes, ...]](), b"", list[bytes]()
    for depth, sign in [*signs, (1, b"/")]:
        ends = depth == 1 and sign.startswith(b"/") and (value or not name)
        if not ends:
            value.append(sign)
            continue
        if name:
            if name == b"/Filter" and name in entries:
                raise Unfit("hidden")
            entries[name] = tuple(value)
        name, value = sign, []
    return entries


def _sign(data: bytes, at: int) -> tuple[bytes, int]:
    """One sign and where it ends; a string is only told to be one, and what is no sign is empty."""
    two = data[at : at + 2]
    if two in (b"<<", b">>"):
        return two, at + 2
    if two[:1] in (b"[", b"]"):
        return two[:1], at + 1
    if two[:1] == b"(":
        return _string(data, at + 1)
    if hexadecimal := _HEXADECIMAL.match(data, at):
        return _STRING, hexadecimal.end()
    plain = _PLAIN.match(data, at)
    if plain is None:
        return b"", at
    name = unescaped(plain[0]) if plain[0].startswith(b"/") else plain[0]
    return name, plain.end()


def unescaped(text: bytes) -> bytes:
    """A name may be written /J#61vaScript."""
    return _ESCAPED.sub(lambda match: bytes.fromhex(match[1].decode()), text)


def _string(data: bytes, at: int) -> tuple[bytes, int]:
    depth, end = 1, at
    for match in _IN_STRING.finditer(data, at, at + LONGEST):
        depth += {b"(": 1, b")": -1}.get(match[0], 0)
        end = match.end()
        if depth == 0:
            return _STRING, end
    return b"", end


def _past_blank(data: bytes, at: int) -> int:
    blank = _BLANK.match(data, at)
    return blank.end() if blank else at
