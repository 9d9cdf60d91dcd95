"""What may have happened to a statement."""

from dataclasses import dataclass
from datetime import date, datetime

from services.monitoring.domain.statement.kept import KeptLine, RefusedLine
from services.monitoring.domain.statement.lines import DaySum
from services.monitoring.domain.treasury_line import TreasuryLine
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementTaken:
    """A message was taken, whole or one part of it; `first` where nothing of it was there.

    What its lines moved is told by the ledgers.
    """

    system: str
    message_id: str
    region_code: str
    form: str
    digest: str
    part: int
    parts: int
    first: bool
    lines: int
    paid: Money
    returned: Money
    days: tuple[DaySum, ...]
    taken_on: date
    taken_by: str = ""
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesKept:
    """Lines that belong to no ledger yet: breaks that a person resolves."""

    region_code: str
    owner: str
    kept: tuple[KeptLine, ...]
    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesRefused:
    """Lines of which nothing can be booked."""

    region_code: str
    refused: tuple[RefusedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAssigned:
    """A person said whose a line is; its ledger books it."""

    region_code: str
    line_no: int
    project_code: str
    fiscal_year: int
    line: TreasuryLine
    note: str
    by: str
    assigned_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRejected:
    """A person said why a line is nobody's here."""

    region_code: str
    line_no: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTransferred:
    """Somebody else has to find out whose a line is."""

    region_code: str
    line_no: int
    owner: str


type StatementEvent = (
    StatementTaken | LinesKept | LinesRefused | LineAssigned | LineRejected | LineTransferred
)
