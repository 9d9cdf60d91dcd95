"""Work in a thread that is not left alone: whoever is cut off waits until it has let go.

A thread cannot be stopped. Without this, a file would be closed under the hands that write it.
"""

import asyncio
from collections.abc import Callable


async def apart[**P, T](work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What the work answers; other requests are served meanwhile."""
    running = asyncio.ensure_future(asyncio.to_thread(work, *args, **kwargs))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise
