"""Warnings from their issue to their end."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.contracts import monitoring
from shared.messages import AnyHeard
from shared.projections import Change, Projection, Put, Set


class WarningRow(Table, table=True):
    """A warning. `issued_level` stays what it was when it was pushed; `level` may rise."""

    __tablename__ = "warning_register"

    warning_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    unit_code: str
    project_code: str
    fiscal_year: int = Field(index=True)
    node: str
    source: str
    issued_level: str
    level: str
    issued_on: date
    letter_no: str | None = None
    finish_by: date | None = None
    outcome: str | None = None
    closed_on: date | None = None


def _hear(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case monitoring.WarningIssued() as said:
            yield Put(
                WarningRow,
                {
                    "warning_id": said.warning_id,
                    "region_code": said.region_code,
                    "unit_code": said.unit_code,
                    "project_code": said.project_code,
                    "fiscal_year": said.fiscal_year,
                    "node": said.node,
                    "source": said.source,
                    "issued_level": said.level,
                    "level": said.level,
                    "issued_on": said.issued_on,
                },
            )
        case monitoring.WarningEscalated() as said:
            yield _set(said.warning_id, level=said.level)
        case monitoring.LetterIssued() as said:
            yield _set(said.warning_id, letter_no=said.letter_no, finish_by=said.finish_by)
        case monitoring.WarningClosed() as said:
            yield _set(said.warning_id, outcome=said.outcome, closed_on=said.closed_on)
        case _:
            return


def _set(warning_id: str, **values: object) -> Change:
    return Set(WarningRow, {"warning_id": warning_id}, values)


warning_register = Projection(name="warning_register", tables=(WarningRow,), hear=_hear)


def warnings(span: Span, level: str | None = None) -> SelectOfScalar[WarningRow]:
    """The warnings that were issued in the year."""
    rows = select(WarningRow).where(
        span.regions(WarningRow.region_code), span.in_year(WarningRow.issued_on)
    )
    return rows if level is None else rows.where(WarningRow.issued_level == level)


def levels(span: Span) -> SelectOfScalar[str]:
    """The different levels that were issued in the year, the milder first."""
    return (
        select(WarningRow.issued_level)
        .where(span.regions(WarningRow.region_code), span.in_year(WarningRow.issued_on))
        .distinct()
        .order_by(col(WarningRow.issued_level))
    )
