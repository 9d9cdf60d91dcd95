"""A batch of payment orders as pain.001 CustomerCreditTransferInitiation."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from services.monitoring.api.bank.outgoing import parties
from services.monitoring.api.bank.outgoing.writing import Node, document
from services.monitoring.projections.payment_orders import PaymentBatchRow, PaymentOrderRow
from shared.domain.money import Money
from shared.domain.workdays import SHANGHAI

FORM: Final = "pain.001.001.09"

type Group = tuple[tuple[str, str, str], str]


def payment_message(batch: PaymentBatchRow, rows: Sequence[PaymentOrderRow]) -> bytes:
    """The message of a batch: one block per paying account and day, in the order of the batch."""
    place = {order_id: index for index, order_id in enumerate(batch.orders)}
    ordered = sorted(rows, key=lambda row: (_group(row), place[row.order_id]))
    blocks = [list(block) for _, block in groupby(ordered, key=_group)]
    header: list[Node] = [
        ("MsgId", batch.batch_id),
        ("CreDtTm", written(batch)),
        ("NbOfTxs", str(len(rows))),
        ("CtrlSum", str(_total(rows))),
        ("InitgPty", parties.office(batch.region_code)),
    ]
    payments: list[Node] = [
        ("PmtInf", _block(f"{batch.batch_id}-{number}", block))
        for number, block in enumerate(blocks, 1)
    ]
    return document(FORM, [("CstmrCdtTrfInitn", [("GrpHdr", header), *payments])])


def block_of(batch: PaymentBatchRow, rows: Sequence[PaymentOrderRow], order_id: str) -> str:
    """In which block of its message an order was sent."""
    groups = sorted({_group(row) for row in rows})
    (mine,) = (row for row in rows if row.order_id == order_id)
    return f"{batch.batch_id}-{groups.index(_group(mine)) + 1}"


def written(batch: PaymentBatchRow) -> str:
    """When the message was made: the moment of the batch, not of reading it."""
    return batch.sent_at.astimezone(SHANGHAI).replace(microsecond=0).isoformat()


def _group(row: PaymentOrderRow) -> Group:
    debtor = row.debtor
    return (debtor["bank_no"], debtor["number"], debtor["name"]), row.execute_on.isoformat()


def _total(rows: Sequence[PaymentOrderRow]) -> Money:
    return Money(sum(row.amount_fen for row in rows))


def _block(block_id: str, rows: Sequence[PaymentOrderRow]) -> list[Node]:
    first = rows[0]
    return [
        ("PmtInfId", block_id),
        ("PmtMtd", "TRF"),
        ("NbOfTxs", str(len(rows))),
        ("CtrlSum", str(_total(rows))),
        ("PmtTpInf", [("CtgyPurp", [("Cd", "GOVT")])]),
        ("ReqdExctnDt", [("Dt", first.execute_on.isoformat())]),
        ("Dbtr", parties.party(first.debtor)),
        ("DbtrAcct", parties.account_of(first.debtor)),
        ("DbtrAgt", parties.bank_of(first.debtor)),
        *(("CdtTrfTxInf", _transfer(row)) for row in rows),
    ]


def _transfer(row: PaymentOrderRow) -> list[Node]:
    amount = str(Money(row.amount_fen))
    return [
        ("PmtId", [("EndToEndId", row.end_to_end_id), ("UETR", row.uetr)]),
        ("Amt", [(f"InstdAmt@{parties.CURRENCY}", amount)]),
        ("CdtrAgt", parties.bank_of(row.creditor)),
        ("Cdtr", parties.party(row.creditor)),
        ("CdtrAcct", parties.account_of(row.creditor)),
        ("RmtInf", parties.remittance(row)),
    ]
