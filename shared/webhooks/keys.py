"""Signatures of Standard Webhooks: HMAC `v1` and Ed25519 `v1a`, two of each while a key rotates.

A webhook's secrets are derived from one key of the installation, its id and the generation of
its key, so the ledger and the database hold no secret, and each is shown by whoever may derive it.
"""

import hmac
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SECRET_BYTES: Final = 32  # Standard Webhooks: 24 to 64
_SECRET: Final = "whsec_"  # noqa: S105 - how a secret begins
_PUBLIC: Final = "whpk_"


@dataclass(frozen=True, slots=True)
class WebhookKeys:
    """The keys of every webhook of a service."""

    master: bytes = field(repr=False)

    def secret(self, webhook_id: str, generation: int) -> str:
        """The shared secret for HMAC, as it is shown."""
        return _SECRET + b64encode(self._derived("hmac", webhook_id, generation)).decode()

    def public_key(self, webhook_id: str, generation: int) -> str:
        """The key by which anybody can verify `v1a`."""
        key = self._private(webhook_id, generation).public_key().public_bytes_raw()
        return _PUBLIC + b64encode(key).decode()

    def signature(self, webhook_id: str, generations: Iterable[int], signed: bytes) -> str:
        """The header: one signature of each kind for every key that is valid now."""
        parts: list[str] = []
        for generation in generations:
            parts.append(hmac_signature(self._derived("hmac", webhook_id, generation), signed))
            made = self._private(webhook_id, generation).sign(signed)
            parts.append(f"v1a,{b64encode(made).decode()}")
        return " ".join(parts)

    def _private(self, webhook_id: str, generation: int) -> Ed25519PrivateKey:
        seed = self._derived("ed25519", webhook_id, generation)
        return Ed25519PrivateKey.from_private_bytes(seed)

    def _derived(self, kind: str, webhook_id: str, generation: int) -> bytes:
        purpose = f"abacus webhook|{kind}|{webhook_id}|{generation}".encode()
        return hmac.digest(self.master, purpose, sha256)


def hmac_signature(secret: bytes, signed: bytes) -> str:
    """One `v1` signature."""
    return f"v1,{b64encode(hmac.digest(secret, signed, sha256)).decode()}"


def signed_content(message_id: str, timestamp: int, payload: bytes) -> bytes:
    """What is signed: id, moment and the exact bytes that are sent."""
    return f"{message_id}.{timestamp}.".encode() + payload
