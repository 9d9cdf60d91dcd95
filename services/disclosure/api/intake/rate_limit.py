"""How often strangers may write: per address and overall, told in `RateLimit` headers.

Source: `interfaces` §1 (RateLimit, RateLimit-Policy, Retry-After). Each process counts for
itself; a gateway in front may be stricter. Attempts count, not successes: whoever is refused has
asked, too. What is remembered of an address is forgotten with its window.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from shared.domain.refusals import Refusal
from shared.http.addresses import NOBODY, whose
from shared.http.failures import refusal_of
from shared.http.problems import TooManyRequests

if TYPE_CHECKING:
    from shared.http.runtime import Runtime

ADDRESSES_MAX: Final = 20_000
ADDRESS, OVERALL = "address", "overall"


@dataclass(slots=True, kw_only=True)
class Window:
    """The instants of what was asked within a span of time, at most `quota` of them."""

    quota: int
    seconds: int
    asked: deque[datetime] = field(default_factory=deque)

    def forget(self, now: datetime) -> None:
        """What is older than the window no longer counts."""
        edge = now - timedelta(seconds=self.seconds)
        while self.asked and self.asked[0] <= edge:
            self.asked.popleft()

    @property
    def left(self) -> int:
        """How often it may still be asked."""
        return max(0, self.quota - len(self.asked))

    def wait(self, now: datetime) -> int:
        """Seconds until one more may be asked; of an empty window, its length."""
        if not self.asked:
            return self.seconds
        free_at = self.asked[0] + timedelta(seconds=self.seconds)
        return max(1, int(-(-(free_at - now).total_seconds() // 1)))


@dataclass(slots=True, kw_only=True)
class RateLimit:
    """Sliding windows: one for each address, and one for everybody together."""

    per_address: int
    overall: int
    seconds: int
    everybody: Window = field(init=False)
    addresses: OrderedDict[str, Window] = field(default_factory=OrderedDict)

    def __post_init__(self) -> None:
        """Nobody has asked yet."""
        self.everybody = Window(quota=self.overall, seconds=self.seconds)

    def take(self, address: str, now: datetime) -> Mapping[str, str]:
        """Count one request and say what is left; refuse it where nothing is."""
        own = self._window(address)
        own.forget(now)
        self.everybody.forget(now)
        for window in (own, self.everybody):
            if window.left == 0:
                wait = window.wait(now)
                raise TooManyRequests(
                    f"Try again in {wait} seconds.",
                    remedy="Wait, then send it once more.",
                    detail_zh=f"请在 {wait} 秒后再试。",
                    remedy_zh="请稍候再提交一次。",
                    headers={"retry-after": str(wait), **self._headers(own, now)},
                )
        own.asked.append(now)
        self.everybody.asked.append(now)
        return self._headers(own, now)

    def _window(self, address: str) -> Window:
        window = self.addresses.get(address)
        if window is None:
            while len(self.addresses) >= ADDRESSES_MAX:
                self.addresses.popitem(last=False)
            window = Window(quota=self.per_address, seconds=self.seconds)
            self.addresses[address] = window
        self.addresses.move_to_end(address)
        return window

    def _headers(self, own: Window, now: datetime) -> Mapping[str, str]:
        windows = ((ADDRESS, own), (OVERALL, self.everybody))
        return {
            "ratelimit-policy": ", ".join(f'"{n}";q={w.quota};w={w.seconds}' for n, w in windows),
            "ratelimit": ", ".join(f'"{n}";r={w.left};t={w.wait(now)}' for n, w in windows),
        }


def address_of(request: Request) -> str:
    """Under what name a request is counted: where it comes from, as `ABACUS_GATEWAYS` tell it."""
    return whose(request.client.host if request.client else NOBODY)


class RateLimitedRoute(APIRoute):
    """A route that counts who asks before anything of the request is read."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Count, answer, and say in either case what is left."""
        answer = super().get_route_handler()

        async def limited(request: Request) -> Response:
            runtime: Runtime = request.app.state.runtime
            left = limit_of(request).take(address_of(request), runtime.clock.now())
            try:
                response = await answer(request)
            except (Refusal, RequestValidationError) as failure:
                refusal = refusal_of(failure)
                refusal.details["headers"] = {**left, **_own(refusal)}
                raise refusal from failure
            response.headers.update(left)
            return response

        return limited


def limit_of(request: Request) -> RateLimit:
    """The counter of this process, made with the settings when the first one asks."""
    state = request.app.state
    known: RateLimit | None = getattr(state, "comment_limit", None)
    if known is None:
        settings = state.runtime.settings
        known = RateLimit(
            per_address=settings.comments_per_address,
            overall=settings.comments_overall,
            seconds=settings.comments_window_seconds,
        )
        state.comment_limit = known
    return known


def _own(refusal: Refusal) -> Mapping[str, str]:
    own = refusal.details.get("headers")
    return dict(own) if isinstance(own, Mapping) else {}
