"""What a statement keeps of lines that are in no ledger."""

from dataclasses import dataclass

from services.monitoring.domain.statement.lines import BankLine
from services.monitoring.domain.statement.sorting import Refused, Unmatched


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLine:
    """A line without a ledger: a break. `proposals` are payments of the same amount and day."""

    line: BankLine
    why: Unmatched
    proposals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedLine:
    """A line of which nothing can be booked, and why."""

    number: int
    row: int
    why: Refused
    detail: str = ""
