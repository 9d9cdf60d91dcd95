#!/usr/bin/env python3
"""Checks the public log of a finance bureau, without a line of its software.

    verify.py --key KEY --url https://budget.example.cn/disclosure [--earlier old.json] [--quick]
    verify.py --key KEY --checkpoint now.json --lines lines.ndjson [--earlier old.json]
    verify.py --key KEY --checkpoint now.json --earlier old.json --consistency proof.json
    verify.py --key KEY --checkpoint now.json --item line.json --inclusion proof.json

The key is what you were given once and kept (`/v1/feed/key`); one that follows is named in what
yours signed. Checkpoint, lines and proofs are answers of `/v1/feed/…`, as you got or kept them.
Ends with 0 when everything holds, 1 when the log was tampered with, 2 when nothing can be said.
"""

import argparse
import json
import sys
from base64 import b64decode
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

HOLDS, TAMPERED, UNKNOWN, PAGE = 0, 1, 2, 1_000


class Tampered(Exception):
    """The log does not hold; the message says where."""


class Checkpoint(NamedTuple):
    """What was signed: the name of the log, its size, its root, and which key follows."""

    origin: str
    size: int
    root: bytes
    follows: str


def opened(text: str, *keys: str) -> Checkpoint:
    """The checkpoint in a signed note (C2SP tlog-checkpoint), if one of these keys signed it."""
    text = str(json.loads(text)["note"]) if text.startswith("{") else text
    body, _, signatures = text.partition("\n\n")
    if not any(signed_by(key, f"{body}\n", signatures) for key in keys):
        raise Tampered("the checkpoint is not signed by this key")
    origin, size, root, follows, *_ = [*body.split("\n"), ""]
    return Checkpoint(origin, int(size), b64decode(root, validate=True), follows)


def signed_by(key: str, text: str, signatures: str) -> bool:
    """Whether this key signed it; lines of other keys say nothing."""
    name, key_id, encoded = key.strip().split("+", 2)
    public = b64decode(encoded, validate=True)
    if public[:1] != b"\x01" or sha256(f"{name}\n".encode() + public).digest()[:4].hex() != key_id:
        raise ValueError("the key is no Ed25519 verifier key, or its id is not its own")
    lines = [line.rpartition(" ") for line in signatures.split("\n")]
    try:
        raws = [b64decode(one, validate=True) for mark, _, one in lines if mark == f"— {name}"]
        for raw in (own := [raw for raw in raws if raw[:4].hex() == key_id]):
            Ed25519PublicKey.from_public_bytes(public[1:]).verify(raw[4:], text.encode())
    except (InvalidSignature, ValueError):
        raise Tampered("the signature of the checkpoint is forged") from None
    return bool(own)


def leaf_of(text: str, place: int | None) -> tuple[int, bytes]:
    """The number and the leaf hash of the word in a line, computed from the word."""
    try:
        line = json.loads(text)
        number, told = line["sequence"], line["leaf_hash"]
        leaf = sha256(b"\x00" + line["word"].encode()).digest()
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Tampered(f"the line of word {place or '?'} is broken off or no line") from None
    if place is not None and number != place:
        raise Tampered(f"word {place} is missing: {number} is in its place")
    if leaf.hex() != told:
        raise Tampered(f"word {number} is not what its hash was made of")
    return number, leaf


def node(left: bytes, right: bytes) -> bytes:
    """An inner node (RFC 6962 §2.1)."""
    return sha256(b"\x01" + left + right).digest()


def check_root(leaves: list[bytes], checkpoint: Checkpoint) -> None:
    """The signed root is that of exactly these leaves; an odd one goes up a level as it is."""
    if len(leaves) < checkpoint.size:
        raise Tampered(f"{checkpoint.size} words were signed, {len(leaves)} are shown")
    level = leaves[: checkpoint.size] or [sha256(b"").digest()]
    while len(level) > 1:
        pairs = [node(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    if level[0] != checkpoint.root:
        raise Tampered(f"the root of the {checkpoint.size} words is not the signed one")


def root_above(leaf: bytes, at: int, size: int, proof: list[bytes]) -> bytes:
    """The root that a proof leads to from a leaf; `at` counts from 0 (RFC 9162 §2.1.3)."""
    if size == 1:
        return leaf
    beside, half = proof.pop(), 1 << (size - 1).bit_length() - 1
    if at < half:
        return node(root_above(leaf, at, half, proof), beside)
    return node(beside, root_above(leaf, at - half, size - half, proof))


def roots_of(old: int, size: int, known: bytes | None, proof: list[bytes]) -> tuple[bytes, bytes]:
    """The earlier and the later root that a consistency proof leads to (RFC 9162 §2.1.4)."""
    if old == size:
        same = proof.pop() if known is None else known
        return same, same
    beside, half = proof.pop(), 1 << (size - 1).bit_length() - 1
    if old <= half:
        was, now = roots_of(old, half, known, proof)
        return was, node(now, beside)
    was, now = roots_of(old - half, size - half, None, proof)
    return node(beside, was), node(beside, now)


def check_proof(place: str, lead: Callable[[list[bytes]], object], to: object, or_: str) -> None:
    """The hashes of a proof lead where they should, and none is left over."""
    proof = [b64decode(one, validate=True) for one in json.loads(read(place))["hashes"]]
    try:
        held = lead(proof) == to and not proof
    except IndexError:
        held = False
    if not held:
        raise Tampered(or_)


def read(place: str) -> str:
    """A file, or an answer; line ends as they are."""
    if not place.startswith(("http://", "https://")):
        return Path(place).read_bytes().decode()
    with urlopen(place, timeout=60) as answer:  # noqa: S310 - only http and https come here
        return str(answer.read().decode())


def verify(given: argparse.Namespace) -> None:
    """Check everything that was given; says what holds, raises what does not."""
    base = f"{given.url.rstrip('/')}/v1/feed" if given.url else ""
    now = opened(read(given.checkpoint or f"{base}/checkpoint"), *given.key)
    follows = now.follows and f"; keep this key, too: {now.follows.removeprefix('successor ')}"
    print(f"signed   {now.size} words of {now.origin}{follows}")
    leaves: list[bytes] = []
    if given.lines or not (given.quick or given.consistency or given.item):
        starts = range(0, now.size, PAGE)
        places = [given.lines] if given.lines else [f"{base}/lines?after={at}" for at in starts]
        texts = [text for place in places for text in read(place).split("\n") if text]
        leaves = [leaf_of(text, place)[1] for place, text in enumerate(texts, 1)]
        check_root(leaves, now)
        print(f"holds    {len(leaves)} words: dense, each as its hash, root as signed")
    for old in (opened(read(place), *given.key) for place in given.earlier):
        otherwise = f"the log of {now.size} words does not continue the one of {old.size}"
        if old.origin != now.origin or old.size > now.size:
            raise Tampered(otherwise)
        if leaves or not old.size:
            check_root(leaves, old)
        else:
            place = given.consistency or f"{base}/proofs/consistency?from={old.size}&to={now.size}"
            lead = partial(roots_of, old.size, now.size, old.root)
            check_proof(place, lead, (old.root, now.root), otherwise)
        print(f"holds    continues the checkpoint of {old.size} words")
    if given.item:
        number, leaf = leaf_of(read(given.item), None)
        place = given.inclusion or f"{base}/proofs/inclusion?sequence={number}&size={now.size}"
        otherwise = f"word {number} is not in the signed log"
        if not 1 <= number <= now.size:
            raise Tampered(otherwise)
        check_proof(place, partial(root_above, leaf, number - 1, now.size), now.root, otherwise)
        print(f"holds    word {number} is in the log")


def main() -> int:
    """What the command line asks; the exit code says how it ended."""
    parser = argparse.ArgumentParser("verify.py", usage=__doc__)
    for name in ("--url", "--checkpoint", "--lines", "--consistency", "--item", "--inclusion"):
        parser.add_argument(name)
    parser.add_argument("--key", action="append", required=True)
    parser.add_argument("--earlier", action="append", default=[])
    parser.add_argument("--quick", action="store_true")
    try:
        verify(parser.parse_args())
    except Tampered as found:
        print(f"TAMPERED {found}")
        return TAMPERED
    except (OSError, ValueError, KeyError, TypeError) as trouble:
        print(f"unknown  it cannot be checked: {trouble}")
        return UNKNOWN
    print("Everything that was given holds.")
    return HOLDS


if __name__ == "__main__":
    sys.exit(main())
