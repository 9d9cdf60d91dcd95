"""How an api process tells its worker that something was committed, without ever waiting."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from shared.bus.connection import Address, Connection
from shared.bus.streams import poke_subject

type Poke = Callable[[], Awaitable[None]]


@asynccontextmanager
async def poking(address: Address, service: str) -> AsyncIterator[Poke]:
    """A function that rings the worker's bell. It connects by itself, whenever NATS is there.

    Without NATS nothing happens: the worker looks by itself every 25 ms. A poke is a hint.
    """
    connection = Connection(address)
    connecting = asyncio.create_task(connection.connect(), name="poke")

    async def poke() -> None:
        if connection.client.is_connected:
            await connection.client.publish(poke_subject(service))

    try:
        yield poke
    finally:
        connecting.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await connecting
        await connection.close()
