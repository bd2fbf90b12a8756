"""The Standard Webhooks check as a receiver writes it, from the scheme's text and not from our code."""

import base64
import hashlib
import hmac
from collections.abc import Mapping


def is_genuine(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    key = base64.b64decode(secret.split("_", 1)[1])
    content = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body])
    wanted = base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
    return any(
        version == "v1" and hmac.compare_digest(value, wanted)
        for version, _, value in (one.partition(",") for one in headers["webhook-signature"].split(" "))
    )
