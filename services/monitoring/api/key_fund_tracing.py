"""The chain of a batch, read from the tables: who has it, what was paid, whom it reached."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Final

from sqlmodel import col, select

from services.monitoring.domain.key_fund.attribution import attributed
from services.monitoring.projections import key_fund_batches as funds
from services.monitoring.projections import key_fund_beneficiaries as people
from services.monitoring.projections.key_fund_batches import AllocationRow, BatchRow, IssueRow
from services.monitoring.projections.ledger_statement import LedgerRow
from shared.domain.money import ZERO, Money
from shared.http.reading import Read

PART_MAX: Final = 1_000
type IssueKey = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Batches with what was given, issued, paid and proved of each."""

    batches: Sequence[BatchRow]
    allocations: Mapping[str, Sequence[AllocationRow]] = field(default_factory=dict)
    issues: Mapping[tuple[str, str], Sequence[IssueRow]] = field(default_factory=dict)
    paid: Mapping[IssueKey, Money] = field(default_factory=dict)
    proved: Mapping[IssueKey, Money] = field(default_factory=dict)
    payees: Mapping[str, int] = field(default_factory=dict)

    def issued_of(self, batch: BatchRow) -> Sequence[IssueRow]:
        """The issues of one batch."""
        given = self.allocations.get(batch.batch_id, ())
        keys = [(batch.batch_id, one.allocation_id) for one in given]
        return [issue for key in keys for issue in self.issues.get(key, ())]

    def sums(self, received: Money) -> tuple[Money, Money, Money, Money, Money]:
        """Received, allocated to units, issued, paid, proved."""
        every = [issue for batch in self.batches for issue in self.issued_of(batch)]
        return (
            received,
            Money(sum(batch.own_fen for batch in self.batches)),
            Money(sum(issue.amount_fen for issue in every)),
            Money.total(self.paid[key_of(issue)] for issue in every),
            Money.total(self.proved[key_of(issue)] for issue in every),
        )


def key_of(row: IssueRow) -> IssueKey:
    """What an issue is known by."""
    return row.batch_id, row.allocation_id, row.ledger_id, row.document_no


def below(rows: Sequence[BatchRow], batch_id: str) -> Sequence[BatchRow]:
    """A batch and what was split from it, the superior first."""
    found = [row for row in rows if row.batch_id == batch_id]
    for row in found:
        # The list grows while it is read: what was split from a split belongs to it, too.
        found += [one for one in rows if one.parent_id == row.batch_id]
    return found


async def trace(read: Read, batches: Sequence[BatchRow]) -> Trace:
    """Everything that is known of these batches."""
    allocations: dict[str, list[AllocationRow]] = {}
    issues: dict[tuple[str, str], list[IssueRow]] = {}
    ledgers: set[str] = set()
    for part in batched([row.batch_id for row in batches], PART_MAX):
        for given in await read.all(funds.allocations(part)):
            allocations.setdefault(given.batch_id, []).append(given)
        for issue in await read.all(funds.issues(part)):
            issues.setdefault((issue.batch_id, issue.allocation_id), []).append(issue)
            ledgers.add(issue.ledger_id)
    paid, proved, payees = await _spent(read, sorted(ledgers))
    return Trace(
        batches=batches,
        allocations=allocations,
        issues=issues,
        paid=paid,
        proved=proved,
        payees=payees,
    )


async def _spent(
    read: Read, ledgers: Sequence[str]
) -> tuple[dict[IssueKey, Money], dict[IssueKey, Money], dict[str, int]]:
    """What was paid and proved of each issue, in the order in which a project got its quota."""
    paid: dict[IssueKey, Money] = {}
    proved: dict[IssueKey, Money] = {}
    payees: dict[str, int] = {}
    for part in batched(ledgers, PART_MAX):
        rows = await read.all(select(LedgerRow).where(col(LedgerRow.ledger_id).in_(part)))
        spent = {row.ledger_id: Money(row.paid_fen + row.returned_fen) for row in rows}
        reached = {name: Money(fen) for name, fen in await read.rows(people.reached(part))}
        payees |= dict(await read.rows(people.households(part)))
        by_ledger: dict[str, list[IssueRow]] = {}
        for issue in await read.all(funds.issues_of(part)):
            by_ledger.setdefault(issue.ledger_id, []).append(issue)
        for ledger, issued in by_ledger.items():
            amounts = [Money(issue.amount_fen) for issue in issued]
            out = attributed(spent.get(ledger, ZERO), amounts)
            named = attributed(min(reached.get(ledger, ZERO), spent.get(ledger, ZERO)), out)
            keys = [key_of(issue) for issue in issued]
            paid |= zip(keys, out, strict=True)
            proved |= zip(keys, named, strict=True)
    return paid, proved, payees
