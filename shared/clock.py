"""Business time is a port: the real clock, or one that demo and tests set forward.

The first setting may be any moment, so that a past year can be played; from then on it only
goes forward. A set clock runs on from where it was set. The setting lies in the service's
database, so the api and the worker tell the same time; each reads it again now and then and
answers `now` from memory.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

import structlog

from shared.domain.refusals import Conflict

REFRESH_SECONDS: Final = 0.2

log = structlog.get_logger()


class ClockWouldGoBack(Conflict):
    """Business time only goes forward."""

    title_zh = "业务时间只能向前"


class Clock(Protocol):
    """Tells business time."""

    def now(self) -> datetime:
        """The aware moment it is now."""


class ClockSetting(Protocol):
    """Keeps how far business time is ahead of real time; shared by all processes of a service."""

    async def offset(self) -> timedelta | None:
        """How far ahead; nothing when it was never set."""

    async def advance(self, offset: timedelta) -> timedelta:
        """Set the offset, later only raise it; answers what it is afterwards."""


class SystemClock:
    """Real time."""

    def now(self) -> datetime:
        """The moment it is now, in UTC."""
        return datetime.now(UTC)


class AdjustableClock:
    """Real time plus an offset; once set, the offset only grows."""

    def __init__(self, setting: ClockSetting) -> None:
        """Real time until the first `refresh`."""
        self._setting = setting
        self._offset = timedelta()

    def now(self) -> datetime:
        """The moment it is now by the last known setting."""
        return datetime.now(UTC) + self._offset

    async def refresh(self) -> None:
        """Take over what another process has set."""
        before = self._offset
        found = await self._setting.offset() or timedelta()
        if self._offset == before:  # not set forward here while we asked
            self._offset = found

    async def advance_to(self, moment: datetime) -> datetime:
        """Set business time forward to an aware moment; refuses to go back."""
        known = await self._setting.offset()
        self._offset = known or timedelta()
        offset = moment - datetime.now(UTC)
        if known is not None and offset < known:
            raise ClockWouldGoBack(f"it is already {self.now().isoformat()}")
        self._offset = await self._setting.advance(offset)
        return self.now()

    async def follow(self) -> None:
        """Keep up with other processes, for ever."""
        while True:
            await asyncio.sleep(REFRESH_SECONDS)
            try:
                await self.refresh()
            except Exception as trouble:  # noqa: BLE001 - time goes on while the database is away
                log.warning("clock_not_refreshed", why=repr(trouble))


class FixedOffset:
    """A setting within one process, for tests."""

    def __init__(self) -> None:
        """Never set."""
        self._offset: timedelta | None = None

    async def offset(self) -> timedelta | None:
        """How far ahead; nothing when it was never set."""
        return self._offset

    async def advance(self, offset: timedelta) -> timedelta:
        """Set the offset, later only raise it."""
        self._offset = offset if self._offset is None else max(self._offset, offset)
        return self._offset
