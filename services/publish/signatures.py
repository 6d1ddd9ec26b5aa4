"""Signs a webhook so that a partner knows it is ours (Standard Webhooks 1.0, v1 scheme)."""

import base64
import binascii
import hmac
from collections.abc import Iterable
from hashlib import sha256

PREFIX = "whsec_"
SHORTEST, LONGEST = 24, 64  # bytes of a key


def key_of(secret: str) -> bytes:
    """Return the key a secret holds; raises ValueError, without the secret in its text.

    Standard Webhooks asks for 24 to 64 random bytes, written as `whsec_` and base64.
    """
    if not secret.startswith(PREFIX):
        raise ValueError("a secret begins with whsec_")
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("a secret is whsec_ and base64") from None
    if not SHORTEST <= len(key) <= LONGEST:
        raise ValueError(f"a secret holds {SHORTEST} to {LONGEST} bytes")
    return key


def sign(secrets: Iterable[str], message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Make the three headers of a webhook; `timestamp` is in seconds since 1970.

    With several secrets, while one is being changed, there is a signature for each.
    """
    signed = b"%s.%d.%s" % (message_id.encode(), timestamp, body)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(_signature(key_of(secret), signed) for secret in secrets),
    }


def _signature(key: bytes, signed: bytes) -> str:
    return f"v1,{base64.b64encode(hmac.digest(key, signed, 'sha256')).decode()}"


def message_id(partner_id: str, story_id: str, version: int) -> str:
    """Name one revision at one partner: the same for every attempt (wire-rules 3.7)."""
    digest = sha256(f"{partner_id}\n{version}\n{story_id}".encode()).digest()
    return f"msg_{base64.urlsafe_b64encode(digest[:18]).decode()}"
