"""How often one principal may ask: a rate with room for a burst, told in `RateLimit` headers.

Source: `reliability` §6 (API4) and S8, `interfaces` §1. One moment per principal is kept: when all
that was asked would have been due at the sustained rate (the generic cell rate algorithm). Who is
ahead of it by more than the burst is refused, after a pause that costs this process nothing: a
flood that waits for its answers slows itself down. Each process counts for itself.
"""

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from shared.http.problems import TooManyRequests
from shared.settings import ServiceSettings

PRINCIPALS_MAX: Final = 20_000
PAUSE_SECONDS: Final = 0.25


@dataclass(slots=True, kw_only=True)
class Pace:
    """So many requests a second in the long run, and so many seconds' worth of them at once."""

    per_second: int
    burst_seconds: int
    now: Callable[[], float] = time.monotonic
    pause_seconds: float = PAUSE_SECONDS
    _due: OrderedDict[str, float] = field(default_factory=OrderedDict, repr=False)

    def wait(self, principal: str) -> float:
        """Count one request; the seconds after which it may be asked again, 0 if it may now."""
        now = self.now()
        due = max(now, self._due.get(principal, now))
        early = due - now - self.burst_seconds
        if early > 0:
            return early
        self._due[principal] = due + 1 / self.per_second
        self._due.move_to_end(principal)
        if len(self._due) > PRINCIPALS_MAX:
            self._due.popitem(last=False)
        return 0.0

    async def keep(self, principal: str) -> None:
        """Let a request through, or refuse it in a while."""
        if not (early := self.wait(principal)):
            return
        await asyncio.sleep(self.pause_seconds)
        seconds = max(1, math.ceil(early))
        quota = self.per_second * self.burst_seconds
        raise TooManyRequests(
            f"Try again in {seconds} seconds; {self.per_second} requests a second are answered.",
            remedy="Wait as long as Retry-After says; many things at once go through an import.",
            detail_zh=f"请在 {seconds} 秒后再试；每秒最多受理 {self.per_second} 次请求。",
            remedy_zh="请按 Retry-After 等候；批量数据请使用导入接口。",
            headers={
                "retry-after": str(seconds),
                "ratelimit-policy": f'"principal";q={quota};w={self.burst_seconds}',
                "ratelimit": f'"principal";r=0;t={seconds}',
            },
        )


def pace_of(settings: ServiceSettings) -> Pace | None:
    """As it is configured; none where everybody may ask as often as they like."""
    per_second, burst_seconds = settings.requests_per_second_max, settings.requests_burst_seconds
    return Pace(per_second=per_second, burst_seconds=burst_seconds) if per_second else None
