"""The ledger of one service: whole, dense, in order, and hashed as it lies there."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from hashlib import sha256

from tests.chaos.judge.store import Row, Store, place
from tests.chaos.judge.verdict import Verdict

GENESIS = bytes(32)


def check_ledger(store: Store, verdict: Verdict) -> None:
    """All that can be said of one store without anything else."""
    check_whole(store, verdict)
    check_numbers(store, verdict)
    check_versions(store, verdict)
    check_chain(store, verdict)
    check_roots(store, verdict)
    verdict.seen[f"{store.service} events"] += len(store.events)


def check_whole(store: Store, verdict: Verdict) -> None:
    """Nothing torn: each append has all its events and words, and they lie together."""
    events = Counter(row["append_id"] for row in store.events)
    words = Counter(row["append_id"] for row in store.words)
    for row in store.appends:
        if events[row["append_id"]] != row["events"] or words[row["append_id"]] != row["words"]:
            verdict.wrong("torn", f"{store.service} append {row['append_id']}")
    if not store.dense:
        return  # said elsewhere; places mean nothing then
    placed: dict[int, list[int]] = defaultdict(list)
    for row in store.ledger:
        placed[row["append_id"]].append(row["position"])
    for append_id, positions in placed.items():
        if positions != list(range(positions[0], positions[0] + len(positions))):
            verdict.wrong("torn", f"{store.service} positions of append {append_id}")


def check_numbers(store: Store, verdict: Verdict) -> None:
    """Positions and word numbers are dense, and everything committed has got one."""
    if not store.dense:
        verdict.wrong("order", f"{store.service}: numbers are not 1, 2, 3 …")
    numbered = {place(row) for row in store.ledger}
    for row in store.events:
        if place(row) not in numbered:
            verdict.wrong("lost", f"{store.service} {row['stream']} never got a position")
    said = {place(row) for row in store.said}
    for row in store.words:
        if place(row) not in said:
            verdict.wrong("lost", f"{store.service} {row['subject']}: a word without a number")
    if store.unsequenced:
        verdict.wrong("lost", f"{store.service}: {store.unsequenced} appends wait for a number")


def check_versions(store: Store, verdict: Verdict) -> None:
    """The versions of a stream are 1..n, each once, and rise along the ledger."""
    versions: dict[str, list[int]] = defaultdict(list)
    for row in store.events:
        versions[row["stream"]].append(row["version"])
    for stream, found in versions.items():
        if len(set(found)) < len(found):
            verdict.wrong("overwritten", f"{store.service} {stream}: {sorted(found)}")
        elif sorted(found) != list(range(1, len(found) + 1)):
            verdict.wrong("order", f"{store.service} {stream}: {sorted(found)}")
    by_place = {place(row): row for row in store.events}
    last: Counter[str] = Counter()
    for entry in store.ledger:
        event = by_place[place(entry)]
        if event["version"] < last[event["stream"]]:
            verdict.wrong("order", f"{store.service} {event['stream']} v{event['version']}")
        last[event["stream"]] = event["version"]


def event_hash(event: Row) -> bytes:
    """The hash of an event, from its parts."""
    stream = event["stream"].encode()
    return sha256(
        b"\x00"
        + event["event_id"].bytes
        + event["version"].to_bytes(4)
        + event["prev_hash"]
        + len(stream).to_bytes(4)
        + stream
        + event["body"]
    ).digest()


def check_chain(store: Store, verdict: Verdict) -> None:
    """Every event is hashed as it is, onto one before it in its stream, and so numbered."""
    known: dict[tuple[str, int], set[bytes]] = defaultdict(set)
    for event in store.events:
        known[event["stream"], event["version"]].add(event["hash"])
    for event in store.events:
        name = f"{store.service} {event['stream']} v{event['version']}"
        if event_hash(event) != event["hash"]:
            verdict.wrong("chain", name)
        before = known[event["stream"], event["version"] - 1] if event["version"] > 1 else {GENESIS}
        if event["prev_hash"] not in before:
            verdict.wrong("chain", f"{name} does not follow")
    hashes = {place(row): row["hash"] for row in store.events}
    for entry in store.ledger:
        if entry["leaf_hash"] != hashes[place(entry)]:
            verdict.wrong("chain", f"{store.service} {entry['position']} is not what was numbered")


def ledger_leaves(store: Store) -> list[bytes]:
    """The leaves of the ledger, from the events themselves."""
    hashes = {place(row): event_hash(row) for row in store.events}
    return [hashes[place(row)] for row in store.ledger]


def word_leaves(store: Store) -> list[bytes]:
    """The leaves of what was said, from the words themselves."""
    return [sha256(b"\x00" + body).digest() for _, body in store.numbered_words()]


def check_roots(store: Store, verdict: Verdict) -> None:
    """The tree that is kept is the tree of what lies there."""
    if not store.dense:
        return  # said elsewhere; there is no tree of such a list
    said = word_leaves(store)
    if said != [row["leaf_hash"] for row in store.said]:
        verdict.wrong("root", f"{store.service}: a word is not what was numbered")
    for name, leaves, kept in (
        ("ledger", [row["leaf_hash"] for row in store.ledger], store.head["frontier"]),
        ("words", said, store.head["word_frontier"]),
    ):
        if frontier(leaves) != list(kept):
            verdict.wrong("root", f"{store.service}: {name}")


def frontier(leaves: Iterable[bytes]) -> list[bytes]:
    """The roots of the full subtrees, largest first (RFC 6962)."""
    peaks: list[tuple[int, bytes]] = []
    for leaf in leaves:
        height, node = 0, leaf
        while peaks and peaks[-1][0] == height:
            node = sha256(b"\x01" + peaks.pop()[1] + node).digest()
            height += 1
        peaks.append((height, node))
    return [node for _, node in peaks]


def root(leaves: Iterable[bytes]) -> bytes:
    """The root of all leaves."""
    peaks = frontier(leaves)
    if not peaks:
        return sha256(b"").digest()
    node = peaks.pop()
    while peaks:
        node = sha256(b"\x01" + peaks.pop() + node).digest()
    return node
