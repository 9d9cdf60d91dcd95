"""The judge: reads the stores, the streams and the journal, and imports nothing of ours.

It recomputes what must be true with its own few lines: every acknowledged request is in the
store exactly once, every refused one not at all, order is dense and respects the streams, the
hash chain and the Merkle root are right, JetStream holds word for word what was said, every
hearer has heard all of it once, and the money in the read models is the money in the events.

    python -m tests.chaos.checker JOURNAL.jsonl SYSTEM.json

`SYSTEM.json`: {"databases": {service: url}, "nats": url, "hears": {service: [producers]}}.
It exits 1 on any violation and 2 when there was too little to judge.
"""

import asyncio
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import asyncpg
import nats
from nats.aio.client import Client as NatsClient
from nats.js.errors import NotFoundError

type Row = asyncpg.Record


@dataclass(slots=True)
class Verdict:
    """What was found wrong, by kind, and how much was looked at."""

    violations: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    seen: Counter[str] = field(default_factory=Counter)

    def wrong(self, kind: str, example: str) -> None:
        """Note one violation; a few examples are kept."""
        self.violations[kind] += 1
        if len(self.examples[kind]) < 5:
            self.examples[kind].append(example)


@dataclass(frozen=True, slots=True)
class Store:
    """Everything of one service's store, as rows."""

    service: str
    appends: list[Row]
    events: list[Row]
    words: list[Row]
    ledger: list[Row]
    said: list[Row]
    head: Row
    commands: set[str]
    heard: list[Row]
    cursors: dict[str, int]
    unsequenced: int
    parked: list[Row]


async def read_store(service: str, url: str) -> Store:
    """Read it all over one new connection, in one snapshot."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            return Store(
                service,
                await connection.fetch("SELECT * FROM es.append ORDER BY append_id"),
                await connection.fetch("SELECT * FROM es.event ORDER BY append_id, idx"),
                await connection.fetch("SELECT * FROM es.word ORDER BY append_id, idx"),
                await connection.fetch("SELECT * FROM es.ledger ORDER BY position"),
                await connection.fetch("SELECT * FROM es.said ORDER BY number"),
                (await connection.fetch("SELECT * FROM es.head"))[0],
                {r["key"] for r in await connection.fetch("SELECT key FROM es.command")},
                await connection.fetch("SELECT * FROM es.heard ORDER BY producer, number"),
                {
                    r["name"]: r["position"]
                    for r in await connection.fetch("SELECT name, position FROM es.cursor")
                },
                await connection.fetchval("SELECT count(*) FROM es.unsequenced"),
                await connection.fetch("SELECT * FROM es.parked"),
            )
    finally:
        await connection.close()


def check_whole(store: Store, verdict: Verdict) -> None:
    """Nothing torn: each append has all its events and words, and they lie together."""
    events = Counter(row["append_id"] for row in store.events)
    words = Counter(row["append_id"] for row in store.words)
    for row in store.appends:
        if events[row["append_id"]] != row["events"] or words[row["append_id"]] != row["words"]:
            verdict.wrong("torn", f"{store.service} append {row['append_id']}")
    placed: dict[int, list[int]] = defaultdict(list)
    for row in store.ledger:
        placed[row["append_id"]].append(row["position"])
    for append_id, positions in placed.items():
        if positions != list(range(positions[0], positions[0] + len(positions))):
            verdict.wrong("torn", f"{store.service} positions of append {append_id}")
    verdict.seen[f"{store.service} events"] += len(store.events)


def check_order(store: Store, verdict: Verdict) -> None:
    """Positions and word numbers are dense; versions rise along the ledger, without a gap."""
    for name, rows, size in (
        ("position", store.ledger, store.head["size"]),
        ("number", store.said, store.head["words"]),
    ):
        numbers = [row[name] for row in rows]
        if numbers != list(range(1, size + 1)):
            verdict.wrong("order", f"{store.service}: {name}s are not 1..{size}")
    if store.unsequenced or len(store.ledger) != len(store.events):
        verdict.wrong("lost", f"{store.service}: {store.unsequenced} appends never got a number")
    if len(store.said) != len(store.words):
        verdict.wrong("lost", f"{store.service}: words without a number")
    by_place = {(row["append_id"], row["idx"]): row for row in store.events}
    versions: Counter[str] = Counter()
    for row in store.ledger:
        event = by_place[row["append_id"], row["idx"]]
        versions[event["stream"]] += 1
        if event["version"] != versions[event["stream"]]:
            verdict.wrong("order", f"{store.service} {event['stream']} v{event['version']}")


def check_hashes(store: Store, verdict: Verdict) -> None:
    """The chain of every stream, the leaves, and the root over all of them."""
    last: dict[str, bytes] = {}
    by_place = {(row["append_id"], row["idx"]): row for row in store.events}
    for entry in store.ledger:
        event = by_place[entry["append_id"], entry["idx"]]
        stream = event["stream"].encode()
        expected = sha256(
            b"\x00"
            + event["event_id"].bytes
            + event["version"].to_bytes(4)
            + event["prev_hash"]
            + len(stream).to_bytes(4)
            + stream
            + event["body"]
        ).digest()
        chained = event["prev_hash"] == last.get(event["stream"], bytes(32))
        if expected != event["hash"] or entry["leaf_hash"] != expected or not chained:
            verdict.wrong("chain", f"{store.service} {event['stream']} v{event['version']}")
        last[event["stream"]] = event["hash"]
    words = {(row["append_id"], row["idx"]): row["body"] for row in store.words}
    leaves = [sha256(b"\x00" + words[r["append_id"], r["idx"]]).digest() for r in store.said]
    if leaves != [row["leaf_hash"] for row in store.said]:
        verdict.wrong("root", f"{store.service}: a word is not what was numbered")
    for name, rows, kept in (
        ("ledger", [row["leaf_hash"] for row in store.ledger], store.head["frontier"]),
        ("words", leaves, store.head["word_frontier"]),
    ):
        if frontier(rows) != list(kept):
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


async def check_stream(store: Store, client: NatsClient, verdict: Verdict) -> None:
    """JetStream: message n is word n, byte for byte, and there is no message more."""
    words = {(row["append_id"], row["idx"]): row["body"] for row in store.words}
    bodies = [words[row["append_id"], row["idx"]] for row in store.said]
    stream = store.service.upper()
    jetstream = client.jetstream()
    try:
        info = await jetstream.stream_info(stream)
    except NotFoundError:
        if bodies:
            verdict.wrong("feed", f"{stream} does not exist")
        return
    if info.state.last_seq != len(bodies):
        verdict.wrong("feed", f"{stream} ends at {info.state.last_seq}, not {len(bodies)}")
    for number in range(max(info.state.first_seq, 1), min(info.state.last_seq, len(bodies)) + 1):
        message = await jetstream.get_msg(stream, number, direct=True)
        verdict.seen["messages"] += 1
        if message.data != bodies[number - 1]:
            verdict.wrong("feed", f"{stream} {number}")


def check_heard(stores: dict[str, Store], hears: dict[str, list[str]], verdict: Verdict) -> None:
    """Every hearer has heard every word of its producers, in order, once, word for word."""
    for hearer, producers in hears.items():
        heard: dict[str, list[Row]] = defaultdict(list)
        for row in stores[hearer].heard:
            heard[row["producer"]].append(row)
        for producer in producers:
            said = stores[producer]
            words = {(row["append_id"], row["idx"]): row["body"] for row in said.words}
            numbered = [(row["number"], words[row["append_id"], row["idx"]]) for row in said.said]
            got = [(row["number"], row["body"]) for row in heard[producer]]
            verdict.seen["heard"] += len(got)
            # A word whose type nobody there listens to is kept without its text.
            same = [
                number == told and (not text or text == body)
                for (told, text), (number, body) in zip(got, numbered, strict=False)
            ]
            if len(got) != len(numbered) or not all(same):
                missing = {n for n, _ in numbered} - {n for n, _ in got}
                verdict.wrong("heard", f"{hearer} from {producer}: {len(missing)} missing")
        for row in stores[hearer].parked:
            verdict.wrong("parked", f"{hearer} {row['producer']} {row['number']}: {row['reason']}")


def check_journal(path: Path, stores: dict[str, Store], verdict: Verdict) -> None:
    """Acknowledged: once. Refused: never. Unknown: at most once."""
    last: dict[str, dict[str, Any]] = {}
    for text in path.read_text().splitlines():
        entry = json.loads(text)
        last[entry["id"]] = last.get(entry["id"], {}) | entry
        verdict.seen[entry["kind"]] += 1
    effects = {service: effects_of(store) for service, store in stores.items()}
    for entry in last.values():
        count = effects[entry["service"]][entry["mark"]]
        match entry["kind"]:
            case "ok" if count == 0:
                verdict.wrong("lost", entry["mark"])
            case "fail" if count > 0:
                verdict.wrong("unexpected", entry["mark"])
        if count > 1:
            verdict.wrong("doubled", entry["mark"])


def effects_of(store: Store) -> Counter[str]:
    """How often each mark (an id the load made up) has had an effect.

    A request that creates something marks its stream, which then has one event; a payment marks
    the event that books it.
    """
    marks: Counter[str] = Counter()
    for row in store.events:
        if "chaos" in row["stream"]:
            marks[row["stream"]] += 1
        elif row["name"] == "PaymentSettled":
            marks[json.loads(row["body"])["data"]["payment_id"]] += 1
    return marks


async def check_money(store: Store, url: str, verdict: Verdict) -> None:
    """Payments in the events are the payments in the read model, to the fen, per project."""
    events: Counter[tuple[str, int]] = Counter()
    for row in store.events:
        body = json.loads(row["body"])
        data = body["data"]
        place = row["stream"].partition("-")[2].rpartition("-")
        project = (place[0], int(place[2])) if place[2].isdigit() else ("", 0)
        if body["name"] == "PaymentSettled":
            events[project] += data["amount"]["fen"]
        elif body["name"] == "PaymentReturned":
            events[project] -= data["amount"]["fen"]
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch(
            "SELECT project_code, fiscal_year, paid_fen - returned_fen AS paid "
            "FROM ledger_statement"
        )
    finally:
        await connection.close()
    shown = {(row["project_code"], row["fiscal_year"]): int(row["paid"]) for row in rows}
    for project in events.keys() | shown.keys():
        if events[project] != shown.get(project, 0):
            verdict.wrong("balance", f"{project}: {events[project]} != {shown.get(project, 0)}")
    verdict.seen["projects paid"] += len(events)


async def judge(journal: Path, system: dict[str, Any]) -> Verdict:
    """Everything there is to check."""
    verdict = Verdict()
    stores = {
        service: await read_store(service, url) for service, url in system["databases"].items()
    }
    client = await nats.connect(system["nats"], **system.get("nats_options", {}))
    try:
        for store in stores.values():
            check_whole(store, verdict)
            check_order(store, verdict)
            check_hashes(store, verdict)
            await check_stream(store, client, verdict)
    finally:
        await client.close()
    check_heard(stores, system["hears"], verdict)
    check_journal(journal, stores, verdict)
    await check_money(stores["monitoring"], system["databases"]["monitoring"], verdict)
    return verdict


def main() -> int:
    """Judge, print, and answer with the exit code."""
    journal, system = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text())
    verdict = asyncio.run(judge(journal, system))
    report = {
        "violations": dict(verdict.violations),
        "examples": dict(verdict.examples),
        "seen": dict(verdict.seen),
    }
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    if verdict.violations:
        return 1
    return 0 if verdict.seen["ok"] >= system.get("ok_min", 1) else 2


if __name__ == "__main__":
    sys.exit(main())
