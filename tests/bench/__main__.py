"""`python -m tests.bench [names…]`: medians of rounds, ours beside the bare limit of the same run.

Every measure uses the product's own code paths. It takes three to four minutes on two
processors; name a few measures for less. The numbers of a busy machine mean little: the
column "others" says how busy it was.
"""

import argparse
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

import uvloop

from shared.collecting import collect_rarely
from shared.telemetry import configure_logging
from tests.bench import arrival, feed, flat, hearing, imports, kernel, memory, reads, replay, web
from tests.bench.ground import Ground, Processors, ground
from tests.bench.table import Row, table

MEASURES: Final[Mapping[str, Callable[[Ground], Awaitable[Sequence[Row]]]]] = {
    "kernel": kernel.measure,
    "web": web.measure,
    "imports": imports.measure,
    "replay": replay.measure,
    "flat": flat.measure,
    "feed": feed.measure,
    "hearing": hearing.measure,
    "reads": reads.measure,
    "arrival": arrival.measure,
    "memory": memory.measure,
}
STREAMS: Final = 100_000
STREAMS_MIN: Final = 20_000


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(MEASURES))
    parser.add_argument(
        "--streams",
        type=int,
        default=STREAMS,
        help="how many things exist beside the few; 1000000 takes some minutes more",
    )
    arguments = parser.parse_args()
    unknown = sorted(set(arguments.names) - MEASURES.keys())
    if unknown:
        parser.error(f"no measure is called {', '.join(unknown)}")
    if arguments.streams < STREAMS_MIN:
        parser.error(f"{STREAMS_MIN:,} streams are the least")
    return arguments


async def _measured(stand: Ground, names: Sequence[str]) -> list[tuple[Row, float]]:
    """Every row with what others used of the processors meanwhile."""
    rows: list[tuple[Row, float]] = []
    for name in names:
        began, processors = time.monotonic(), Processors.look()
        found = await MEASURES[name](stand)
        others = processors.others()
        print(f"{name}: {time.monotonic() - began:.0f} s, others used {others:.0%}", flush=True)
        rows += [(row, others) for row in found]
    return rows


def main() -> None:
    """Measure on servers of our own, as tuned as the product's own processes are."""
    arguments = _arguments()
    configure_logging("bench", "ERROR")
    began = time.monotonic()
    collect_rarely()
    with ground(arguments.streams) as stand:
        rows = uvloop.run(_measured(stand, arguments.names or tuple(MEASURES)))
    print(f"\n{table(rows)}\n{time.monotonic() - began:.0f} s in all.")


if __name__ == "__main__":
    main()
