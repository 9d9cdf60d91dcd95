"""Commands over HTTP while the database comes and goes: every answer is noted, none is guessed."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

import httpx

from shared.http.problems import MEDIA_TYPE
from tests.chaos.journal import Journal

CLIENTS: Final = 6
PATIENCE_SECONDS: Final = 150.0
PAUSE_SECONDS: Final = 0.2
TIMEOUT_SECONDS: Final = 60.0
SERVER_ERROR: Final = 500
UNAVAILABLE: Final = 503
UNAUTHENTICATED: Final = 401


@dataclass(slots=True)
class Asking:
    """Clients that register units until they are told to stop; each sees its command through."""

    client: httpx.AsyncClient
    headers: Mapping[str, str]
    journal: Journal
    region: str
    stopping: bool = False
    asked: int = 0
    answered: dict[int, float] = field(default_factory=dict)
    """When each command was acknowledged."""
    improper: Counter[str] = field(default_factory=Counter)
    """What was answered that is neither a decision nor "ask again"."""
    unavailable: int = 0
    slowest: float = 0.0
    """The longest that a client waited to be told to ask again."""

    async def client_of(self) -> None:
        """One command after the other."""
        while not self.stopping:
            self.asked += 1
            await self.put(self.asked)

    async def put(self, number: int) -> None:
        """One command, journaled, and asked again with its key until it is answered."""
        key = f"chaos-{number}"
        mark = f"unit-chaos_{number}/UnitRegistered"
        self.journal.note("invoke", key, service="targets", mark=mark)
        answer = await self._seen_through(number)
        assert answer.is_success, answer.text
        self.answered[number] = time.monotonic()
        self.journal.note("ok", key, answer=_digest(answer))

    async def ask_again(self) -> None:
        """Every command once more: it is answered as it was."""
        for number in list(self.answered):
            answer = await self._seen_through(number)
            self.journal.note("again", f"chaos-{number}", answer=_digest(answer))

    async def until(self, more: int) -> None:
        """Wait until so many commands more have been acknowledged."""
        wanted, until = len(self.answered) + more, time.monotonic() + PATIENCE_SECONDS
        while len(self.answered) < wanted:
            told = f"{len(self.answered)} answers, {wanted} wanted; {self.improper}"
            assert time.monotonic() < until, told
            await asyncio.sleep(PAUSE_SECONDS / 4)

    async def until_refused(self, times: int = 1) -> None:
        """Wait until somebody has been told to ask again."""
        wanted, until = self.unavailable + times, time.monotonic() + PATIENCE_SECONDS
        while self.unavailable < wanted:
            assert time.monotonic() < until, f"nobody was refused; {self.improper}"
            await asyncio.sleep(PAUSE_SECONDS / 4)

    async def _seen_through(self, number: int) -> httpx.Response:
        code, until = f"chaos_{number}", time.monotonic() + PATIENCE_SECONDS
        body = {
            "unit_code": code,
            "name": code,
            "region_code": self.region,
            "department_code": f"{self.region}999",
            "department_name": code,
        }
        while True:
            headers = {**self.headers, "idempotency-key": f"chaos-{number}"}
            began = time.monotonic()
            answer = await self.client.post("/v1/units", json=body, headers=headers)
            if (
                answer.status_code == UNAUTHENTICATED
            ):  # somebody has set the clock: a new token comes
                assert time.monotonic() < until, answer.text
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            if answer.status_code < SERVER_ERROR:
                return answer
            self.slowest = max(self.slowest, time.monotonic() - began)
            self.journal.note("info", f"chaos-{number}", status=answer.status_code)
            self.unavailable += 1
            self._look_at(answer)
            assert time.monotonic() < until, answer.text
            await asyncio.sleep(PAUSE_SECONDS)

    def _look_at(self, answer: httpx.Response) -> None:
        """An answer of that kind says when to ask again, and why in a problem document."""
        kind = answer.headers.get("content-type", "")
        if answer.status_code != UNAVAILABLE:
            self.improper[f"{answer.status_code} {answer.text[:200]}"] += 1
        elif not answer.headers.get("retry-after", "").isdigit():
            self.improper["without Retry-After"] += 1
        elif not kind.startswith(MEDIA_TYPE) or answer.json()["status"] != UNAVAILABLE:
            self.improper[f"no problem document: {kind}"] += 1


@asynccontextmanager
async def asking(
    url: str, headers: Mapping[str, str], journal: Journal, region: str
) -> AsyncIterator[Asking]:
    """Under load; at the end every command that was begun has been answered."""
    async with httpx.AsyncClient(base_url=url, timeout=TIMEOUT_SECONDS) as client:
        found = Asking(client, headers, journal, region)
        async with asyncio.TaskGroup() as group:
            for number in range(CLIENTS):
                group.create_task(found.client_of(), name=f"client-{number}")
            try:
                yield found
            finally:
                found.stopping = True
        await found.ask_again()


def _digest(answer: httpx.Response) -> str:
    """What must be the same when it is asked again."""
    return f"{answer.status_code} {sha256(answer.content).hexdigest()[:16]}"
