"""The self-evaluation forms: what both offices said, who signed, what came of it, desk by desk."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlmodel import JSON, BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain.self_evaluation import events as filling
from services.evaluation.domain.self_evaluation import messages as fact
from services.evaluation.domain.self_evaluation.desks import Stay
from services.evaluation.projections import Table
from services.evaluation.projections.stated import stated
from shared.domain.workdays import business_date
from shared.messages import AnyRecorded
from shared.projections import Add, Change, Projection, Put, Set

CATEGORY: Final = "self_evaluation-"


class FormRow(Table, table=True):
    """The form of one project and year; `days_…` are working days on the desks of its way."""

    __tablename__ = "self_evaluation_forms"

    self_evaluation_id: str = Field(primary_key=True)
    region_code: str = Field(default="", index=True)
    department_code: str = ""
    unit_code: str = ""
    fiscal_year: int = Field(default=0, index=True)
    annual_goal: str = ""
    scheme: str = ""
    fund_type_code: str = ""
    initial_budget_fen: int = Field(default=0, sa_type=BigInteger)
    indicators: list[dict[str, Any]] | None = Field(default=None, sa_type=JSON)
    reports: list[dict[str, Any]] | None = Field(default=None, sa_type=JSON)
    evidence: list[dict[str, Any]] | None = Field(default=None, sa_type=JSON)
    execution_cause: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    finished: bool | None = None
    self_score: Decimal | None = None
    summary: str = ""
    duty: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    filled_by: str = ""
    filled_for: str = ""
    confirmed_by: str = ""
    confirmed_for: str = ""
    confirmed_paid_fen: int | None = Field(default=None, sa_type=BigInteger)
    confirmed_note: str = ""
    submitted_by: str = ""
    submitted_on: date | None = None
    signed_for: str = ""
    audited_by: str = ""
    opinion: str = ""
    sent_by: str = ""
    computed: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    problems: list[dict[str, Any]] | None = Field(default=None, sa_type=JSON)
    asked: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    answered: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    kept: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    settlement: str = ""
    returns: int = 0
    days_business: int = 0
    days_finance: int = 0
    days_head: int = 0
    days_department: int = 0
    days_bureau: int = 0


class ReturnRow(Table, table=True):
    """One time that a report went back, with its reasons as codes and the offices responsible."""

    __tablename__ = "self_evaluation_returns"

    self_evaluation_id: str = Field(primary_key=True)
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    fiscal_year: int = Field(index=True)
    codes: list[str] = Field(sa_type=JSON)
    offices: list[str] = Field(sa_type=JSON)
    findings: list[str] = Field(sa_type=JSON)
    reason: str
    returned_by: str
    returned_on: date


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    if not recorded.stream.startswith(CATEGORY):
        return
    event = recorded.event
    values = _values(event)
    if values is None:
        return
    key = {"self_evaluation_id": recorded.id}
    counts = _days(getattr(event, "stays", ()))
    if isinstance(event, fact.SelfEvaluationReturned):
        yield Put(ReturnRow, _returned(event, recorded))
        counts["returns"] = 1
    if isinstance(event, fact.SelfEvaluationOpened | filling.DutyNamed):
        counts["returns"] = 0  # an addition of nothing makes the row where there is none
    if counts:
        yield Add(FormRow, key, counts)
    if values:
        yield Set(FormRow, key, values)


def _days(stays: Iterable[Stay]) -> dict[str, int]:
    days: dict[str, int] = {}
    for one in stays:
        name = f"days_{one.desk.lower()}"
        days[name] = days.get(name, 0) + one.workdays
    return days


def _values(event: object) -> dict[str, object] | None:  # noqa: C901, PLR0911, PLR0912 - one per fact
    match event:
        case fact.SelfEvaluationOpened(project=project):
            return _opened(project)
        case fact.TargetRevised():
            return {"indicators": stated(event.indicators)}
        case filling.DutyNamed():
            return {"duty": stated(event)}
        case filling.ReportFilled():
            return {
                **_report(event),
                "filled_by": event.filled_by,
                "filled_for": event.person,
                "self_score": event.self_score,
            }
        case filling.ExecutionConfirmed():
            return {
                "confirmed_by": event.confirmed_by,
                "confirmed_for": event.person,
                "confirmed_paid_fen": event.paid.fen,
                "confirmed_note": event.note,
            }
        case fact.SelfEvaluationSubmitted():
            return _report(event) | _signed(event)
        case fact.SelfEvaluationAudited():
            return {"audited_by": event.audited_by, "opinion": event.opinion}
        case filling.SelfEvaluationSent():
            return {"sent_by": event.sent_by}
        case filling.ScoreRecomputed():
            return {"computed": _computed(event), "problems": stated(event.problems)}
        case filling.ExplanationRequested():
            return {"asked": stated(event), "answered": None, "kept": None}
        case filling.ExplanationGiven():
            told: dict[str, object] = {"answered": stated(event)}
            return told | ({"settlement": "CORRECTED"} if event.corrects else {})
        case filling.FindingsKept():
            return {"kept": stated(event), "settlement": "KEPT_WITH_FINDING"}
        case fact.SelfEvaluationReturned():
            return {"submitted_by": "", "submitted_on": None, "signed_for": "", "audited_by": ""}
        case fact.SelfEvaluationAccepted():
            return {"problems": stated(event.problems)}
        case _:
            return None


def _opened(project: fact.Project) -> dict[str, object]:
    return {
        "region_code": project.region_code,
        "department_code": project.department_code,
        "unit_code": project.unit_code,
        "fiscal_year": project.fiscal_year,
        "annual_goal": project.annual_goal,
        "scheme": project.scheme.value,
        "fund_type_code": project.fund_type_code,
        "initial_budget_fen": project.budget.fen,
        "indicators": stated(project.indicators),
    }


def _report(event: filling.ReportFilled | fact.SelfEvaluationSubmitted) -> dict[str, object]:
    return {
        "reports": stated(event.reports),
        "evidence": stated(event.evidence),
        "execution_cause": stated(event.execution_cause),
        "finished": event.finished,
        "summary": event.summary,
    }


def _signed(event: fact.SelfEvaluationSubmitted) -> dict[str, object]:
    return {
        "self_score": event.self_score,
        "submitted_by": event.submitted_by,
        "submitted_on": event.submitted_on,
        "signed_for": event.signed_for,
    }


def _computed(event: filling.ScoreRecomputed) -> dict[str, object]:
    told: dict[str, object] = stated(event)
    return {name: value for name, value in told.items() if name != "problems"}


def _returned(event: fact.SelfEvaluationReturned, recorded: AnyRecorded) -> dict[str, object]:
    year = recorded.id.rpartition("-")[2]
    return {
        "self_evaluation_id": recorded.id,
        "version": recorded.version,
        "fiscal_year": int(year) if year.isdecimal() else 0,
        "codes": [code.value for code in event.codes],
        "offices": [office.value for office in event.offices],
        "findings": [finding.value for finding in event.findings],
        "reason": event.reason,
        "returned_by": event.returned_by,
        "returned_on": event.returned_on or business_date(recorded.occurred_at),
    }


self_evaluation_forms: Final = Projection(
    name="self_evaluation_forms",
    streams=frozenset({"self_evaluation"}),
    tables=(FormRow, ReturnRow),
    project=_fold,
)


def form(self_evaluation_id: str) -> SelectOfScalar[FormRow]:
    """The form of one project and year."""
    return select(FormRow).where(FormRow.self_evaluation_id == self_evaluation_id)


def forms(self_evaluation_ids: Iterable[str]) -> SelectOfScalar[FormRow]:
    """The forms of some."""
    return select(FormRow).where(col(FormRow.self_evaluation_id).in_(list(self_evaluation_ids)))


def forms_of_year(fiscal_year: int) -> SelectOfScalar[FormRow]:
    """Every form of a year."""
    return select(FormRow).where(FormRow.fiscal_year == fiscal_year)


def returned(self_evaluation_id: str) -> SelectOfScalar[ReturnRow]:
    """How often, and why, a report went back."""
    query = select(ReturnRow).where(ReturnRow.self_evaluation_id == self_evaluation_id)
    return query.order_by(col(ReturnRow.version))


def returns_of_year(fiscal_year: int) -> SelectOfScalar[ReturnRow]:
    """Every return of a year."""
    return select(ReturnRow).where(ReturnRow.fiscal_year == fiscal_year)
