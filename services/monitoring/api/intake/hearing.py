"""What became of a line that an order of ours heard, by the facts of its transaction.

Money counts where it is booked: an order that settles what its ledger already has tells nothing
new. Silence means that the order knew it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from services.monitoring.domain.ledger.events import BreakOpened, PaymentReturned, PaymentSettled
from services.monitoring.domain.ledger.reasons import WHY as WHY_OF_LEDGER
from services.monitoring.domain.payment_order import events as fact
from services.monitoring.domain.payment_order.values import OrderBreakKind
from services.monitoring.domain.statement.for_orders import ForOrder, Said
from services.monitoring.domain.treasury_line import LineOutcome
from services.monitoring.domain.values import project_id
from shared.asking import Answer

type Reported = dict[str, Any]

_WHY: Final[Mapping[str, tuple[str, str]]] = {
    Said.SETTLED: ("The order is settled and booked.", "支付指令已支付并入账"),
    Said.RETURNED: ("The return of the order is booked.", "支付指令退款已入账"),
    Said.PENDING: ("The bank has the order.", "银行已收到支付指令"),
    Said.ACCEPTED: ("The bank has the order and will pay.", "银行已受理支付指令"),
    Said.REJECTED: (
        "The bank will not pay; what was held may be spent again.",
        "银行拒付，冻结的指标已释放",
    ),
    Said.RECALL_PENDING: ("The bank has not yet decided.", "银行尚未答复撤回申请"),
    Said.RECALL_ACCEPTED: (
        "The bank will give it back; the money comes with a return.",
        "银行同意撤回，资金以退款到账为准",
    ),
    Said.RECALL_REFUSED: (
        "The bank refuses the recall; no account changes.",
        "银行拒绝撤回，账务不变",
    ),
    OrderBreakKind.AMOUNT_DIFFERS: (
        "The amount is not that of the order.",
        "金额与支付指令不符",
    ),
    OrderBreakKind.SETTLED_AFTER_REJECTED: (
        "The bank paid what it had rejected.",
        "银行拒付后又支付",
    ),
    OrderBreakKind.SETTLED_UNSENT: (
        "The bank paid an order that was not sent to it.",
        "指令尚未发送，银行已支付",
    ),
    OrderBreakKind.REJECTED_AFTER_SETTLED: (
        "The bank rejects what it has paid.",
        "银行支付后又拒付",
    ),
    OrderBreakKind.NOT_FOUND_AFTER_ANSWER: (
        "The bank denies what it has confirmed.",
        "银行确认后又答复查无此笔",
    ),
    OrderBreakKind.ANSWERS_CONTRADICT: (
        "A contradiction of this order waits for a person.",
        "该指令有未处理的差异",
    ),
    OrderBreakKind.RETURN_UNMATCHED: (
        "More came back than the order has paid.",
        "退款超出该指令已支付金额",
    ),
    OrderBreakKind.RECALL_CONTRADICTED: (
        "The bank contradicts its answer to the recall.",
        "银行对撤回申请的答复前后矛盾",
    ),
}
_NOTHING_NEW: Final = ("It tells the order nothing new.", "支付指令已登记该信息")
_KINDS: Final[Mapping[Said, str]] = {Said.SETTLED: "PAYMENT", Said.RETURNED: "RETURN"}
_TAKEN: Final = (
    fact.PaymentOrderAccepted,
    fact.PaymentOrderRejected,
    fact.PaymentRecallAccepted,
    fact.PaymentRecallRefused,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """How it ended, the kind of a break, and why."""

    outcome: LineOutcome
    reason: str = ""
    why: tuple[str, str] | None = None


def heard_as(answer: Answer) -> Heard:
    """How a line for an order ended."""
    events = [one.event for one in answer.facts]
    for event in events:
        if isinstance(event, fact.PaymentOrderBreakOpened):
            return Heard(outcome=LineOutcome.BREAK, reason=event.kind.value, why=_WHY[event.kind])
        if isinstance(event, BreakOpened):
            return Heard(
                outcome=LineOutcome.BREAK, reason=event.kind.value, why=WHY_OF_LEDGER[event.kind]
            )
    if any(isinstance(event, PaymentSettled | PaymentReturned) for event in events):
        return Heard(outcome=LineOutcome.BOOKED)
    if any(isinstance(event, _TAKEN) for event in events):
        return Heard(outcome=LineOutcome.HEARD)
    return Heard(outcome=LineOutcome.DUPLICATE, why=_NOTHING_NEW)


def of_orders(told: Sequence[ForOrder], answers: Sequence[Answer]) -> Iterator[Reported]:
    """The lines that are for orders, each with what its order answers."""
    for one, answer in zip(told, answers, strict=True):
        heard, order = heard_as(answer), one.order
        why, why_zh = heard.why or _WHY[one.said]
        took = heard.outcome is LineOutcome.HEARD
        yield {
            "line_no": one.number,
            "row": one.row,
            "outcome": heard.outcome.value,
            "reason": one.said.value if took else heard.reason,
            "why": why,
            "why_zh": why_zh,
            "kind": _KINDS.get(one.said, "ANSWER"),
            "payment_id": order.pay_cert_no,
            "amount": str(one.amount or order.amount),
            "currency": "CNY",
            "ledger_id": project_id(order.project_code, order.fiscal_year),
            "order_id": order.order_id,
        }
