"""What may be asked of a monitoring record, and what it is told of the world around it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from services.monitoring.domain.duty import Duty
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.record.events import ContractDue, PlannedMonth
from services.monitoring.domain.record.judging import Finding, Judgement, ReturnCode
from services.monitoring.domain.round_report import RoundReport
from services.monitoring.domain.rules import RulesInForce
from services.monitoring.domain.values import ReportedValue, project_id
from services.monitoring.domain.watch import Watch
from shared.domain.money import Money
from shared.domain.workdays import business_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What other streams say: the promise, the money, the rules, who answers, earlier years."""

    watch: Watch | None = None
    ledger: Ledger | None = None
    rules: RulesInForce | None = None
    duty: Duty | None = None
    earlier: tuple[RoundReport, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfRecord:
    project_code: str
    fiscal_year: int
    node: str
    region_code: str
    by: str
    now: datetime
    around: Surroundings = Surroundings()

    @property
    def now_on(self) -> date:
        """The legal day of the question."""
        return business_date(self.now)

    @property
    def watch_id(self) -> str:
        """The project and year this tells of."""
        return project_id(self.project_code, self.fiscal_year)

    @property
    def record_id(self) -> str:
        """The record this addresses."""
        return f"{self.watch_id}-{self.node}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileForecast(_OfRecord):
    """Say before the node what will be paid by it and what will be reached.

    `planned_payments` is one sum until the node, `plan` the payments of each month, `contracts`
    what signed contracts make due; none of it is asked twice for the same money.
    """

    planned_payments: Money | None = None
    values: tuple[ReportedValue, ...] = ()
    plan: tuple[PlannedMonth, ...] = ()
    contracts: tuple[ContractDue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPreAnalysis(_OfRecord):
    """Predict both rates at the node: by plan, contracts, like projects, or in a straight line.

    The clock asks quietly: where it comes too late or too early there is nothing to say.
    """

    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCollection(_OfRecord):
    """The day has come to collect reports; the clock asks quietly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterMonitoring(_OfRecord):
    """The business office states values, causes and evidence, and stands by them."""

    values: tuple[ReportedValue, ...]
    summary: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmExecution(_OfRecord):
    """The finance office stands by the money as the ledger has it."""

    person: str = ""
    expected_year_end: Money | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitMonitoring(_OfRecord):
    """The head signs and hands in; the money comes from the ledger.

    What is signed is what both offices stand by; where nobody is named for them and neither has
    begun its part, the values come with the signature.
    """

    values: tuple[ReportedValue, ...] = ()
    summary: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnMonitoring(_OfRecord):
    """Give a report back for a stated reason."""

    reason: str
    codes: tuple[ReturnCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyMonitoring(_OfRecord):
    """The department passes a report on."""

    opinion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewMonitoring(_OfRecord):
    """Accept a report; score and level are computed in the same decision."""

    opinion: str = ""
    completeness: Decimal | None = None
    correction: Decimal | None = None
    compliance_suspected: bool = False
    judgements: tuple[Judgement, ...] = ()
    in_depth: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MissMonitoring(_OfRecord):
    """The day by which the report was due is over."""


type RecordCommand = (
    FileForecast
    | RunPreAnalysis
    | OpenCollection
    | EnterMonitoring
    | ConfirmExecution
    | VerifyMonitoring
    | SubmitMonitoring
    | ReturnMonitoring
    | ReviewMonitoring
    | MissMonitoring
)
