"""One part of a list, from its rows on disk to the lines of its ledgers."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from services.monitoring.api.intake.booking import Sender
from services.monitoring.api.intake.files import TreasuryFiles
from services.monitoring.api.intake.gathering import Gathered, put, put_plain
from services.monitoring.api.intake.lookups import Wanted, known_of
from services.monitoring.api.intake.plain import Plain, PlainRows, in_reach
from services.monitoring.api.intake.spooling import Fields, Spool
from services.monitoring.domain.statement.lines import BankLine
from services.monitoring.domain.statement.sorting import Known

YIELD_EVERY: Final = 200

type Row = tuple[int, Fields, Plain | BankLine]
"""Where a row stands, what it says, and its line: plain, or of the long road."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Reads the parts of one list; all of it shares what its plain rows say again and again."""

    files: TreasuryFiles
    spool: Spool
    sender: Sender
    plain: PlainRows

    async def read(self, part: int) -> Gathered:
        """The lines of a part by where they go, in the order of the list."""
        rows = await self._rows(part)
        known = await self._known(rows)
        found, source = Gathered(), self.plain.source
        for place, fields, line in rows:
            if isinstance(line, BankLine):
                put(found, line, source, known)
            elif in_reach(line, known):
                put_plain(found, *line)
            else:
                put(found, self.spool.line(place, fields), source, known)
        return found

    async def _rows(self, part: int) -> Sequence[Row]:
        plain: Any = self.plain.of_row if self.spool.names else self.plain.of_record
        rows: list[Row] = []
        for place, fields in self.spool.read(part):
            found = None if isinstance(fields, str) else plain(fields, place)
            rows.append((place, fields, found or self.spool.line(place, fields)))
            if len(rows) % YIELD_EVERY == 0:
                # A commit under way is answered meanwhile.
                await asyncio.sleep(0)
        return rows

    async def _known(self, rows: Sequence[Row]) -> Known:
        lines = [line for _, _, line in rows if isinstance(line, BankLine)]
        plain = [line for _, _, line in rows if not isinstance(line, BankLine)]
        wanted = Wanted(
            lines=lines,
            keys={key for key, _ in plain},
            references={line.bank_ref for _, line in plain if line.bank_ref},
            numbers={line.payment_id for _, line in plain},
        )
        accounts = self.files.settings.treasury_accounts
        return await known_of(self.files.runtime, self.sender.region_code, wanted, accounts)
