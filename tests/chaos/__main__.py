"""`python -m tests.chaos --kills 60 --commands 0 --seed 7`: load and faults, then the judge.

Starts a system of its own, prepares a small year, loads all four services while processes,
the bus and database backends are killed, lets everything come to rest, and has the independent
checker judge what is left. It fails on any violation and on a run that proved nothing.
"""

import argparse
import asyncio
import shutil
import sys
import time
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from deploy.demo.play import Play
from deploy.demo.scenario import DEFAULT, Scenario
from deploy.demo.stage import Stage
from deploy.local.launcher import down, up
from deploy.local.layout import ROOT, Layout
from deploy.local.state import State
from shared.http.issuer import Issuer
from shared.settings import ServiceSettings
from tests.chaos.faults import KINDS, Faults
from tests.chaos.journal import Journal
from tests.chaos.judging import Case, watch_over
from tests.chaos.load import Load
from tests.chaos.requests import Inventor
from tests.chaos.rest import NEVER
from tests.chaos.witness import Witness

FIRST_PORT: Final = 8301
PROJECTS: Final = 26
CLIENTS: Final = 32
PAUSE_SECONDS: Final = (0.6, 2.0)
REST_SECONDS_MAX: Final = 60.0
ACKNOWLEDGED_PER_KILL_MIN: Final = 10
REGION: Final = "653100"


class Wanted(NamedTuple):
    """When it is enough: faults that hit, and commands that were acknowledged."""

    kills: int
    commands: int


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--commands", type=int, default=0, help="acknowledged ones, at least")
    parser.add_argument(
        "--projects", type=int, default=PROJECTS, help="whose ledgers are paid from"
    )
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--data", type=Path, default=ROOT / ".abacus" / "chaos")
    return parser.parse_args()


async def _torment(load: Load, faults: Faults, witness: Witness, wanted: Wanted) -> float:
    """Faults until there were enough, of commands too; then the load ends. Answers the seconds."""
    began = time.monotonic()
    running = asyncio.create_task(load.run(CLIENTS), name="load")
    try:
        while not running.done() and (
            faults.done.total() < wanted.kills or load.journal.counts["ok"] < wanted.commands
        ):
            await faults.inject()
            await witness.look()
            await asyncio.sleep(faults.chance.uniform(*PAUSE_SECONDS))
    finally:
        load.stopping = True
    await running
    return time.monotonic() - began


async def _run(arguments: argparse.Namespace, layout: Layout, state: State) -> int:
    issuer = Issuer.of(ServiceSettings(data_dir=layout.data))
    stage = Stage.over(state.urls, issuer, REGION)
    play = Play(stage, Scenario.read(DEFAULT).scaled(arguments.projects), lambda _text: None)
    await play.open()
    journal = Journal(layout.data / "journal.jsonl")
    chance = Random(arguments.seed)  # noqa: S311 - a replayable choice
    load = Load(stage, journal, Inventor(play.groups, play.year, chance), chance)
    faults = Faults(layout, Random(arguments.seed + 1))  # noqa: S311 - a replayable choice
    watch = watch_over(state.urls, state.servers["postgres"])
    witness = Witness(watch.databases)
    wanted = Wanted(arguments.kills, arguments.commands)
    tormented = await _torment(load, faults, witness, wanted)
    rested, moving = await watch.come_to_rest(REST_SECONDS_MAX)
    await witness.look()
    journal.close()
    counts = journal.counts
    print(f"commands {counts['ok']:,} acknowledged, {counts['fail']:,} refused, "
          f"{counts['info']:,} times unknown and asked again")  # fmt: skip
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(faults.done.items()))
    print(f"faults {faults.done.total()} in {tormented:.0f} s: {kinds}")
    print(f"at rest after {rested:.1f} s (seed {arguments.seed}, last moving: {moving or 'none'})")
    for problem in (*load.unanswered[:5], *load.refusals[:5]):
        print(f"problem: {problem}")
    case = Case(watch=watch, nats=state.servers["nats"], witness=witness, keys=layout.data)
    ok_min = max(wanted.commands, faults.done.total() * ACKNOWLEDGED_PER_KILL_MIN)
    verdict = await case.judged(journal.path, ok_min)
    kinds_min = min(len(KINDS), wanted.kills // 2)
    vacuous = len(faults.done) < kinds_min or faults.done.total() < wanted.kills
    if vacuous:
        print(f"too few faults or kinds of them: {wanted.kills} of {kinds_min} kinds were ordered")
    return verdict or int(vacuous or rested == NEVER or bool(load.unanswered))


def main() -> int:
    """Run once on a fresh system; leave nothing behind but its data folder."""
    began = time.monotonic()
    arguments = _arguments()
    layout = Layout(data=arguments.data.absolute(), first_port=FIRST_PORT, clock="adjustable")
    down(layout)
    shutil.rmtree(layout.data, ignore_errors=True)
    state = up(layout)
    try:
        code = asyncio.run(_run(arguments, layout, state))
    finally:
        down(layout)
    size = f"--kills {arguments.kills} --commands {arguments.commands}"
    again = f"python -m tests.chaos {size} --projects {arguments.projects} --seed {arguments.seed}"
    result = "FAILED" if code else "passed"
    print(f"{result} in {time.monotonic() - began:.0f} s; once more: {again}")
    return code


if __name__ == "__main__":
    sys.exit(main())
