"""What a ledger answers: balances, bookings, documents, freezes, contracts; money as text."""

from datetime import date
from typing import Self

from pydantic import BaseModel, Field

from services.monitoring.projections.commitment_register import CommitmentRow
from services.monitoring.projections.ledger_statement import LedgerRow
from services.monitoring.projections.payment_list import PaymentRow, ReturnRow
from services.monitoring.projections.quota_book import FreezeRow, QuotaDocumentRow
from services.monitoring.projections.statement import SUMS, Booking
from shared.contracts.fields import Yuan
from shared.domain.money import ZERO, Money


class BalancesView(BaseModel):
    """The accounts at one moment; `available = quota - spent - frozen`."""

    issued: Yuan = Field(description="Issued and adjusted, before anything was taken back.")
    withdrawn: Yuan
    quota: Yuan = Field(description="issued - withdrawn")
    paid: Yuan
    returned: Yuan
    spent: Yuan = Field(description="paid - returned")
    frozen: Yuan
    available: Yuan
    committed: Yuan = Field(description="Still owed on verified contracts.")
    recoverable: Yuan = Field(description="quota - spent - committed - frozen, at least zero.")

    @classmethod
    def of(cls, fen: dict[str, int]) -> Self:
        """Sums of the accounts in fen."""
        available, committed = Money(fen["appropriated_fen"]), Money(fen["committed_fen"])
        return cls(
            issued=Money(-fen["treasury_fen"]),
            withdrawn=Money(fen["withdrawn_fen"]),
            quota=Money(-fen["treasury_fen"] - fen["withdrawn_fen"]),
            paid=Money(fen["paid_fen"]),
            returned=Money(-fen["returned_fen"]),
            spent=Money(fen["paid_fen"] + fen["returned_fen"]),
            frozen=Money(fen["frozen_fen"]),
            available=available,
            committed=committed,
            recoverable=max(ZERO, available - committed),
        )


class LedgerView(BalancesView):
    """The accounts of a project in one year as they are."""

    ledger_id: str
    project_code: str
    fiscal_year: int
    region_code: str
    unit_code: str
    fund_type_code: str
    direct_fund_flag: str
    budget: Yuan
    payments: int
    version: int

    @classmethod
    def of_row(cls, row: LedgerRow) -> Self:
        """A row in yuan."""
        sums = BalancesView.of(row.model_dump(include=set(SUMS)))
        plain = row.model_dump(include=set(cls.model_fields) - set(BalancesView.model_fields))
        return cls(**plain, **dict(sums), budget=Money(row.budget_fen))


class BookingView(BaseModel):
    """One line of a statement: what it moved on each account, and what was available then.

    `version` and `line` say its turn within a day: the ledger's version, the line of its file.
    """

    booked_on: date
    version: int
    line: int
    kind: str
    document: str
    treasury: Yuan
    appropriated: Yuan
    frozen: Yuan
    paid: Yuan
    returned: Yuan
    withdrawn: Yuan
    available: Yuan

    @classmethod
    def of(cls, booking: Booking, available: int) -> Self:
        """A booking and the balance after it."""
        return cls(
            booked_on=booking.booked_on,
            version=booking.version,
            line=booking.line,
            kind=booking.kind,
            document=booking.document,
            treasury=Money(booking.treasury_fen),
            appropriated=Money(booking.appropriated_fen),
            frozen=Money(booking.frozen_fen),
            paid=Money(booking.paid_fen),
            returned=Money(booking.returned_fen),
            withdrawn=Money(booking.withdrawn_fen),
            available=Money(available),
        )


class StatementView(BaseModel):
    """The bookings of a project between two days, by booking date, and the balances around them."""

    ledger_id: str
    project_code: str
    fiscal_year: int
    from_on: date | None = Field(description="The first day; none: from the first booking on.")
    on: date = Field(description="The last day, and the day of the closing balance.")
    opening: BalancesView
    items: list[BookingView] = Field(
        description="By booking date; within a day by the ledger's version and the line of its file"
    )
    closing: BalancesView
    next: str | None = Field(default=None, description="Cursor of the next page.", examples=[None])


class PaymentView(BaseModel):
    """One payment."""

    payment_id: str
    amount: Yuan
    settled_on: date
    purpose: str
    contract_no: str
    bank_ref: str
    uetr: str
    source_id: str

    @classmethod
    def of(cls, row: PaymentRow) -> Self:
        """A row in yuan."""
        names = {"payment_id", "settled_on", "purpose", "contract_no", "bank_ref", "uetr"}
        names |= {"source_id"}
        return cls(**row.model_dump(include=names), amount=Money(row.amount_fen))


class ReturnView(BaseModel):
    """One return of paid money."""

    payment_id: str
    return_id: str
    amount: Yuan
    returned_on: date
    recovery_id: str | None
    reason_code: str
    uetr: str
    clearing_ref: str

    @classmethod
    def of(cls, row: ReturnRow) -> Self:
        """A row in yuan."""
        names = {"payment_id", "return_id", "returned_on", "recovery_id", "reason_code"}
        names |= {"uetr", "clearing_ref"}
        return cls(**row.model_dump(include=names), amount=Money(row.amount_fen))


class QuotaDocumentView(BaseModel):
    """One quota document in national fields; `change` is what it did to the quota."""

    document_no: str
    kind: str
    change: Yuan
    dated_on: date
    reason: str
    bgt_id: str
    sup_bgt_doc_no: str
    fund_type_code: str
    direct_fund_flag: str
    found_type_code: str
    source_type_code: str

    @classmethod
    def of(cls, row: QuotaDocumentRow) -> Self:
        """A row in yuan."""
        plain = row.model_dump(exclude={"ledger_id", "change_fen"})
        return cls(**plain, change=Money(row.change_fen))


class FreezeView(BaseModel):
    """One freeze; open until `ended_on`. `expired`: its last day was over."""

    freeze_id: str
    amount: Yuan
    reason: str
    frozen_on: date
    until_on: date | None
    adjustment: bool
    ended_on: date | None
    expired: bool

    @classmethod
    def of(cls, row: FreezeRow) -> Self:
        """A row in yuan."""
        plain = row.model_dump(exclude={"ledger_id", "amount_fen"})
        return cls(**plain, amount=Money(row.amount_fen))


class CommitmentView(BaseModel):
    """One contract: `owed` is what may still have to be paid on it."""

    contract_no: str
    supplier: str
    status: str
    amount: Yuan
    paid: Yuan
    owed: Yuan
    evidence: list[str]
    signed_on: date
    registered_by: str
    registered_on: date
    verified_by: str | None
    verified_on: date | None
    released_by: str | None
    released_on: date | None
    release_reason: str

    @classmethod
    def of(cls, row: CommitmentRow) -> Self:
        """A row in yuan."""
        amount, paid = Money(row.amount_fen), Money(row.paid_fen)
        ended = row.released_on is not None
        owed = ZERO if ended else max(ZERO, amount - paid)
        plain = row.model_dump(exclude={"ledger_id", "amount_fen", "paid_fen"})
        return cls(**plain, amount=amount, paid=paid, owed=owed, status=_status(row, owed))


def _status(row: CommitmentRow, owed: Money) -> str:
    if row.released_on is not None:
        return "RELEASED"
    if not owed:
        return "PAID"
    return "REGISTERED" if row.verified_on is None else "VERIFIED"
