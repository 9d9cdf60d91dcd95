"""The warning board: every warning, its letter's days, and how it stands."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from sqlmodel import JSON, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.warning import events as fact
from services.monitoring.domain.warning.letter import Letter
from services.monitoring.projections import Table
from services.monitoring.projections.showing import shown
from shared.domain.workdays import business_date
from shared.messages import Recorded
from shared.projections import Change, Projection, Put, Set


class WarningRow(Table, table=True):
    """One warning."""

    __tablename__ = "warning_board"

    warning_id: str = Field(primary_key=True)
    project_code: str
    project_name: str
    fiscal_year: int = Field(index=True)
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str = Field(index=True)
    unit_name: str
    node: str
    level: str
    source: str
    reasons: list[str] = Field(sa_type=JSON)
    status: str
    raised_on: date
    letter_no: str | None = None
    acknowledge_by: date | None = None
    plan_by: date | None = None
    finish_by: date | None = None
    overdue: list[str] = Field(default_factory=list, sa_type=JSON)
    outcome: str | None = None
    closed_on: date | None = None
    overdue_on: date | None = None
    verify_by: date | None = None
    explanation: dict[str, Any] = Field(sa_type=JSON)
    version: int


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    if not recorded.stream.startswith("warning-"):
        return
    event: fact.WarningEvent = recorded.event
    if isinstance(event, fact.WarningRaised):
        yield Put(WarningRow, _raised(event.case, recorded).model_dump())
        return
    values = {**_values(event), "version": recorded.version}
    yield Set(WarningRow, {"warning_id": recorded.id}, values)


def _raised(case: fact.Case, recorded: Recorded[Any]) -> WarningRow:
    project = case.project
    return WarningRow(
        warning_id=recorded.id,
        project_code=project.code,
        project_name=case.project_name,
        fiscal_year=project.fiscal_year,
        region_code=project.region_code,
        department_code=project.department_code,
        unit_code=project.unit_code,
        unit_name=case.unit_name,
        node=case.node,
        level=case.level.value,
        source=case.source.value,
        reasons=[reason.value for reason in case.reasons],
        status="RAISED",
        raised_on=business_date(recorded.occurred_at),
        explanation=shown(case),
        version=recorded.version,
    )


STATUSES: Final[Mapping[type, str]] = {
    fact.WarningPushed: "PUSHED",
    fact.WarningCancelled: "CANCELLED",
    fact.LetterDrafted: "LETTER_DRAFT",
    fact.LetterIssued: "ISSUED",
    fact.LetterAcknowledged: "ACKNOWLEDGED",
    fact.RectificationPlanSubmitted: "RECTIFYING",
    fact.RectificationFailed: "RECTIFYING",
    fact.RectificationEvidenceSubmitted: "VERIFYING",
    fact.RectificationVerified: "VERIFIED",
    fact.WarningUpgraded: "PUSHED",
    fact.WarningEscalated: "ESCALATED",
    fact.MeasureTaken: "MEASURED",
    fact.WarningClosed: "CLOSED",
}
"""What a fact makes of the status; an overdue step alone does not change it."""


def _values(event: fact.WarningEvent) -> dict[str, object]:
    status = STATUSES.get(type(event))
    changes: dict[str, object] = {} if status is None else {"status": status}
    match event:
        case fact.WarningCancelled(cancelled_on=day):
            changes |= {"outcome": "CANCELLED", "closed_on": day}
        case fact.WarningClosed(outcome=outcome, closed_on=day):
            changes |= {"outcome": outcome.value, "closed_on": day}
        case fact.WarningUpgraded(level=level):
            changes["level"] = level.value
        case fact.LetterIssued(letter=letter):
            changes |= _of_letter(letter)
        case fact.LetterCorrected(issued=issued):
            changes |= _of_letter(issued.letter)
        case _:
            changes |= _days(event)
    return changes


def _days(event: fact.WarningEvent) -> dict[str, object]:
    match event:
        case fact.RectificationOverdue(step=step, due_on=day):
            return {"overdue": [step.value], "overdue_on": day}
        case fact.VerificationOverdue(due_on=day):
            return {"overdue_on": day}
        case fact.RectificationEvidenceSubmitted(verify_by=day):
            return {"verify_by": day}
        case fact.RectificationVerified():
            return {"verify_by": None, "overdue_on": None}
        case fact.RectificationFailed():
            return {"verify_by": None}
        case _:
            return {}


def _of_letter(letter: Letter) -> dict[str, object]:
    return {
        "letter_no": letter.letter_no,
        "acknowledge_by": letter.acknowledge_by,
        "plan_by": letter.plan_by,
        "finish_by": letter.finish_by,
        "overdue_on": None,
    }


warning_board: Final = Projection(
    name="warning_board", streams=frozenset({"warning"}), tables=(WarningRow,), project=_fold
)


def warning(warning_id: str) -> SelectOfScalar[WarningRow]:
    """One warning."""
    return select(WarningRow).where(WarningRow.warning_id == warning_id)


def warnings(
    *,
    fiscal_year: int | None = None,
    level: str | None = None,
    status: str | None = None,
    source: str | None = None,
    project_code: str | None = None,
) -> SelectOfScalar[WarningRow]:
    """The warnings that match everything asked for."""
    query = select(WarningRow)
    wanted: dict[str, object] = {
        "fiscal_year": fiscal_year,
        "level": level,
        "status": status,
        "source": source,
        "project_code": project_code,
    }
    for column, value in wanted.items():
        if value is not None:
            query = query.where(col(getattr(WarningRow, column)) == value)
    return query


def overdue_letters(fiscal_year: int) -> SelectOfScalar[WarningRow]:
    """The warnings of a year of which a day has passed, and that have no end yet."""
    ended = (STATUSES[fact.WarningClosed], STATUSES[fact.WarningCancelled])
    return select(WarningRow).where(
        WarningRow.fiscal_year == fiscal_year,
        col(WarningRow.overdue_on).is_not(None),
        col(WarningRow.status).not_in(ended),
    )
