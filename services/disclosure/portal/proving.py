"""What a reader can check: the latest signed root, and that a word is under it.

The page holds everything that the check needs: the bytes of the word, the path, the root. Its
script computes the root anew in the reader's own browser; without it, the same values can be
checked by hand (RFC 6962 §2.1.1).
"""

from base64 import b64decode, b64encode
from typing import Any, Final

from services.disclosure.api.feed.entries import entry_of
from services.disclosure.api.feed.log import get_checkpoint, get_inclusion_proof
from services.disclosure.domain.refusals import NothingSignedYet
from services.disclosure.portal.visit import Facts, Visit
from shared.eventstore.merkle import inclusion_holds
from shared.http.problems import Unavailable

SEQUENCE_DIGITS_MAX: Final = 10
RECENT: Final = 15


async def verify(visit: Visit) -> Facts:
    """The checkpoint, and the proof of the word that was asked for."""
    signed = await latest(visit)
    asked = visit.request.query_params.get("sequence", "").strip()
    return {
        "checkpoint": signed,
        "root": _root(signed.note) if signed else "",
        "asked": asked[:SEQUENCE_DIGITS_MAX],
        "proof": await _proof(visit, asked, signed.size) if signed and asked else None,
        "recent": await _recent(visit),
    }


async def latest(visit: Visit) -> Any:  # noqa: ANN401 - the answer of the API
    """The latest checkpoint, or nothing before the first."""
    try:
        return await get_checkpoint(visit.request)
    except NothingSignedYet:
        return None


async def _proof(visit: Visit, asked: str, size: int) -> Facts | None:
    """Everything about one word; nothing where there is no such word under the root."""
    good = asked.isascii() and asked.isdigit() and len(asked) <= SEQUENCE_DIGITS_MAX
    if not good or not 1 <= int(asked) <= size:
        return None
    store = visit.read.runtime.store
    if store is None:
        raise Unavailable("This process has no store to read from.")
    number = int(asked)
    [word] = await store.read_words(number - 1, 1)
    proof = await get_inclusion_proof(visit.request, number, size)
    hashes = [b64decode(one) for one in proof.hashes]
    holds = inclusion_holds(word.leaf_hash, number - 1, size, hashes, b64decode(proof.root))
    return {
        "entry": entry_of(word),
        "number": number,
        "size": size,
        "body": word.body.decode(),
        "leaf": b64encode(word.leaf_hash).decode(),
        "hashes": proof.hashes,
        "root": proof.root,
        "holds": holds,
    }


async def _recent(visit: Visit) -> Any:  # noqa: ANN401 - entries of the feed
    """The last words that were said, the newest first."""
    store, head = visit.read.runtime.store, visit.stamp.place.number
    if store is None or not head:
        return []
    after = max(0, head - RECENT)
    return [entry_of(word) for word in reversed(await store.read_words(after, head - after))]


async def feeds(visit: Visit) -> Facts:
    """Every way to take the data home, and what is under the latest root."""
    return {"checkpoint": await latest(visit)}


def _root(note: str) -> str:
    """The third line of a checkpoint (C2SP) is its root."""
    lines = note.splitlines()
    return lines[2] if len(lines) > 2 else ""  # noqa: PLR2004 - origin, size, root
