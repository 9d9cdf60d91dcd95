"""`python -m deploy.demo play [--check] [--scenario FILE] [--projects N]`, behind `make demo`."""

import argparse
import os
import sys
import time
from pathlib import Path
from typing import Any, Final

import uvloop

from deploy.demo.check import Compared, compare
from deploy.demo.play import Play
from deploy.demo.scenario import DEFAULT, Scenario
from deploy.demo.stage import SERVICES, PlayFailed, Stage
from shared.http.issuer import Issuer
from shared.settings import ServiceSettings

FIRST_PORT: Final = 8101


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="deploy.demo", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    played = verbs.add_parser("play")
    played.add_argument("--check", action="store_true", help="fail where a figure differs")
    played.add_argument("--scenario", type=Path, default=DEFAULT)
    played.add_argument("--projects", type=int, help="play the same year smaller")
    return parser.parse_args()


def _urls() -> dict[str, str]:
    return {
        service: os.environ.get(f"{service.upper()}_URL", f"http://127.0.0.1:{FIRST_PORT + place}")
        for place, service in enumerate(SERVICES)
    }


def _say(text: str) -> None:
    print(text, flush=True)


async def _play(scenario: Scenario) -> dict[str, Any]:
    stage = Stage.over(_urls(), Issuer.of(ServiceSettings()), str(scenario.region["code"]))
    return await Play(stage, scenario, _say).run()


def _table(compared: list[Compared]) -> None:
    for one in compared:
        mark = "  " if one.right else "✗ "
        expected = "" if one.right else f"   expected {one.expected}"
        _say(f"{mark}{one.id}  {one.label:<30} {one.computed}{expected}")


def main() -> int:
    """Play the year, show the figures; with `--check` a difference is a failure."""
    arguments = _arguments()
    scenario = Scenario.read(arguments.scenario)
    if arguments.projects is not None:
        scenario = scenario.scaled(arguments.projects)
    began = time.monotonic()
    try:
        told = uvloop.run(_play(scenario))
    except PlayFailed as failure:
        print(f"The play stopped: {failure}", file=sys.stderr)
        return 1
    compared = list(compare(told, scenario.expected))
    _table(compared)
    right = sum(one.right for one in compared)
    _say(
        f"{right} of {len(compared)} figures are as the scenario expects; "
        f"played in {time.monotonic() - began:.1f} s"
    )
    return 1 if arguments.check and right < len(compared) else 0


if __name__ == "__main__":
    sys.exit(main())
