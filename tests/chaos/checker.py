"""The judge: reads the stores, the streams and the journal, and imports nothing of ours.

It recomputes what must be true with its own few lines: every acknowledged request is in the
store exactly once, every refused one not at all, order is dense and respects the streams, the
hash chain and the Merkle root are right and are what was signed, JetStream holds word for word
what was said, every hearer has heard all of it once, and the money in the read models is the
money in the events.

    python -m tests.chaos.checker JOURNAL.jsonl SYSTEM.json

It exits 1 on any violation and 2 when there was too little to judge.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import TypedDict

import nats

from tests.chaos.judge.effects import check_effects, read_journal
from tests.chaos.judge.feed import check_feed, read_feed
from tests.chaos.judge.hearing import check_heard, check_readers
from tests.chaos.judge.history import check_history
from tests.chaos.judge.ledger import check_ledger
from tests.chaos.judge.store import read_store
from tests.chaos.judge.sums import check_intake, check_sums
from tests.chaos.judge.verdict import Verdict


class System(TypedDict):
    """What to judge: addresses, who hears whom, and what was signed meanwhile."""

    databases: dict[str, str]
    nats: str
    hears: dict[str, list[str]]
    readers: dict[str, list[str]]
    verifiers: dict[str, str]
    notes: dict[str, list[str]]
    ok_min: int


async def judge(journal: Path, system: System) -> Verdict:
    """Everything there is to check."""
    verdict = Verdict()
    urls = system["databases"]
    stores = {service: await read_store(service, url) for service, url in urls.items()}
    client = await nats.connect(system["nats"])
    try:
        for service, store in stores.items():
            check_ledger(store, verdict)
            check_feed(store, await read_feed(client, service.upper()), verdict)
            check_readers(store, system["readers"][service], verdict)
            verifier = system["verifiers"][service]
            check_history(store, verifier, system["notes"][service], verdict)
    finally:
        await client.close()
    check_heard(stores, system["hears"], verdict)
    asked = read_journal(journal, verdict)
    check_effects(asked, stores, verdict)
    check_intake(asked, stores["monitoring"], verdict)
    await check_sums(stores, urls, verdict)
    return verdict


def main() -> int:
    """Judge, print, and answer with the exit code."""
    journal = Path(sys.argv[1])
    system: System = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    verdict = asyncio.run(judge(journal, system))
    looked_at = sum(verdict.seen.values())
    print(f"violations {verdict.violations.total()} of {looked_at:,} things looked at")
    for kind, count in verdict.violations.items():
        print(f"  {kind}: {count}, for example")
        for example in verdict.examples[kind]:
            print(f"    {example}")
    print("  " + ", ".join(f"{name} {count:,}" for name, count in verdict.seen.items()))
    if verdict.violations:
        return 1
    if verdict.seen["ok"] < system["ok_min"] or not verdict.seen["checkpoints"]:
        print(f"too little to judge: {system['ok_min']} acknowledged commands were ordered")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
