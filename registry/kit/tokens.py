"""Secrets that are handed out once: too long to be guessed, and stored by their digest alone."""

import hashlib
import secrets

ADDRESS_BYTES = 18  # a part of an address
SECRET_BYTES = 32  # a session, a key: nothing can be guessed, so a plain SHA-256 suffices
MOST_TOKEN = 64


def new_token(size: int = ADDRESS_BYTES) -> str:
    return secrets.token_urlsafe(size)


def token_sha256(token: str) -> str:
    """What a database keeps of a token; whoever reads the database cannot use it."""
    return hashlib.sha256(token[:MOST_TOKEN].encode(errors="replace")).hexdigest()
