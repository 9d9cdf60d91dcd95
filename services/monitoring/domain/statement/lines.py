"""A line as a message tells it, before anybody knows which ledger it belongs to."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

HOME_CURRENCY: Final = "CNY"


class Direction(StrEnum):
    """Which way money went, seen from the account of the treasury."""

    DEBIT = "DEBIT"
    CREDIT = "CREDIT"


class LineUse(StrEnum):
    """What a line is for: to move money, to correct what was posted, only to tell, or no more.

    `ANSWER` is what a bank says of an order (pain.002, camt.029): it moves no money by itself.
    """

    MONEY = "MONEY"
    CORRECTION = "CORRECTION"
    ADVICE = "ADVICE"
    DELETED = "DELETED"
    ANSWER = "ANSWER"


@dataclass(frozen=True, slots=True, kw_only=True)
class BankLine:
    """One movement on an account, in the words of the message (`domain` §7.2, §7.4).

    `number` is its place in the message, from 1; `row` the line of the file. `payment_no` is the
    full certificate number where the message has it beside its shorter end-to-end id. `unread`
    says which field cannot be read; `flaw` what a person has to look at. `uetr` is the unique
    end-to-end transaction reference of the payment, kept by all banks on its way and back;
    `clearing_ref` is the clearing system's number of this very movement. `told_again`: it may be
    a return that another message has told.
    """

    number: int
    row: int
    direction: Direction
    amount: Decimal
    currency: str = HOME_CURRENCY
    account: str = ""
    use: LineUse = LineUse.MONEY
    reversal: bool = False
    booked_on: date | None = None
    value_on: date | None = None
    end_to_end_id: str = ""
    payment_no: str = ""
    return_id: str = ""
    bank_ref: str = ""
    uetr: str = ""
    clearing_ref: str = ""
    project_code: str = ""
    fiscal_year: int | None = None
    purpose: str = ""
    reason_code: str = ""
    recovery_id: str | None = None
    contract_no: str = ""
    flaw: str = ""
    unread: str = ""
    told_again: bool = False

    @property
    def numbers(self) -> tuple[str, ...]:
        """Under which numbers the payment may be known, the best first."""
        return tuple(dict.fromkeys(n for n in (self.payment_no, self.end_to_end_id) if n))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport:
    """One answer. `end_to_end_id` is empty where the answer is of the whole original message.

    `block_id` names the block of that message where it is of a block, `case_id` the recall.
    """

    message_id: str
    original_message_id: str
    end_to_end_id: str
    status: str
    reason_code: str = ""
    text: str = ""
    block_id: str = ""
    case_id: str = ""
    uetr: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySum:
    """What one account moved on one day, as the bank adds it up: the end of a statement.

    A long statement comes in pages: `series` names it, `page` and `last` say which one this is,
    `returns` name the returns on it that have no reference of their own.
    """

    account: str
    day: date
    debits: Decimal
    credits: Decimal
    currency: str = HOME_CURRENCY
    series: str = ""
    page: int = 1
    last: bool = True
    returns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BankMessage:
    """What one message says. Only a statement of a whole day (camt.053) has sums of days."""

    form: str
    message_id: str
    lines: tuple[BankLine, ...]
    days: tuple[DaySum, ...] = ()
    answers: tuple[StatusReport, ...] = ()
