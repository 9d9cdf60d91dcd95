"""The monitoring register: every project at every node, also those nobody reported on."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlmodel import JSON, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain import watch
from services.monitoring.domain.rating import Rating
from services.monitoring.domain.record import events as fact
from services.monitoring.projections import Table
from shared.messages import Recorded
from shared.projections import Add, Change, Projection, Set


class RecordRow(Table, table=True):
    """One project at one node. Rates and scores are exact numbers as texts."""

    __tablename__ = "monitoring_register"

    record_id: str = Field(primary_key=True)
    project_code: str = ""
    fiscal_year: int = Field(default=0, index=True)
    node: str = ""
    region_code: str = Field(default="", index=True)
    department_code: str = ""
    unit_code: str = Field(default="", index=True)
    status: str = "AWAITED"
    cut_off_on: date | None = None
    pre_analysis_on: date | None = None
    submit_by: date | None = None
    forecast_level: str | None = None
    level: str | None = None
    score: str | None = None
    execution_rate: str | None = None
    goal_rate: str | None = None
    reasons: list[str] | None = Field(default=None, sa_type=JSON)
    submitted_on: date | None = None
    on_time: bool | None = None
    forecast_method: str | None = None
    forecast_reasons: list[str] | None = Field(default=None, sa_type=JSON)
    first_reason: str | None = None
    version: int = 0


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    if isinstance(recorded.event, watch.NodesArranged):
        yield from _arranged(recorded.event)
    elif recorded.stream.startswith("record-"):
        event: fact.RecordEvent = recorded.event
        values = {**_values(event), "version": recorded.version}
        yield Set(RecordRow, {"record_id": recorded.id}, values)


def _arranged(event: watch.NodesArranged) -> Iterable[Change]:
    project = event.project
    for dates in event.nodes:
        key = {"record_id": f"{project.id}-{dates.node}"}
        # An addition of nothing makes the row where there is none and keeps one that has begun.
        yield Add(RecordRow, key, {"version": 0})
        yield Set(
            RecordRow,
            key,
            {
                "project_code": project.code,
                "fiscal_year": project.fiscal_year,
                "node": dates.node,
                "region_code": project.region_code,
                "department_code": project.department_code,
                "unit_code": project.unit_code,
                "cut_off_on": dates.cut_off_on,
                "pre_analysis_on": dates.pre_analysis_on,
                "submit_by": dates.submit_by,
            },
        )


def _values(event: fact.RecordEvent) -> dict[str, object]:  # noqa: PLR0911 - one per fact
    match event:
        case fact.PreAnalysisRun(rating=rating, method=method):
            return {
                "forecast_level": rating.level.value,
                "forecast_method": method.value,
                "forecast_reasons": [reason.value for reason in rating.reasons],
            }
        case fact.CollectionOpened():
            return {"status": "OPEN"}
        case fact.MonitoringSubmitted(submitted_on=day, on_time=on_time):
            return {"status": "SUBMITTED", "submitted_on": day, "on_time": on_time}
        case fact.MonitoringReturned():
            return {"status": "RETURNED"}
        case fact.MonitoringScored(rating=rating, score=score):
            return {"status": "SCORED", "score": _text(score.total), **_rated(rating)}
        case fact.MonitoringMissed(rating=rating):
            return {"status": "MISSED", **_rated(rating)}
        case (
            fact.ForecastFiled()
            | fact.MonitoringReviewed()
            | fact.ExecutionPrefilled()
            | fact.MonitoringEntered()
            | fact.ExecutionConfirmed()
            | fact.MonitoringVerified()
        ):
            return {}


def _rated(rating: Rating) -> dict[str, object]:
    return {
        "level": rating.level.value,
        "reasons": [reason.value for reason in rating.reasons],
        "first_reason": next((reason.value for reason in rating.reasons), None),
        "execution_rate": _text(rating.execution_rate),
        "goal_rate": None if rating.goal_rate is None else _text(rating.goal_rate),
    }


def _text(number: Decimal) -> str:
    return format(number, "f")


monitoring_register: Final = Projection(
    name="monitoring_register",
    streams=frozenset({"record", "watch"}),
    tables=(RecordRow,),
    project=_fold,
)


def record(record_id: str) -> SelectOfScalar[RecordRow]:
    """One project at one node."""
    return select(RecordRow).where(RecordRow.record_id == record_id)


def records(
    fiscal_year: int,
    *,
    node: str | None = None,
    level: str | None = None,
    status: str | None = None,
) -> SelectOfScalar[RecordRow]:
    """The register of a year, narrowed to a node, a level or a status."""
    query = select(RecordRow).where(RecordRow.fiscal_year == fiscal_year)
    wanted = {"node": node, "level": level, "status": status}
    for column, value in wanted.items():
        if value is not None:
            query = query.where(col(getattr(RecordRow, column)) == value)
    return query
