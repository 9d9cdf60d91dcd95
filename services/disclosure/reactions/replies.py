"""A reply is on record → the terms of all it reaches, which only the register can name."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.disclosure.domain.budget_reply import (
    CHANNEL_OF_REPLY,
    BudgetReplyRecorded,
    Reply,
    ReplyKind,
    reply_id,
)
from services.disclosure.domain.item_words import MoveTerm
from services.disclosure.reactions.items import SERVICE
from shared.domain.workdays import business_date, day_over
from shared.messages import AnyRecorded, Deadline, Due, Look, Rows

REPLY_REACHES: Final = "reply-reaches"
REACHED: Final = """
SELECT item_id, unit_code, region_code FROM disclosure_register AS item
WHERE channel = $1 AND fiscal_year = $2 AND published_on IS NULL AND coalesce(
  item.department_code,
  (SELECT department_code FROM unit_register AS unit WHERE unit.unit_code = item.unit_code)
) = $3
ORDER BY item_id
"""
"""Reports of evaluations do not say their department; the register of units does."""


def reply_deadlines(recorded: AnyRecorded) -> Sequence[Deadline]:
    """At once, and again when the day is over: what was decided that day may be heard later."""
    match recorded.event:
        case BudgetReplyRecorded(reply=reply):
            over = day_over(business_date(recorded.occurred_at))
            return [
                _deadline(reply, "now", recorded.occurred_at),
                _deadline(reply, "again", over),
            ]
        case _:
            return ()


def _deadline(reply: Reply, when: str, due_at: datetime) -> Deadline:
    number = reply_id(reply.kind, reply.department_code, reply.fiscal_year)
    subject = "|".join((reply.kind.value, str(reply.fiscal_year), reply.department_code))
    key = f"{REPLY_REACHES}:{number}:{reply.replied_by.value}:{when}"
    return Deadline(key=key, kind=REPLY_REACHES, subject=subject, due_at=due_at)


def reply_reaches(due: Due) -> Look:
    """Every item of the department that has not been told."""
    kind, year, department_code = due.subject.split("|", 2)
    channel, fiscal_year = CHANNEL_OF_REPLY[ReplyKind(kind)], int(year)

    def then(found: Sequence[Rows]) -> tuple[MoveTerm, ...] | None:
        return (
            tuple(
                MoveTerm(
                    item_id=item_id,
                    region_code=region_code,
                    fiscal_year=fiscal_year,
                    channel=channel,
                    department_code=department_code,
                    unit_code=unit_code,
                    by=SERVICE,
                    now=due.now,
                )
                for item_id, unit_code, region_code in found[0]
            )
            or None
        )

    question = (REACHED, (channel.value, fiscal_year, department_code))
    return Look(queries=(question,), then=then)
