"""P17: `ORDERS=50000 python -m tests.monitoring.fifty_thousand_orders`.

Fifty thousand payment orders against a bank that drops a quarter of the messages, loses, delays and
doubles its answers, contradicts itself and restarts, while our own process restarts, too. They are
sent by many small offices, one after the other, each with a seed of its own (`SEED`): the same seed
is the same story. When the faults end, everything that is open is asked about and decided, never
sent blindly again. Checked is, for every order, by the book of the bank alone:

- no payee got the money of one voucher twice;
- every order has ended as settled, rejected or returned, and no contradiction is open;
- what our ledgers paid is what the bank paid, to the cent, and nothing is held for nothing.

Printed are the figures and the processor time. `AT_ONCE` orders are in one office (100).
"""

import os
import resource
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

import uvloop

from services.monitoring.domain.payment_order.state import PaymentOrder
from services.monitoring.domain.payment_order.values import OrderStatus
from tests.monitoring.bank_story import judged, paid_twice, told
from tests.monitoring.paying import ENDED, Office

ORDERS: Final = int(os.environ.get("ORDERS", "50000"))
AT_ONCE: Final = int(os.environ.get("AT_ONCE", "100"))
SEED: Final = int(os.environ.get("SEED", "1"))
TOLD_EVERY: Final = 2_500


@dataclass(slots=True)
class Figures:
    """What became of all orders."""

    orders: int = 0
    settled: int = 0
    rejected: int = 0
    returned: int = 0
    unknown: int = 0
    queried: int = 0
    repeated: int = 0
    contradicted: int = 0
    paid_twice: int = 0
    paid_fen: int = 0
    booked_fen: int = 0

    def add(self, office: Office, orders: list[PaymentOrder]) -> None:
        """One office that has come to rest."""
        self.orders += len(orders)
        self.paid_twice += len(paid_twice(office.bank))
        self.paid_fen += sum(one.fen for one in office.bank.statement())
        for one in orders:
            self.settled += one.status is OrderStatus.SETTLED
            self.rejected += one.status is OrderStatus.REJECTED
            self.returned += one.status is OrderStatus.RETURNED
            self.unknown += one.status not in ENDED or one.disputed
            self.queried += bool(one.queries)
            self.repeated += bool(one.repeats)
            self.contradicted += bool(one.breaks)
            self.booked_fen += one.outstanding.fen


async def lived(figures: Figures, *, orders: int, at_once: int, seed: int) -> AsyncIterator[int]:
    """Office after office, each judged when it has come to rest; answers how many are done."""
    for start in range(0, orders, at_once):
        some = min(at_once, orders - start)
        office = await told(seed + start, some)
        await judged(office, some)
        figures.add(office, list(await office.orders()))
        yield figures.orders


async def main() -> int:
    """All of it, told as it goes."""
    figures, began = Figures(), time.monotonic()
    async for done in lived(figures, orders=ORDERS, at_once=AT_ONCE, seed=SEED):
        if done % TOLD_EVERY == 0:
            say(f"{done:>7,} orders  {time.process_time():7.1f} s of processor time")
    say(
        f"settled {figures.settled:,}, rejected {figures.rejected:,}, returned {figures.returned:,}"
    )
    say(
        f"asked about {figures.queried:,}, sent again after NOT_FOUND {figures.repeated:,}, "
        f"with a contradiction {figures.contradicted:,}"
    )
    say(f"the bank paid {figures.paid_fen / 100:,.2f}, we booked {figures.booked_fen / 100:,.2f}")
    say(f"paid twice {figures.paid_twice}, not known in the end {figures.unknown}")
    used = resource.getrusage(resource.RUSAGE_SELF)
    say(
        f"{figures.orders:,} orders: {used.ru_utime + used.ru_stime:.1f} s of processor time, "
        f"{time.monotonic() - began:.0f} s, {used.ru_maxrss / 1024:.0f} MB at most"
    )
    wrong = figures.paid_twice or figures.unknown or figures.paid_fen != figures.booked_fen
    return 1 if wrong else 0


def say(text: str) -> None:
    """Tell whoever waits."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(uvloop.run(main()))
