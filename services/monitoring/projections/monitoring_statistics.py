"""The statistics of monitoring by region and year, counted by the worker as facts come in."""

from collections.abc import Iterable
from typing import Any, Final

from sqlmodel import BigInteger, Field, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.ledger import events as ledger
from services.monitoring.domain.record import events as record
from services.monitoring.domain.treasury_line import LineKind
from services.monitoring.domain.values import Level
from services.monitoring.domain.warning import events as warning
from services.monitoring.projections import Table
from shared.messages import Recorded
from shared.projections import Add, Change, Projection


class StatisticsRow(Table, table=True):
    """The counters of one region in one year. `spent_fen` is paid less returned."""

    __tablename__ = "monitoring_statistics"

    region_code: str = Field(primary_key=True)
    fiscal_year: int = Field(primary_key=True)
    ledgers: int = 0
    budget_fen: int = Field(default=0, sa_type=BigInteger)
    issued_fen: int = Field(default=0, sa_type=BigInteger)
    spent_fen: int = Field(default=0, sa_type=BigInteger)
    withdrawn_fen: int = Field(default=0, sa_type=BigInteger)
    payments: int = 0
    breaks_open: int = 0
    forecasts: int = 0
    submitted: int = 0
    scored: int = 0
    missed: int = 0
    level_normal: int = 0
    level_blue: int = 0
    level_red: int = 0
    warnings_raised: int = 0
    warnings_blue: int = 0
    warnings_red: int = 0
    letters_issued: int = 0
    letters_acknowledged: int = 0
    rectifications_verified: int = 0
    rectifications_overdue: int = 0
    measures_taken: int = 0
    warnings_closed: int = 0
    warnings_dismissed: int = 0


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    category = recorded.stream.partition("-")[0]
    event = recorded.event
    match category:
        case "ledger":
            deltas = _of_ledger(event)
        case "record":
            deltas = _of_record(event)
        case "warning":
            deltas = _of_warning(event)
        case _:
            return
    if deltas:
        project = event.project
        key = {"region_code": project.region_code, "fiscal_year": project.fiscal_year}
        yield Add(StatisticsRow, key, deltas)


def _of_ledger(event: ledger.LedgerEvent) -> dict[str, int]:  # noqa: C901, PLR0911 - one per fact
    match event:
        case ledger.LedgerOpened(budget=budget):
            return {"ledgers": 1, "budget_fen": budget.fen}
        case ledger.QuotaIssued(amount=amount):
            return {"issued_fen": amount.fen}
        case ledger.PaymentSettled(amount=amount):
            return {"payments": 1, "spent_fen": amount.fen}
        case ledger.PaymentReturned(amount=amount):
            return {"spent_fen": -amount.fen}
        case ledger.LinesBooked(lines=lines, paid=paid, returned=back):
            count = sum(line.kind is LineKind.PAYMENT for line in lines)
            return {"payments": count, "spent_fen": (paid - back).fen}
        case ledger.QuotaAdjusted(change=change):
            return {"budget_fen": change.fen, "issued_fen": change.fen}
        case ledger.QuotaAmended(change=change):
            return {"issued_fen": change.fen}
        case ledger.QuotaWithdrawn(amount=amount) | ledger.QuotaRecalled(amount=amount):
            return {"withdrawn_fen": amount.fen}
        case ledger.BreakOpened():
            return {"breaks_open": 1}
        case ledger.BreakResolved():
            return {"breaks_open": -1}
        case _:
            return {}


def _of_record(event: record.RecordEvent) -> dict[str, int]:
    match event:
        case record.PreAnalysisRun():
            return {"forecasts": 1}
        case record.MonitoringSubmitted():
            return {"submitted": 1}
        case record.MonitoringReturned():
            return {"submitted": -1}
        case record.MonitoringScored(rating=rating):
            return {"scored": 1, f"level_{rating.level.lower()}": 1}
        case record.MonitoringMissed():
            return {"missed": 1}
        case _:
            return {}


def _of_warning(event: warning.WarningEvent) -> dict[str, int]:  # noqa: PLR0911 - one per fact
    match event:
        case warning.WarningRaised(case=case):
            return {"warnings_raised": 1, f"warnings_{case.level.lower()}": 1}
        case warning.WarningUpgraded():
            return {"warnings_blue": -1, "warnings_red": 1}
        case warning.LetterIssued() | warning.LetterCorrected():
            # A correction is a letter of its own, with a number of its own.
            return {"letters_issued": 1}
        case warning.LetterAcknowledged():
            return {"letters_acknowledged": 1}
        case warning.RectificationVerified():
            return {"rectifications_verified": 1}
        case warning.RectificationOverdue():
            return {"rectifications_overdue": 1}
        case warning.MeasureTaken():
            return {"measures_taken": 1}
        case warning.WarningClosed():
            return {"warnings_closed": 1}
        case warning.WarningCancelled():
            return {"warnings_dismissed": 1}
        case _:
            return {}


COUNTED: Final[frozenset[type]] = frozenset(
    {
        ledger.LedgerOpened,
        ledger.QuotaIssued,
        ledger.PaymentSettled,
        ledger.PaymentReturned,
        ledger.LinesBooked,
        ledger.QuotaAdjusted,
        ledger.QuotaAmended,
        ledger.QuotaWithdrawn,
        ledger.QuotaRecalled,
        ledger.BreakOpened,
        ledger.BreakResolved,
        record.PreAnalysisRun,
        record.MonitoringSubmitted,
        record.MonitoringReturned,
        record.MonitoringScored,
        record.MonitoringMissed,
        warning.WarningRaised,
        warning.WarningUpgraded,
        warning.LetterIssued,
        warning.LetterCorrected,
        warning.LetterAcknowledged,
        warning.RectificationVerified,
        warning.RectificationOverdue,
        warning.MeasureTaken,
        warning.WarningClosed,
        warning.WarningCancelled,
    }
)

monitoring_statistics: Final = Projection(
    name="monitoring_statistics",
    tables=(StatisticsRow,),
    project=_fold,
    inline=False,
    money=True,
    facts=COUNTED,
)


def statistics(fiscal_year: int) -> SelectOfScalar[StatisticsRow]:
    """The counters of a year, one row per region."""
    return select(StatisticsRow).where(StatisticsRow.fiscal_year == fiscal_year)


LEVELS: Final = tuple(level for level in Level if level is not Level.NORMAL)
"""The levels there are warnings of: exactly two, and no yellow."""
