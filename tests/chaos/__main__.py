"""`python -m tests.chaos --kills 60 --seed 7`: load and faults, then the independent judge.

Starts a system of its own, prepares a small year, loads all four services while processes,
the bus and database backends are killed, lets everything come to rest, and has the checker
judge what is left. It fails on any violation and on a run that proved nothing.
"""

import argparse
import asyncio
import json
import shutil
import sys
import time
from pathlib import Path
from random import Random
from typing import Any, Final

import httpx

from deploy.demo.play import Play
from deploy.demo.scenario import DEFAULT, Scenario
from deploy.demo.stage import Stage
from deploy.local.launcher import down, up
from deploy.local.layout import SERVICES, Layout
from deploy.local.state import State
from shared.http.issuer import Issuer
from shared.settings import ServiceSettings
from tests.chaos.faults import Faults
from tests.chaos.journal import Journal
from tests.chaos.load import Load

FIRST_PORT: Final = 8301
PROJECTS: Final = 26
CLIENTS: Final = 16
PAUSE_SECONDS: Final = (0.6, 2.0)
REST_SECONDS_MAX: Final = 120.0
KINDS_MIN: Final = 5
ROOT: Final = Path(__file__).resolve().parents[2]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--data", type=Path, default=ROOT / ".abacus" / "chaos")
    return parser.parse_args()


async def _prepare(stage: Stage) -> Play:
    """A small year up to its quotas: ledgers that can be paid from."""
    scenario = Scenario.read(DEFAULT).scaled(PROJECTS)
    play = Play(stage, scenario, lambda _text: None)
    await play.open()
    return play


async def _torment(load: Load, faults: Faults, kills: int) -> None:
    """Faults until enough of them hit; then the load ends by itself."""
    running = asyncio.create_task(load.run(CLIENTS), name="load")
    try:
        while sum(faults.done.values()) < kills and not running.done():
            await faults.inject()
            await asyncio.sleep(faults.chance.uniform(*PAUSE_SECONDS))
    finally:
        load.stopping = True
    await running


async def _come_to_rest(urls: dict[str, str]) -> float:
    """Wait until every service is ready and no reader is behind; answers how long it took."""
    began = time.monotonic()
    quiet = 0
    async with httpx.AsyncClient(timeout=5) as client:
        while time.monotonic() - began < REST_SECONDS_MAX:
            quiet = quiet + 1 if await _at_rest(client, urls) else 0
            if quiet >= 3:
                return time.monotonic() - began
            await asyncio.sleep(1)
    raise RuntimeError(f"not at rest after {REST_SECONDS_MAX:.0f} seconds")


async def _at_rest(client: httpx.AsyncClient, urls: dict[str, str]) -> bool:
    for url in urls.values():
        try:
            answer = await client.get(f"{url}/readyz")
        except httpx.HTTPError:
            return False
        if answer.status_code != httpx.codes.OK or any(_lags(answer.json())):
            return False
    return True


def _lags(told: Any) -> list[int]:  # noqa: ANN401 - JSON
    """How far every reader is behind, wherever the readiness probe tells it."""
    if isinstance(told, dict):
        own = told.get("lag_entries")
        inner = [
            lag for name, value in told.items() if name != "lag_entries" for lag in _lags(value)
        ]
        return [*(own.values() if isinstance(own, dict) else ()), *inner]
    return [lag for value in told for lag in _lags(value)] if isinstance(told, list) else []


def _system(state: State, faults: Faults) -> dict[str, Any]:
    from services.disclosure.main import service as disclosure  # noqa: PLC0415 - only for its ears
    from services.evaluation.main import service as evaluation  # noqa: PLC0415
    from services.monitoring.main import service as monitoring  # noqa: PLC0415
    from services.targets.main import service as targets  # noqa: PLC0415

    hears = {
        service.name: sorted({word.producer for word in service.hears})
        for service in (targets, monitoring, evaluation, disclosure)
    }
    return {
        "databases": {name: f"{state.servers['postgres']}/{name}" for name in SERVICES},
        "nats": state.servers["nats"],
        "hears": hears,
        "ok_min": sum(faults.done.values()) * 10,
    }


async def _run(arguments: argparse.Namespace, layout: Layout, state: State) -> int:
    issuer = Issuer.of(ServiceSettings(data_dir=layout.data))
    stage = Stage.over(state.urls, issuer, "653100")
    play = await _prepare(stage)
    office, projects = play.groups[0]
    journal = Journal(layout.data / "journal.jsonl")
    load = Load(
        stage=stage,
        journal=journal,
        office=office,
        ledgers=[(project.code, play.year) for project in projects],
        units=sorted({project.unit.code for project in projects}),
        year=play.year,
        chance=Random(arguments.seed),  # noqa: S311 - a replayable choice
    )
    faults = Faults(layout, Random(arguments.seed + 1))  # noqa: S311 - a replayable choice
    began = time.monotonic()
    await _torment(load, faults, arguments.kills)
    tormented = time.monotonic() - began
    rested = await _come_to_rest(state.urls)
    place = layout.data / "system.json"
    now = State.read(layout.state_file) or state
    place.write_text(json.dumps(_system(now, faults)))
    judged = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.chaos.checker", str(journal.path), str(place), cwd=ROOT
    )
    verdict = await judged.wait()
    print(f"faults {dict(faults.done)} in {tormented:.0f} s, at rest after {rested:.1f} s")
    print(f"journal {journal.counts}, seed {arguments.seed}")
    for problem in load.problems[:10]:
        print(f"problem: {problem}")
    vacuous = len(faults.done) < min(KINDS_MIN, arguments.kills)
    return verdict or int(bool(load.problems)) or int(vacuous)


def main() -> int:
    """Run once on a fresh system; leave nothing behind but its data folder."""
    arguments = _arguments()
    layout = Layout(data=arguments.data.absolute(), first_port=FIRST_PORT, clock="adjustable")
    down(layout)
    shutil.rmtree(layout.data, ignore_errors=True)
    state = up(layout)
    try:
        return asyncio.run(_run(arguments, layout, state))
    finally:
        down(layout)


if __name__ == "__main__":
    sys.exit(main())
