"""What the register of incoming lines answers."""

from datetime import date
from typing import Any, Self

from pydantic import BaseModel, Field

from services.monitoring.projections.reconciliation import TieOutRow
from services.monitoring.projections.treasury_lines import StatementLineRow, StatementRow
from shared.contracts.fields import Yuan
from shared.domain.money import Money
from shared.http.import_jobs import ImportJob
from shared.http.language import Language

LINES_SHOWN_MAX = 1_000


class LineCounts(BaseModel):
    """How the lines of a file end; together they are all of them."""

    lines: int = 0
    booked: int = 0
    breaks: int = 0
    duplicates: int = 0
    refused: int = 0
    heard: int = Field(default=0, description="Answers of a bank that orders took.")


class FileLine(BaseModel):
    """One line and what becomes of it."""

    line_no: int
    row: int = Field(default=0, description="Line of the file, row of the sheet.")
    outcome: str = Field(
        description="BOOKED, HEARD, DUPLICATE, BREAK or REFUSED.", examples=["BOOKED"]
    )
    reason: str = Field(default="", examples=["BEYOND_AVAILABLE"])
    why: str
    kind: str = ""
    payment_id: str = ""
    amount: str = Field(default="", description="As the message says it.", examples=["60.00"])
    currency: str = ""
    ledger_id: str = ""
    order_id: str = Field(default="", description="Our payment order that it answers.")
    proposals: list[str] = Field(
        default=[], description="Payments of the same amount and day: a hint, never a match."
    )

    @classmethod
    def of(cls, line: dict[str, Any], language: Language) -> Self:
        """A line in the language of the caller."""
        why = line["why_zh"] if language is Language.ZH else line["why"]
        return cls.model_validate({**line, "why": why})


class TreasuryFile(BaseModel):
    """What a file would do to the ledgers, or has done."""

    id: str
    state: str = Field(
        description="CHECKING, REPORTED, ACCEPTING, ACCEPTED or FAILED.", examples=["REPORTED"]
    )
    system: str
    message_id: str
    form: str = Field(default="", examples=["camt.053.001.08"])
    statement_id: str = ""
    counts: LineCounts = LineCounts()
    done: int = Field(default=0, description="How many lines have been gone through.")
    lines: list[FileLine] = Field(default=[], description="The first 1,000 in their order.")
    position: str | None = Field(default=None, description="`Abacus-Position`, once accepted.")
    failure: str | None = Field(default=None, description="Why it could not be done, if FAILED.")

    @classmethod
    def of(cls, job: ImportJob, language: Language) -> Self:
        """The report of a job."""
        report = job.report
        return cls(
            id=job.id,
            state=job.state,
            system=report["file"]["system"],
            message_id=report["file"]["message_id"],
            form=report.get("form", ""),
            statement_id=report.get("statement_id", ""),
            counts=LineCounts.model_validate(report.get("counts", {})),
            done=report.get("done", report.get("counts", {}).get("lines", 0)),
            lines=[
                FileLine.of(line, language) for line in report.get("lines", [])[:LINES_SHOWN_MAX]
            ],
            position=report.get("position"),
            failure=report.get("failure"),
        )


class StatementView(BaseModel):
    """One message that was taken."""

    statement_id: str
    system: str
    message_id: str
    region_code: str
    form: str
    taken_on: date | None
    taken_by: str
    parts: int
    parts_taken: int
    counts: LineCounts
    paid: Yuan
    returned: Yuan
    version: int

    @classmethod
    def of(cls, row: StatementRow) -> Self:
        """A row with its counts."""
        known = row.booked + row.breaks + row.kept + row.refused + row.heard
        counts = LineCounts(
            lines=row.lines,
            booked=row.booked,
            breaks=row.breaks + row.kept,
            duplicates=max(0, row.lines - known),
            refused=row.refused,
            heard=row.heard,
        )
        return cls(
            **row.model_dump(include=set(cls.model_fields) & set(StatementRow.model_fields)),
            counts=counts,
            paid=Money(row.paid_fen),
            returned=Money(row.returned_fen),
        )


class StatementLineView(BaseModel):
    """A line that is in no ledger: open with an owner, assigned, rejected, or refused."""

    statement_id: str
    line_no: int
    region_code: str
    row: int
    outcome: str
    reason: str
    detail: str
    direction: str
    amount: str
    currency: str
    booked_on: date | None
    end_to_end_id: str
    payment_no: str
    bank_ref: str
    account: str
    project_code: str
    purpose: str
    proposals: list[str]
    owner: str
    opened_on: date | None
    age_days: int | None = Field(description="Since it was opened, until today or its end.")
    state: str = Field(description="OPEN, ASSIGNED, REJECTED; empty for a refused line.")
    ledger_id: str
    note: str
    resolved_on: date | None

    @classmethod
    def of(cls, row: StatementLineRow, today: date) -> Self:
        """A row with its age."""
        age = None
        if row.opened_on is not None:
            age = ((row.resolved_on or today) - row.opened_on).days
        return cls(**row.model_dump(), age_days=age)


class TieOutView(BaseModel):
    """The ledgers, the payment list and the bank of a region, side by side."""

    tie_out_id: str
    region_code: str
    from_on: date
    until_on: date
    ledger_paid: Yuan
    ledger_returned: Yuan
    listed_paid: Yuan
    listed_returned: Yuan
    bank_debits: Yuan | None
    bank_credits: Yuan | None
    equal: bool
    differences: list[dict[str, str]]
    breaks_open: int
    published_on: date
    version: int

    @classmethod
    def of(cls, row: TieOutRow) -> Self:
        """A row in yuan."""
        plain = {"tie_out_id", "region_code", "from_on", "until_on", "equal", "differences"}
        return cls(
            **row.model_dump(include={*plain, "breaks_open", "published_on", "version"}),
            ledger_paid=Money(row.ledger_paid_fen),
            ledger_returned=Money(row.ledger_returned_fen),
            listed_paid=Money(row.listed_paid_fen),
            listed_returned=Money(row.listed_returned_fen),
            bank_debits=None if row.bank_debits_fen is None else Money(row.bank_debits_fen),
            bank_credits=None if row.bank_credits_fen is None else Money(row.bank_credits_fen),
        )
