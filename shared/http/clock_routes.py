"""Business time over HTTP, where it may be set: demo and tests (`ABACUS_CLOCK=adjustable`)."""

from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Body, Request
from pydantic import BaseModel, ConfigDict, Field

from shared.clock import AdjustableClock
from shared.contracts.fields import Instant
from shared.http.policy import EVERYONE, Policy, Role
from shared.http.routes import refusals
from shared.http.runtime import Runtime

CLOCK_POLICY: Final[Policy] = {
    "get_clock": EVERYONE,
    "set_clock": frozenset({Role.SYS_ADMIN, Role.FB_LEADER}),
}

_Moment = Annotated[datetime, Field(examples=["2021-07-31T09:00:00+08:00"])]


_EXAMPLES: Final = [{"now": "2021-07-31T09:00:00+08:00"}]


class ClockBody(BaseModel):
    """The business time it shall be."""

    model_config = ConfigDict(extra="forbid")

    now: Instant


class ClockShown(BaseModel):
    """The business time it is."""

    now: _Moment


def clock_router(runtime: Runtime) -> APIRouter:
    """The two routes of an adjustable clock."""
    router = APIRouter(tags=["Clock"])

    @router.get("/v1/clock", operation_id="get_clock")
    async def get_clock(_request: Request) -> ClockShown:
        """Business time: what deadlines are measured by."""
        return ClockShown(now=runtime.clock.now())

    @router.post("/v1/clock", operation_id="set_clock", responses=refusals(409))
    async def set_clock(body: Annotated[ClockBody, Body(examples=_EXAMPLES)]) -> ClockShown:
        """Set business time forward. What falls due on the way is done by the worker."""
        assert isinstance(runtime.clock, AdjustableClock)
        return ClockShown(now=await runtime.clock.advance_to(body.now))

    return router
