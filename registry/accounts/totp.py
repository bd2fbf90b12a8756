"""Codes from an authenticator (RFC 6238): six digits of a shared secret and the half minute it is."""

import base64
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

PERIOD = 30  # seconds of one step (RFC 6238, 5.2)
DIGITS = 6
SECRET_BYTES = 20  # as long as the digest (RFC 4226, 4, R6)
DRIFT = 1  # steps by which a clock may be slow or fast (RFC 6238, 5.2)
ISSUER = "GreenMat"


def new_secret() -> str:
    """A secret as authenticators take it: base32."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_at(now: datetime) -> int:
    return int(now.timestamp()) // PERIOD


def code(secret: str, step: int, *, digits: int = DIGITS) -> str:
    """The code of a step (RFC 4226, 5.3): four bytes of the digest, whose last half byte says which."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 0xF
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**digits:0{digits}d}"


def step_of(secret: str, typed: str, *, now: datetime, after: int) -> int | None:
    """The step whose code was typed, near now and later than `after`: a code is good once."""
    plain = "".join(typed.split())
    if not (len(plain) == DIGITS and plain.isascii() and plain.isdecimal()):
        return None
    here = step_at(now)
    near = [step for step in range(here - DRIFT, here + DRIFT + 1) if step > after]
    return next((step for step in near if hmac.compare_digest(code(secret, step), plain)), None)


def address(secret: str, login: str) -> str:
    """What the QR code holds, in the form that authenticators read; the rest is as usual."""
    label = quote(f"{ISSUER}:{login}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': ISSUER})}"
