"""A recall as camt.055 (to our own bank) and as camt.056 (from bank to bank)."""

from dataclasses import dataclass
from typing import Final

from services.monitoring.api.bank.outgoing import orders, parties
from services.monitoring.api.bank.outgoing.writing import Node, document
from services.monitoring.projections.payment_orders import (
    PaymentBatchRow,
    PaymentOrderRow,
    PaymentRecallRow,
)
from shared.domain.money import Money
from shared.domain.workdays import SHANGHAI

CUSTOMER_FORM: Final = "camt.055.001.08"
BANK_FORM: Final = "camt.056.001.08"
_INFORMATION_CHARACTERS_MAX: Final = 105  # Max105Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """What a recall is about: the request, the order, and the message it was sent in."""

    recall: PaymentRecallRow
    order: PaymentOrderRow
    batch: PaymentBatchRow
    block_id: str


def customer_recall(recalled: Recalled) -> bytes:
    """Ask our own bank to take a payment of a batch back."""
    order, batch = recalled.order, recalled.batch
    transaction: list[Node] = [
        ("CxlId", recalled.recall.recall_id),
        ("OrgnlEndToEndId", order.end_to_end_id),
        ("OrgnlUETR", order.uetr),
        (f"OrgnlInstdAmt@{parties.CURRENCY}", str(Money(order.amount_fen))),
        ("OrgnlReqdExctnDt", [("Dt", order.execute_on.isoformat())]),
        *_reasons(recalled),
    ]
    block: list[Node] = [
        ("OrgnlPmtInfId", recalled.block_id),
        ("OrgnlGrpInf", _group(batch)),
        ("TxInf", transaction),
    ]
    underlying: list[Node] = [("Undrlyg", [("OrgnlPmtInfAndCxl", block)])]
    request = [*_heading(recalled), *underlying]
    return document(CUSTOMER_FORM, [("CstmrPmtCxlReq", request)])


def bank_recall(recalled: Recalled) -> bytes:
    """Ask a bank to give an interbank payment back."""
    order = recalled.order
    settled_on = order.settled_on or order.execute_on
    transaction: list[Node] = [
        ("CxlId", recalled.recall.recall_id),
        ("OrgnlGrpInf", _group(recalled.batch)),
        ("OrgnlEndToEndId", order.end_to_end_id),
        ("OrgnlUETR", order.uetr),
        (f"OrgnlIntrBkSttlmAmt@{parties.CURRENCY}", str(Money(order.amount_fen))),
        ("OrgnlIntrBkSttlmDt", settled_on.isoformat()),
        *_reasons(recalled),
    ]
    underlying: list[Node] = [("Undrlyg", [("TxInf", transaction)])]
    request = [*_heading(recalled), *underlying]
    return document(BANK_FORM, [("FIToFIPmtCxlReq", request)])


def _heading(recalled: Recalled) -> list[Node]:
    recall, order = recalled.recall, recalled.order
    asked_at = recall.requested_at.astimezone(SHANGHAI).replace(microsecond=0).isoformat()
    ours: list[Node] = [("Pty", parties.office(order.region_code))]
    assignment: list[Node] = [
        ("Id", recall.recall_id),
        ("Assgnr", ours),
        ("Assgne", [("Agt", parties.bank_of(order.debtor))]),
        ("CreDtTm", asked_at),
    ]
    case: list[Node] = [("Id", recall.recall_id), ("Cretr", ours)]
    control: list[Node] = [("NbOfTxs", "1"), ("CtrlSum", str(Money(order.amount_fen)))]
    return [("Assgnmt", assignment), ("Case", case), ("CtrlData", control)]


def _group(batch: PaymentBatchRow) -> list[Node]:
    return [
        ("OrgnlMsgId", batch.batch_id),
        ("OrgnlMsgNmId", orders.FORM),
        ("OrgnlCreDtTm", orders.written(batch)),
    ]


def _reasons(recalled: Recalled) -> list[Node]:
    recall, size = recalled.recall, _INFORMATION_CHARACTERS_MAX
    texts = [recall.reason[start : start + size] for start in range(0, len(recall.reason), size)]
    information: list[Node] = [("AddtlInf", text) for text in texts]
    return [("CxlRsnInf", [("Rsn", [("Cd", recall.reason_code)]), *information])]
