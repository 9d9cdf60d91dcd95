"""What may be asked of a monitoring record, and what it is told of the world around it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.rules import RulesInForce
from services.monitoring.domain.values import ReportedValue, project_id
from services.monitoring.domain.watch import Watch
from shared.domain.money import ZERO, Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What other streams say: the promise, the money, the rules."""

    watch: Watch | None = None
    ledger: Ledger | None = None
    rules: RulesInForce | None = None


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
    def watch_id(self) -> str:
        """The project and year this tells of."""
        return project_id(self.project_code, self.fiscal_year)

    @property
    def record_id(self) -> str:
        """The record this addresses."""
        return f"{self.watch_id}-{self.node}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileForecast(_OfRecord):
    """Say before the node what will be paid by it and what will be reached."""

    planned_payments: Money = ZERO
    values: tuple[ReportedValue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPreAnalysis(_OfRecord):
    """Predict both rates at the node, from the filed forecast or in a straight line.

    The clock asks quietly: where it comes too late or too early there is nothing to say.
    """

    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitMonitoring(_OfRecord):
    """Hand in what was reached, with proof and causes; the money comes from the ledger."""

    values: tuple[ReportedValue, ...]
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnMonitoring(_OfRecord):
    """Give a report back for a stated reason."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewMonitoring(_OfRecord):
    """Accept a report; score and level are computed in the same decision."""

    opinion: str = ""
    completeness: Decimal | None = None
    correction: Decimal | None = None
    compliance_suspected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MissMonitoring(_OfRecord):
    """The day by which the report was due is over."""


type RecordCommand = (
    FileForecast
    | RunPreAnalysis
    | SubmitMonitoring
    | ReturnMonitoring
    | ReviewMonitoring
    | MissMonitoring
)
