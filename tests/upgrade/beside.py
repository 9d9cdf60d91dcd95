"""Load and queries that go to the doors of both releases alike, and what was answered at which.

A request that is asked again goes to the other release: what one of them has answered under a key
the other must answer alike.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final
from zlib import crc32

import httpx

from deploy.demo.stage import Person, Stage
from tests.chaos.load import SERVER_ERROR, Load, is_known
from tests.chaos.requests import File, Request, Sent

UNAVAILABLE: Final = 503
NOBODY: Final = 0
BROKEN_MAX: Final = 20
JSON: Final = "application/json"
LOOK_SECONDS: Final = 0.25
READ_PAUSE_SECONDS: Final = 0.05

type Tally = Counter[tuple[str, int]]
"""How often a release answered with a status; `NOBODY` where there was no answer."""


@dataclass(slots=True)
class Doors:
    """Where each release answers now: what is not open is not asked, as behind a gateway."""

    open: dict[str, dict[str, str]] = field(default_factory=dict)
    _asked: Counter[str] = field(default_factory=Counter)

    def where(self, service: str, key: str) -> str:
        """Each of the doors of a service in turns, as often as a key is asked for."""
        urls = [doors[service] for doors in self.open.values() if service in doors]
        self._asked[key] += 1
        return urls[(crc32(key.encode()) + self._asked[key]) % len(urls)]

    def close(self, release: str, service: str) -> None:
        """Nothing more is sent there."""
        del self.open[release][service]


def release_of(response: httpx.Response, urls: Mapping[str, Mapping[str, str]]) -> str:
    """Whose door it was."""
    asked = str(response.url)
    return next(name for name, doors in urls.items()
                if any(asked.startswith(f"{url}/") for url in doors.values()))  # fmt: skip


@dataclass(slots=True)
class Beside(Load):
    """The load of `tests.chaos`, sent to whatever doors are open."""

    doors: Doors = field(default_factory=Doors)
    urls: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Every door there ever is, by release and service."""
    answers: Tally = field(default_factory=Counter)
    known_at: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    done: list[Request | File] = field(default_factory=list)
    """What was asked and answered with success, in its order."""
    broken: list[str] = field(default_factory=list)
    """Answers that no release may give."""

    def where(self, request: Request | File) -> str:
        """The next of the doors of a service."""
        return self.doors.where(request.service, request.key)

    async def _answered(self, client: httpx.AsyncClient, request: Request | File) -> bool:
        # Not what is sent besides: the same lines in another file have a report of their own.
        done = await super(Beside, self)._answered(client, request)
        if done:
            self.done.append(request)
        return done

    async def _send(
        self, client: httpx.AsyncClient, request: Request | File, sent: Sent
    ) -> httpx.Response | None:
        response = await super(Beside, self)._send(client, request, sent)
        if response is None:
            self.answers["nobody", NOBODY] += 1
            return None
        release = release_of(response, self.urls)
        self.answers[release, response.status_code] += 1
        if is_known(response):
            self.known_at[request.key].add(release)
        elif response.status_code >= SERVER_ERROR and response.status_code != UNAVAILABLE:
            self.broken.append(f"{release} {sent.path}: {response.text[:300]}")
        return response

    async def until(self, more: int) -> None:
        """Wait until so many commands more have been acknowledged, or until there is no use."""
        wanted = self.journal.counts["ok"] + more
        while self.journal.counts["ok"] < wanted and not self.is_hopeless:  # noqa: ASYNC110 - people
            await asyncio.sleep(LOOK_SECONDS)

    async def ask_again(self, requests: list[Request | File]) -> int:
        """These once more, whoever answers now: the journal says whether the answer is the same."""
        async with httpx.AsyncClient(timeout=30) as client:
            for request in requests:
                await self._again(client, request)
        return len(requests)

    @property
    def is_hopeless(self) -> bool:
        """Whether somebody was left without an answer, or too many answers were none."""
        return bool(self.unanswered) or len(self.broken) >= BROKEN_MAX

    @property
    def at_both(self) -> int:
        """How many keys both releases have answered."""
        return sum(len(releases) > 1 for releases in self.known_at.values())


@dataclass(slots=True)
class Reading:
    """Somebody who looks at every list of every service, at whatever doors are open."""

    stage: Stage
    doors: Doors
    urls: Mapping[str, Mapping[str, str]]
    readers: list[Person]
    chance: Random
    answers: Tally = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    seen: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The lists that each release has shown."""
    stopping: bool = False

    async def run(self) -> None:
        """Look until told to stop."""
        async with httpx.AsyncClient(timeout=30) as client:
            lists = [(service, path) for service, url in self.stage.urls.items()
                     for path in await _lists(client, url)]  # fmt: skip
            while not self.stopping:
                self.chance.shuffle(lists)
                for service, path in lists:
                    if not self.stopping:
                        await self._look(client, service, path)
                        await asyncio.sleep(READ_PAUSE_SECONDS)

    async def _look(self, client: httpx.AsyncClient, service: str, path: str) -> None:
        place = f"{service} {path}"
        door = self.doors.where(service, place)
        person = self.chance.choice(self.readers)
        try:
            headers = {**self.stage.headers(person), "accept": JSON}
            answer = await client.get(f"{door}{path}", headers=headers)
        except httpx.HTTPError:
            self.answers["nobody", NOBODY] += 1
            return
        release = release_of(answer, self.urls)
        self.answers[release, answer.status_code] += 1
        if answer.is_success:
            self.seen[release].add(place)
        elif answer.status_code >= SERVER_ERROR and answer.status_code != UNAVAILABLE:
            self.broken.append(f"{release} GET {place}: {answer.text[:300]}")


async def _lists(client: httpx.AsyncClient, url: str) -> list[str]:
    """Everything a service shows to who names nothing in particular, but what never ends."""
    document = (await client.get(f"{url}/openapi.json")).raise_for_status().json()
    return [
        path
        for path, operations in document["paths"].items()
        if "{" not in path and "get" in operations and _is_open(operations["get"])
    ]


def _is_open(operation: Mapping[str, Any]) -> bool:
    asked = any(one.get("required") for one in operation.get("parameters", ()))
    return not asked and JSON in operation["responses"].get("200", {}).get("content", {})
