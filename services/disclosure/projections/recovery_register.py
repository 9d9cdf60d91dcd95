"""Money taken back. Only what is booked counts, in the year in which it was booked."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlmodel import BigInteger, Field, func, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from services.disclosure.domain.screening import masked
from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.contracts import evaluation
from shared.messages import AnyHeard
from shared.projections import Change, Projection, Put, Set

APPROVED: Final = "APPROVED"
BOOKED: Final = "BOOKED"
FAILED: Final = "FAILED"


class RecoveryRow(Table, table=True):
    """A recovery from its approval to its booking; `fiscal_year` is the money's year."""

    __tablename__ = "recovery_register"

    recovery_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    unit_code: str
    project_code: str
    fiscal_year: int
    amount_fen: int = Field(sa_type=BigInteger)
    route: str
    reason: str
    document_no: str
    approved_on: date
    status: str = Field(default=APPROVED, index=True)
    booked_on: date | None = None


def _hear(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case evaluation.RecoveryApproved() as said:
            yield Put(
                RecoveryRow,
                {
                    "recovery_id": said.recovery_id,
                    "region_code": said.region_code,
                    "unit_code": said.unit_code,
                    "project_code": said.project_code,
                    "fiscal_year": said.fiscal_year,
                    "amount_fen": said.amount.fen,
                    "route": said.route,
                    "reason": masked(said.reason),
                    "document_no": said.document_no,
                    "approved_on": said.approved_on,
                },
            )
        case evaluation.FundsRecovered() as said:
            yield Set(
                RecoveryRow,
                {"recovery_id": said.recovery_id},
                {"amount_fen": said.amount.fen, "status": BOOKED, "booked_on": said.booked_on},
            )
        case evaluation.RecoveryFailed() as said:
            yield Set(RecoveryRow, {"recovery_id": said.recovery_id}, {"status": FAILED})
        case _:
            return


recovery_register = Projection(
    name="recovery_register", tables=(RecoveryRow,), hear=_hear, money=True
)


def recoveries(span: Span) -> SelectOfScalar[RecoveryRow]:
    """The recoveries that were booked in the year, whatever year's money they were."""
    return select(RecoveryRow).where(
        span.regions(RecoveryRow.region_code), span.in_year(RecoveryRow.booked_on)
    )


def recovered(span: Span) -> Select[int, int, int]:
    """Units, projects and the amount booked."""
    return select(
        func.count(func.distinct(RecoveryRow.unit_code)),
        func.count(func.distinct(RecoveryRow.project_code)),
        func.coalesce(func.sum(RecoveryRow.amount_fen), 0),
    ).where(span.regions(RecoveryRow.region_code), span.in_year(RecoveryRow.booked_on))
