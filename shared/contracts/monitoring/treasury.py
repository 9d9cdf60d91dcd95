"""What treasury, ledgers and bank say of the same days."""

from datetime import date

from pydantic import Field

from shared.contracts.fields import Yuan
from shared.contracts.monitoring.said import MonitoringEvent


class TieOutPublished(MonitoringEvent):
    """The ledgers, the payment list and the bank of a region were held against each other."""

    tie_out_id: str
    from_on: date = Field(description="The day after the last working day.")
    until_on: date
    ledger_paid: Yuan
    ledger_returned: Yuan
    listed_paid: Yuan
    listed_returned: Yuan
    bank_debits: Yuan | None = Field(default=None, description="Absent: no statement came.")
    bank_credits: Yuan | None = None
    equal: bool
    differences: tuple[str, ...] = Field(
        default=(), description="LEDGER_AND_LIST, LEDGER_AND_BANK, NO_STATEMENT, PAGE_MISSING."
    )
    breaks_open: int
