"""Accountability cases: what was recorded, rung by rung. The system decides none of it.

A clue of which nobody has made a case stands here as well. Measures are rows of their own, with the
posts they meet; nothing here is public.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlmodel import JSON, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain import case_messages as fact
from services.evaluation.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class CaseRow(Table, table=True):
    """One case; `last_rung` is the highest measure on record, `opened_on` when it became known."""

    __tablename__ = "case_register"

    case_id: str = Field(primary_key=True)
    unit_code: str = Field(index=True)
    region_code: str = Field(index=True)
    department_code: str
    subject: str
    clue: str
    opened_on: date
    status: str
    last_rung: str = ""
    outcome: str = ""
    version: int = 0
    kind: str = fact.ClueKind.TOLD.value
    violation: str = ""
    statute: str = ""
    office: str = ""
    no_action: str = ""
    closed_on: date | None = None


class MeasureRow(Table, table=True):
    """One measure, with the authority that decided it and its document."""

    __tablename__ = "case_measures"

    case_id: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    rung: str
    authority: str
    document_no: str
    measured_on: date
    text: str
    posts: list[str] = Field(sa_type=JSON)
    recipient: str


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case fact.ClueRaised() as event:
            yield _put(recorded, event, event.raised_on, "CLUE", kind=event.kind.value)
        case fact.CaseOpened() as event:
            yield _put(recorded, event, event.opened_on, "OPEN")
        case fact.InvestigationStarted(office=office):
            yield _set(recorded, status="INVESTIGATING", office=office)
        case fact.MeasureRecorded() as event:
            transferred = event.rung is fact.Rung.TRANSFER
            status = "TRANSFERRED" if transferred else "MEASURE"
            yield _set(recorded, status=status, last_rung=event.rung.value)
            yield Put(MeasureRow, _measure(recorded, event))
        case fact.NoActionRecorded() as event:
            told = f"{event.authority} {event.document_no}：{event.reason}"
            yield _set(recorded, status="NO_ACTION", no_action=told)
        case fact.CaseEnded() as event:
            ended = {"outcome": event.outcome, "closed_on": event.ended_on}
            yield _set(recorded, status="CLOSED", **ended)
        case fact.CaseReopened():
            yield _set(recorded, status="REOPENED", outcome="", closed_on=None, no_action="")
        case _:
            return


def _put(
    recorded: AnyRecorded,
    event: fact.ClueRaised | fact.CaseOpened,
    day: date,
    status: str,
    **more: object,
) -> Change:
    return Put(
        CaseRow,
        {
            "case_id": recorded.id,
            "unit_code": event.unit_code,
            "region_code": event.region_code,
            "department_code": event.department_code,
            "subject": event.subject,
            "clue": event.clue,
            "opened_on": day,
            "status": status,
            "violation": event.violation.value if event.violation else "",
            "statute": event.statute,
            "version": recorded.version,
            **more,
        },
    )


def _measure(recorded: AnyRecorded, event: fact.MeasureRecorded) -> dict[str, object]:
    return {
        "case_id": recorded.id,
        "version": recorded.version,
        "rung": event.rung.value,
        "authority": event.authority,
        "document_no": event.document_no,
        "measured_on": event.measured_on,
        "text": event.text,
        "posts": list(event.posts),
        "recipient": event.recipient,
    }


def _set(recorded: AnyRecorded, **values: object) -> Change:
    return Set(CaseRow, {"case_id": recorded.id}, {**values, "version": recorded.version})


case_register: Final = Projection(
    name="case_register", streams=frozenset({"case"}), tables=(CaseRow, MeasureRow), project=_fold
)


def case(case_id: str) -> SelectOfScalar[CaseRow]:
    """One case."""
    return select(CaseRow).where(CaseRow.case_id == case_id)


def cases(*, status: str | None, open_only: bool = False) -> SelectOfScalar[CaseRow]:
    """All cases, those of one status, or those that wait for something."""
    query = select(CaseRow)
    if open_only:
        query = query.where(CaseRow.status != "CLOSED")
    return query if status is None else query.where(col(CaseRow.status) == status)


def transferred(query: SelectOfScalar[CaseRow]) -> SelectOfScalar[CaseRow]:
    """Of these only what was transferred, whatever became of it since."""
    moved = select(MeasureRow.case_id).where(MeasureRow.rung == fact.Rung.TRANSFER.value)
    return query.where(col(CaseRow.case_id).in_(moved))


def measures(case_id: str) -> SelectOfScalar[MeasureRow]:
    """The measures of one case, as they came."""
    query = select(MeasureRow).where(MeasureRow.case_id == case_id)
    return query.order_by(col(MeasureRow.version))
