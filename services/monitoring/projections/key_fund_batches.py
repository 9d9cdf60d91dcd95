"""Direct funds by batch, by allocation and by issue: the chain from received to spendable."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.key_fund import events as fact
from services.monitoring.domain.key_fund.values import RecipientKind
from services.monitoring.projections import Table
from shared.messages import Recorded
from shared.projections import Add, Change, Projection, Put, Set


class BatchRow(Table, table=True):
    """One batch. `own_fen` was given to own units; the rest of `allocated_fen` to counties."""

    __tablename__ = "key_fund_batches"

    batch_id: str = Field(primary_key=True)
    root_id: str = Field(default="", index=True)
    parent_id: str = ""
    region_code: str = Field(default="", index=True)
    fiscal_year: int = Field(default=0, index=True)
    fund_name: str = ""
    superior_document_no: str = ""
    direct_fund_flag: str = ""
    kind: str = ""
    amount_fen: int = Field(default=0, sa_type=BigInteger)
    received_on: date | None = None
    pass_on_by: date | None = None
    allocated_fen: int = Field(default=0, sa_type=BigInteger)
    own_fen: int = Field(default=0, sa_type=BigInteger)
    issued_fen: int = Field(default=0, sa_type=BigInteger)
    missed_allocate: bool = False
    missed_issue: bool = False
    version: int = 0


class AllocationRow(Table, table=True):
    """One allocation of a batch."""

    __tablename__ = "key_fund_allocations"

    batch_id: str = Field(primary_key=True)
    allocation_id: str = Field(primary_key=True)
    root_id: str = Field(default="", index=True)
    region_code: str = ""
    fiscal_year: int = 0
    document_no: str = ""
    recipient_kind: str = ""
    recipient: str = ""
    project_code: str = ""
    amount_fen: int = Field(default=0, sa_type=BigInteger)
    allocated_on: date | None = None
    issued_fen: int = Field(default=0, sa_type=BigInteger)
    passed_to: str = ""


class IssueRow(Table, table=True):
    """One part of an allocation that became quota of a project."""

    __tablename__ = "key_fund_issues"

    batch_id: str = Field(primary_key=True)
    allocation_id: str = Field(primary_key=True)
    ledger_id: str = Field(primary_key=True)
    document_no: str = Field(primary_key=True)
    root_id: str = Field(default="", index=True)
    region_code: str = ""
    unit_code: str = ""
    project_code: str = ""
    fiscal_year: int = Field(default=0, index=True)
    amount_fen: int = Field(default=0, sa_type=BigInteger)
    issued_on: date | None = None


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    key = {"batch_id": recorded.id}
    match recorded.event:
        case fact.FundReceived() as event:
            yield Add(BatchRow, key, {"version": 1})
            yield Set(BatchRow, key, _received(event))
        case fact.FundAllocated() as event:
            own = event.recipient_kind is RecipientKind.UNIT
            amount = event.amount.fen
            deltas = {"allocated_fen": amount, "own_fen": amount if own else 0, "version": 1}
            yield Put(AllocationRow, _allocated(event))
            yield Add(BatchRow, key, deltas)
        case fact.FundIssued() as event:
            of = {**key, "allocation_id": event.allocation_id}
            yield Put(IssueRow, _issued(event))
            yield Add(AllocationRow, of, {"issued_fen": event.amount.fen})
            yield Add(BatchRow, key, {"issued_fen": event.amount.fen, "version": 1})
        case fact.FundDeadlineMissed(step=step):
            yield Set(BatchRow, key, {f"missed_{step.lower()}": True})
            yield Add(BatchRow, key, {"version": 1})
        case _:
            return


def _received(event: fact.FundReceived) -> dict[str, object]:
    batch = event.batch
    return {
        "root_id": batch.root_id,
        "parent_id": event.parent_id,
        "region_code": batch.region_code,
        "fiscal_year": batch.fiscal_year,
        "fund_name": batch.fund_name,
        "superior_document_no": event.superior_document_no,
        "direct_fund_flag": batch.direct_fund_flag.value,
        "kind": batch.kind.value,
        "amount_fen": event.amount.fen,
        "received_on": event.received_on,
        "pass_on_by": event.pass_on_by,
    }


def _allocated(event: fact.FundAllocated) -> dict[str, object]:
    row = AllocationRow(
        batch_id=event.batch.batch_id,
        allocation_id=event.allocation_id,
        root_id=event.batch.root_id,
        region_code=event.batch.region_code,
        fiscal_year=event.batch.fiscal_year,
        document_no=event.document_no,
        recipient_kind=event.recipient_kind.value,
        recipient=event.recipient,
        project_code=event.project_code,
        amount_fen=event.amount.fen,
        allocated_on=event.allocated_on,
        passed_to=event.passed_to,
    )
    return row.model_dump()


def _issued(event: fact.FundIssued) -> dict[str, object]:
    row = IssueRow(
        batch_id=event.batch.batch_id,
        allocation_id=event.allocation_id,
        ledger_id=event.project.id,
        document_no=event.document_no,
        root_id=event.batch.root_id,
        region_code=event.project.region_code,
        unit_code=event.project.unit_code,
        project_code=event.project.code,
        fiscal_year=event.project.fiscal_year,
        amount_fen=event.amount.fen,
        issued_on=event.issued_on,
    )
    return row.model_dump()


key_fund_batches: Final = Projection(
    name="key_fund_batches",
    streams=frozenset({"keyfund"}),
    tables=(BatchRow, AllocationRow, IssueRow),
    project=_fold,
    money=True,
)


def batch(batch_id: str) -> SelectOfScalar[BatchRow]:
    """One batch."""
    return select(BatchRow).where(BatchRow.batch_id == batch_id)


def batches(fiscal_year: int, flag: str | None = None) -> SelectOfScalar[BatchRow]:
    """The batches of a year."""
    query = select(BatchRow).where(BatchRow.fiscal_year == fiscal_year)
    return query if flag is None else query.where(BatchRow.direct_fund_flag == flag)


def chain(root_id: str) -> SelectOfScalar[BatchRow]:
    """A batch and everything that was split from it."""
    return select(BatchRow).where(BatchRow.root_id == root_id)


def allocations(batch_ids: Iterable[str]) -> SelectOfScalar[AllocationRow]:
    """The allocations of these batches, the earliest first."""
    query = select(AllocationRow).where(col(AllocationRow.batch_id).in_(list(batch_ids)))
    return query.order_by(
        col(AllocationRow.allocated_on), AllocationRow.document_no, AllocationRow.allocation_id
    )


def issues_of(ledger_ids: Iterable[str]) -> SelectOfScalar[IssueRow]:
    """Every part of the quota of these projects that is direct money, in the order of issue."""
    query = select(IssueRow).where(col(IssueRow.ledger_id).in_(list(ledger_ids)))
    return query.order_by(
        IssueRow.ledger_id, col(IssueRow.issued_on), IssueRow.document_no, IssueRow.allocation_id
    )


def issues(batch_ids: Iterable[str]) -> SelectOfScalar[IssueRow]:
    """The issues of these batches."""
    return select(IssueRow).where(col(IssueRow.batch_id).in_(list(batch_ids)))
