"""The monitoring forms: what both offices said, who signed, what the readers found."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import JSON, BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.record import events as fact
from services.monitoring.projections import Table
from services.monitoring.projections.showing import shown
from shared.domain.workdays import business_date
from shared.messages import Recorded
from shared.projections import Add, Change, Projection, Put, Set


class ReportRow(Table, table=True):
    """The form of one project at one node; amounts in fen, values as they were stated."""

    __tablename__ = "monitoring_reports"

    record_id: str = Field(primary_key=True)
    region_code: str = Field(default="", index=True)
    department_code: str = ""
    unit_code: str = ""
    stated: list[dict[str, Any]] | None = Field(default=None, sa_type=JSON)
    summary: str = ""
    execution: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    expected_year_end_fen: int | None = Field(default=None, sa_type=BigInteger)
    filled_by: str = ""
    filled_for: str = ""
    confirmed_by: str = ""
    confirmed_for: str = ""
    submitted_by: str = ""
    signed_by: str = ""
    verified_by: str = ""
    verified_opinion: str = ""
    reviewed_by: str = ""
    opinion: str = ""
    judgements: list[dict[str, Any]] | None = Field(default=None, sa_type=JSON)
    in_depth: list[dict[str, Any]] | None = Field(default=None, sa_type=JSON)
    returns: int = 0


class ReturnedRow(Table, table=True):
    """One time that a report went back, with its reasons as codes."""

    __tablename__ = "monitoring_returns"

    record_id: str = Field(primary_key=True)
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    region_code: str
    department_code: str
    unit_code: str
    codes: list[str] = Field(sa_type=JSON)
    reason: str
    returned_by: str
    returned_on: date


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    if not recorded.stream.startswith("record-"):
        return
    event: fact.RecordEvent = recorded.event
    if isinstance(event, fact.MonitoringReturned):
        yield Put(ReturnedRow, _returned(event, recorded))
    values = _values(event)
    if values is None:
        return
    key = {"record_id": recorded.id}
    if _may_be_first(event):
        # An addition of nothing makes the row where there is none.
        yield Add(ReportRow, key, {"returns": int(isinstance(event, fact.MonitoringReturned))})
    yield Set(ReportRow, key, values)


def _may_be_first(event: fact.RecordEvent) -> bool:
    """Whether it begins a form, or counts in it.

    Both offices say their part over the ledger's figure, which stands in the form before; a head
    may sign what no office has filled in.
    """
    match event:
        case fact.ExecutionPrefilled() | fact.MonitoringReturned():
            return True
        case fact.MonitoringSubmitted(filled_by=business, confirmed_by=finance):
            return not business and not finance
        case _:
            return False


def _values(event: fact.RecordEvent) -> dict[str, object] | None:  # noqa: PLR0911 - one per fact
    match event:
        case fact.ExecutionPrefilled(execution=execution):
            return _whose(event) | {"execution": shown(execution)}
        case fact.MonitoringEntered():
            return _whose(event) | {
                "stated": shown(event.values),
                "summary": event.summary,
                "filled_by": event.filled_by,
                "filled_for": event.person,
            }
        case fact.ExecutionConfirmed(expected_year_end=expected):
            return {
                "execution": shown(event.execution),
                "expected_year_end_fen": expected.fen if expected else None,
                "confirmed_by": event.confirmed_by,
                "confirmed_for": event.person,
            }
        case fact.MonitoringSubmitted():
            # What the business office filled in is what the head signs, or it is not signed.
            stated = {} if event.filled_by else {"stated": shown(event.values)}
            return (
                _whose(event)
                | stated
                | {
                    "summary": event.summary,
                    "execution": shown(event.execution),
                    "submitted_by": event.submitted_by,
                    "signed_by": event.signed_by,
                }
            )
        case fact.MonitoringVerified():
            return {"verified_by": event.checked_by, "verified_opinion": event.opinion}
        case fact.MonitoringReviewed():
            return {
                "reviewed_by": event.reviewed_by,
                "opinion": event.opinion,
                "judgements": shown(event.judgements),
                "in_depth": shown(event.in_depth),
            }
        case fact.MonitoringReturned():
            return {"submitted_by": "", "signed_by": "", "verified_by": "", "verified_opinion": ""}
        case _:
            return None


def _whose(event: fact.RecordEvent) -> dict[str, object]:
    return {
        "region_code": event.project.region_code,
        "department_code": event.project.department_code,
        "unit_code": event.project.unit_code,
    }


def _returned(event: fact.MonitoringReturned, recorded: Recorded[Any]) -> dict[str, object]:
    return {
        "record_id": recorded.id,
        "version": recorded.version,
        **_whose(event),
        "codes": [code.value for code in event.codes],
        "reason": event.reason,
        "returned_by": event.returned_by,
        "returned_on": business_date(recorded.occurred_at),
    }


monitoring_reports: Final = Projection(
    name="monitoring_reports",
    streams=frozenset({"record"}),
    tables=(ReportRow, ReturnedRow),
    project=_fold,
)


def report(record_id: str) -> SelectOfScalar[ReportRow]:
    """The form of one record."""
    return select(ReportRow).where(ReportRow.record_id == record_id)


def reports(record_ids: Iterable[str]) -> SelectOfScalar[ReportRow]:
    """The forms of some records."""
    return select(ReportRow).where(col(ReportRow.record_id).in_(list(record_ids)))


def returned(record_id: str) -> SelectOfScalar[ReturnedRow]:
    """How often, and why, a report went back."""
    query = select(ReturnedRow).where(ReturnedRow.record_id == record_id)
    return query.order_by(col(ReturnedRow.version))
