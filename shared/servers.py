"""The one server that takes writes, of those an address names: a primary and its standbys.

    postgresql://targets_app@db-a:5432,db-b:5432/targets

After a failover it is another one. Each is given a few seconds to answer: the driver's own limit
is for all of them together, and a machine without power, whose silence uses it up, may well come
first. The one that was found last is asked first.
"""

import asyncio
import time
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import asyncpg
import structlog
from asyncpg.connect_utils import SessionAttribute

CONNECT_SECONDS_MAX: Final = 5.0
START_SECONDS_MAX: Final = 30.0
"""As long as a database takes to come back: its own restart, or a failover."""
_AGAIN_SECONDS: Final = 0.5
_WANTED: Final = "target_session_attrs"
_ELSEWHERE: Final = (
    OSError,  # `TimeoutError` is one
    asyncpg.CannotConnectNowError,
    asyncpg.TargetServerAttributeNotMatched,
)

log = structlog.get_logger()

type Connection = asyncpg.Connection[asyncpg.Record]


class NobodyWrites(ConnectionError):
    """None of the servers takes writes at this moment. A failover may be under way."""


class Servers:
    """The servers that an address names."""

    def __init__(self, url: str) -> None:
        """Know their addresses; none is asked before `connect`."""
        self._addresses = addresses(url)

    @property
    def first(self) -> str:
        """The address that is asked first: the one that was found last."""
        return self._addresses[0]

    async def connect(self, _url: str = "", **how: Any) -> Connection:  # noqa: ANN401 - asyncpg's
        """A connection to the one that takes writes; `how` is the driver's."""
        failures: list[Exception] = []
        for address in list(self._addresses):
            try:
                connection: Connection = await asyncpg.connect(
                    address,
                    timeout=CONNECT_SECONDS_MAX,
                    target_session_attrs=SessionAttribute.primary,
                    **how,
                )
            except _ELSEWHERE as failure:
                failures.append(failure)
                continue
            self._addresses.remove(address)
            self._addresses.insert(0, address)
            return connection
        raise NobodyWrites("; ".join(map(_told, failures))) from failures[-1]


async def connect(url: str, **how: Any) -> Connection:  # noqa: ANN401 - asyncpg's
    """One connection to whoever takes writes, for what needs no more."""
    return await Servers(url).connect(**how)


async def connect_patiently(url: str) -> Connection:
    """A connection for a process that starts: it waits where nobody takes writes yet.

    One that ended instead would be started again and again, by a supervisor that waits longer each
    time, and be away long after the database is back. Raises `NobodyWrites` after
    `START_SECONDS_MAX`; a wrong password or a missing database is said at once.
    """
    servers, until = Servers(url), time.monotonic() + START_SECONDS_MAX
    while True:
        try:
            return await servers.connect()
        except NobodyWrites as nobody:
            if time.monotonic() >= until:
                raise
            log.warning("database_awaited", why=str(nobody))
        await asyncio.sleep(_AGAIN_SECONDS)


def addresses(url: str) -> list[str]:
    """An address of several servers as one address each; the wish for a primary goes unsaid."""
    parts = urlsplit(url)
    if "," not in parts.netloc and _WANTED not in parts.query:
        return [url]
    credentials, at, places = parts.netloc.rpartition("@")
    query = [pair for pair in parse_qsl(parts.query) if pair[0] != _WANTED]
    told = parts._replace(query=urlencode(query))
    return [urlunsplit(told._replace(netloc=credentials + at + one)) for one in places.split(",")]


def _told(failure: Exception) -> str:
    return f"{type(failure).__name__}: {failure}"
