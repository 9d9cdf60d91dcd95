"""What is answered about breaks and late returns."""

from datetime import date
from typing import Self

from pydantic import BaseModel, Field

from services.monitoring.domain.ledger.ageing import age
from services.monitoring.domain.ledger.kinds import ENDINGS, BreakKind
from services.monitoring.domain.ledger.reasons import BASIS, WHY
from services.monitoring.projections.break_register import BreakRow
from shared.contracts.fields import Yuan
from shared.domain.money import Money

_PLAIN = {
    "ledger_id", "break_id", "region_code", "unit_code", "project_code", "fiscal_year",
    "kind", "line_id", "booked_on", "opened_on", "owner", "resolution", "note",
    "resolved_on", "resolved_by", "slip_no",
}  # fmt: skip


class BreakView(BaseModel):
    """One line that does not agree with its ledger, who has to act, and since when."""

    ledger_id: str
    break_id: str
    region_code: str
    unit_code: str
    project_code: str
    fiscal_year: int
    kind: str
    line_id: str
    amount: Yuan
    booked_on: date
    opened_on: date
    owner: str
    age_days: int = Field(description="Until today, or until it was resolved.")
    age_workdays: int
    resolution: str | None
    note: str
    resolved_on: date | None
    resolved_by: str
    slip_no: str

    @classmethod
    def of(cls, row: BreakRow, today: date) -> Self:
        """A row as it stands today."""
        passed = age(row.opened_on, row.resolved_on or today, row.region_code)
        return cls(
            **row.model_dump(include=_PLAIN),
            amount=Money(row.amount_fen),
            age_days=passed.days,
            age_workdays=passed.workdays,
        )


class BreakExplanationView(BreakView):
    """Why it is a break: what the line said, what the ledger knew, and how it may end."""

    why: str
    legal_basis: str
    source_id: str
    payment_id: str
    opening_note: str
    known: Yuan | None = Field(description="The amount on record under its number.")
    available: Yuan | None = Field(description="What could be spent when the line came.")
    may_end_as: list[str]

    @classmethod
    def explained(cls, row: BreakRow, today: date, *, chinese: bool) -> Self:
        """A row with its grounds, in one of both languages."""
        kind = BreakKind(row.kind)
        return cls(
            **dict(BreakView.of(row, today)),
            why=WHY[kind][chinese],
            legal_basis=BASIS[kind],
            source_id=row.source_id,
            payment_id=row.payment_id,
            opening_note=row.opening_note,
            known=None if row.known_fen is None else Money(row.known_fen),
            available=None if row.available_fen is None else Money(row.available_fen),
            may_end_as=sorted(ENDINGS[kind]),
        )


class LateReturnView(BaseModel):
    """Money of a closed year that came back later, and the slip by which it became income."""

    project_code: str
    fiscal_year: int
    unit_code: str
    break_id: str
    payment_id: str
    return_id: str
    amount: Yuan
    returned_on: date
    resolution: str | None
    slip_no: str
    carried_on: date | None

    @classmethod
    def of(cls, row: BreakRow) -> Self:
        """A row in yuan."""
        names = {"project_code", "fiscal_year", "unit_code", "break_id", "payment_id", "slip_no"}
        carried = row.resolution == "CARRIED_TO_INCOME"
        return cls(
            **row.model_dump(include=names),
            return_id=row.line_id,
            amount=Money(row.amount_fen),
            returned_on=row.booked_on,
            resolution=row.resolution,
            carried_on=row.resolved_on if carried else None,
        )
