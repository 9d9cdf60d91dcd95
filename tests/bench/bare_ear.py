"""The limit: a process that writes each message into one row, with none of our promises."""

import asyncio
import os
from typing import Final

import asyncpg
import nats
import uvloop
from nats.aio.msg import Msg

SUBJECT: Final = "abacus.653100.bare.Coins.v1"
CHANNEL: Final = "arrived"
_KEEP: Final = """
WITH kept AS (INSERT INTO bare (jar, body) VALUES ('j', $1) RETURNING id)
SELECT pg_notify($2, $3) FROM kept
"""


async def hear() -> None:
    """Until it is ended; whoever listens to the channel is told of every row."""
    connection = await asyncpg.connect(os.environ["BENCH_URL"])
    client = await nats.connect(os.environ["ABACUS_NATS_URL"])

    async def keep(message: Msg) -> None:
        number = message.data.partition(b" ")[0].decode()
        await connection.execute(_KEEP, message.data, CHANNEL, number)

    await client.jetstream().subscribe(SUBJECT, cb=keep, ordered_consumer=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(hear())
