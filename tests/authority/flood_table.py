"""`python -m tests.authority.flood_table [names…]`: what others feel of each flood (S8).

A served process with small limits, a flood in a process of its own that gives way to everybody, and
three others at a time, before, meanwhile and after. It takes a minute a flood on a quiet machine;
on a busy one the columns of seconds mean little, and the processor column stays true.
"""

import argparse
import asyncio
import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from shared.testing.servers import fresh_database, migrated, private_postgres
from tests.authority.flood_process import Flooding
from tests.authority.flooding import (
    HAMMERS,
    LARGE,
    LIMITS,
    Besieged,
    bulks,
    forger,
    principal,
    slow_bodies,
    slow_heads,
    stranger,
)
from tests.authority.wire import Seen

FLOODS: Final[Mapping[str, Callable[[Besieged, int], Flooding]]] = {
    "principal": principal,
    "stranger": stranger,
    "forger": forger,
    "slow-heads": slow_heads,
    "slow-bodies": slow_bodies,
    "large": bulks,
}
CLIENTS: Final[Mapping[str, int]] = {"large": LARGE, "slow-heads": 1_000, "slow-bodies": 1_000}
WINDOWS: Final = 6
IN_FORCE: Final = 100
COLUMNS: Final = (
    "flood", "clients", "calm p50", "calm p99", "flood p50", "flood p99", "p99 ×", "processor",
    "others", "flood was answered", "RSS",
)  # fmt: skip


async def _row(besieged: Besieged, name: str, many: int, windows: int) -> Sequence[str]:
    """What others were answered without and with one flood."""
    calm, meanwhile = Seen(), Seen()
    await besieged.window(f"{name} warm", Seen())
    besieged.forget_peak()
    for number in range(windows):
        await besieged.window(f"{name} before {number}", calm)
    async with FLOODS[name](besieged, many) as flood:
        await flood.reaches(IN_FORCE if name != "large" else many)
        began, used = time.monotonic(), besieged.processor_seconds
        for number in range(windows):
            await besieged.window(f"{name} meanwhile {number}", meanwhile)
        share = (besieged.processor_seconds - used) / (time.monotonic() - began)
    for number in range(windows):
        await besieged.window(f"{name} after {number}", calm)
    late = [seen.late(part) * 1_000 for seen in (calm, meanwhile) for part in (0.5, 0.99)]
    came = ", ".join(f"{count:,} × {what}" for what, count in sorted(flood.counts.items()))
    return (
        name,
        str(many * (4 if name == "large" else 1)),
        *(f"{one:.1f} ms" for one in late),
        f"{late[3] / late[1]:.2f}",
        f"{share:.0%}",
        ", ".join(f"{n} × {status}" for status, n in sorted(meanwhile.statuses.items())),
        came + (f"; WRONG: {flood.hopeless[0]}" if flood.hopeless else ""),
        f"{besieged.peak_bytes >> 20} MiB",
    )


async def _rows(besieged: Besieged, chosen: argparse.Namespace) -> list[Sequence[str]]:
    rows: list[Sequence[str]] = []
    for name in chosen.names or FLOODS:
        many = min(CLIENTS.get(name, HAMMERS), chosen.loris)
        rows.append(await _row(besieged, name, many, chosen.windows))
        print(f"{name}: measured", flush=True)  # noqa: T201 - somebody waits
    return rows


def _table(rows: Sequence[Sequence[str]]) -> str:
    lines = [COLUMNS, ["-" * len(name) for name in COLUMNS], *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def main() -> None:
    """Measure on a database of our own."""
    parser = argparse.ArgumentParser(prog="tests.authority.flood_table", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="flood", help=", ".join(FLOODS))
    parser.add_argument("--loris", type=int, default=1_000, help="how many clients at most")
    parser.add_argument("--windows", type=int, default=WINDOWS, help="of 90 requests of others")
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - FLOODS.keys():
        parser.error(f"no flood is called {', '.join(sorted(unknown))}")
    with (
        private_postgres() as postgres,
        fresh_database(postgres, migrated(postgres, "targets")) as url,
        TemporaryDirectory(prefix="abacus-floods-") as folder,
        Besieged(Path(folder), url, **LIMITS) as besieged,
    ):
        busy = os.getloadavg()[0]
        rows = asyncio.run(_rows(besieged, chosen))
    print(f"\n{_table(rows)}\nLoad of the machine before: {busy:.1f}.")  # noqa: T201


if __name__ == "__main__":
    main()
