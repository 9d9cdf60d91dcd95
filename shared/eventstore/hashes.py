"""The two hashes of the store: of a private event in its chain, of a public word in its log.

Both start with a zero byte, which makes them RFC 6962 leaf hashes as they stand. Fields of
fixed size come first and the stream carries its length, so no two events share an input.
"""

from hashlib import sha256
from uuid import UUID

LEAF = b"\x00"


def event_hash(event_id: UUID, stream: str, version: int, prev_hash: bytes, body: bytes) -> bytes:
    """The hash that the database checks again when the event is inserted."""
    name = stream.encode()
    return sha256(
        b"".join(
            (
                LEAF,
                event_id.bytes,
                version.to_bytes(4),
                prev_hash,
                len(name).to_bytes(4),
                name,
                body,
            )
        )
    ).digest()


def word_hash(body: bytes) -> bytes:
    """The leaf hash of a public word: the zero byte and the words themselves."""
    return sha256(LEAF + body).digest()
