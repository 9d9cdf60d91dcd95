"""What a line or an answer of a bank says to one of our payment orders. Pure.

A payment that we ordered is booked by its order and by nothing else: the order lets its hold go,
books once, and knows what comes again (`interfaces` §4). Codes are those of the external code
sets of ISO 20022; no status moves money, not even a settled one: the advice of the account does.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from services.monitoring.domain.payment_order.commands import (
    HearPaymentReturn,
    HearPaymentStatus,
    HearRecallAnswer,
)
from services.monitoring.domain.payment_order.values import BankAnswer, RecallAnswer
from services.monitoring.domain.statement.lines import BankLine, Direction, StatusReport
from shared.domain.money import FEN_PER_YUAN, ZERO, Money


class Said(StrEnum):
    """What an order is told."""

    SETTLED = "SETTLED"
    RETURNED = "RETURNED"
    PENDING = "PENDING"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    RECALL_PENDING = "RECALL_PENDING"
    RECALL_ACCEPTED = "RECALL_ACCEPTED"
    RECALL_REFUSED = "RECALL_REFUSED"


STATUSES: Final[Mapping[str, Said]] = {
    **dict.fromkeys(("RCVD", "PDNG", "PATC"), Said.PENDING),
    **dict.fromkeys(
        ("ACCP", "ACTC", "ACSP", "ACFC", "ACWC", "ACWP", "ACSC", "ACCC"), Said.ACCEPTED
    ),
    **dict.fromkeys(("RJCT", "CANC"), Said.REJECTED),
}
"""The statuses of pain.002; of a group that is accepted in part (PART) each payment tells."""
RECALL_STATUSES: Final[Mapping[str, Said]] = {
    **dict.fromkeys(("ACCR", "CNCL"), Said.RECALL_ACCEPTED),
    **dict.fromkeys(("RJCR", "UWFW"), Said.RECALL_REFUSED),
    **dict.fromkeys(("PDCR", "CWFW"), Said.RECALL_PENDING),
}
"""The statuses of camt.029."""
IN_PART: Final = "PART"

type ToOrder = HearPaymentStatus | HearPaymentReturn | HearRecallAnswer

_ANSWERS: Final[Mapping[Said, BankAnswer]] = {
    Said.SETTLED: BankAnswer.SETTLED,
    Said.PENDING: BankAnswer.PENDING,
    Said.ACCEPTED: BankAnswer.ACCEPTED,
    Said.REJECTED: BankAnswer.REJECTED,
}
_RECALLS: Final[Mapping[Said, RecallAnswer]] = {
    Said.RECALL_PENDING: RecallAnswer.PENDING,
    Said.RECALL_ACCEPTED: RecallAnswer.ACCEPTED,
    Said.RECALL_REFUSED: RecallAnswer.REFUSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOrder:
    """A payment order of ours, as the bank may name it: by its id, its batch or a recall."""

    order_id: str
    pay_cert_no: str
    end_to_end_id: str
    project_code: str
    fiscal_year: int
    amount: Money
    uetr: str = ""
    batch_id: str = ""
    block_id: str = ""
    recalls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ForOrder:
    """What is said, and to which order."""

    order: KnownOrder
    said: Said
    number: int = 0
    row: int = 0
    amount: Money = ZERO
    day: date | None = None
    bank_ref: str = ""
    return_id: str = ""
    recall_id: str = ""
    reason_code: str = ""
    uetr: str = ""
    clearing_ref: str = ""

    def command(self, source: str, by: str, now: datetime) -> ToOrder:
        """The same in the words of the order; `source` is `<system>/<message id>`."""
        order_id, source_id = self.order.order_id, f"{source}/{self.number}"
        if self.said is Said.RETURNED:
            assert self.day is not None
            return HearPaymentReturn(
                order_id=order_id,
                return_id=self.return_id or source_id,
                amount=self.amount,
                returned_on=self.day,
                reason_code=self.reason_code,
                source_id=source_id,
                uetr=self.uetr,
                clearing_ref=self.clearing_ref,
                by=by,
                now=now,
            )
        if self.said in _RECALLS:
            return HearRecallAnswer(
                order_id=order_id,
                recall_id=self.recall_id,
                answer=_RECALLS[self.said],
                reason_code=self.reason_code,
                source_id=source_id,
                by=by,
                now=now,
            )
        return HearPaymentStatus(
            order_id=order_id,
            answer=_ANSWERS[self.said],
            amount=self.amount or None,
            booked_on=self.day,
            bank_ref=self.bank_ref,
            reason_code=self.reason_code,
            source_id=source_id,
            by=by,
            now=now,
        )


def moved(line: BankLine, order: KnownOrder) -> ForOrder:
    """Money of the order left, or came back."""
    back = line.direction is Direction.CREDIT
    return ForOrder(
        order=order,
        said=Said.RETURNED if back else Said.SETTLED,
        number=line.number,
        row=line.row,
        amount=Money(int(line.amount * FEN_PER_YUAN)),
        day=line.booked_on,
        bank_ref=line.bank_ref,
        return_id=line.return_id,
        reason_code=line.reason_code,
        uetr=line.uetr,
        clearing_ref=line.clearing_ref,
    )


def each_of(
    answers: Sequence[StatusReport], orders: Sequence[KnownOrder]
) -> Iterator[StatusReport]:
    """One answer per order: what is said of a message or a block is said of each order in it.

    What an order is told by its own name comes before what its block, and that before what its
    message is told. What names no known order is passed on as it is.
    """
    told = {one.end_to_end_id for one in answers if one.end_to_end_id}
    ordered = sorted(answers, key=lambda one: (not one.end_to_end_id, not one.block_id))
    for answer in ordered:
        if answer.end_to_end_id or answer.uetr or answer.case_id:
            yield answer
            continue
        inside = [one for one in orders if _is_in(one, answer)]
        if not inside:
            yield answer
        elif answer.status != IN_PART:
            for one in inside:
                if one.end_to_end_id not in told:
                    told.add(one.end_to_end_id)
                    yield replace(answer, end_to_end_id=one.end_to_end_id)


def _is_in(order: KnownOrder, answer: StatusReport) -> bool:
    if answer.block_id:
        return order.block_id == answer.block_id
    return bool(order.batch_id) and order.batch_id == answer.original_message_id
