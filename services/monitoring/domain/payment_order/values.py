"""Words with rules of payment orders: accounts, budget codes, what a bank may answer."""

from dataclasses import dataclass
from enum import StrEnum


class OrderStatus(StrEnum):
    """Where an order stands. `UNKNOWN` is a state of its own: neither paid nor unpaid."""

    INTENT = "INTENT"
    RELEASED = "RELEASED"
    SENT = "SENT"
    ACCEPTED = "ACCEPTED"
    UNKNOWN = "UNKNOWN"
    QUERIED = "QUERIED"
    MISSING = "MISSING"
    SETTLED = "SETTLED"
    RETURNED = "RETURNED"
    REJECTED = "REJECTED"
    CANCELLED = "CANCELLED"


class BankAnswer(StrEnum):
    """What a bank says of an order; `NOT_FOUND` answers a query: it never had the message."""

    PENDING = "PENDING"
    ACCEPTED = "ACCEPTED"
    SETTLED = "SETTLED"
    REJECTED = "REJECTED"
    NOT_FOUND = "NOT_FOUND"


class RecallAnswer(StrEnum):
    """What a bank says to a recall (camt.029)."""

    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    PENDING = "PENDING"


class RecallStatus(StrEnum):
    """Where a recall stands. A refused one reopens the claim: it may be asked for again."""

    REQUESTED = "REQUESTED"
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    RETURNED = "RETURNED"


class OrderBreakKind(StrEnum):
    """Why an answer of the bank cannot be followed: a closed list."""

    AMOUNT_DIFFERS = "AMOUNT_DIFFERS"
    SETTLED_AFTER_REJECTED = "SETTLED_AFTER_REJECTED"
    SETTLED_UNSENT = "SETTLED_UNSENT"
    REJECTED_AFTER_SETTLED = "REJECTED_AFTER_SETTLED"
    NOT_FOUND_AFTER_ANSWER = "NOT_FOUND_AFTER_ANSWER"
    ANSWERS_CONTRADICT = "ANSWERS_CONTRADICT"
    RETURN_UNMATCHED = "RETURN_UNMATCHED"
    RECALL_CONTRADICTED = "RECALL_CONTRADICTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAccount:
    """An account at a bank; the bank by its 12-digit number in the national clearing system."""

    name: str
    number: str
    bank_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetCodes:
    """Where a payment belongs in the budget; codes a system does not keep stay empty."""

    bgt_id: str = ""
    exp_func_code: str = ""
    gov_bgt_eco_code: str = ""
    dep_bgt_eco_code: str = ""
