"""What a run on the four services gives to `rest` and to the judge."""

import asyncio
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deploy.local.layout import ROOT, SERVICES
from services.disclosure.main import service as disclosure
from services.evaluation.main import service as evaluation
from services.monitoring.main import service as monitoring
from services.targets.main import service as targets
from tests.chaos.rest import Watch
from tests.chaos.witness import Witness

MANIFESTS: Final = (targets, monitoring, evaluation, disclosure)


def watch_over(urls: Mapping[str, str], postgres: str) -> Watch:
    """Who hears whom and what is folded later, as the manifests say."""
    return Watch(
        urls=urls,
        databases={name: f"{postgres}/{name}" for name in SERVICES},
        hears={one.name: sorted({word.producer for word in one.hears}) for one in MANIFESTS},
        readers={
            one.name: [p.name for p in one.projections if p.project and not p.inline]
            for one in MANIFESTS
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the judge is given: addresses, and what a stranger could know."""

    watch: Watch
    nats: str
    witness: Witness
    keys: Path
    """The folder with the public keys of the signers."""

    async def judged(self, journal: Path, ok_min: int) -> int:
        """The exit code of the judge, who is a process of its own."""
        system = {
            "databases": dict(self.watch.databases),
            "nats": self.nats,
            "hears": self.watch.hears,
            "readers": self.watch.readers,
            "verifiers": {
                name: (self.keys / f"checkpoint-{name}.verifier").read_text() for name in SERVICES
            },
            "notes": self.witness.notes,
            "ok_min": ok_min,
        }
        place = journal.with_name("system.json")
        place.write_text(json.dumps(system))
        judging = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.chaos.checker", str(journal), str(place), cwd=ROOT
        )
        return await judging.wait()
