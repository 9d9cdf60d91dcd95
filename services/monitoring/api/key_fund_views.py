"""What is shown of direct funds, findings and linkage funds."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Self

from pydantic import BaseModel, Field

from services.monitoring.projections.key_fund_batches import AllocationRow, BatchRow, IssueRow
from services.monitoring.projections.key_fund_findings import FindingRow
from shared.contracts.fields import Rate, Yuan
from shared.domain.money import ZERO, Money


def rate(part: Money, whole: Money) -> Decimal | None:
    """A part of a whole; nothing, where there is no whole."""
    return part.ratio_to(whole) if whole else None


class BatchView(BaseModel):
    """One batch of direct funds, and how far it has come."""

    batch_id: str
    root_id: str
    parent_id: str
    region_code: str
    fiscal_year: int
    fund_name: str
    superior_document_no: str
    direct_fund_flag: str
    kind: str
    amount: Yuan
    received_on: date | None
    pass_on_by: date | None
    allocated: Yuan
    issued: Yuan
    unallocated: Yuan
    unissued: Yuan = Field(description="Given to own units and not yet quota of a project.")
    status: str
    late: list[str] = Field(description="What was not done on the last legal day.")
    version: int

    @classmethod
    def of(cls, row: BatchRow) -> Self:
        """A row in yuan."""
        plain = row.model_dump(
            exclude={"amount_fen", "allocated_fen", "issued_fen", "own_fen"}
            | {"missed_allocate", "missed_issue"}
        )
        missed = {"ALLOCATE": row.missed_allocate, "ISSUE": row.missed_issue}
        return cls(
            **plain,
            amount=Money(row.amount_fen),
            allocated=Money(row.allocated_fen),
            issued=Money(row.issued_fen),
            unallocated=Money(row.amount_fen - row.allocated_fen),
            unissued=Money(row.own_fen - row.issued_fen),
            status=_status(row),
            late=[step for step, late in missed.items() if late],
        )


def _status(row: BatchRow) -> str:
    if not row.allocated_fen:
        return "RECEIVED"
    if row.allocated_fen < row.amount_fen:
        return "ALLOCATING"
    return "ISSUED" if row.issued_fen == row.own_fen else "ALLOCATED"


class IssueView(BaseModel):
    """Quota of a project that is money of this allocation, and what became of it."""

    project_code: str
    fiscal_year: int
    unit_code: str
    document_no: str
    amount: Yuan
    issued_on: date | None
    paid: Yuan
    proved: Yuan = Field(description="What of it reached somebody by name.")
    not_yet_proved: Yuan
    payees: int = Field(description="Different people and enterprises of the project.")

    @classmethod
    def of(cls, row: IssueRow, paid: Money, proved: Money, payees: int) -> Self:
        """A row with what became of it."""
        return cls(
            project_code=row.project_code,
            fiscal_year=row.fiscal_year,
            unit_code=row.unit_code,
            document_no=row.document_no,
            amount=Money(row.amount_fen),
            issued_on=row.issued_on,
            paid=paid,
            proved=proved,
            not_yet_proved=paid - proved,
            payees=payees,
        )


class AllocationView(BaseModel):
    """One allocation with what was issued of it."""

    allocation_id: str
    document_no: str
    recipient_kind: str
    recipient: str
    project_code: str
    amount: Yuan
    allocated_on: date | None
    passed_to: str
    issued: list[IssueView]

    @classmethod
    def of(cls, row: AllocationRow, issued: Sequence[IssueView]) -> Self:
        """A row with its issues."""
        return cls(
            allocation_id=row.allocation_id,
            document_no=row.document_no,
            recipient_kind=row.recipient_kind,
            recipient=row.recipient,
            project_code=row.project_code,
            amount=Money(row.amount_fen),
            allocated_on=row.allocated_on,
            passed_to=row.passed_to,
            issued=list(issued),
        )


class LinkOfChain(BaseModel):
    """One batch of the chain with its allocations."""

    batch: BatchView
    allocations: list[AllocationView]


class FlowView(BaseModel):
    """How far money has come, and the rates: each of what was received."""

    received: Yuan
    allocated: Yuan = Field(description="Given to units, in the region and below it.")
    issued: Yuan
    paid: Yuan
    proved: Yuan
    allocation_rate: Rate | None
    issue_rate: Rate | None
    payment_rate: Rate | None
    proof_rate: Rate | None

    @classmethod
    def of(cls, parts: tuple[Money, Money, Money, Money, Money]) -> Self:
        """Received, allocated, issued, paid, proved."""
        received, allocated, issued, paid, proved = parts
        return cls(
            received=received,
            allocated=allocated,
            issued=issued,
            paid=paid,
            proved=proved,
            allocation_rate=rate(allocated, received),
            issue_rate=rate(issued, received),
            payment_rate=rate(paid, received),
            proof_rate=rate(proved, received),
        )


class LateView(BaseModel):
    """What has not gone on although the last legal day is over."""

    batch_id: str
    region_code: str
    step: str
    missing: Yuan
    pass_on_by: date

    @classmethod
    def every(cls, row: BatchRow, today: date) -> list[Self]:
        """What is late of a batch today."""
        missing = {
            "ALLOCATE": Money(row.amount_fen - row.allocated_fen),
            "ISSUE": Money(row.own_fen - row.issued_fen),
        }
        due = row.pass_on_by
        if due is None or today <= due:
            return []
        return [
            cls(
                batch_id=row.batch_id,
                region_code=row.region_code,
                step=step,
                missing=amount,
                pass_on_by=due,
            )
            for step, amount in missing.items()
            if amount > ZERO
        ]


class ChainView(BaseModel):
    """A batch from its receipt to those whom it reached, with everything split from it."""

    flow: FlowView
    late: list[LateView]
    links: list[LinkOfChain]


class FindingView(BaseModel):
    """One finding."""

    finding_id: str
    region_code: str
    unit_code: str | None
    fiscal_year: int
    batch_id: str
    project_code: str
    kind: str
    level: str
    status: str
    amount: Yuan | None
    due_on: date | None
    opened_on: date
    note: str
    judgement: str | None
    opinion: str
    result: str
    closed_on: date | None
    version: int

    @classmethod
    def of(cls, row: FindingRow) -> Self:
        """A row in yuan."""
        amount = None if row.amount_fen is None else Money(row.amount_fen)
        return cls(**row.model_dump(exclude={"amount_fen", "department_code"}), amount=amount)
