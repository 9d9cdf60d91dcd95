"""A server that never comes back is taken out of a cluster, by the operator of the bus.

Its feeds are then kept by the others, and by a new server as soon as there is one; until then
they are kept once less, which `Bus.replicas_missing` tells. Nobody needs this where the new
server has the name of the lost one: then it takes its place by itself.
"""

import asyncio
import json
from typing import Final

from nats.errors import Error

from shared.bus import Unanswered
from shared.bus.connection import ANSWER_SECONDS_MAX, Address, Connection, Refused, content

SERVER_REMOVE: Final = "$JS.API.SERVER.REMOVE"
NOT_A_MEMBER: Final = 10044
PAUSE_SECONDS: Final = 0.5
TRIES_MAX: Final = 60


async def remove(operator: Address, server: str) -> None:
    """Take a server out, by its name, or by its id where its name is forgotten.

    The servers that are left may have to choose who leads them first, so it is tried for a while.
    Raises `Refused` for a server that is none of them (any more), `Unanswered` where nobody leads.
    """
    connection = Connection(operator)
    await connection.connect()
    try:
        for _ in range(TRIES_MAX):
            try:
                await _ask(connection, {"peer": server})
            except Unanswered:
                await asyncio.sleep(PAUSE_SECONDS)
            except Refused as refused:
                if refused.code != NOT_A_MEMBER:
                    raise
                await _ask(connection, {"peer_id": server})
                return
            else:
                return
        raise Unanswered(SERVER_REMOVE)
    finally:
        await connection.close()


async def _ask(connection: Connection, request: dict[str, str]) -> None:
    payload = json.dumps(request).encode()
    try:
        answer = await connection.client.request(SERVER_REMOVE, payload, ANSWER_SECONDS_MAX)
    except (Error, OSError, TimeoutError) as silence:
        raise Unanswered(SERVER_REMOVE) from silence
    content(answer)
