"""What was signed and taken away earlier must still be true: nobody rewrites history unseen.

A witness needs two public things only: the notes it was given (C2SP checkpoints) and the
verifier's text, `name+key id+key`.
"""

from base64 import b64decode
from collections.abc import Iterable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.chaos.judge.ledger import frontier, ledger_leaves, root, word_leaves
from tests.chaos.judge.store import Store
from tests.chaos.judge.verdict import Verdict

KEY_BYTES = 32
KEY_ID_BYTES = 4


def check_history(store: Store, verifier: str, notes: Iterable[str], verdict: Verdict) -> None:
    """Every note is signed by this key, and the log still has that root at that size."""
    leaves = {"ledger": ledger_leaves(store), "words": word_leaves(store)}
    for note in notes:
        origin, size, told = _opened(note, verifier)
        log = leaves[origin.rpartition("/")[2]]
        verdict.seen["checkpoints"] += 1
        if told is None:
            verdict.wrong("history", f"{store.service}: a note of {origin} is not signed")
        elif size > len(log) or root(log[:size]) != told:
            verdict.wrong("history", f"{store.service}: {origin} at {size} is not what was signed")


def check_shown(store: Store, verifier: str, notes: Iterable[str], verdict: Verdict) -> None:
    """What is shown as signed is: all of what was taken away, and nothing that does not hold."""
    leaves = {"ledger": ledger_leaves(store), "words": word_leaves(store)}
    shown = [row["note"] for row in store.checkpoints]
    check_history(store, verifier, shown, verdict)
    for note in set(notes) - set(shown):
        verdict.wrong("history", f"{store.service}: a note is no longer shown: {note[:80]!r}")
    for row in store.checkpoints:
        origin, size, _ = _opened(row["note"], verifier)
        kept = frontier(leaves[row["kind"]][: row["size"]])
        named = (origin.rpartition("/")[2], size) == (row["kind"], row["size"])
        if not named or kept != list(row["frontier"]):
            verdict.wrong("history", f"{store.service}: {row['kind']} at {row['size']}")


def _opened(note: str, verifier: str) -> tuple[str, int, bytes | None]:
    """Origin and size of a note, and its root if it is signed."""
    text, _, signatures = note.partition("\n\n")
    origin, size, encoded = text.splitlines()[:3]
    name, _, key = verifier.strip().split("+", 2)
    public = Ed25519PublicKey.from_public_bytes(b64decode(key)[-KEY_BYTES:])
    for line in signatures.splitlines():
        who, _, signature = line.removeprefix("— ").partition(" ")
        if who != name:
            continue
        try:
            public.verify(b64decode(signature)[KEY_ID_BYTES:], f"{text}\n".encode())
        except InvalidSignature:
            continue
        return origin, int(size), b64decode(encoded)
    return origin, int(size), None
