"""The vault: seals personal fields with the key of their person, and opens them again.

AES-256-GCM throughout (NIST SP 800-38D). The nonce of a box is derived from the key and the text
in it: the same line sent twice is the same box, so repeating a request is recognised, and no two
different texts of one person share a nonce. Keys are wrapped with random nonces.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from uuid_utils.compat import uuid7

from shared.domain.sealed import Sealed
from shared.sealing.keys import Keys, SubjectKey

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
SUBJECT_BYTES: Final = 16
KEYS_MAX: Final = 1_000


class Personal(msgspec.Struct, frozen=True):
    """Personal fields, and the number that says whose they are."""

    identity: str
    fields: Mapping[str, str]


class Vault:
    """Seals and opens with the key of the installation over the keys of persons."""

    def __init__(self, secret: bytes, keys: Keys) -> None:
        """Derive what is needed from the secret; the secret itself is not kept."""
        self._wrapping = AESGCM(_derived(secret, b"wrap"))
        self._naming = _derived(secret, b"subject")
        self._keys = keys

    def subject(self, identity: str) -> str:
        """The name under which a person is recognised: a keyed hash, never a plain one."""
        normal = identity.strip().upper().encode()
        return hmac.digest(self._naming, normal, hashlib.sha256)[:SUBJECT_BYTES].hex()

    async def seal(self, persons: Sequence[Personal]) -> Sequence[Sealed]:
        """One box for each, in their order; whoever has no key gets one."""
        subjects = [self.subject(person.identity) for person in persons]
        keys = await self._made(dict.fromkeys(subjects))
        opened = {subject: (key.key_id, self._unwrapped(key)) for subject, key in keys.items()}
        return [
            _sealed(subject, *opened[subject], person)
            for subject, person in zip(subjects, persons, strict=True)
        ]

    async def open(self, boxes: Sequence[Sealed]) -> Sequence[Mapping[str, str] | None]:
        """What is in each; `None` where the key was destroyed."""
        keys: dict[str, bytes] = {}
        for ids in _pieces(dict.fromkeys(one.key_id for one in boxes)):
            found = await self._keys.find(ids)
            keys |= {key.key_id: self._unwrapped(key) for key in found}
        return [_opened(one, keys.get(one.key_id)) for one in boxes]

    async def _made(self, subjects: Iterable[str]) -> dict[str, SubjectKey]:
        found: dict[str, SubjectKey] = {}
        for piece in _pieces(subjects):
            known = {key.subject: key for key in await self._keys.of(piece)}
            missing = [one for one in piece if one not in known]
            if missing:
                await self._keys.keep([self._fresh(subject) for subject in missing])
                known |= {key.subject: key for key in await self._keys.of(missing)}
            found |= known
        return found

    def _fresh(self, subject: str) -> SubjectKey:
        key_id, nonce = str(uuid7()), secrets.token_bytes(NONCE_BYTES)
        wrapped = self._wrapping.encrypt(
            nonce, secrets.token_bytes(KEY_BYTES), _about(subject, key_id)
        )
        return SubjectKey(key_id, subject, nonce + wrapped)

    def _unwrapped(self, key: SubjectKey) -> bytes:
        nonce, wrapped = key.wrapped[:NONCE_BYTES], key.wrapped[NONCE_BYTES:]
        return self._wrapping.decrypt(nonce, wrapped, _about(key.subject, key.key_id))


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"abacus sealing " + purpose).derive(secret)


def _about(subject: str, key_id: str) -> bytes:
    """What a ciphertext is bound to: moved to another person or key, it does not open."""
    return f"{subject}|{key_id}".encode()


def _pieces(names: Iterable[str]) -> Iterable[Sequence[str]]:
    every = list(names)
    return (every[start : start + KEYS_MAX] for start in range(0, len(every), KEYS_MAX))


def _sealed(subject: str, key_id: str, key: bytes, person: Personal) -> Sealed:
    text = msgspec.json.encode(person.fields, order="sorted")
    nonce = hmac.digest(_derived(key, b"nonce"), text, hashlib.sha256)[:NONCE_BYTES]
    box = nonce + AESGCM(key).encrypt(nonce, text, _about(subject, key_id))
    return Sealed(subject=subject, key_id=key_id, box=base64.b64encode(box).decode())


def _opened(sealed: Sealed, key: bytes | None) -> Mapping[str, str] | None:
    if key is None:
        return None
    raw = base64.b64decode(sealed.box)
    try:
        about = _about(sealed.subject, sealed.key_id)
        text = AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], about)
    except InvalidTag:
        raise BoxBroken(sealed.key_id) from None
    return msgspec.json.decode(text, type=dict[str, str])


class BoxBroken(Exception):
    """A box does not open with its own key: somebody changed it, or moved it to another person."""
