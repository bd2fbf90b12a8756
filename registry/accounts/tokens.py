"""Secrets that we hand out once and keep as digests."""

import hashlib
import secrets

TOKEN_BYTES = 32  # 256 random bits: a plain SHA-256 suffices, nothing can be guessed


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
