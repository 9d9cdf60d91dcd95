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

LOOKS: Final = 20
LOOK_SECONDS: Final = 0.05  # after the first, the loop knows of everybody who was before the door
LAST_ANSWER: Final = (b"connection", b"close")


class PatientServer(uvicorn.Server):
    """Goes on answering for a moment after it was told to stop."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take nobody new, answer who is there, then stop as ever."""
        for server in self.servers:
            server.close()
        self.server_state.default_headers.append(LAST_ANSWER)
        for _ in range(LOOKS):
            await asyncio.sleep(LOOK_SECONDS)
            if not self.server_state.connections:
                break
        await super().shutdown(sockets)
