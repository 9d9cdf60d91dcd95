"""`python -m tests.upgrade --from <git ref>`: an upgrade of a system in use, then the judge.

Starts the release before this one by its own code, with a small year as its data, and under load
takes the steps of `docs/guides/upgrade.md`: this release's migrations, its apis and workers beside
the old ones, the end of the old ones. Without `--from` it is the release that
`deploy/previous-release` names. Where this one writes what that one cannot read, nothing is
started. Exit code 1: something is wrong; 3: this clone has no such commit.
"""

import argparse
import asyncio
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

from deploy.demo.people import Office
from deploy.demo.play import Play
from deploy.demo.scenario import DEFAULT, Scenario
from deploy.demo.stage import Stage
from deploy.local.launcher import down
from deploy.local.layout import ROOT, Layout
from shared.http.issuer import Issuer
from shared.settings import ServiceSettings
from tests.chaos.journal import Journal
from tests.chaos.judging import Case, watch_over
from tests.chaos.requests import Inventor
from tests.chaos.rest import NEVER
from tests.chaos.witness import Witness
from tests.upgrade.beside import Beside, Doors, Reading, Tally
from tests.upgrade.installation import House, NotEnded, installed
from tests.upgrade.lead import NotInTime
from tests.upgrade.readable import facts_of, too_new, unknown_before
from tests.upgrade.release import commit_of, laid_out, previous
from tests.upgrade.steps import NotReady, Steps

NOT_HERE: Final = 3
PROJECTS: Final = 26
CLIENTS: Final = 8
REGION: Final = "653100"
REST_SECONDS_MAX: Final = 120.0
ACKNOWLEDGED_MIN: Final = 1_000
AT_BOTH_MIN: Final = 30
CROSSED_MIN: Final = 50
PROBLEMS_MAX: Final = 40


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.upgrade", description=__doc__)
    parser.add_argument("--from", dest="ref", default="", help="the release to come from")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--unasked", action="store_true",
                        help="start, whatever the two write and read")  # fmt: skip
    parser.add_argument("--data", type=Path, default=ROOT / ".abacus" / "upgrade")
    return parser.parse_args()


def _unreadable(tree: Path) -> list[str]:
    """What is wrong with the facts that this tree writes beside the release before."""
    before, now = facts_of(tree), facts_of(ROOT)
    print(f"kinds of facts that the release before does not know: "
          f"{', '.join(unknown_before(before, now)) or 'none'}")  # fmt: skip
    return too_new(before, now)


async def _run(arguments: argparse.Namespace, house: House) -> int:
    keys = house.data / "up"
    stage = Stage.over(house.old.urls, Issuer.of(ServiceSettings(data_dir=keys)), REGION)
    play = Play(stage, Scenario.read(DEFAULT).scaled(PROJECTS), lambda _text: None)
    await play.open()
    journal = Journal(house.data / "journal.jsonl")
    chance = Random(arguments.seed)  # noqa: S311 - a replayable choice
    doors = Doors({"old": dict(house.old.urls)})
    urls = {"old": house.old.urls, "new": house.new.urls}
    inventor = Inventor(play.groups, play.year, chance)
    load = Beside(stage, journal, inventor, chance, doors=doors, urls=urls)
    office = Office(REGION)
    people = [office.performance, office.business, office.treasury, office.budget, office.leader]
    reading = Reading(stage, doors, urls, people, chance)
    watch = watch_over(house.new.urls, house.servers.postgres)
    witness = Witness(watch.databases)
    steps = Steps(house, doors, load, watch, witness, chance)
    if not await _gone(load, reading, steps):
        return _problems([*steps.problems, *load.unanswered, *load.broken, *reading.broken])
    rested, moving = await watch.come_to_rest(REST_SECONDS_MAX)
    await witness.look()
    journal.close()
    print(f"at rest after {rested:.1f} s (last moving: {moving or 'none'})")
    _tell(load, reading, steps)
    case = Case(watch=watch, nats=house.servers.nats, witness=witness, keys=keys)
    verdict = await case.judged(journal.path, ACKNOWLEDGED_MIN)
    problems = [*steps.problems, *_wrong(load, reading, steps)]
    return _problems(problems) or int(bool(verdict) or rested == NEVER)


async def _gone(load: Beside, reading: Reading, steps: Steps) -> bool:
    """Whether every step could be taken."""
    taken = True
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(load.run(CLIENTS), name="load")
            group.create_task(reading.run(), name="reading")
            try:
                await steps.go()
            finally:
                load.stopping = reading.stopping = True
    except* (NotReady, NotInTime, NotEnded) as stopped:
        steps.problems += [repr(one) for one in stopped.exceptions]
        taken = False
    return taken


def _problems(problems: list[str]) -> int:
    for problem in problems[:PROBLEMS_MAX]:
        print(f"problem: {problem}")
    return int(bool(problems))


def _tell(load: Beside, reading: Reading, steps: Steps) -> None:
    counts = load.journal.counts
    print(f"commands {counts['ok']:,} acknowledged, {counts['fail']:,} refused as they had to be, "
          f"{counts['info']:,} times unknown and asked again")  # fmt: skip
    print(f"  answers: {_counted(load.answers)}")
    print(f"  keys answered by both releases: {load.at_both:,}")
    print(f"queries: {_counted(reading.answers)}")
    for release, lists in sorted(reading.seen.items()):
        print(f"  lists shown by the {release} release: {len(lists)}")
    for release, words in sorted(steps.crossed.items()):
        print(f"words heard by {release} workers while both releases answered: {words:,}")


def _counted(answers: Tally) -> str:
    return ", ".join(f"{who} {status or 'none'}: {times:,}"
                     for (who, status), times in sorted(answers.items()))  # fmt: skip


def _wrong(load: Beside, reading: Reading, steps: Steps) -> Iterator[str]:
    """What no run may show, and what makes it prove too little."""
    yield from (f"unanswered: {one}" for one in load.unanswered)
    yield from (f"refused: {one}" for one in load.refusals)
    yield from load.broken
    yield from reading.broken
    if load.at_both < AT_BOTH_MIN:
        yield f"only {load.at_both} keys were asked at both releases"
    for release in ("old", "new"):
        if steps.crossed[release] < CROSSED_MIN:
            yield f"{release} workers heard {steps.crossed[release]} words while both answered"
        if not reading.seen[release]:
            yield f"the {release} release showed no list"


def main() -> int:
    """Run once on a fresh installation; leave nothing behind but its data folder."""
    began = time.monotonic()
    arguments = _arguments()
    ref = arguments.ref or previous()
    commit = commit_of(ref)
    if commit is None:
        print(f"NOT RUN: this clone has no commit {ref}", file=sys.stderr)
        return NOT_HERE
    data = arguments.data.absolute()
    down(Layout(data=data / "up"))
    shutil.rmtree(data, ignore_errors=True)
    print(f"from {commit} to the tree in {ROOT}")
    with laid_out(commit) as tree:
        code = _problems([] if arguments.unasked else _unreadable(tree))
        if not code:
            with installed(data, tree) as house:
                code = asyncio.run(_run(arguments, house))
    again = f"python -m tests.upgrade --from {commit} --seed {arguments.seed}"
    result = "FAILED" if code else "passed"
    print(f"{result} in {time.monotonic() - began:.0f} s; once more: {again}")
    return code


if __name__ == "__main__":
    sys.exit(main())
