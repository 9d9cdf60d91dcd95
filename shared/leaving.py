"""How a process that serves HTTP goes away: what is on its way to it is answered first.

A connection may have been opened, or have brought another request, in the moment before the
signal; closed at once, whoever sent it would not know what became of it. So the door is closed
first, what comes over the connections that are open is answered with the word that each ends
with this answer, and only those that stay silent are closed without one.
"""

import asyncio
import socket
from typing import Final

import uvicorn

ARRIVING_SECONDS: Final = 0.1  # the loop knows by then of everybody who came before the door closed
GRACE_SECONDS: Final = 1.0
LAST_ANSWER: Final = (b"connection", b"close")


class PatientServer(uvicorn.Server):
    """Goes on answering for a moment after it was told to stop."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take nobody new, answer who is there, then stop as ever."""
        for server in self.servers:
            server.close()
        self.server_state.default_headers.append(LAST_ANSWER)
        await asyncio.sleep(ARRIVING_SECONDS)
        if self.server_state.connections:
            await asyncio.sleep(GRACE_SECONDS)
        await super().shutdown(sockets)
