"""Load on all four services, journaled before it is sent and seen through to an answer.

Every request, and every line of a file, has an idempotency key and is sent again with the same
key until it is answered, so that what was unknown becomes known. A part is sent twice, one after
the other or at the same time, and must have one effect and one answer; a part reuses its key for
another body; the lines of some files come once more in another file.
"""

import asyncio
from dataclasses import dataclass, field, replace
from hashlib import sha256
from random import Random
from typing import Final

import httpx

from deploy.demo.stage import Stage
from tests.chaos.journal import Journal, Kind
from tests.chaos.requests import File, Inventor, Request, Sent

ATTEMPTS_MAX: Final = 120
PAUSE_SECONDS: Final = 0.5
TIMEOUT_SECONDS: Final = 10.0
UNKNOWN: Final = frozenset({408, 425, 429})
SERVER_ERROR: Final = 500
AGAIN_SHARE, TWIN_SHARE, OTHER_SHARE, ELSEWHERE_SHARE = 0.10, 0.05, 0.03, 0.3


@dataclass(slots=True)
class Load:
    """Clients that go on until they are told to stop."""

    stage: Stage
    journal: Journal
    inventor: Inventor
    chance: Random
    stopping: bool = False
    unanswered: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    async def run(self, clients: int) -> None:
        """Send until `stopping`; every request that was begun is seen through."""
        async with asyncio.TaskGroup() as group:
            for number in range(clients):
                group.create_task(self._client(), name=f"client-{number}")

    async def _client(self) -> None:
        timeout = httpx.Timeout(TIMEOUT_SECONDS)
        async with httpx.AsyncClient(timeout=timeout) as client:
            while not self.stopping:
                request: Request | File | None = self.inventor.invent()
                while request is not None:
                    answered = await self._see_through(client, request)
                    request = request.follow_up if answered else None

    async def _see_through(self, client: httpx.AsyncClient, request: Request | File) -> bool:
        """Send until it is answered; then, now and then, again. Answers whether it was done."""
        for one in request.requests:
            self.journal.note(
                "invoke", one.key, service=one.service, mark=one.mark, fen=one.fen, wrong=one.wrong
            )
        await self.journal.on_disk()
        twice = self.chance.random() < TWIN_SHARE
        async with asyncio.TaskGroup() as group:
            asking = group.create_task(self._answered(client, request), name=request.key)
            if twice:
                group.create_task(self._again(client, request), name=f"twin of {request.key}")
        if not asking.result():
            return False
        dice = self.chance.random()
        if dice < AGAIN_SHARE:
            await self._again(client, request)
        elif dice < AGAIN_SHARE + OTHER_SHARE and not request.wrong:
            other = await self._send(client, request, request.sent_otherwise)
            if other is not None and is_known(other):
                self._note("other", request, status=other.status_code)
        if isinstance(request, File) and self.chance.random() < ELSEWHERE_SHARE:
            await self._send(client, replace(request, key=f"{request.key}-2"), request.sent)
        return True

    async def _answered(self, client: httpx.AsyncClient, request: Request | File) -> bool:
        for _ in range(ATTEMPTS_MAX):
            response = await self._send(client, request, request.sent)
            if response is not None and is_known(response):
                kind: Kind = "ok" if response.is_success else "fail"
                self._note(kind, request, answer=_digest(response))
                if kind == "fail" and not request.wrong:
                    self.refusals.append(f"{request.mark}: {response.text[:300]}")
                return response.is_success
            status = 0 if response is None else response.status_code
            self._note("info", request, status=status)
            await asyncio.sleep(PAUSE_SECONDS)
        self.unanswered.append(request.mark)
        return False

    async def _again(self, client: httpx.AsyncClient, request: Request | File) -> None:
        """The same once more, whatever becomes of it; an answer must be the same answer."""
        response = await self._send(client, request, request.sent)
        if response is not None and is_known(response):
            self._note("again", request, answer=_digest(response))

    def _note(self, kind: Kind, request: Request | File, **told: str | int) -> None:
        """What became of it became of every request in it."""
        for one in request.requests:
            self.journal.note(kind, one.key, **told)

    def where(self, request: Request | File) -> str:
        """Whom to ask: one service may have several doors."""
        return self.stage.urls[request.service]

    async def _send(
        self, client: httpx.AsyncClient, request: Request | File, sent: Sent
    ) -> httpx.Response | None:
        headers = {"Idempotency-Key": request.key, "If-Match": "*", "Content-Type": sent.kind}
        try:
            return await client.post(
                f"{self.where(request)}{sent.path}",
                content=sent.body,
                headers=self.stage.headers(request.person) | headers,
            )
        except httpx.HTTPError:
            return None


def is_known(response: httpx.Response) -> bool:
    """Whether it is a decision; everything else says nothing about what happened."""
    return response.status_code < SERVER_ERROR and response.status_code not in UNKNOWN


def _digest(response: httpx.Response) -> str:
    """What must be the same when it is asked again. A refusal is decided anew, with its own id."""
    told = response.content
    if response.is_error:
        told = str(response.json().get("type")).encode()
    return f"{response.status_code} {sha256(told).hexdigest()[:16]}"
