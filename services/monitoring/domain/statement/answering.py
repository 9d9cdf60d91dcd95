"""Which order an answer of a bank is for, or why it is for none. Pure.

A payment is found by its end-to-end id, else by its unique reference (UETR), a recall by the id of
its case (`interfaces` §4).
"""

from collections.abc import Collection
from decimal import Decimal
from typing import Final

from services.monitoring.domain.statement.for_orders import (
    RECALL_STATUSES,
    STATUSES,
    ForOrder,
    KnownOrder,
    Said,
)
from services.monitoring.domain.statement.lines import BankLine, Direction, LineUse, StatusReport
from services.monitoring.domain.statement.sorting import Kept, Unmatched

_TEXT_CHARACTERS_MAX: Final = 140
_NOTHING: Final = Decimal(0)


def place_of_answer(
    answer: StatusReport, number: int, orders: Collection[KnownOrder]
) -> ForOrder | Kept:
    """Where an answer goes; `number` is its place in the message."""
    order = _order(answer, orders)
    recalled = answer.status in RECALL_STATUSES
    if order is None:
        by_case = recalled and not answer.end_to_end_id
        return Kept(Unmatched.RECALL_UNKNOWN if by_case else Unmatched.ORDER_UNKNOWN)
    said = STATUSES.get(answer.status) or RECALL_STATUSES.get(answer.status)
    if said is None:
        return Kept(Unmatched.STATUS_UNKNOWN)
    recall_id = _recall(answer, order) if recalled else ""
    if recall_id is None:
        return Kept(Unmatched.RECALL_UNKNOWN)
    return _told(answer, number, order, said, recall_id)


def _told(
    answer: StatusReport, number: int, order: KnownOrder, said: Said, recall_id: str
) -> ForOrder:
    return ForOrder(
        order=order,
        said=said,
        number=number,
        row=answer.row,
        recall_id=recall_id,
        reason_code=answer.reason_code,
    )


def _order(answer: StatusReport, orders: Collection[KnownOrder]) -> KnownOrder | None:
    if answer.end_to_end_id:
        found = [one for one in orders if one.end_to_end_id == answer.end_to_end_id]
    elif answer.uetr:
        found = [one for one in orders if one.uetr == answer.uetr]
    else:
        found = [one for one in orders if answer.case_id and answer.case_id in one.recalls]
    return found[0] if len(found) == 1 else None


def _recall(answer: StatusReport, order: KnownOrder) -> str | None:
    """The recall that is answered; an answer without a case is of the only one there is."""
    if answer.case_id:
        return answer.case_id if answer.case_id in order.recalls else None
    return order.recalls[0] if len(order.recalls) == 1 else None


def line_of(answer: StatusReport, number: int) -> BankLine:
    """An answer that is kept, as the line a person sees: it moves nothing."""
    return BankLine(
        number=number,
        row=answer.row,
        direction=Direction.DEBIT,
        amount=_NOTHING,
        use=LineUse.ANSWER,
        end_to_end_id=answer.end_to_end_id,
        uetr=answer.uetr,
        reason_code=answer.reason_code,
        purpose=answer.text[:_TEXT_CHARACTERS_MAX],
        flaw=f"{answer.status or 'No status'} of message {answer.original_message_id or '?'}",
    )
