"""What is sent about payment orders and requests to the treasury."""

from typing import Annotated

from pydantic import Field

from services.monitoring.api.schemas import Body, Code, Text
from services.monitoring.domain.ledger.kinds import BreakResolution
from services.monitoring.domain.payment_order.values import BankAnswer, RecallAnswer
from shared.contracts.fields import Day, Yuan

PRINTED = r"^[^\x00-\x1f\x7f\ufffe\uffff]*$"
# One fact per order and one for the batch: they become true in one append, of 500 facts at most.
ORDERS_MAX = 400
# Voucher numbers may be Chinese; what cannot stand in a path or in XML cannot stand here.
VoucherNo = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[\w.()（）〔〕\[\]-]+$")]
OrderId = Annotated[str, Field(min_length=1, max_length=60)]
Purpose = Annotated[str, Field(max_length=140, pattern=PRINTED)]
PartyName = Annotated[str, Field(min_length=1, max_length=140, pattern=PRINTED)]
ReasonCode = Annotated[
    str, Field(pattern=r"^[A-Z0-9]{4}$", description="ISO 20022 external reason code.")
]
BatchNo = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9-]{1,24}$", description="The message id, less the region.")
]
RecallNo = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,35}$")]
BudgetCode = Annotated[str, Field(max_length=38, pattern=r"^[\w.-]*$")]


class BankAccountBody(Body):
    """An account at a bank."""

    name: PartyName
    number: Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{1,34}$")]
    bank_no: Annotated[str, Field(pattern=r"^\d{12}$", description="CNAPS number of the bank.")]


class DraftPaymentOrderBody(Body):
    """One voucher to be paid. The same voucher again is the same order."""

    pay_cert_no: VoucherNo
    project_code: Code
    fiscal_year: int
    amount: Yuan
    debtor: BankAccountBody
    creditor: BankAccountBody
    purpose: Purpose = ""
    execute_on: Day
    bgt_id: BudgetCode = ""
    exp_func_code: BudgetCode = ""
    gov_bgt_eco_code: BudgetCode = ""
    dep_bgt_eco_code: BudgetCode = ""


class CancelPaymentOrderBody(Body):
    """Why it is given up."""

    reason: Text


class QueryPaymentBody(Body):
    """One question to the bank; the same id is the same question."""

    query_id: Code


class HearPaymentStatusBody(Body):
    """What the bank says of an order. A settled one says how much and on which day."""

    answer: BankAnswer
    amount: Yuan | None = None
    booked_on: Day | None = None
    bank_ref: Annotated[str, Field(max_length=100)] = ""
    reason_code: Annotated[str, Field(max_length=35)] = ""


class HearPaymentReturnBody(Body):
    """Money of an order that came back."""

    return_id: Code
    amount: Yuan
    returned_on: Day
    reason_code: Annotated[str, Field(max_length=35)] = ""


class RecallPaymentBody(Body):
    """Why the money should come back."""

    recall_id: RecallNo
    reason_code: ReasonCode
    reason: Annotated[str, Field(min_length=1, max_length=500, pattern=PRINTED)]
    recovery_id: Code | None = None


class HearRecallAnswerBody(Body):
    """What the bank says to a recall."""

    recall_id: RecallNo
    answer: RecallAnswer
    reason_code: Annotated[str, Field(max_length=35)] = ""


class ResolveOrderBreakBody(Body):
    """What becomes of a contradiction: what the bank said is booked, or it is not."""

    break_id: Annotated[str, Field(min_length=1, max_length=300)]
    resolution: BreakResolution
    note: Text


class SendPaymentBatchBody(Body):
    """Released orders that go to the bank in one message."""

    batch_id: BatchNo
    orders: Annotated[tuple[OrderId, ...], Field(min_length=1, max_length=ORDERS_MAX)]


class RepeatPaymentBatchBody(Body):
    """One repetition of the same message; the same id is the same repetition."""

    repeat_id: Code


class ExecuteTreasuryRequestBody(Body):
    """What the budget system has done: its balance of the quota now, and its batch number."""

    cur_amt: Yuan
    adj_batch_no: Code


class RefuseTreasuryRequestBody(Body):
    """Why the request is not followed."""

    reason: Text
