"""What may have happened to a batch of direct funds."""

from dataclasses import dataclass
from datetime import date

from services.monitoring.domain.key_fund.values import (
    DirectFundFlag,
    FundKind,
    FundStep,
    RecipientKind,
)
from services.monitoring.domain.values import Project
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Which batch it is: whose, of which fund, and the flag that goes with it everywhere."""

    batch_id: str
    root_id: str
    region_code: str
    fiscal_year: int
    fund_name: str
    direct_fund_flag: DirectFundFlag
    kind: FundKind


@dataclass(frozen=True, slots=True, kw_only=True)
class FundReceived:
    """A superior passed money down; from this day the legal term runs."""

    batch: Batch
    superior_document_no: str
    amount: Money
    received_on: date
    pass_on_by: date
    rule_set_version: int
    parent_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FundAllocated:
    """A part was given on; to a county it becomes a batch of its own under `passed_to`."""

    batch: Batch
    allocation_id: str
    document_no: str
    recipient_kind: RecipientKind
    recipient: str
    project_code: str
    amount: Money
    allocated_total: Money
    allocated_on: date
    passed_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FundIssued:
    """A part of an allocation is quota of a project: it may be spent."""

    batch: Batch
    allocation_id: str
    project: Project
    document_no: str
    amount: Money
    issued_total: Money
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FundDeadlineMissed:
    """The legal day is over and a part of the money has not gone on."""

    batch: Batch
    step: FundStep
    missing: Money
    pass_on_by: date
    missed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaLinked:
    """A part of a quota document is direct money of this batch."""

    project: Project
    batch_id: str
    allocation_id: str
    document_no: str
    amount: Money
    linked_on: date


type KeyFundEvent = FundReceived | FundAllocated | FundIssued | FundDeadlineMissed
