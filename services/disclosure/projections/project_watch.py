"""The money of a project while the year runs: quota, payments, warnings, as sums.

Every change is a sum the database does, so words may come in any order between producers.
"""

from collections.abc import Iterable
from typing import Final

from sqlmodel import BigInteger, Field

from services.disclosure.projections import Table
from shared.contracts import monitoring
from shared.messages import AnyHeard
from shared.projections import Add, Change, Projection


class ProjectWatchRow(Table, table=True):
    """What monitoring said of a project of a fiscal year. `paid_fen` is less what came back."""

    __tablename__ = "project_watch"

    project_code: str = Field(primary_key=True)
    fiscal_year: int = Field(primary_key=True)
    quota_fen: int = Field(default=0, sa_type=BigInteger)
    withdrawn_fen: int = Field(default=0, sa_type=BigInteger)
    paid_fen: int = Field(default=0, sa_type=BigInteger)
    returned_fen: int = Field(default=0, sa_type=BigInteger)
    payments: int = 0
    warnings: int = 0
    warnings_closed: int = 0


def _hear(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case monitoring.PaymentSettled() as said:
            yield _more(said, payments=1, paid_fen=said.amount.fen)
        case monitoring.PaymentReturned() as said:
            yield _more(said, paid_fen=-said.amount.fen, returned_fen=said.amount.fen)
        case monitoring.PaymentsBooked() as said:
            left, back = said.paid.fen - said.returned.fen, said.returned.fen
            yield _more(said, payments=said.payments, paid_fen=left, returned_fen=back)
        case monitoring.QuotaIssued() as said:
            yield _more(said, quota_fen=said.amount.fen)
        case monitoring.QuotaAdjusted() | monitoring.QuotaAmended() as said:
            yield _more(said, quota_fen=said.change.fen)
        case monitoring.QuotaWithdrawn() | monitoring.QuotaRecalled() as said:
            yield _more(said, quota_fen=-said.amount.fen, withdrawn_fen=said.amount.fen)
        case monitoring.WarningIssued() as said:
            yield _more(said, warnings=1)
        case monitoring.WarningClosed() as said:
            yield _more(said, warnings_closed=1)
        case _:
            return


def _more(said: monitoring.ProjectEvent, **deltas: int) -> Change:
    key = {"project_code": said.project_code, "fiscal_year": said.fiscal_year}
    return Add(ProjectWatchRow, key, deltas)


project_watch: Final = Projection(
    name="project_watch", tables=(ProjectWatchRow,), hear=_hear, money=True
)
