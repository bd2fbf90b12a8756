"""Passwords: what is refused as one, and argon2id that never takes more than its share of the machine."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

import anyio
import anyio.to_thread

from registry.kit.errors import Invalid

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, ADVISED, LONGEST = 8, 15, 256
LEFT_OVER = 4  # what must remain of a password beside the words everybody tries
OWN_WORDS = ("greenmat", "绿材名录", "绿材", "lvcai")
TURNS = 2  # hashes computed at once; each takes 19 MiB and some 40 ms
MIB_19 = 19 * 1024


class PasswordRefused(Invalid):
    code = "password-refused"


def refuse_weak(password: str, *, known: Iterable[str] = ()) -> None:
    """Length and words, no rules of composition; `known` is what others know of the account."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise PasswordRefused("password-length", shortest=SHORTEST, longest=LONGEST)
    plain = unicodedata.normalize("NFKC", password).casefold()
    if len(set(plain)) < LEFT_OVER or _is_run(plain):
        raise PasswordRefused("password-common")
    rest = plain
    words = (*OWN_WORDS, *(word.casefold() for word in known), *common_words())
    for word in sorted((word for word in words if len(word) > 1), key=len, reverse=True):
        rest = rest.replace(word, "")
    if len(rest) < LEFT_OVER:
        raise PasswordRefused("password-common")


def known_of(login: str, name: str) -> tuple[str, ...]:
    """What anybody may know of an account."""
    local, _, domain = login.partition("@")
    return (local, *domain.split("."), name)


@cache
def common_words() -> tuple[str, ...]:
    """Our own list of words and rows of keys that people choose first."""
    text = (resources.files(__package__) / "common_words.txt").read_text("utf-8")
    return tuple(line for line in text.split() if line)


def _is_run(text: str) -> bool:
    """One step from each sign to the next, as in 12345678 or hgfedcba."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return len(steps) == 1


@cache
def _hasher() -> "PasswordHasher":
    """Argon2id at the least that OWASP advises: 19 MiB, two passes, one lane."""
    from argon2 import PasswordHasher  # noqa: PLC0415  native code, loaded with the first sign-in

    return PasswordHasher(time_cost=2, memory_cost=MIB_19, parallelism=1)


@cache
def _nobody() -> str:
    """A hash that nothing matches: an unknown login takes as long as a known one."""
    return _hasher().hash(b"\xff no password is this")


def hashed(password: str) -> str:
    return _hasher().hash(_bytes(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether a password is the stored one; as slow where nothing is stored."""
    from argon2.exceptions import Argon2Error, InvalidHashError  # noqa: PLC0415

    try:
        _hasher().verify(stored or _nobody(), _bytes(password))
    except (Argon2Error, InvalidHashError):
        return False
    return stored is not None


def outdated(stored: str) -> bool:
    """Whether a hash was made with less than what is asked today."""
    return _hasher().check_needs_rehash(stored)


def _bytes(password: str) -> bytes:
    """Exactly what was typed; a lone surrogate is no character and still no fault."""
    return password[: LONGEST + 1].encode("utf-8", "surrogatepass")


class Hashing:
    """Hashes queue in the event loop and hold no worker thread while they wait."""

    turns: ClassVar[int] = TURNS

    def __init__(self) -> None:
        self._places: anyio.CapacityLimiter | None = None

    async def matches(self, stored: str | None, password: str) -> bool:
        return await anyio.to_thread.run_sync(matches, stored, password, limiter=self._limiter())

    async def hashed(self, password: str) -> str:
        return await anyio.to_thread.run_sync(hashed, password, limiter=self._limiter())

    def _limiter(self) -> anyio.CapacityLimiter:
        """Made inside the event loop that uses it."""
        if self._places is None:
            self._places = anyio.CapacityLimiter(self.turns)
        return self._places
