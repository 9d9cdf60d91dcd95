"""Signed checkpoints of a log: what everybody else can hold against us later.

The text is a C2SP tlog-checkpoint (origin, size, root) in a C2SP signed note with Ed25519.
Before signing, the signer reads what was added since its last signature and continues from
there: it signs only a log that continues the one it signed before.

A key is changed under the eyes of those who keep the old one: for a while both sign, and what they
sign names the new one, in a line that follows the root (an extension line of the C2SP form).
"""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final, Literal, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shared.eventstore.merkle import Frontier, extend, root

type LogKind = Literal["ledger", "words"]

_ED25519: Final = b"\x01"
_DASH: Final = "— "  # an em dash and a space start every signature line
_KEY_ID_BYTES: Final = 4
_TEXT_LINES: Final = 3
_SUCCESSOR: Final = "successor "


class HistoryChanged(Exception):
    """The log is no longer a continuation of what was signed; nothing more is signed."""


class NotSigned(Exception):
    """The note is malformed or not signed by the key it should be signed by."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The root of a log at a size. `origin` names the log for ever.

    `successor` is the text of the verifier that follows the one who signs, empty where none does.
    """

    origin: str
    size: int
    root: bytes
    successor: str = ""

    @property
    def text(self) -> str:
        """What is signed."""
        told = f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"
        return f"{told}{_SUCCESSOR}{self.successor}\n" if self.successor else told


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A note, and the frontier that was signed; its root is in the note, so it can be trusted."""

    size: int
    note: str
    frontier: Frontier


class Log(Protocol):
    """The leaves of the two logs of a store, and the checkpoints kept of them."""

    async def frontier(self, kind: LogKind) -> tuple[int, Frontier]:
        """The size and the frontier, as the sequencer left them."""

    def leaves(self, kind: LogKind, after: int, upto: int) -> AsyncIterator[Sequence[bytes]]:
        """Leaf hashes, computed from what is stored, page by page."""

    async def latest(self, kind: LogKind) -> SignedCheckpoint | None:
        """The last checkpoint that was signed."""

    async def keep(self, kind: LogKind, signed: SignedCheckpoint) -> None:
        """Keep a checkpoint for ever. Keeping it twice is harmless."""

    async def introduce(self, key: bytes) -> None:
        """Say with which public key (32 bytes) checkpoints are verified from now on."""

    async def introduced(self) -> bytes | None:
        """The public key of whoever signs; nothing before the first signature."""


class Verifier:
    """Opens notes of one key. Its text form is what witnesses are given."""

    def __init__(self, name: str, key: Ed25519PublicKey) -> None:
        """A key and the name it signs under."""
        public = _ED25519 + key.public_bytes_raw()
        self.name = name
        self.key = key.public_bytes_raw()
        self.key_id = sha256(name.encode() + b"\n" + public).digest()[:_KEY_ID_BYTES]
        self.text = f"{name}+{self.key_id.hex()}+{b64encode(public).decode()}"
        self._key = key

    @classmethod
    def of(cls, name: str, key: bytes) -> "Verifier":
        """With the public key as it is kept."""
        return cls(name, Ed25519PublicKey.from_public_bytes(key))

    @classmethod
    def read_text(cls, text: str) -> "Verifier":
        """From its text form. Raises `ValueError`."""
        name, _, rest = text.partition("+")
        public = b64decode(rest.partition("+")[2], validate=True)
        verifier = cls.of(name, public[len(_ED25519) :])
        if verifier.text != text:
            raise ValueError("no Ed25519 verifier key, or its id is not its own")
        return verifier

    def open(self, note: str) -> Checkpoint:
        """The checkpoint in a note, if our key signed it. Raises `NotSigned`."""
        return _parse(self.read(note))

    def read(self, note: str) -> str:
        """The text of a note, whatever it says, if our key signed it. Raises `NotSigned`."""
        text, blank, signatures = note.partition("\n\n")
        if not blank:
            raise NotSigned(note)
        text += "\n"
        if not any(self._signed(text, line) for line in signatures.splitlines()):
            raise NotSigned(note)
        return text

    def _signed(self, text: str, line: str) -> bool:
        name, _, encoded = line.removeprefix(_DASH).partition(" ")
        if not line.startswith(_DASH) or name != self.name:
            return False
        try:
            signature = b64decode(encoded, validate=True)
            self._key.verify(signature[_KEY_ID_BYTES:], text.encode())
        except (NotBase64, InvalidSignature):
            return False
        return signature[:_KEY_ID_BYTES] == self.key_id


class Signer:
    """Signs checkpoints with a private key, and goes on where those before it stopped.

    Those of `previous` whose private key is still here sign as well. Of one that is lost, the
    verifier alone says what it signed.
    """

    def __init__(
        self, name: str, key: Ed25519PrivateKey, *, previous: "Sequence[Signer | Verifier]" = ()
    ) -> None:
        """A key and the name it signs under."""
        self.verifier = Verifier(name, key.public_key())
        self._key = key
        self._beside = [one for one in previous if isinstance(one, Signer)]
        before = [one.verifier if isinstance(one, Signer) else one for one in previous]
        self._verifiers = (self.verifier, *before)

    def sign(self, checkpoint: Checkpoint) -> str:
        """The signed note."""
        if self._beside:
            checkpoint = replace(checkpoint, successor=self.verifier.text)
        lines = [one.line(checkpoint.text) for one in (self, *self._beside)]
        return f"{checkpoint.text}\n{''.join(lines)}"

    def line(self, text: str) -> str:
        """The signature under a text."""
        signature = self._key.sign(text.encode())
        encoded = b64encode(self.verifier.key_id + signature).decode()
        return f"{_DASH}{self.verifier.name} {encoded}\n"

    def open(self, note: str) -> Checkpoint:
        """What we, or one of those before us, signed. Raises `NotSigned`."""
        for verifier in self._verifiers:
            with suppress(NotSigned):
                return verifier.open(note)
        raise NotSigned(note)


async def sign_next(
    log: Log, kind: LogKind, signer: Signer, *, origin: str
) -> SignedCheckpoint | None:
    """Sign the log as it is now; None when nothing was added. Raises `HistoryChanged`."""
    last = await log.latest(kind)
    signed_size = 0
    frontier: Frontier = ()
    if last is not None:
        signed_size, frontier = last.size, last.frontier
        checkpoint = signer.open(last.note)
        if (checkpoint.size, checkpoint.root) != (signed_size, root(frontier)):
            raise HistoryChanged(f"the kept checkpoint of {kind} at {signed_size}")
    size, claimed = await log.frontier(kind)
    if size < signed_size:
        raise HistoryChanged(f"{kind} has {size} leaves, {signed_size} were signed")
    reached = signed_size
    async for leaves in log.leaves(kind, signed_size, size):
        frontier = extend(frontier, reached, leaves)
        reached += len(leaves)
    if (reached, root(frontier)) != (size, root(claimed)):
        raise HistoryChanged(f"{kind} between {signed_size} and {size}")
    if size == signed_size:
        return None
    note = signer.sign(Checkpoint(origin, size, root(frontier)))
    signed = SignedCheckpoint(size, note, frontier)
    await log.keep(kind, signed)
    return signed


def _parse(text: str) -> Checkpoint:
    lines = text.splitlines()
    try:
        origin, size, encoded = lines[:_TEXT_LINES]
        root_ = b64decode(encoded, validate=True)
        return Checkpoint(origin, int(size), root_, _successor(lines[_TEXT_LINES:]))
    except ValueError as malformed:
        raise NotSigned(text) from malformed


def _successor(lines: Sequence[str]) -> str:
    named = [line.removeprefix(_SUCCESSOR) for line in lines if line.startswith(_SUCCESSOR)]
    return named[0] if named else ""
