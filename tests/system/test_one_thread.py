"""One thread through four services: what one request set off can be found, and waited for.

An officer approves a target. What follows from it in the other services carries the id of that
one request and names the word it follows from; a reader who shows the position of the request
sees its effect in every service, or is told that it has not arrived yet.
"""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from random import Random
from typing import Final
from uuid import uuid4

import httpx
import msgspec
import pytest

from deploy.demo.cast import Project, project_of
from deploy.demo.people import Office
from deploy.demo.promise import promise_targets, register_projects
from deploy.demo.stage import Stage
from deploy.local.layout import SERVICES
from shared.contracts.envelope import envelope
from shared.domain.money import Money
from shared.eventstore.codec import Body
from tests.system.running import FISCAL_YEAR, Running, Year

BUDGET: Final = Money(123_456_789)
SERIALS: Final = count(800_001)
PATIENCE: Final = "wait=25"
FOLLOWS: Final = {
    "monitoring": {"LedgerOpened", "WatchOpened", "NodesArranged", "ProjectEntered"},
    "evaluation": {"SelfEvaluationOpened", "ApprovedBudgetNoted"},
    "disclosure": {"ItemOwed"},
}

pytestmark = pytest.mark.real


async def test_what_follows_from_a_request_carries_its_id_through_every_service(
    year: Year, stage: Stage
) -> None:
    thread = uuid4().hex
    answer = await approve(stage, await promised(year, stage), thread)
    assert answer.headers["Abacus-Correlation-Id"] == thread
    await year.running.rest()

    began = await recorded(year.running, "targets", thread)
    assert set(began) == {"TargetApproved", "ProjectBudgeted"}
    word = await said(year.running, "targets", thread)
    for service, names in FOLLOWS.items():
        followed = await recorded(year.running, service, thread)
        assert set(followed) == names
        assert {body.causation_id for body in followed.values()} == {str(envelope(word).id)}
        assert await heard(year.running, service, thread) == [word]


async def test_a_request_without_an_id_gets_one_that_is_a_trace(year: Year, stage: Stage) -> None:
    trace = uuid4().hex
    project = await promised(year, stage)
    answer = await approve(stage, project, traceparent=f"00-{trace}-{trace[:16]}-01")
    assert answer.headers["Abacus-Correlation-Id"] == trace
    await year.running.rest()
    word = envelope(await said(year.running, "targets", trace))
    assert word.correlationid == trace
    assert (word.traceparent or "").startswith(f"00-{trace}-")


async def test_who_shows_a_position_sees_the_effect_in_every_service(
    year: Year, stage: Stage
) -> None:
    project = await promised(year, stage)
    answer = await approve(stage, project)
    for service in SERVICES:
        shown = await read(stage, service, project, at_least(answer, PATIENCE))
        assert shown.status_code == httpx.codes.OK, shown.text
        assert shown.headers["Preference-Applied"] == "wait"
        assert shown.json()["project_code"] == project.code


async def test_what_has_not_arrived_is_told_to_be_on_its_way(year: Year, stage: Stage) -> None:
    project = await promised(year, stage)
    with asleep(year.running, "disclosure-work"):
        answer = await approve(stage, project)
        late = await read(stage, "disclosure", project, at_least(answer, "wait=1"))
        blind = await read(stage, "disclosure", project, {})
    assert late.status_code == httpx.codes.SERVICE_UNAVAILABLE
    assert late.json()["type"].endswith("/not-yet")
    assert late.json()["remedy"]
    assert late.headers["Retry-After"] == "1"
    assert blind.status_code == httpx.codes.NOT_FOUND
    arrived = await read(stage, "disclosure", project, at_least(answer, PATIENCE))
    assert arrived.status_code == httpx.codes.OK


async def promised(year: Year, stage: Stage) -> Project:
    """A project of its own for one story, its target graded and ready for the budget reply."""
    unit = year.play.cast.units[0]
    chance = Random(0)  # noqa: S311 - invention, not secrecy
    project = project_of(unit, FISCAL_YEAR, next(SERIALS), BUDGET, chance)
    group = [(Office(unit.region_code), [project])]
    await register_projects(stage, year.scenario, group)
    await promise_targets(stage, year.scenario, group)
    return project


async def approve(
    stage: Stage, project: Project, thread: str = "", **headers: str
) -> httpx.Response:
    """The request that everything follows from."""
    named = {"Abacus-Correlation-Id": thread} if thread else {}
    return await stage.post(
        "targets", f"/v1/targets/{target_of(project)}/approve", Office(project.region_code).budget,
        {"budget": str(project.budget)}, **{"If-Match": "*"}, **named, **headers,
    )  # fmt: skip


def target_of(project: Project) -> str:
    """The id of the project's target, which everything about that year is named after."""
    return f"{project.code}-{FISCAL_YEAR}"


async def read(
    stage: Stage, service: str, project: Project, headers: dict[str, str]
) -> httpx.Response:
    """Ask a service for what it made of the target."""
    path = {
        "targets": f"targets/{target_of(project)}",
        "monitoring": f"ledgers/{project.code}/{FISCAL_YEAR}",
        "evaluation": f"self-evaluations/{target_of(project)}",
        "disclosure": f"disclosures/TARGET-{target_of(project)}",
    }[service]
    by = stage.headers(Office(project.region_code).performance)
    return await stage.client.get(f"{stage.urls[service]}/v1/{path}", headers=by | headers)


def at_least(answer: httpx.Response, prefer: str) -> dict[str, str]:
    """Nothing older than this answer."""
    return {"Abacus-At-Least": answer.headers["Abacus-Position"], "Prefer": prefer}


@contextmanager
def asleep(running: Running, process: str) -> Iterator[None]:
    """One process stands still meanwhile."""
    pid = running.installation.state.processes[process].pid
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


async def recorded(running: Running, service: str, thread: str) -> dict[str, Body]:
    """The events of a service that carry this id, by name."""
    found = await _holding(running, service, "es.event", thread)
    bodies = [msgspec.json.decode(body, type=Body) for body in found]
    return {body.name: body for body in bodies if body.correlation_id == thread}


async def said(running: Running, service: str, thread: str) -> bytes:
    """The one word that a service said with this id, as it was said."""
    (word,) = await _holding(running, service, "es.word", thread)
    return word


async def heard(running: Running, service: str, thread: str) -> Sequence[bytes]:
    """The words with this id that a service has heard."""
    return await _holding(running, service, "es.heard", thread)


async def _holding(running: Running, service: str, table: str, thread: str) -> Sequence[bytes]:
    query = f"SELECT body FROM {table} WHERE position($1::bytea IN body) > 0"  # noqa: S608
    async with running.inside(service) as connection:
        return [row["body"] for row in await connection.fetch(query, thread.encode())]
