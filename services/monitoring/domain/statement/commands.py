"""What may be asked of a statement."""

from dataclasses import dataclass, field
from datetime import datetime

from services.monitoring.domain.statement.kept import KeptLine, RefusedLine
from services.monitoring.domain.statement.lines import DaySum
from services.monitoring.domain.statement.naming import statement_id
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeStatement:
    """Take a message, or one part of a long list, once.

    `digest` tells a message sent again from another one with the same number. `lines`, `paid`
    and `returned` count what this part hands to the ledgers.
    """

    system: str
    message_id: str
    region_code: str
    form: str
    digest: str
    part: int = 0
    parts: int = 1
    lines: int
    paid: Money
    returned: Money
    kept: tuple[KeptLine, ...] = ()
    refused: tuple[RefusedLine, ...] = ()
    days: tuple[DaySum, ...] = ()
    by: str
    now: datetime

    @property
    def id(self) -> str:
        """The statement this addresses."""
        return statement_id(self.system, self.message_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfLine:
    statement: str
    line_no: int
    by: str
    now: datetime

    @property
    def id(self) -> str:
        """The statement this addresses."""
        return self.statement


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignStatementLine(_OfLine):
    """Say whose a line is; its ledger books it in the same act.

    `payment_id` names the payment where the line's own numbers do not; `amount` is in yuan,
    for a line in another currency.
    """

    project_code: str
    fiscal_year: int
    payment_id: str = ""
    amount: Money | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectStatementLine(_OfLine):
    """Say why a line is nobody's here."""

    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferStatementLine(_OfLine):
    """Say who has to find out whose a line is."""

    owner: str = field(default="")


type StatementCommand = (
    TakeStatement | AssignStatementLine | RejectStatementLine | TransferStatementLine
)
