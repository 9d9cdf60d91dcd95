"""What may be asked of a batch of direct funds."""

from dataclasses import dataclass
from datetime import date, datetime

from services.monitoring.domain.key_fund.values import (
    DirectFundFlag,
    FundKind,
    RecipientKind,
    allocation_key,
    batch_key,
)
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.rules import RulesInForce
from services.monitoring.domain.values import project_id
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveFund:
    """Enter money that a superior has passed down. The same again changes nothing.

    `parent_id` is the batch that this one was split from; only the split itself says so.
    """

    region_code: str
    fiscal_year: int
    fund_name: str
    superior_document_no: str
    direct_fund_flag: DirectFundFlag
    kind: FundKind
    amount: Money
    received_on: date
    by: str
    now: datetime
    parent_id: str = ""
    root_id: str = ""
    rules: RulesInForce | None = None

    @property
    def batch_id(self) -> str:
        """The batch this is about."""
        return batch_key(self.region_code, self.superior_document_no, self.fund_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocateFund:
    """Give a part to a county or a unit, by a numbered document.

    The flag may be stated, because documents state it, and must then be that of the batch.
    """

    batch_id: str
    document_no: str
    recipient_kind: RecipientKind
    recipient: str
    project_code: str
    amount: Money
    allocated_on: date
    by: str
    now: datetime
    direct_fund_flag: DirectFundFlag | None = None

    @property
    def allocation_id(self) -> str:
        """The allocation this is about."""
        return allocation_key(self.document_no, self.recipient, self.project_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFund:
    """Link a part of an allocation to the quota by which a project may spend it."""

    batch_id: str
    allocation_id: str
    project_code: str
    fiscal_year: int
    document_no: str
    amount: Money
    by: str
    now: datetime
    ledger: Ledger | None = None

    @property
    def ledger_id(self) -> str:
        """The ledger whose quota it is."""
        return project_id(self.project_code, self.fiscal_year)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFundDeadline:
    """The legal day is over: see whether everything went on."""

    batch_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkQuota:
    """Count a part of a quota document as direct money, once and not beyond its amount."""

    project_code: str
    fiscal_year: int
    batch_id: str
    allocation_id: str
    document_no: str
    amount: Money
    by: str
    now: datetime
    ledger: Ledger | None = None

    @property
    def ledger_id(self) -> str:
        """The ledger whose quota it is."""
        return project_id(self.project_code, self.fiscal_year)


type KeyFundCommand = ReceiveFund | AllocateFund | IssueFund | CheckFundDeadline
