"""Load on all four services: single requests with marks that can be found in the events again.

Every request has an idempotency key and is sent again with the same key until it is answered,
so that what was unknown becomes known. A part is deliberately wrong and must leave nothing; a
part is sent twice and must have one effect and one answer; a part reuses a key for another body.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Final

import httpx

from deploy.demo.people import Office
from deploy.demo.stage import Person, Stage
from tests.chaos.journal import Journal

ATTEMPTS_MAX: Final = 60
PAUSE_SECONDS: Final = 0.5
TIMEOUT_SECONDS: Final = 10.0
UNKNOWN: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request: what it is, who sends it, and the mark of its effect."""

    service: str
    path: str
    person: Person
    body: Mapping[str, object]
    mark: str
    wrong: bool = False


@dataclass(slots=True)
class Load:
    """Clients that go on until they are told to stop."""

    stage: Stage
    journal: Journal
    office: Office
    ledgers: list[tuple[str, int]]
    units: list[str]
    year: int
    chance: Random
    stopping: bool = False
    sent: int = 0
    problems: list[str] = field(default_factory=list)

    async def run(self, clients: int) -> None:
        """Send until `stopping`; every request that was begun is seen through."""
        async with asyncio.TaskGroup() as group:
            for number in range(clients):
                group.create_task(self._client(number), name=f"client-{number}")

    async def _client(self, number: int) -> None:
        timeout = httpx.Timeout(TIMEOUT_SECONDS)
        async with httpx.AsyncClient(timeout=timeout) as client:
            while not self.stopping:
                self.sent += 1
                await self._see_through(client, self._invent(f"{number}-{self.sent}"))

    def _invent(self, number: str) -> Request:
        mark = f"chaos-{number}"
        wrong = self.chance.random() < 0.1
        match self.chance.randrange(4):
            case 0:
                return self._unit(mark, wrong=wrong)
            case 1:
                return self._payment(mark, wrong=wrong)
            case 2:
                return self._case(mark, wrong=wrong)
            case _:
                return self._training(mark, wrong=wrong)

    def _unit(self, mark: str, *, wrong: bool) -> Request:
        code = mark.replace("-", "_")
        body = {
            "unit_code": code,
            "name": mark,
            "region_code": "no_such_region" if wrong else self.office.region_code,
            "department_code": f"{self.office.region_code}999",
            "department_name": mark,
        }
        return Request(service="targets", path="/v1/units", person=self.office.performance,
                       body=body, mark=f"unit-{code}", wrong=wrong)  # fmt: skip

    def _payment(self, mark: str, *, wrong: bool) -> Request:
        project, year = self.chance.choice(self.ledgers)
        body = {
            "payment_id": mark,
            "amount": "1e2"
            if wrong
            else f"{self.chance.randrange(1, 90)}.{self.chance.randrange(10, 99)}",
            "settled_on": f"{self.year}-06-01",
        }
        return Request(service="monitoring", path=f"/v1/ledgers/{project}/{year}/settle-payment",
                       person=self.office.treasury, body=body, mark=mark, wrong=wrong)  # fmt: skip

    def _case(self, mark: str, *, wrong: bool) -> Request:
        body = {
            "case_id": mark,
            "unit_code": "no_such_unit" if wrong else self.chance.choice(self.units),
            "subject": "chaos",
            "clue": mark,
            "opened_on": f"{self.year}-06-01",
        }
        return Request(service="evaluation", path="/v1/cases", person=self.office.business,
                       body=body, mark=f"case-{mark}", wrong=wrong)  # fmt: skip

    def _training(self, mark: str, *, wrong: bool) -> Request:
        body = {
            "session_id": mark,
            "region_code": self.office.region_code,
            "topic": mark,
            "channel": "NO_SUCH_CHANNEL" if wrong else "ON_SITE",
            "planned_on": f"{self.year}-06-01",
        }
        return Request(service="disclosure", path="/v1/trainings", person=self.office.performance,
                       body=body, mark=f"training-{mark}", wrong=wrong)  # fmt: skip

    async def _see_through(self, client: httpx.AsyncClient, request: Request) -> None:
        """Send until it is answered; then, now and then, again."""
        first = await self._answer(client, request, dict(request.body))
        if first is None:
            return
        dice = self.chance.random()
        if dice < 0.1:
            again = await self._send(client, request, dict(request.body))
            known = again is not None and again.status_code < UNKNOWN
            if known and again is not None and again.status_code != first.status_code:
                self.problems.append(
                    f"{request.mark}: {first.status_code} then {again.status_code}"
                )
        elif dice < 0.13 and not request.wrong:
            other = await self._send(client, request, {**request.body, "chaos": True})
            if other is not None and other.status_code < 400:
                self.problems.append(f"{request.mark}: a key was reused for another body")

    async def _answer(
        self, client: httpx.AsyncClient, request: Request, body: dict[str, object]
    ) -> httpx.Response | None:
        self.journal.note("invoke", request.service, request.mark, request.mark)
        for _ in range(ATTEMPTS_MAX):
            response = await self._send(client, request, body)
            if response is not None and response.status_code < UNKNOWN:
                kind = "ok" if response.is_success else "fail"
                self.journal.note(kind, request.service, request.mark, request.mark)
                if kind == "fail" and not request.wrong:
                    self.problems.append(f"{request.mark}: {response.text[:300]}")
                return response
            await asyncio.sleep(PAUSE_SECONDS)
        self.journal.note("info", request.service, request.mark, request.mark)
        return None

    async def _send(
        self, client: httpx.AsyncClient, request: Request, body: dict[str, object]
    ) -> httpx.Response | None:
        try:
            return await client.post(
                f"{self.stage.urls[request.service]}{request.path}",
                json=body,
                headers=self.stage.headers(request.person) | {"Idempotency-Key": request.mark},
            )
        except httpx.HTTPError:
            return None
