"""What monitoring answers: read models in the words of the interface, money as text."""

from datetime import date
from typing import Any, Self

from pydantic import BaseModel

from services.monitoring.api.explaining import Explanation
from services.monitoring.projections.monitoring_register import RecordRow
from services.monitoring.projections.monitoring_statistics import StatisticsRow
from services.monitoring.projections.round_board import RoundRow
from services.monitoring.projections.warning_board import WarningRow
from shared.contracts.fields import Yuan
from shared.domain.money import Money


class NodeView(BaseModel):
    """One node of a region with its days."""

    round_id: str
    region_code: str
    fiscal_year: int
    node: str
    cut_off: date
    pre_analysis: date
    collect: date
    submit_by: date
    review_by: date
    stage: str
    reviewed: int | None
    missed: int | None
    rule_set_version: int
    version: int

    @classmethod
    def of(cls, row: RoundRow) -> Self:
        """A row in the words of the plan."""
        days = {"cut_off_on", "pre_analysis_on", "collect_on"}
        return cls(
            **row.model_dump(exclude=days),
            cut_off=row.cut_off_on,
            pre_analysis=row.pre_analysis_on,
            collect=row.collect_on,
        )


class RoundPlanView(BaseModel):
    """The monitoring rounds of a year."""

    fiscal_year: int
    nodes: list[NodeView]


class RecordView(BaseModel):
    """One project at one node."""

    record_id: str
    project_code: str
    fiscal_year: int
    node: str
    region_code: str
    unit_code: str
    status: str
    cut_off_on: date | None
    pre_analysis_on: date | None
    submit_by: date | None
    forecast_level: str | None
    forecast_method: str | None
    forecast_reasons: list[str]
    level: str | None
    score: str | None
    execution_rate: str | None
    goal_rate: str | None
    reasons: list[str]
    first_reason: str | None
    submitted_on: date | None
    on_time: bool | None
    version: int

    @classmethod
    def of(cls, row: RecordRow) -> Self:
        """A row."""
        plain = row.model_dump(exclude={"department_code", "reasons", "forecast_reasons"})
        foreseen = row.forecast_reasons or []
        return cls(**plain, reasons=row.reasons or [], forecast_reasons=foreseen)


class ExplanationView(BaseModel):
    """What a result was computed from: event, rule version, legal basis, every value."""

    step: str
    event_id: str
    rule_set_version: int
    legal_basis: str
    explanation: dict[str, Any]

    @classmethod
    def of(cls, row: Explanation) -> Self:
        """As it was told."""
        return cls(
            step=row.step,
            event_id=row.event_id,
            rule_set_version=row.rule_set_version,
            legal_basis=row.legal_basis,
            explanation=row.explanation,
        )


class WarningView(BaseModel):
    """One warning."""

    warning_id: str
    project_code: str
    project_name: str
    fiscal_year: int
    region_code: str
    unit_code: str
    unit_name: str
    node: str
    level: str
    source: str
    reasons: list[str]
    status: str
    raised_on: date
    letter_no: str | None
    acknowledge_by: date | None
    plan_by: date | None
    finish_by: date | None
    overdue: list[str]
    outcome: str | None
    closed_on: date | None
    version: int

    @classmethod
    def of(cls, row: WarningRow) -> Self:
        """A row without its explanation."""
        return cls(**row.model_dump(exclude={"department_code", "explanation"}))


class WarningExplanationView(BaseModel):
    """Why a unit was warned, and what the state was computed from."""

    warning_id: str
    case: dict[str, Any]
    computed: list[ExplanationView]


class StatisticsView(BaseModel):
    """The counters of one region in one year, or of several together."""

    regions: list[str]
    fiscal_year: int
    budget: Yuan
    issued: Yuan
    spent: Yuan
    withdrawn: Yuan
    counts: dict[str, int]

    @classmethod
    def of(cls, fiscal_year: int, rows: list[StatisticsRow]) -> Self:
        """The sum of the rows, column by column."""
        names = [
            name
            for name in StatisticsRow.model_fields
            if not name.endswith("_fen") and name not in {"region_code", "fiscal_year"}
        ]
        return cls(
            regions=sorted(row.region_code for row in rows),
            fiscal_year=fiscal_year,
            budget=Money(sum(row.budget_fen for row in rows)),
            issued=Money(sum(row.issued_fen for row in rows)),
            spent=Money(sum(row.spent_fen for row in rows)),
            withdrawn=Money(sum(row.withdrawn_fen for row in rows)),
            counts={name: sum(getattr(row, name) for row in rows) for name in names},
        )
