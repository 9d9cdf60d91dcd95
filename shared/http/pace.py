"""How often one may ask: a rate with room for a burst, told in `RateLimit` headers.

Source: `reliability` §6 (API4) and S8, `interfaces` §1. Of everybody one moment is kept: when all
that was asked would have been due at the sustained rate (the generic cell rate algorithm). Who is
ahead of it by more than the burst is refused, after a pause that costs this process nothing: a
flood that waits for its answers slows itself down. Each process counts for itself.

Who is known by a token pays for what they ask. Anybody else pays as the address they come from:
an office, or a household. So does a token that is not known yet: verifying one that is wrong
costs more than most answers.
"""

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn, Self

from shared.http.addresses import NOBODY, whose
from shared.http.problems import TooManyRequests
from shared.settings import ServiceSettings

PAYERS_MAX: Final = 20_000
PAUSE_SECONDS: Final = 0.25
BYTES_OF_A_REQUEST: Final = 65_536
"""A larger body is worth as many requests as there are of these in it (D)."""
UNPACED: Final = frozenset({"/livez", "/readyz", "/metrics"})
"""What watches a process asks of it from inside; who asks through a gateway is paced here, too."""


@dataclass(slots=True, kw_only=True)
class Pace:
    """So many requests a second in the long run, and so many seconds' worth of them at once."""

    per_second: int
    burst_seconds: int
    name: str = "principal"
    now: Callable[[], float] = time.monotonic
    pause_seconds: float = PAUSE_SECONDS
    _due: OrderedDict[str, float] = field(default_factory=OrderedDict, repr=False)

    def wait(self, payer: str) -> float:
        """Count one request; the seconds after which it may be asked again, 0 if it may now."""
        now = self.now()
        due = max(now, self._due.get(payer, now))
        early = due - now - self.burst_seconds
        if early > 0:
            return early
        self._due[payer] = due + 1 / self.per_second
        self._due.move_to_end(payer)
        if len(self._due) > PAYERS_MAX:
            self._due.popitem(last=False)
        return 0.0

    def charge(self, payer: str, requests: float) -> None:
        """What was asked was worth more than one request."""
        now = self.now()
        self._due[payer] = max(now, self._due.get(payer, now)) + requests / self.per_second

    async def refuse(self, early: float) -> NoReturn:
        """Say in a while that it was too early."""
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
                "ratelimit-policy": f'"{self.name}";q={quota};w={self.burst_seconds}',
                "ratelimit": f'"{self.name}";r=0;t={seconds}',
            },
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Paces:
    """What principals may ask, and what an address may that nobody is known by."""

    principal: Pace | None = None
    address: Pace | None = None

    @classmethod
    def of(cls, settings: ServiceSettings) -> Self:
        """As it is configured; none where everybody may ask as often as they like."""
        principal = settings.requests_per_second_max, settings.requests_burst_seconds
        address = settings.address_requests_per_second_max, settings.address_requests_burst_seconds
        return cls(
            principal=_pace(*principal, name="principal"), address=_pace(*address, name="address")
        )

    async def keep(self, scope: MutableMapping[str, Any], principal: str | None) -> None:
        """Let a request through, or refuse it in a while."""
        pace = self.principal if principal else self.address
        if pace is None:
            return
        if scope["path"] in UNPACED and "abacus.gateway" not in scope:
            return
        payer = principal or client_of(scope)
        scope["abacus.pays"] = pace, payer
        if early := pace.wait(payer):
            # Whoever waits for a refusal does not keep others out (`connections`).
            if gives_way := scope.get("abacus.gives_way"):
                gives_way(payer)
            await pace.refuse(early)


def charge_bytes(scope: MutableMapping[str, Any], size: int) -> None:
    """What was read of a body is paid for by whoever sends it, once it has come."""
    pays: tuple[Pace, str] | None = scope.get("abacus.pays")
    if pays is not None:
        pace, payer = pays
        pace.charge(payer, size / BYTES_OF_A_REQUEST)


def client_of(scope: MutableMapping[str, Any]) -> str:
    """The name under which what comes from one address is counted."""
    client = scope.get("client")
    return whose(client[0]) if client else NOBODY


def _pace(per_second: int, burst_seconds: int, *, name: str) -> Pace | None:
    if not per_second:
        return None
    return Pace(per_second=per_second, burst_seconds=burst_seconds, name=name)
