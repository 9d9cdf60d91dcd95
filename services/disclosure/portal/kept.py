"""What a process keeps for its readers: where the logs stand, the site, and rendered pages.

A page is kept with the place it was made from. While nothing new is known it is answered as it
is. When something is, it is made again, at most every `FRESH_SECONDS`: behind the back of its
readers, who go on with the one before for `STALE_SECONDS` at most. A page says its place.
"""

import time
from asyncio import Lock
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from services.disclosure.portal.stamp import Place, Stamp, look
from services.disclosure.portal.sums_kept import KeptSums
from shared.http.runtime import Runtime

FRESH_SECONDS: Final = 2.0
STALE_SECONDS: Final = 30.0
PAGES_MAX: Final = 512
BYTES_MAX: Final = 16 * 1024 * 1024

type Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A rendered page, the place it shows, and when it was made."""

    place: Place
    body: bytes
    etag: str
    made_at: float

    def serves(self, place: Place, seconds: float = FRESH_SECONDS) -> bool:
        """Whether it may be answered while the logs stand at `place`."""
        young = time.monotonic() - self.made_at < seconds
        return self.place == place or (young and self.place.day == place.day)


@dataclass(slots=True)
class Kept:
    """One per process. What has not been asked for longest goes first."""

    stamp: Stamp | None = None
    site: tuple[tuple[int, date], Any] | None = None
    sums: KeptSums = field(default_factory=KeptSums)
    pages: OrderedDict[Key, KeptPage] = field(default_factory=OrderedDict)
    size: int = 0
    looking: Lock = field(default_factory=Lock)
    making: dict[Key, Lock] = field(default_factory=dict)

    async def stamped(self, runtime: Runtime) -> Stamp:
        """Where the logs stand, looked up at most a few times a second."""
        async with self.looking:
            if self.stamp is None or not self.stamp.current:
                self.stamp = await look(runtime)
            return self.stamp

    def known(self, key: Key, place: Place) -> KeptPage | None:
        """The page, if it may be answered."""
        page = self.pages.get(key)
        if page is None or not page.serves(place):
            return None
        self.pages.move_to_end(key)
        return page

    def stale(self, key: Key, place: Place) -> KeptPage | None:
        """The page from before, for readers who need not wait for the one that is coming."""
        page = self.pages.get(key)
        return page if page is not None and page.serves(place, STALE_SECONDS) else None

    async def made(
        self, key: Key, place: Place, make: Callable[[], Awaitable[KeptPage]]
    ) -> KeptPage:
        """The page, made once however many ask for it at the same moment."""
        lock = self.making.setdefault(key, Lock())
        try:
            async with lock:
                page = self.known(key, place)
                if page is None:
                    page = await make()
                    self._keep(key, page)
                return page
        finally:
            self.making.pop(key, None)

    def _keep(self, key: Key, page: KeptPage) -> None:
        old = self.pages.pop(key, None)
        self.size += len(page.body) - (len(old.body) if old else 0)
        self.pages[key] = page
        while len(self.pages) > PAGES_MAX or self.size > BYTES_MAX:
            _, gone = self.pages.popitem(last=False)
            self.size -= len(gone.body)
