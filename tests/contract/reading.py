"""One machine per service reads its document and tries what it says, on the system that runs."""

import asyncio
import json
import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deploy.local.layout import ROOT, SERVICES
from tests.system.running import REGION, Year

ANSWER_SECONDS_MAX: Final = 60
HERE: Final = Path(__file__).parent
LEFT_OUT: Final = {
    # Business time only goes forward: one made-up date would be the end of every other story.
    "set_clock": SERVICES,
    # It has no end; `test_feed_followed.py` is its story.
    "follow_feed": ("disclosure",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """In which phases, from which seed, and how long; without a time, once through."""

    phases: str
    seconds: int | None = None
    seed: int = 0
    examples: int | None = None

    @property
    def options(self) -> Iterable[str]:
        """As the machine is told."""
        yield from ("--checks", "all", "--phases", self.phases, "--seed", str(self.seed))
        yield from ("--request-timeout", str(ANSWER_SECONDS_MAX))
        yield from ("--no-color", "--continue-on-failure")
        if self.seconds is not None:
            yield from ("--max-time", str(self.seconds))
        if self.examples is not None:
            yield from ("--max-examples", str(self.examples))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the machine found in one service."""

    service: str
    sound: bool
    report: str

    @property
    def cases(self) -> int:
        """How many requests were made up and judged."""
        found = re.search(r"([\d,]+) generated", self.report)
        return int(found[1].replace(",", "")) if found else 0

    @property
    def summary(self) -> str:
        """The end of the report, where it counts."""
        return self.report[self.report.find("= SUMMARY =") :]


async def read(year: Year, service: str, asked: Asked, folder: Path) -> Verdict:
    """Try what the document of a service says, with every check there is."""
    place = folder / f"contract-{service}.json"
    surroundings = {
        "data": str(year.running.layout.data),
        "region": REGION,
        "department": year.play.cast.units[0].department_code,
    }
    place.write_text(json.dumps(surroundings), encoding="utf-8")
    left_out = [
        part
        for name, where in LEFT_OUT.items()
        if service in where
        for part in ("--exclude-operation-id", name)
    ]
    process = await asyncio.create_subprocess_exec(
        str(Path(sys.executable).with_name("st")),
        "--config-file", str(HERE / "schemathesis.toml"),
        "run", f"{year.running.urls[service]}/openapi.json", *asked.options, *left_out,
        cwd=folder,
        env={
            **os.environ,
            "ABACUS_CONTRACT": str(place),
            "SCHEMATHESIS_HOOKS": "tests.contract.hooks",
            "PYTHONPATH": str(ROOT),
        },
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await process.communicate()
    return Verdict(service, process.returncode == 0, said.decode(errors="replace"))
