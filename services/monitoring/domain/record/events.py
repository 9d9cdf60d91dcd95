"""What may have happened to a monitoring record."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from services.monitoring.domain.rating import Rating, Score
from services.monitoring.domain.record.judging import Finding, Judgement, ReturnCode
from services.monitoring.domain.values import Execution, Project, ReportedValue
from shared.domain.money import Money


class ForecastMethod(StrEnum):
    """How the pre-analysis looked ahead.

    By the payments the unit planned, with its contracts; by the contracts alone; by what like
    projects had paid at this node in earlier years; or in a straight line.
    """

    FILED = "FILED"
    CONTRACTS = "CONTRACTS"
    HISTORY = "HISTORY"
    LINEAR = "LINEAR"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMonth:
    """What a unit means to pay in a month of the year."""

    month: int
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractDue:
    """A payment that a signed contract makes due on a day."""

    contract_no: str
    amount: Money
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The forecast with its parts: `x_fc = (paid + contracted + planned) / budget` (§4.6).

    By history, `median` is what `cases` like projects had paid at this node.
    """

    method: ForecastMethod
    expected_rate: Decimal
    paid: Money
    contracted: Money
    planned: Money
    cases: int = 0
    median: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastFiled:
    """The unit said what it expects at the node."""

    project: Project
    node: str
    planned_payments: Money | None
    values: tuple[ReportedValue, ...]
    plan: tuple[PlannedMonth, ...] = ()
    contracts: tuple[ContractDue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PreAnalysisRun:
    """The state at the node was predicted, by a stated method."""

    project: Project
    node: str
    method: ForecastMethod
    execution: Execution
    rating: Rating
    analysed_on: date
    rule_set_version: int
    legal_basis: str
    outlook: Outlook | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionOpened:
    """Reports are collected from now on."""

    project: Project
    node: str
    opened_on: date
    cut_off_on: date
    submit_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutionPrefilled:
    """The money of the form stands as the ledger has it; nobody types it in."""

    project: Project
    node: str
    execution: Execution


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringEntered:
    """The business office stands by values, causes and evidence."""

    project: Project
    node: str
    values: tuple[ReportedValue, ...]
    summary: str
    filled_by: str
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutionConfirmed:
    """The finance office stands by the money, and says what the year will come to."""

    project: Project
    node: str
    execution: Execution
    confirmed_by: str
    person: str = ""
    expected_year_end: Money | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringSubmitted:
    """A report was handed in; the money in it is the ledger's."""

    project: Project
    node: str
    values: tuple[ReportedValue, ...]
    execution: Execution
    submitted_by: str
    submitted_on: date
    on_time: bool
    summary: str = ""
    signed_by: str = ""
    filled_by: str = ""
    confirmed_by: str = ""
    expected_year_end: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringReturned:
    """A report was given back; the parts of the offices that have work to do are open again.

    `evidence` are the fingerprints that go back with it.
    """

    project: Project
    node: str
    reason: str
    codes: tuple[ReturnCode, ...] = ()
    returned_by: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringVerified:
    """The department read it and passed it on."""

    project: Project
    node: str
    opinion: str
    checked_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringReviewed:
    """A report was accepted."""

    project: Project
    node: str
    reviewed_by: str
    opinion: str
    compliance_suspected: bool
    judgements: tuple[Judgement, ...] = ()
    in_depth: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringScored:
    """Score and level of a project at a node, with every value they were computed from."""

    project: Project
    node: str
    score: Score
    rating: Rating
    scored_on: date
    target_version: int
    rule_set_version: int
    legal_basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringMissed:
    """No report came in time."""

    project: Project
    node: str
    execution: Execution
    rating: Rating
    due_on: date
    rule_set_version: int
    legal_basis: str


type RecordEvent = (
    ForecastFiled
    | PreAnalysisRun
    | CollectionOpened
    | ExecutionPrefilled
    | MonitoringEntered
    | ExecutionConfirmed
    | MonitoringVerified
    | MonitoringSubmitted
    | MonitoringReturned
    | MonitoringReviewed
    | MonitoringScored
    | MonitoringMissed
)
