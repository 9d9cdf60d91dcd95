"""The ledger statement: the accounts of every project and year, as they add up."""

from collections.abc import Iterable
from typing import Any, Final

from sqlmodel import BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.ledger import events as fact
from services.monitoring.domain.treasury_line import LineKind
from services.monitoring.projections import Table
from services.monitoring.projections.postings import committed, deltas
from shared.messages import Recorded
from shared.projections import Add, Change, Projection, Put, Set


class LedgerRow(Table, table=True):
    """The accounts of one project in one year; they always sum to zero."""

    __tablename__ = "ledger_statement"

    ledger_id: str = Field(primary_key=True)
    project_code: str = ""
    fiscal_year: int = 0
    region_code: str = Field(default="", index=True)
    department_code: str = ""
    unit_code: str = Field(default="", index=True)
    fund_type_code: str = ""
    direct_fund_flag: str = ""
    budget_fen: int = Field(default=0, sa_type=BigInteger)
    treasury_fen: int = Field(default=0, sa_type=BigInteger)
    appropriated_fen: int = Field(default=0, sa_type=BigInteger)
    frozen_fen: int = Field(default=0, sa_type=BigInteger)
    paid_fen: int = Field(default=0, sa_type=BigInteger)
    returned_fen: int = Field(default=0, sa_type=BigInteger)
    withdrawn_fen: int = Field(default=0, sa_type=BigInteger)
    committed_fen: int = Field(default=0, sa_type=BigInteger)
    payments: int = 0
    version: int = 0


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    if recorded.stream.startswith("ledger-"):
        yield from _of_ledger(recorded.event, recorded)


def _of_ledger(event: fact.LedgerEvent, recorded: Recorded[Any]) -> Iterable[Change]:
    key = {"ledger_id": recorded.id}
    match event:
        case fact.LedgerOpened(project=project):
            whose = {
                "project_code": project.code,
                "fiscal_year": project.fiscal_year,
                "region_code": project.region_code,
                "department_code": project.department_code,
                "unit_code": project.unit_code,
                "fund_type_code": event.fund_type_code,
                "direct_fund_flag": event.direct_fund_flag,
            }
            money = {"budget_fen": event.budget.fen, "version": recorded.version}
            yield Put(LedgerRow, {**key, **whose, **money})
        case fact.WithdrawalRefused():
            # It may come before the ledger is opened; an addition would make a row of nothing.
            yield Set(LedgerRow, key, {"version": recorded.version})
        case fact.QuotaAdjusted(budget=budget):
            yield Set(LedgerRow, key, {"budget_fen": budget.fen})
            yield Add(LedgerRow, key, _deltas(event))
        case fact.QuotaIssued(line=line):
            # A document speaks of the ledger's own money, or names it where the target did not.
            names = ("fund_type_code", "direct_fund_flag")
            told = {name: said for name in names if (said := getattr(line, name))}
            if told:
                yield Set(LedgerRow, key, told)
            yield Add(LedgerRow, key, _deltas(event))
        case _:
            # Additions of one batch become one statement, however many payments are in it.
            yield Add(LedgerRow, key, _deltas(event))


def _deltas(event: fact.LedgerEvent) -> dict[str, int]:
    found = {"version": 1, **deltas(event)}
    if owed := committed(event):
        found["committed_fen"] = owed
    if isinstance(event, fact.PaymentSettled):
        found["payments"] = 1
    elif isinstance(event, fact.LinesBooked):
        found["payments"] = sum(line.kind is LineKind.PAYMENT for line in event.lines)
    return found


ledger_statement: Final = Projection(
    name="ledger_statement",
    streams=frozenset({"ledger"}),
    tables=(LedgerRow,),
    project=_fold,
    money=True,
)


def ledger(ledger_id: str) -> SelectOfScalar[LedgerRow]:
    """One ledger."""
    return select(LedgerRow).where(LedgerRow.ledger_id == ledger_id)


def ledgers(fiscal_year: int, unit_code: str | None = None) -> SelectOfScalar[LedgerRow]:
    """The ledgers of a year, of one unit if asked for."""
    query = select(LedgerRow).where(LedgerRow.fiscal_year == fiscal_year)
    return query if unit_code is None else query.where(col(LedgerRow.unit_code) == unit_code)
