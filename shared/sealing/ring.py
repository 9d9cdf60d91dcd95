"""The keys of the installation: one that wraps, and those of before, which still open.

A key is known by an id that follows from its secret, so that nobody names keys and no two are
mixed up. What is wrapped says by which key; what was wrapped before keys had ids says nothing, and
is tried with each (AES-256-GCM says which one it was).
"""

import secrets
from collections.abc import Sequence
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
ID_BYTES: Final = 6


class SealingKeyMissing(Exception):
    """Something is wrapped by a key of the installation that this process was not given."""

    def __init__(self, key_id: str, have: Sequence[str]) -> None:
        """Say which one, and which are here."""
        wanted = f"key {key_id}" if key_id else "a key of before keys had ids"
        super().__init__(
            f"Personal fields are wrapped by {wanted}; given are {', '.join(have)}. "
            "Put its secret into ABACUS_SEALING_KEYS_PREVIOUS."
        )


class Wrapped(msgspec.Struct, frozen=True):
    """Bytes that a key of the installation has wrapped, and the id of that key."""

    content: bytes
    by: str = ""


class InstallationKey:
    """One key of the installation, derived from its secret; the secret itself is not kept."""

    def __init__(self, secret: bytes) -> None:
        """Derive what is needed."""
        self.id = derived(secret, b"id")[:ID_BYTES].hex()
        self.naming = derived(secret, b"subject")
        self._wrapping = AESGCM(derived(secret, b"wrap"))

    def wrap(self, content: bytes, about: bytes) -> Wrapped:
        """Wrap, bound to what it is about."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return Wrapped(nonce + self._wrapping.encrypt(nonce, content, about), self.id)

    def unwrap(self, content: bytes, about: bytes) -> bytes | None:
        """What was wrapped, or nothing where another key did it."""
        nonce, text = content[:NONCE_BYTES], content[NONCE_BYTES:]
        try:
            return self._wrapping.decrypt(nonce, text, about)
        except InvalidTag:
            return None


class Ring:
    """The key that wraps now, and those that may still have to open."""

    def __init__(self, current: bytes, previous: Sequence[bytes] = ()) -> None:
        """The first secret wraps."""
        self.current = InstallationKey(current)
        self._keys = [self.current, *(InstallationKey(secret) for secret in previous)]

    @property
    def ids(self) -> Sequence[str]:
        """The ids of all keys, the one that wraps first."""
        return [key.id for key in self._keys]

    def unwrap(self, wrapped: Wrapped, about: bytes) -> bytes:
        """What was wrapped; `SealingKeyMissing` where its key is not here."""
        return self.opened(wrapped, about)[1]

    def opened(self, wrapped: Wrapped, about: bytes) -> tuple[InstallationKey, bytes]:
        """The key that wrapped it, and what was wrapped."""
        for key in self._keys:
            if wrapped.by in {"", key.id}:
                content = key.unwrap(wrapped.content, about)
                if content is not None:
                    return key, content
        raise SealingKeyMissing(wrapped.by, self.ids)


def derived(secret: bytes, purpose: bytes) -> bytes:
    """A key for one purpose (HKDF, RFC 5869)."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"abacus sealing " + purpose).derive(secret)
