"""Secret parts of addresses: too long to be guessed, and stored by their digest alone."""

import hashlib
import secrets

TOKEN_BYTES = 18
MOST_TOKEN = 64


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_sha256(token: str) -> str:
    """What a database keeps of a token; whoever reads the database cannot open the address."""
    return hashlib.sha256(token[:MOST_TOKEN].encode(errors="replace")).hexdigest()
