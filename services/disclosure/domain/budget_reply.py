"""When finance and departments replied: the days from which the terms of disclosure run.

Source: 预算法 art. 14, 实施条例 art. 6 (R1). A department tells within twenty days of the reply
of finance to it, its units within twenty days of its reply to them; with the budget and with the
final accounts alike. Until a reply is recorded, the day of the decision stands for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final, assert_never

from services.disclosure.domain.refusals import (
    DepartmentRepliedForFinance,
    ReplyBeforeFinance,
    ReplyInFuture,
)
from services.disclosure.domain.values import Channel
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.workdays import business_date

CATEGORY: Final = "reply"


class ReplyKind(StrEnum):
    """What was replied to."""

    BUDGET = "BUDGET"
    FINAL_ACCOUNTS = "FINAL_ACCOUNTS"


class RepliedBy(StrEnum):
    """Who replied: finance to a department, or the department to its units."""

    FINANCE = "FINANCE"
    DEPARTMENT = "DEPARTMENT"


CHANNEL_OF_REPLY: Final = {
    ReplyKind.BUDGET: Channel.WITH_BUDGET,
    ReplyKind.FINAL_ACCOUNTS: Channel.WITH_FINAL_ACCOUNTS,
}
REPLY_OF_CHANNEL: Final = {channel: kind for kind, channel in CHANNEL_OF_REPLY.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A reply to a department or to its units, by the document that says it."""

    kind: ReplyKind
    replied_by: RepliedBy
    region_code: str
    department_code: str
    fiscal_year: int
    replied_on: date
    document_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBudgetReply:
    """Put a reply on record; with another day it takes the place of the one before.

    `by_bureau`: whoever asks acts for the finance bureau.
    """

    reply: Reply
    by_bureau: bool
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetReplyRecorded:
    """From this day terms run."""

    reply: Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies:
    """What was replied to a department and its units for a year."""

    finance: Reply | None = None
    department: Reply | None = None

    def day_for(self, unit_code: str, department_code: str) -> date | None:
        """The reply that a unit's term runs from: its department's where that is known."""
        to_units = self.department if unit_code != department_code else None
        reply = to_units or self.finance
        return reply.replied_on if reply else None


def reply_id(kind: ReplyKind, department_code: str, fiscal_year: int) -> str:
    """The natural number: one per kind, department and year."""
    return f"{kind.value}-{department_code}-{fiscal_year}"


def references(channel: Channel, department_code: str, fiscal_year: int) -> Sequence[Reference]:
    """Where the replies are kept that a term of this channel runs from; most have none."""
    kind = REPLY_OF_CHANNEL.get(channel)
    if kind is None or not department_code:
        return ()
    return (Reference(CATEGORY, reply_id(kind, department_code, fiscal_year)),)


def day_known(states: Sequence[object], unit_code: str, department_code: str) -> date | None:
    """The day of the reply among states of several kinds."""
    found = (one for one in states if isinstance(one, Replies))
    return next((one.day_for(unit_code, department_code) for one in found), None)


def decide(command: RecordBudgetReply, replies: Replies) -> list[BudgetReplyRecorded]:
    """A department speaks to its units alone, and not before finance spoke to it."""
    match command:
        case RecordBudgetReply(reply=reply):
            if reply.replied_by is RepliedBy.FINANCE and not command.by_bureau:
                raise DepartmentRepliedForFinance(pointer="/replied_by")
            if reply in (replies.finance, replies.department):
                return []
            if reply.replied_on > business_date(command.now):
                raise ReplyInFuture(
                    pointer="/replied_on", remedy="Record a reply on its day or afterwards."
                )
            finance = replies.finance
            early = finance is not None and reply.replied_on < finance.replied_on
            if finance and early and reply.replied_by is RepliedBy.DEPARTMENT:
                raise ReplyBeforeFinance(
                    f"finance replied on {finance.replied_on.isoformat()}",
                    pointer="/replied_on",
                    remedy="Correct the day, or record the right reply of finance first.",
                )
            return [BudgetReplyRecorded(reply=reply)]
        case _:
            assert_never(command)


def evolve(replies: Replies, event: BudgetReplyRecorded) -> Replies:
    """Remember the reply."""
    if event.reply.replied_by is RepliedBy.FINANCE:
        return replace(replies, finance=event.reply)
    return replace(replies, department=event.reply)


def _identify(command: RecordBudgetReply) -> str:
    reply = command.reply
    return reply_id(reply.kind, reply.department_code, reply.fiscal_year)


def _owner(replies: Replies) -> Owner | None:
    known = replies.finance or replies.department
    if known is None:
        return None
    return Owner(region_code=known.region_code, department_code=known.department_code)


decider: Final[Decider[RecordBudgetReply, BudgetReplyRecorded, Replies]] = Decider(
    category=CATEGORY,
    initial=Replies(),
    commands=(RecordBudgetReply,),
    events={"BudgetReplyRecorded": BudgetReplyRecorded},
    decide=decide,
    evolve=evolve,
    identify=_identify,
    owner=_owner,
)
