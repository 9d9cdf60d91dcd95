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
from uuid_utils.compat import uuid7

from shared.domain.sealed import Sealed
from shared.sealing.keys import Keys, SubjectKey
from shared.sealing.ring import KEY_BYTES, NONCE_BYTES, Ring, Wrapped, derived

SUBJECT_BYTES: Final = 16
KEYS_MAX: Final = 1_000
NAMES: Final = b"names"


class Personal(msgspec.Struct, frozen=True):
    """Personal fields, and the number that says whose they are."""

    identity: str
    fields: Mapping[str, str]


class Vault:
    """Seals and opens with the keys of the installation over the keys of persons."""

    def __init__(self, ring: Ring, keys: Keys) -> None:
        """Nothing is read before it is needed."""
        self._ring = ring
        self._keys = keys
        self._naming: bytes | None = None

    async def ready(self) -> None:
        """Whether the keys are here; `SealingKeyMissing` says which one is not."""
        await self._named()

    async def subject(self, identity: str) -> str:
        """The name under which a person is recognised: a keyed hash, never a plain one."""
        normal = identity.strip().upper().encode()
        naming = await self._named()
        return hmac.digest(naming, normal, hashlib.sha256)[:SUBJECT_BYTES].hex()

    async def _named(self) -> bytes:
        """The key of the names. It outlives every key of the installation: facts hold the names.

        Before keys had ids it followed from the one key there was; that one is found by what it
        has wrapped.
        """
        if self._naming is None:
            kept = await self._keys.naming()
            if kept is None:
                before = await self._keys.unnamed()
                key = self._ring.current
                if before is not None:
                    key, _ = self._ring.opened(Wrapped(before.wrapped), before.about)
                await self._keys.keep_naming(self._ring.current.wrap(key.naming, NAMES))
                kept = await self._keys.naming()
            assert kept is not None, "it has just been kept"
            self._naming = self._ring.unwrap(kept, NAMES)
        return self._naming

    async def seal(self, persons: Sequence[Personal]) -> Sequence[Sealed]:
        """One box for each, in their order; whoever has no key gets one."""
        subjects = [await self.subject(person.identity) for person in persons]
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
        empty = SubjectKey(str(uuid7()), subject, b"")
        wrapped = self._ring.current.wrap(secrets.token_bytes(KEY_BYTES), empty.about)
        return SubjectKey(empty.key_id, subject, wrapped.content, wrapped.by)

    def _unwrapped(self, key: SubjectKey) -> bytes:
        return self._ring.unwrap(Wrapped(key.wrapped, key.wrapped_by), key.about)


def _about(subject: str, key_id: str) -> bytes:
    """What a ciphertext is bound to: moved to another person or key, it does not open."""
    return f"{subject}|{key_id}".encode()


def _pieces(names: Iterable[str]) -> Iterable[Sequence[str]]:
    every = list(names)
    return (every[start : start + KEYS_MAX] for start in range(0, len(every), KEYS_MAX))


def _sealed(subject: str, key_id: str, key: bytes, person: Personal) -> Sealed:
    text = msgspec.json.encode(person.fields, order="sorted")
    nonce = hmac.digest(derived(key, b"nonce"), text, hashlib.sha256)[:NONCE_BYTES]
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
