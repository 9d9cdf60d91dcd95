"""What whoever owns the server can do to the past: one thing each, hashes made to fit or not."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from random import Random
from typing import Final, Literal
from uuid import UUID

import asyncpg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.eventstore.checkpoints import Checkpoint, Signer
from shared.eventstore.hashes import event_hash, word_hash
from tests.chaos.judge.ledger import frontier, root

type Connection = asyncpg.Connection[asyncpg.Record]
type Log = Literal["ledger", "words"]
type Tampering = Callable[[Connection, Random], Awaitable[None]]

TABLES: Final = ("append", "event", "word", "ledger", "said", "checkpoint")
NUMBERED: Final[Mapping[Log, tuple[str, str]]] = {
    "ledger": ("ledger", "position"),
    "words": ("said", "number"),
}
FACTS: Final[Mapping[Log, str]] = {"ledger": "event", "words": "word"}
THIEF: Final = Signer("abacus/jars", Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
ORIGIN: Final = "abacus/653100/jars"


async def open_up(connection: Connection) -> None:
    """Whatever keeps the past as it is, is taken away."""
    for table in TABLES:
        await connection.execute(f"ALTER TABLE es.{table} DISABLE TRIGGER no_change")
    await connection.execute(
        "ALTER TABLE es.event DROP CONSTRAINT ck_event_hash;"
        "ALTER TABLE es.ledger DROP CONSTRAINT pk_ledger, DROP CONSTRAINT uq_ledger_event;"
        "ALTER TABLE es.said DROP CONSTRAINT pk_said, DROP CONSTRAINT uq_said_word"
    )


async def _drawn(connection: Connection, chance: Random, log: Log) -> asyncpg.Record:
    """A row of a log with the fact it numbers."""
    table, number = NUMBERED[log]
    rows = await connection.fetch(
        f"SELECT f.*, n.{number} AS place FROM es.{table} n "  # noqa: S608 - names of ours
        f"JOIN es.{FACTS[log]} f USING (append_id, idx) ORDER BY n.{number}"
    )
    return chance.choice(rows)


async def change_body(connection: Connection, chance: Random, *, log: Log, fitted: bool) -> None:
    """Another text in its place; its own hash is made to fit, or not."""
    row = await _drawn(connection, chance, log)
    at = chance.randrange(len(row["body"]))
    # One bit of a digit or a letter; what comes out is text, if not always JSON.
    body = row["body"][:at] + bytes([row["body"][at] ^ 1]) + row["body"][at + 1 :]
    place = row["append_id"], row["idx"]
    await connection.execute(
        f"UPDATE es.{FACTS[log]} SET body = $3 WHERE append_id = $1 AND idx = $2",  # noqa: S608
        *place,
        body,
    )
    if fitted:
        await fit(connection, log)


async def fit(connection: Connection, log: Log) -> None:
    """Every hash anew: of the events, one onto the other, of the numbers, and of the head."""
    if log == "ledger":
        await _fit_chain(connection)
        await connection.execute(
            "UPDATE es.ledger l SET leaf_hash = e.hash FROM es.event e "
            "WHERE (l.append_id, l.idx) = (e.append_id, e.idx)"
        )
    else:
        await connection.execute(
            "UPDATE es.said s SET leaf_hash = sha256('\\x00'::bytea || w.body) FROM es.word w "
            "WHERE (s.append_id, s.idx) = (w.append_id, w.idx)"
        )
    leaves = await _leaves(connection, log)
    size, kept = ("size", "frontier") if log == "ledger" else ("words", "word_frontier")
    await connection.execute(
        f"UPDATE es.head SET {size} = $1, {kept} = $2",  # noqa: S608 - names of ours
        len(leaves),
        frontier(leaves),
    )


async def _fit_chain(connection: Connection) -> None:
    before: dict[str, bytes] = {}
    for row in await connection.fetch("SELECT * FROM es.event ORDER BY stream, version"):
        last = before.get(row["stream"], bytes(32))
        named = row["event_id"], row["stream"], row["version"]
        before[row["stream"]] = hashed = event_hash(*named, last, row["body"])
        await connection.execute(
            "UPDATE es.event SET prev_hash = $3, hash = $4 WHERE append_id = $1 AND idx = $2",
            row["append_id"], row["idx"], last, hashed,
        )  # fmt: skip


async def _leaves(connection: Connection, log: Log) -> list[bytes]:
    table, number = NUMBERED[log]
    rows = await connection.fetch(f"SELECT leaf_hash FROM es.{table} ORDER BY {number}")  # noqa: S608
    return [leaf for (leaf,) in rows]


async def exchange(connection: Connection, chance: Random, *, log: Log, fitted: bool) -> None:
    """Two facts change their numbers."""
    table, number = NUMBERED[log]
    count = await connection.fetchval(f"SELECT count(*) FROM es.{table}")  # noqa: S608
    one, other = chance.sample(range(1, count + 1), 2)
    await connection.execute(
        f"UPDATE es.{table} SET {number} = $1 + $2 - {number} WHERE {number} IN ($1, $2)",  # noqa: S608
        one,
        other,
    )
    if fitted:
        await fit(connection, log)


async def delete(connection: Connection, chance: Random, *, log: Log, fitted: bool) -> None:
    """A fact is gone; those behind it move up, or not."""
    row = await _drawn(connection, chance, log)
    table, number = NUMBERED[log]
    for one in (table, FACTS[log]):
        await connection.execute(
            f"DELETE FROM es.{one} WHERE append_id = $1 AND idx = $2",  # noqa: S608
            row["append_id"],
            row["idx"],
        )
    if fitted:
        await connection.execute(
            f"UPDATE es.{table} SET {number} = {number} - 1 WHERE {number} > $1",  # noqa: S608
            row["place"],
        )
        await fit(connection, log)


async def insert(connection: Connection, chance: Random, *, log: Log, fitted: bool) -> None:
    """A fact that never was; those behind it move on, or share its number."""
    row = await _drawn(connection, chance, log)
    table, number = NUMBERED[log]
    columns = [name for name in row.keys() if name != "place"]  # noqa: SIM118 - a record
    forged = {**dict(row), "append_id": -1, "idx": 1, "body": b'{"forged": true}'}
    if log == "ledger":
        forged |= {"event_id": UUID(int=1), "stream": "jar-forged", "version": 1}
        forged |= {"prev_hash": bytes(32)}
        forged["hash"] = event_hash(UUID(int=1), "jar-forged", 1, bytes(32), forged["body"])
    leaf = forged["hash"] if log == "ledger" else word_hash(forged["body"])
    appended = "INSERT INTO es.append VALUES (-1, $1, $2, 'thief', '')"
    await connection.execute(appended, *((1, 0) if log == "ledger" else (1, 1)))
    marks = ", ".join(f"${n}" for n in range(1, len(columns) + 1))
    await connection.execute(
        f"INSERT INTO es.{FACTS[log]} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608
        *(forged[name] for name in columns),
    )
    if fitted:
        await connection.execute(
            f"UPDATE es.{table} SET {number} = {number} + 1 WHERE {number} >= $1",  # noqa: S608
            row["place"],
        )
    await connection.execute(
        f"INSERT INTO es.{table} VALUES ($1, -1, 1, $2)",  # noqa: S608 - names of ours
        row["place"],
        leaf,
    )
    if fitted:
        await fit(connection, log)


async def misnumber(connection: Connection, chance: Random, *, log: Log) -> None:
    """The hash beside a number is another one."""
    table, number = NUMBERED[log]
    row = await _drawn(connection, chance, log)
    await connection.execute(
        f"UPDATE es.{table} SET leaf_hash = $2 WHERE {number} = $1",  # noqa: S608
        row["place"],
        chance.randbytes(32),
    )


async def point_elsewhere(connection: Connection, chance: Random, *, log: Log) -> None:
    """Two numbers mean the same fact."""
    table, number = NUMBERED[log]
    row = await _drawn(connection, chance, log)
    await connection.execute(
        f"UPDATE es.{table} SET (append_id, idx, leaf_hash) = "  # noqa: S608 - names of ours
        f"(SELECT append_id, idx, leaf_hash FROM es.{table} WHERE {number} = $2) "
        f"WHERE {number} = $1",
        row["place"],
        row["place"] - 1 if row["place"] > 1 else 2,
    )


async def behead(connection: Connection, chance: Random) -> None:
    """What the head says of sizes and roots is another thing."""
    change = chance.choice(
        (
            "size = size - 1",
            "size = size + 1",
            "words = words - 1",
            "words = words + 1",
            "frontier = frontier[2:]",
            "word_frontier = word_frontier[2:]",
            "frontier[1] = sha256('x')",
            "word_frontier[1] = sha256('x')",
            "frontier = word_frontier",
        )
    )
    await connection.execute(f"UPDATE es.head SET {change}")  # noqa: S608 - one of those above


async def change_checkpoint(connection: Connection, chance: Random) -> None:
    """A note is gone, of another size, of another root, or somebody else's."""
    rows = await connection.fetch("SELECT * FROM es.checkpoint ORDER BY kind, size")
    row = chance.choice(rows)
    origin, size, root_, *_ = row["note"].split("\n")
    note, kept = row["note"], row["frontier"]
    match chance.choice(("gone", "size", "root", "signature", "thief", "frontier")):
        case "gone":
            await connection.execute("DELETE FROM es.checkpoint WHERE note = $1", note)
            return
        case "size":
            note = note.replace(f"\n{size}\n", f"\n{int(size) + 1}\n")
        case "root":
            note = note.replace(root_, root_.swapcase())
        case "signature":
            note = note[:-10] + note[-10:].swapcase()
        case "thief":
            note = THIEF.sign(Checkpoint(origin, int(size), chance.randbytes(32)))
        case _:
            kept = [chance.randbytes(32), *kept[1:]]
    await connection.execute(
        "UPDATE es.checkpoint SET note = $3, frontier = $4 WHERE kind = $1 AND size = $2",
        row["kind"], row["size"], note, kept,
    )  # fmt: skip


async def rewrite(connection: Connection, chance: Random, *, signer: Signer) -> None:
    """History is another one, down to the last hash, and signed with the key of the service."""
    log = chance.choice(LOGS)
    change = chance.choice((change_body, exchange, delete, insert))
    await change(connection, chance, log=log, fitted=True)
    kept = "es.checkpoint WHERE kind = $1"
    rows = await connection.fetch(f"SELECT * FROM {kept} ORDER BY size", log)  # noqa: S608
    leaves = await _leaves(connection, log)
    signed: set[int] = set()
    for row in rows:
        size = min(row["size"], len(leaves))
        if size in signed:  # the log is shorter now
            await connection.execute(f"DELETE FROM {kept} AND size = $2", log, row["size"])  # noqa: S608
            continue
        signed.add(size)
        note = signer.sign(Checkpoint(f"{ORIGIN}/{log}", size, root(leaves[:size])))
        await connection.execute(
            "UPDATE es.checkpoint SET note = $3, frontier = $4, size = $5 "
            "WHERE kind = $1 AND size = $2",
            log, row["size"], note, frontier(leaves[:size]), size,
        )  # fmt: skip


LOGS: Final[Sequence[Log]] = ("ledger", "words")
_BOTH: Final = {"body": change_body, "order": exchange, "delete": delete, "insert": insert}


def tamperings(signer: Signer) -> dict[str, Tampering]:
    """All kinds by name; `signer` is the key of the service, which the thief of the last has."""
    found: dict[str, Tampering] = {
        f"{name} of {log}{', fitted' if fitted else ''}": partial(change, log=log, fitted=fitted)
        for name, change in _BOTH.items()
        for log in LOGS
        for fitted in (False, True)
    }
    found |= {f"hash in {log}": partial(misnumber, log=log) for log in LOGS}
    found |= {f"place in {log}": partial(point_elsewhere, log=log) for log in LOGS}
    found |= {"head": behead, "checkpoint": change_checkpoint}
    return found | {"all hashes, signed": partial(rewrite, signer=signer)}
