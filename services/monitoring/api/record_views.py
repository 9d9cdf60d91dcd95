"""What is answered about forms, decisions, evidence, rounds and alarms."""

from datetime import date
from typing import Any, Self

from pydantic import BaseModel, Field

from services.monitoring.projections.monitoring_evidence import EvidenceRow
from services.monitoring.projections.monitoring_reports import ReportRow, ReturnedRow
from services.monitoring.projections.round_reports import RoundReportRow
from shared.contracts.fields import Yuan
from shared.domain.money import Money


class ReturnedView(BaseModel):
    """One time that a report went back."""

    codes: list[str]
    reason: str
    returned_by: str
    returned_on: date

    @classmethod
    def of(cls, row: ReturnedRow) -> Self:
        """A row."""
        return cls.model_validate(row.model_dump())


class ReportView(BaseModel):
    """The form of a record: what both offices said, who signed, what the readers found.

    `filled_for`, `confirmed_for` and `signed_by` are the persons who are named for the step.
    """

    record_id: str
    stated: list[dict[str, Any]]
    summary: str
    execution: dict[str, Any] | None = Field(description="From the ledger; nobody types it in.")
    expected_year_end: Yuan | None
    filled_by: str
    filled_for: str
    confirmed_by: str
    confirmed_for: str
    submitted_by: str
    signed_by: str
    verified_by: str
    verified_opinion: str
    reviewed_by: str
    opinion: str
    judgements: list[dict[str, Any]]
    in_depth: list[dict[str, Any]]
    returned: list[ReturnedView]

    @classmethod
    def of(cls, row: ReportRow, returned: list[ReturnedView]) -> Self:
        """A row with its returns."""
        expected = row.expected_year_end_fen
        told: dict[str, Any] = {
            **row.model_dump(),
            "stated": row.stated or [],
            "judgements": row.judgements or [],
            "in_depth": row.in_depth or [],
            "expected_year_end": None if expected is None else Money(expected),
            "returned": returned,
        }
        return cls.model_validate(told)


class InputFact(BaseModel):
    """An event the decision rests on, as it was recorded."""

    stream: str = Field(examples=["record-P1-2021-M05"])
    version: int
    fact: str = Field(examples=["MonitoringScored"])
    event_id: str
    recorded_on: date


class TableRowView(BaseModel):
    """A row of the decision table: what it looked at, its limit, and whether it is hit."""

    number: int
    reason: str
    level: str
    condition: str = Field(examples=["ix < limit"])
    value: str = Field(examples=["0.4500"])
    limit: str = Field(examples=["0.60"])
    hit: bool


class DecisionView(BaseModel):
    """How a level came about: every row of the table with its values.

    The level is RED if a hit row is, else BLUE if one is hit, else NORMAL (row 12); `first` is
    the first row that is hit, `reasons` are all.
    """

    step: str = Field(examples=["SCORE"])
    level: str
    first: str | None
    reasons: list[str]
    t_ref: str
    execution_rate: str
    rows: list[TableRowView]
    rule: str = Field(examples=["/monitoring"])
    rule_set_version: int
    legal_basis: str
    event_id: str
    inputs: list[InputFact]


class EvidenceView(BaseModel):
    """A file of a report and what it proves; the places where it proves something else."""

    sha256: str
    kind: str
    name: str
    record_id: str
    project_code: str
    fiscal_year: int
    node: str
    indicators: list[str]
    also_in: list[str] = Field(
        default_factory=list, description="Records of other projects or years with this file."
    )

    @classmethod
    def of(cls, row: EvidenceRow, also_in: list[str]) -> Self:
        """A row."""
        return cls.model_validate({**row.model_dump(), "also_in": also_in})


class RoundReportView(BaseModel):
    """The signed report of a closed round: a snapshot that never changes."""

    round_id: str
    region_code: str
    fiscal_year: int
    node: str
    cut_off_on: date
    report: dict[str, Any]
    report_sha256: str
    closed_by: str
    signatory: str
    closed_on: date | None

    @classmethod
    def of(cls, row: RoundReportRow) -> Self:
        """A row."""
        return cls.model_validate(row.model_dump())


class ExemptionView(BaseModel):
    """A project that gives no report on a node, and why."""

    project_code: str
    project_name: str
    unit_code: str
    reason: str
    since_on: date | None
    note: str


class SourceAlarms(BaseModel):
    """How the warnings of one source and reason turned out."""

    region_code: str
    source: str
    reason: str
    raised: int
    cancelled: int
    false_alarms: int = Field(description="Dropped because data were wrong or the rule unfit.")
    upgraded: int


class ForecastHits(BaseModel):
    """What the pre-analysis was worth at a node, in all or for one reason.

    Warned ahead and warned at the node: a hit. Warned ahead alone: a false alarm. Warned at the
    node alone: a miss. Precision is hits of all warned ahead, recall hits of all warned at the
    node; both are absent where there is nothing to divide by.
    """

    region_code: str
    node: str
    reason: str | None = Field(description="Absent: whatever the reason.")
    hits: int
    false_alarms: int
    misses: int
    precision: str | None
    recall: str | None


class AlarmsView(BaseModel):
    """The statistics of false alarms of a year."""

    fiscal_year: int
    warnings: list[SourceAlarms]
    pre_analysis: list[ForecastHits]
