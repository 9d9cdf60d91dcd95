"""Questions about recoveries: the ledger, its sums, one with its reasons, where money went."""

from datetime import date
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.api.consequence_explaining import AppliedRule, explained, steps_of
from services.evaluation.api.recovery_views import (
    ReallocationView,
    RecoveryExplanation,
    RecoveryView,
)
from services.evaluation.api.totals import totals, within
from services.evaluation.api.views import TotalsView
from services.evaluation.projections import recovery_ledger
from services.evaluation.projections.recovery_ledger import ReallocationRow, RecoveryRow
from shared.domain.money import Money
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading

router: Final = APIRouter(tags=["Recoveries"])
YearAsked = Annotated[int, Query(ge=2000, le=2100)]
Reach = Literal["self", "tree"]
RULE: Final = "recovery: quota - paid - commitments - frozen (domain §4.9)"
FIGURES: Final = ("quota", "paid", "commitments", "frozen", "recoverable", "amount")


class RecoveryFilter(BaseModel):
    """Those that match everything asked for; `booked_in` is a calendar year."""

    fiscal_year: int | None = Field(default=None, ge=2000, le=2100)
    booked_in: int | None = Field(default=None, ge=2000, le=2100)
    status: str | None = None
    unit: str | None = None

    def query(self) -> SelectOfScalar[RecoveryRow]:
        """The question."""
        found = recovery_ledger.recoveries(
            fiscal_year=self.fiscal_year, status=self.status, unit=self.unit
        )
        if self.booked_in is None:
            return found
        first, last = date(self.booked_in, 1, 1), date(self.booked_in, 12, 31)
        return recovery_ledger.booked_between(first, last, among=found)


Filter = Annotated[RecoveryFilter, Depends()]


@router.get("/recoveries", operation_id="list_recoveries")
async def list_recoveries(read: Reading, page: PageRequest, wanted: Filter) -> Page[RecoveryView]:
    """资金收回台账."""
    mine = read.scope.where(
        region=RecoveryRow.region_code,
        department=RecoveryRow.department_code,
        unit=RecoveryRow.unit_code,
    )
    return await read.page(wanted.query().where(mine), page, into=RecoveryView.of)


@router.get("/recoveries/statistics", operation_id="get_recovery_statistics")
async def get_recovery_statistics(
    read: Reading, year: YearAsked, region: str, scope: Reach = "tree"
) -> TotalsView:
    """Booked in a calendar year: only booked money counts."""
    query = recovery_ledger.booked_between(date(year, 1, 1), date(year, 12, 31))
    mine = read.scope.where(
        region=RecoveryRow.region_code,
        department=RecoveryRow.department_code,
        unit=RecoveryRow.unit_code,
    )
    rows = [
        row for row in await read.all(query.where(mine)) if within(region, row.region_code, scope)
    ]
    return totals(rows, f"/v1/recoveries?booked_in={year}")


async def _recovery(read: Read, recovery_id: str) -> RecoveryRow:
    row = await read.one(recovery_ledger.recovery(recovery_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    read.tag(row.version)
    return row


@router.get("/recoveries/{recovery_id}", operation_id="get_recovery")
async def get_recovery(read: Reading, recovery_id: str) -> RecoveryView:
    """One recovery."""
    return RecoveryView.of(await _recovery(read, recovery_id))


@router.get("/recoveries/{recovery_id}/explanation", operation_id="explain_recovery")
async def explain_recovery(read: Reading, recovery_id: str) -> RecoveryExplanation:
    """How much could be taken back, from what it was computed, and by which rule."""
    row = await _recovery(read, recovery_id)
    applied = AppliedRule(
        rule=f"{RULE}: {row.reason}",
        rule_set_version=row.rule_set_version or None,
        legal_basis=row.legal_basis or None,
    )
    money = {name: Money(getattr(row, f"{name}_fen")) for name in FIGURES}
    steps = steps_of(
        (
            "quota",
            "the ledger" if row.from_ledger else "as verified, else the budget",
            money["quota"],
        ),
        ("paid", "payments less returns", money["paid"]),
        ("commitments", "owed on verified contracts", money["commitments"]),
        ("frozen", "held", money["frozen"]),
        ("claimed", "open claims of other recoveries", Money(row.claimed_before_fen)),
        (
            "recoverable",
            "max(0, quota - paid - commitments - frozen) - claimed",
            money["recoverable"],
        ),
        ("execution_rate", "paid ÷ budget", row.execution_rate),
        ("checked_on", "day of the check", row.checked_on),
        ("claim", "what was claimed", Money(row.claim_fen)),
        ("amount", "what was approved, then what was booked", money["amount"]),
    )
    told = await explained(read, applied, [*row.streams, f"recovery-{recovery_id}"], steps)
    known = {"recovery_id": recovery_id, "reason": row.reason, "basis": row.basis}
    return RecoveryExplanation.model_validate({**dict(told), **known, **money})


@router.get("/reallocations", operation_id="list_reallocations")
async def list_reallocations(
    read: Reading,
    page: PageRequest,
    *,
    recovery_id: str | None = None,
    to_project_code: str | None = None,
) -> Page[ReallocationView]:
    """Where booked money went: from a recovery, or to a project."""
    query = recovery_ledger.reallocations(recovery_id=recovery_id, to_project_code=to_project_code)
    mine = read.scope.where(
        region=ReallocationRow.region_code,
        department=ReallocationRow.department_code,
        unit=ReallocationRow.unit_code,
    )
    return await read.page(query.where(mine), page, into=ReallocationView.of)
