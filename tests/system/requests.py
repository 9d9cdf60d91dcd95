"""A good request of each service, how it is spoilt, and how it is refused."""

import json
from collections.abc import AsyncIterator, Awaitable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import httpx

from deploy.demo.cast import Project
from deploy.demo.people import Office
from deploy.demo.promise import registration
from deploy.demo.stage import Person, Stage
from tests.system.running import FISCAL_YEAR, REGION, Year

OFFICE: Final = Office(REGION)
JSON: Final = "application/json"
NDJSON: Final = "application/x-ndjson"
PIECE_BYTES: Final = 65_536
PAYMENT: Final = {"payment_id": "spoilt", "amount": "1.00", "settled_on": "2021-12-30"}
CASE: Final = {
    "case_id": "spoilt",
    "subject": "拨付资金",
    "clue": "群众来信",
    "opened_on": "2022-03-20",
}
TRAINING: Final = {
    "session_id": "spoilt",
    "region_code": REGION,
    "topic": "绩效目标编制",
    "channel": "ON_SITE",
    "planned_on": "2022-04-01",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request of somebody, or of nobody, as it goes over the wire."""

    service: str
    path: str
    person: Person | None
    body: Mapping[str, object]
    headers: Mapping[str, str]
    raw: bytes | None = None

    def but(self, **values: object) -> "Request":
        """The same with other fields."""
        return replace(self, body={**self.body, **values})

    def saying(self, raw: bytes) -> "Request":
        """The same with another body altogether."""
        return replace(self, raw=raw)

    def by(self, person: Person | None) -> "Request":
        """The same of somebody else."""
        return replace(self, person=person)

    def under(self, header: str, text: str) -> "Request":
        """The same with another header."""
        return replace(self, headers={**self.headers, header: text})

    def without(self, header: str) -> "Request":
        """The same without a header."""
        return replace(self, headers={n: t for n, t in self.headers.items() if n != header})

    def asking(self, query: str) -> "Request":
        """The same with something in the query."""
        return replace(self, path=f"{self.path}?{query}")

    async def send(self, stage: Stage, *, streamed: bool = False) -> httpx.Response:
        """Ask; `streamed` does not say beforehand how long the body is."""
        raw = json.dumps(self.body).encode() if self.raw is None else self.raw
        identity = stage.headers(self.person) if self.person else {}
        return await stage.client.post(
            f"{stage.urls[self.service]}{self.path}",
            content=_streamed(raw) if streamed else raw,
            headers={"Content-Type": JSON, **identity, **self.headers},
        )


async def _streamed(raw: bytes) -> AsyncIterator[bytes]:
    """Piece by piece, so that nobody knows the length."""
    for start in range(0, len(raw), PIECE_BYTES):
        yield raw[start : start + PIECE_BYTES]


def quiet_project(year: Year) -> Project:
    """A project with which no other story of this folder does anything."""
    return year.play.cast.of_region(REGION)[-1]


def good(year: Year, service: str) -> Request:
    """A request that the service would accept."""
    project = quiet_project(year)
    unheard = replace(project, code=f"{REGION}21T000000900001")
    ledger = f"/v1/ledgers/{project.code}/{FISCAL_YEAR}"
    payment = {"If-Match": "*", "Idempotency-Key": "spoilt"}
    found: Mapping[str, tuple[str, Person, object, Mapping[str, str]]] = {
        "targets": (
            "/v1/projects",
            OFFICE.unit_business,
            registration(unheard, FISCAL_YEAR)["body"],
            {},
        ),
        "monitoring": (f"{ledger}/settle-payment", OFFICE.treasury, PAYMENT, payment),
        "evaluation": (
            "/v1/cases",
            OFFICE.business,
            {**CASE, "unit_code": project.unit.code},
            {},
        ),
        "disclosure": ("/v1/trainings", OFFICE.performance, TRAINING, {}),
    }
    path, person, body, headers = found[service]
    assert isinstance(body, Mapping)
    return Request(service=service, path=path, person=person, body=body, headers=headers)


def change_of_persons(year: Year) -> Request:
    """A request about a thing that is there, so that it needs `If-Match`."""
    persons = {"business": "张", "finance": "王", "head": "李"}
    return Request(
        service="targets",
        path=f"/v1/projects/{quiet_project(year).code}/change-responsible",
        person=OFFICE.unit_head,
        body={"responsible": persons, "reason": "人事调整"},
        headers={},
    )


def upload(year: Year, service: str, file: bytes) -> Request:
    """A file of requests like the good one."""
    operation = {
        "targets": "register_project",
        "monitoring": "settle_payment",
        "evaluation": "open_case",
        "disclosure": "plan_training",
    }[service]
    request = good(year, service).saying(file).under("Content-Type", NDJSON)
    return replace(request, path=f"/v1/imports?operation={operation}")


async def refused(asking: Awaitable[httpx.Response], status: int, rule: str) -> dict[str, Any]:
    """The problem document with which something was refused."""
    answer = await asking
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert ("WWW-Authenticate" in answer.headers) == (status == httpx.codes.UNAUTHORIZED)
    problem: dict[str, Any] = answer.json()
    assert problem["type"].startswith("https://")
    assert problem["type"].rsplit("/", 1)[1] == rule
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert problem["correlation_id"] == answer.headers["Abacus-Correlation-Id"]
    return problem


def pointers(problem: Mapping[str, Any]) -> list[str]:
    """The places in the body that are wrong."""
    return [error["pointer"] for error in problem["errors"]]
